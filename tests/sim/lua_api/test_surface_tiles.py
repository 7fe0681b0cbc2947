"""What scripts do with the ground."""

import pytest

from fle_marl.prototypes import load

LAY = """
local function lay(name, left, top, right, bottom, ...)
  local tiles = {}
  for x = left, right - 1 do
    for y = top, bottom - 1 do
      tiles[#tiles + 1] = {name = name, position = {x, y}}
    end
  end
  surface.set_tiles(tiles, ...)
end
"""


@pytest.fixture
def lay(run):
    """``lay("name, left, top, right, bottom, ...")``: what set_tiles takes besides."""

    def call(arguments: str) -> object:
        return run(f"{LAY} return lay({arguments})")

    return call


def test_tiles_are_laid_and_hidden(run, plain, lay):
    lay("'stone-path', 0, 0, 2, 2")
    assert run("return surface.get_tile(1, 1).name") == "stone-path"
    assert run("return surface.get_tile(1, 1).hidden_tile") == "grass-1"
    assert run("return surface.get_hidden_tile({1, 1})") == "grass-1"
    assert run("return surface.get_hidden_tile({5, 5})") is None
    run("surface.set_hidden_tile({1, 1}, game.tile_prototypes.landfill)")
    assert run("return surface.get_tile({1.9, 1}).hidden_tile") == "landfill"
    run("surface.set_hidden_tile({1, 1}, 'sand-1')")
    found = "surface.find_tiles_filtered{has_hidden_tile = true}"
    assert run(f"return #{found}") == 4
    assert run("return surface.count_tiles_filtered{has_hidden_tile = false}") == 4092
    inverted = "{has_hidden_tile = true, name = 'stone-path', invert = true, limit = 7}"
    assert run(f"return surface.count_tiles_filtered{inverted}") == 7


@pytest.mark.parametrize(
    ("option", "tile", "chests"),
    [
        ("nil", "water", 0),
        ("true", "water", 0),
        ("false", "water", 1),
        ("'abort_on_collision'", "grass-1", 1),
    ],
)
def test_what_stands_in_new_water(run, lay, option, tile, chests):
    run("surface.create_entity{name = 'wooden-chest', position = {0, 0}}")
    lay(f"'water', 0, 0, 3, 3, true, {option}")
    assert run("return surface.get_tile(2, 2).name") == tile
    chest = "return surface.count_entities_filtered{name = 'wooden-chest'}"
    assert run(chest) == chests


def test_scripts_are_told_when_they_want(api, run, plain, lay):
    run(
        "told = {} script.on_event(defines.events.script_raised_set_tiles, "
        "function(event) told[#told + 1] = event end)"
    )
    lay("'landfill', 0, 0, 1, 1")
    lay("'water', 40, 0, 41, 1, true, true, true, true")
    run("surface.set_tiles({}, true, true, true, true)")
    assert plain("return told") in ([], {})
    lay("'landfill', 31, 0, 33, 1, true, true, true, true")
    events = api.prototypes.defines["events"]
    assert plain("return told") == [
        {
            "name": events["script_raised_set_tiles"],
            "tick": 0,
            "surface_index": 1,
            "tiles": [{"name": "landfill", "position": {"x": 31, "y": 0}}],
        }
    ]


@pytest.mark.parametrize(
    ("call", "message"),
    [
        ("set_tiles({{name = 'lava', position = {0, 0}}})", "Unknown tile name: lava"),
        ("set_tiles({{name = 'water'}})", "Invalid MapPosition"),
        ("set_tiles({'water'})", "a table with name and position"),
        ("set_tiles({}, true, 'no')", "Invalid remove_colliding_entities: no"),
        ("set_hidden_tile({0, 0}, 'lava')", "Unknown tile name: lava"),
        ("get_connected_tiles({0, 0}, {'lava'})", "Unknown tile name: lava"),
        ("get_hidden_tile('x')", "Invalid MapPosition"),
    ],
)
def test_what_is_refused(refusal, call, message):
    assert message in refusal(f"surface.{call}")


@pytest.mark.parametrize(
    ("arguments", "places"),
    [
        ("{0, 0}, {'water'}", [(1, -1), (0, 0), (1, 0), (0, 1)]),
        ("{0, 0}, {'water'}, true", [(1, -1), (0, 0), (1, 0), (0, 1), (-1, 2)]),
        ("{0, 0}, {'water'}, true, {{0, 0}, {1, 9}}", [(0, 0), (0, 1)]),
        ("{0, 0}, {'landfill'}", []),
        ("{0, 0}, {'water', 'landfill'}", [(1, -1), (0, 0), (1, 0), (2, 0), (0, 1)]),
        ("{-32.5, 0}, {'water'}", []),
    ],
)
def test_connected_tiles(run, plain, arguments, places):
    run(
        """
        for place, name in pairs({['0 0'] = 'water', ['1 0'] = 'water',
            ['1 -1'] = 'water', ['0 1'] = 'water', ['-1 2'] = 'water',
            ['2 0'] = 'landfill', ['9 9'] = 'water'}) do
          local x, y = place:match('(%S+) (%S+)')
          local position = {tonumber(x), tonumber(y)}
          surface.set_tiles({{name = name, position = position}})
        end
        """
    )
    found = plain(f"return surface.get_connected_tiles({arguments})")
    assert [(each["x"], each["y"]) for each in found] == places


def test_ghosts_of_tiles(run, lay):
    for force, x in (("player", 3), ("enemy", 3), ("player", 4)):
        run(
            "surface.create_entity{name = 'tile-ghost', inner_name = 'concrete', "
            f"position = {{{x}, 4}}, force = '{force}'}}"
        )
    run(
        "surface.create_entity{name='entity-ghost', inner_name='pipe', position={3, 4}}"
    )
    run("tile = surface.get_tile(3, 4)")
    assert run("return #tile.get_tile_ghosts()") == 2
    assert run("return #tile.get_tile_ghosts('enemy')") == 1
    assert run("return tile.has_tile_ghost(game.forces.player)") is True
    assert run("return surface.get_tile(9, 4).has_tile_ghost()") is False
    for filters, count in (("", 2), (", force = 'enemy'", 1), (", limit = 1", 1)):
        found = f"surface.count_tiles_filtered{{has_tile_ghost = true{filters}}}"
        assert run(f"return {found}") == count
    # a revived floor hides the ground, and there is none on water
    run("assert(tile.get_tile_ghosts('player')[1].revive())")
    assert run("return tile.name, tile.hidden_tile") == ("concrete", "grass-1")
    run("surface.set_tiles({{name = 'water', position = {4, 4}}})")
    run("ghost = surface.get_tile(4, 4).get_tile_ghosts()[1]")
    assert run("return ghost.revive() == nil and ghost.valid") is True


def test_mining_floors(run, lay):
    run("person = surface.create_entity{name = 'character', position = {-9, -9}}")
    lay("'refined-hazard-concrete-right', 0, 0, 1, 2")
    lay("'landfill', 1, 0, 2, 1")
    for x, y, is_mined in ((0, 0, True), (0, 0, False), (1, 0, False), (0, 1, True)):
        source = f"return person.mine_tile(surface.get_tile({x}, {y}))"
        assert run(source) is is_mined
    assert run("return person.get_item_count('refined-hazard-concrete')") == 2
    assert run("return surface.get_tile(0, 0).name") == "grass-1"


def test_only_tiles_are_mined_as_tiles(run, refusal):
    run("person = surface.create_entity{name = 'character', position = {-9, -9}}")
    assert "Expected LuaTile" in refusal("person.mine_tile(person)")


# --- prototypes


@pytest.mark.parametrize(
    ("item", "result", "layer"),
    [
        ("landfill", "landfill", "ground-tile"),
        ("stone-brick", "stone-path", "water-tile"),
    ],
)
def test_what_items_lay(run, plain, item, result, layer):
    run(f"rule = game.item_prototypes['{item}'].place_as_tile_result")
    assert run("return rule.result.name, rule.condition_size") == (result, 1)
    assert plain("return rule.condition") == {layer: True}
    assert run("return game.item_prototypes.coal.place_as_tile_result") is None


@pytest.mark.parametrize(
    ("name", "member", "expected"),
    [
        ("concrete", "mineable_properties.mining_time", 0.1),
        ("concrete", "mineable_properties.products[1].name", "concrete"),
        ("landfill", "mineable_properties.minable", False),
        ("red-refined-concrete", "mineable_properties.minable", False),
        ("hazard-concrete-right", "items_to_place_this[1].name", "hazard-concrete"),
        ("grass-1", "items_to_place_this", None),
        ("hazard-concrete-left", "next_direction.name", "hazard-concrete-right"),
        ("concrete", "next_direction", None),
        ("concrete", "needs_correction", False),
        ("grass-2", "can_be_part_of_blueprint", False),
        ("landfill", "check_collision_with_entities", False),
        ("concrete", "vehicle_friction_modifier", 0.8),
        ("concrete", "layer", 61),
        ("concrete", "order", load().tiles["concrete"].order),
        ("concrete", "valid", True),
    ],
)
def test_tile_prototypes(run, name, member, expected):
    assert run(f"return game.tile_prototypes['{name}'].{member}") == expected
