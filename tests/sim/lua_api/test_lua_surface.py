import numpy as np
import pytest

from fle_marl.errors import LuaApiMissing
from fle_marl.prototypes import load
from fle_marl.sim.components import CHUNK_TILES

NORTH, EAST, SOUTH, WEST = 0, 2, 4, 6


@pytest.fixture
def lake(api):
    """Water in the chunk north-west of the origin."""
    water = load().tiles["water"].id
    tiles = np.full((CHUNK_TILES, CHUNK_TILES), water, np.uint8)
    api.world.add_chunk(-1, -1, tiles)


def create(name, options=""):
    return f"surface.create_entity{{name = '{name}', {options}}}"


# --- the surface


def test_the_surface_is_nauvis(run):
    assert run("return surface.name, surface.index") == ("nauvis", 1)
    assert run("return game.get_surface(2), game.surfaces.moon") == (None, None)


def test_the_time_of_day_can_be_set(run):
    assert run("surface.daytime = 1.25 return surface.daytime") == 0.25
    assert run("surface.always_day = true return surface.always_day") is True


# --- creating


@pytest.mark.parametrize(
    ("name", "position", "direction", "expected"),
    [
        ("iron-chest", "{0, 0}", NORTH, "[0.5, 0.5]"),
        ("iron-chest", "{-0.2, 3.9}", NORTH, "[-0.5, 3.5]"),
        ("stone-furnace", "{0.4, 0.6}", NORTH, "[0, 1]"),
        ("boiler", "{0, 0}", NORTH, "[0.5, 0]"),
        ("boiler", "{0, 0}", EAST, "[0, 0.5]"),
        ("tree-01", "{0.125, 0.25}", NORTH, "[0.125, 0.25]"),
    ],
)
def test_entities_stand_on_the_grid(run, name, position, direction, expected):
    options = f"position = {position}, direction = {direction}"
    source = f"local e = {create(name, options)} "
    found = run(source + "return util.positiontostr(e.position), e.direction, e.name")
    assert found == (expected, direction, name)


@pytest.mark.parametrize(
    ("name", "direction", "expected"),
    [
        ("inserter", SOUTH, SOUTH),
        ("inserter", 3, EAST),
        ("transport-belt", 7, WEST),
        ("pipe", 1, NORTH),
        ("stone-furnace", 1, NORTH),
        ("stone-furnace", SOUTH, NORTH),
        ("character", 3, 3),
        ("oil-refinery", 5, SOUTH),
        ("inserter", 2.5, EAST),
        ("small-electric-pole", 1.5, NORTH),
    ],
)
def test_whatever_cannot_face_diagonally_takes_the_quarter(
    run, name, direction, expected
):
    source = f"e = {create(name, f'position = {{5, 5}}, direction = {direction}')} "
    assert run(source + "return e.direction") == expected
    assert run(f"e.direction = {direction} return e.direction") == expected


@pytest.mark.parametrize(
    ("force", "expected"),
    [
        ("nil", "neutral"),
        ("'player'", "player"),
        ("game.forces.enemy", "enemy"),
        ("1", "player"),
    ],
)
def test_the_force_of_what_is_created(run, force, expected):
    entity = create("iron-chest", f"position = {{0, 0}}, force = {force}")
    assert run(f"return {entity}.force.name") == expected


TYPES = [
    ("iron-ore", "amount = 1234", "amount", 1234),
    (
        "assembling-machine-1",
        "recipe = 'iron-gear-wheel'",
        "get_recipe().name",
        "iron-gear-wheel",
    ),
    ("item-on-ground", "stack = {name = 'coal', count = 3}", "stack.count", 3),
    ("item-on-ground", "stack = 'iron-plate'", "stack.name", "iron-plate"),
    ("underground-belt", "type = 'output'", "belt_to_ground_type", "output"),
    ("underground-belt", "", "belt_to_ground_type", "input"),
    ("small-electric-pole", "", "type", "electric-pole"),
]


@pytest.mark.parametrize(("name", "options", "member", "expected"), TYPES)
def test_options_by_type(run, name, options, member, expected):
    entity = create(name, f"position = {{0, 0}}, {options}")
    assert run(f"return {entity}.{member}") == expected


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ("name = 'no-such', position = {0, 0}", "Unknown entity name: no-such."),
        ("position = {0, 0}", 'Key "name" not found in property tree at ROOT'),
        ("name = 'iron-chest'", 'Key "position" not found in property tree at ROOT'),
        (
            "name = 'inserter', position = {0, 0}, direction = 9",
            "Invalid direction: 9.",
        ),
        (
            "name = 'inserter', position = {0, 0}, direction = 0 / 0",
            "Invalid direction: nan.",
        ),
        ("name = 'iron-chest', position = {0, 0}, force = 'us'", "Unknown force: us."),
        ("name = 'item-on-ground', position = {0, 0}", "needs a stack"),
        (
            "name = 'item-on-ground', position = {0, 0}, stack = 'no-such'",
            "Unknown item name: no-such.",
        ),
        ("name = 'iron-ore', position = {0, 0}, amount = 0", "holds at least 1"),
        ("name = 'iron-ore', position = {0, 0}, amount = 1.5", "whole number"),
        (
            "name = 'assembling-machine-1', position = {0, 0}, recipe = 'no-such'",
            "Unknown recipe name: no-such.",
        ),
        (
            "name = 'underground-belt', position = {0, 0}, type = 'both'",
            "Invalid underground belt type: both.",
        ),
    ],
)
def test_a_refused_creation_builds_nothing(api, refusal, options, message):
    before = api.world.state_hash()
    assert message in refusal(f"surface.create_entity{{{options}}}")
    assert api.world.state_hash() == before


def test_only_what_is_built_has_a_number(run):
    source = """
    local numbers = {}
    for _, name in ipairs{"iron-chest", "iron-ore", "tree-01", "lab"} do
      local entity = surface.create_entity{name = name, position = {5, 5}}
      numbers[#numbers + 1] = tostring(entity.unit_number)
    end
    return table.concat(numbers, " ")
    """
    assert run(source) == "1 nil nil 2"


# --- whether something fits


PLACES = [
    ("iron-chest", "{0, 0}", NORTH, True),
    ("iron-chest", "{5, 5}", NORTH, False),
    ("iron-chest", "{-10, -10}", NORTH, False),
    ("iron-chest", "{100, 0}", NORTH, False),
    ("stone-furnace", "{6, 6}", NORTH, False),
    ("stone-furnace", "{7, 7}", NORTH, True),
    ("burner-mining-drill", "{0, 0}", NORTH, False),
    ("burner-mining-drill", "{20, 20}", NORTH, True),
    ("burner-mining-drill", "{25, 20}", NORTH, False),
    ("pumpjack", "{20, 20}", NORTH, False),
    ("offshore-pump", "{10, 10}", NORTH, False),
    ("offshore-pump", "{0, -5}", WEST, True),
    ("offshore-pump", "{0, -5}", EAST, False),
]


@pytest.mark.parametrize(("name", "position", "direction", "expected"), PLACES)
@pytest.mark.usefixtures("lake")
def test_can_place_entity(run, name, position, direction, expected):
    run(create("iron-chest", "position = {5, 5}"))
    run(create("iron-ore", "position = {20, 20}, amount = 10"))
    source = f"""
    return surface.can_place_entity{{
      name = "{name}", position = {position}, direction = {direction}, force = "player",
      build_check_type = defines.build_check_type.manual,
    }}
    """
    assert run(source) is expected


def test_asking_changes_nothing(api, run):
    before = api.world.state_hash()
    run("surface.can_place_entity{name = 'lab', position = {0, 0}}")
    assert api.world.state_hash() == before


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ("name = 'no-such', position = {0, 0}", "Unknown entity name: no-such."),
        ("name = 'lab'", 'Key "position" not found in property tree at ROOT'),
        ("name = 'lab', position = {0, 0}, direction = -1", "Invalid direction: -1."),
    ],
)
def test_impossible_questions(refusal, options, message):
    assert message in refusal(f"surface.can_place_entity{{{options}}}")


# --- free places


def free_place(run, center, radius, precision, *more):
    arguments = ", ".join(map(str, ("'lab'", center, radius, precision, *more)))
    source = f"surface.find_non_colliding_position({arguments})"
    return run(f"local place = {source} return place and util.positiontostr(place)")


def test_a_free_place_is_the_place_itself(run):
    assert free_place(run, "{0.25, 0.5}", 10, 0.5) == "[0.25, 0.5]"
    assert free_place(run, "{0.25, 0.75}", 10, 0.5, "true") == "[0.5, 0.5]"


def test_the_nearest_free_place_is_found(run):
    run(create("lab", "position = {0, 0}"))
    found = free_place(run, "{0.5, 0.5}", 10, 1)
    assert found in ("[-2.5, 0.5]", "[3.5, 0.5]", "[0.5, -2.5]", "[0.5, 3.5]")
    assert free_place(run, "{0.5, 0.5}", 10, 1) == found


def test_there_may_be_no_free_place(run):
    run(create("rocket-silo", "position = {0, 0}"))
    assert free_place(run, "{0, 0}", 3, 1) is None


def test_a_search_without_end_ends(run):
    assert free_place(run, "{500, 500}", 0, 2) is None


@pytest.mark.parametrize("precision", [0, -1, 0.001])
def test_steps_are_never_smaller_than_a_hundredth(run, precision):
    run(create("iron-chest", "position = {0, 0}"))
    assert free_place(run, "{0.5, 0.5}", 0.02, precision) is None


# --- spilling


def test_spilled_items_lie_on_the_ground(run):
    source = """
    local spilt = surface.spill_item_stack({3, 4}, {name = "coal", count = 5})
    local coal = 0
    for _, entity in pairs(spilt) do
      assert(entity.stack.name == "coal" and not entity.to_be_looted)
      coal = coal + entity.stack.count
    end
    local first = spilt[1].position
    return #spilt, coal, first.x, first.y
    """
    assert run(source) == (5, 5, 3, 4)


@pytest.mark.parametrize(
    ("allowed", "on_ground"), [("nil", 0), ("true", 0), ("false", 1)]
)
def test_spilled_items_may_lie_on_belts(run, allowed, on_ground):
    source = f"""
    local belt = surface.create_entity{{name = "transport-belt", position = {{3, 4}}}}
    local spilt = surface.spill_item_stack(belt.position, "coal", nil, nil, {allowed})
    return #spilt, belt.get_item_count("coal")
    """
    assert run(source) == (on_ground, 1 - on_ground)


@pytest.mark.parametrize("given", ["true", "nil, 'player'"])
def test_spilling_for_looters_and_robots(run, given):
    with pytest.raises(LuaApiMissing, match="spill_item_stack"):
        run(f"surface.spill_item_stack({{0, 0}}, 'coal', {given})")
