import pytest

from fle_marl.prototypes import load

TABLES = [
    ("entity_prototypes", "entities", "LuaEntityPrototype"),
    ("item_prototypes", "items", "LuaItemPrototype"),
    ("fluid_prototypes", "fluids", "LuaFluidPrototype"),
    ("recipe_prototypes", "recipes", "LuaRecipePrototype"),
    ("tile_prototypes", "tiles", "LuaTilePrototype"),
]


@pytest.mark.parametrize(("member", "table", "class_name"), TABLES)
def test_tables_of_prototypes(run, member, table, class_name):
    names = sorted(getattr(load(), table))
    source = f"""
    local names, kinds = {{}}, {{}}
    for name, prototype in pairs(game.{member}) do
      names[#names + 1] = name
      kinds[prototype.object_name] = true
      assert(prototype.name == name)
    end
    return #game.{member}, table.concat(names, " "), next(kinds)
    """
    assert run(source) == (len(names), " ".join(names), class_name, True)
    assert run(f"return game.{member}['no-such'], game.{member}[5]") == (None, None)


def test_surfaces_and_forces(run):
    source = """
    local names = {}
    for _, all in ipairs{game.surfaces, game.forces} do
      for name in pairs(all) do names[#names + 1] = name end
    end
    return table.concat(names, " "), #game.surfaces, #game.forces
    """
    assert run(source) == ("nauvis enemy neutral player", 1, 3)


@pytest.mark.parametrize(
    ("key", "expected"),
    [
        ("1", "player"),
        ("2", "enemy"),
        ("'neutral'", "neutral"),
        ("4", None),
        ("'x'", None),
    ],
)
def test_forces_by_key(run, key, expected):
    assert run(f"local f = game.forces[{key}] return f and f.name") == expected


def test_time(run, go_on):
    go_on(5)
    assert run("return game.tick, game.ticks_played, game.speed") == (5, 5, 1)


def test_nobody_plays(run, refusal):
    assert run("return #game.players, #game.connected_players") == (0, 0)
    assert run("return game.players[1], game.players['Someone']") == (None, None)
    assert run("for _ in pairs(game.players) do return true end") is None
    assert run("return game.get_player(1), game.get_player('Someone')") == (None, None)
    assert "named by index or name" in refusal("game.get_player({})")


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("direction.east", 2),
        ("inventory.chest", 1),
        ("inventory.character_main", 1),
        ("entity_status.working", 1),
        ("events.on_tick", 0),
    ],
)
def test_defines(run, path, expected):
    assert run(f"return defines.{path}") == expected


# --- prototypes


def test_entity_prototypes(run, plain):
    drill = "game.entity_prototypes['electric-mining-drill']"
    source = f"""
    local p = {drill}
    return p.type, p.tile_width, p.tile_height, p.max_health, p.mining_drill_radius,
      p.resource_categories["basic-solid"], p.has_flag("player-creation"),
      p.has_flag("not-on-map")
    """
    assert run(source) == ("mining-drill", 3, 3, 300, 2.49, True, True, False)
    assert plain(f"return {drill}.items_to_place_this") == [
        {"name": "electric-mining-drill", "count": 1}
    ]
    assert plain(f"return {drill}.collision_box") == {
        "left_top": {"x": -1.4, "y": -1.4},
        "right_bottom": {"x": 1.4, "y": 1.4},
    }


@pytest.mark.parametrize(
    ("name", "member", "expected"),
    [
        ("iron-ore", "resource_category", "basic-solid"),
        ("crude-oil", "resource_category", "basic-fluid"),
        ("iron-chest", "resource_category", None),
        ("crude-oil", "infinite_resource", True),
        ("iron-ore", "infinite_resource", False),
        ("transport-belt", "belt_speed", 0.03125),
        ("lab", "belt_speed", None),
        ("underground-belt", "max_underground_distance", 5),
        ("pipe-to-ground", "max_underground_distance", 10),
        ("lab", "max_underground_distance", None),
        ("small-electric-pole", "max_wire_distance", 7.5),
        ("small-electric-pole", "supply_area_distance", 2.5),
        ("lab", "max_wire_distance", 0),
        ("pipe", "fluid_capacity", 100),
        ("storage-tank", "fluid_capacity", 25000),
        ("lab", "fluid_capacity", 0),
        ("rocket-silo", "fixed_recipe", "rocket-part"),
        ("rocket-silo", "rocket_parts_required", 100),
        ("lab", "fixed_recipe", None),
        ("lab", "mining_drill_radius", None),
        ("stone-furnace", "crafting_categories.smelting", True),
        ("lab", "crafting_categories", None),
        ("iron-chest", "get_inventory_size(defines.inventory.chest)", 32),
        ("lab", "get_inventory_size(defines.inventory.chest)", None),
        ("iron-chest", "collision_mask['player-layer']", True),
        ("iron-chest", "selection_box.left_top.x", -0.5),
        ("lab", "items_to_place_this[1].name", "lab"),
        ("iron-ore", "items_to_place_this", None),
        ("iron-ore", "mineable_properties.products[1].name", "iron-ore"),
        ("stone-furnace", "mineable_properties.mining_time", 0.2),
        ("fish", "mineable_properties.minable", True),
        ("cliff", "cliff_explosive_prototype", "cliff-explosives"),
        ("fish", "cliff_explosive_prototype", None),
    ],
)
def test_members_of_entity_prototypes(run, name, member, expected):
    assert run(f"return game.entity_prototypes['{name}'].{member}") == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("item_prototypes.coal.stack_size", 50),
        ("item_prototypes.coal.fuel_value", 4e6),
        ("item_prototypes.coal.fuel_category", "chemical"),
        ("item_prototypes['iron-plate'].fuel_value", 0),
        ("item_prototypes['iron-plate'].fuel_category", None),
        ("item_prototypes['iron-chest'].place_result.name", "iron-chest"),
        ("item_prototypes['iron-plate'].place_result", None),
        (
            "item_prototypes.satellite.rocket_launch_products[1].name",
            "space-science-pack",
        ),
        ("item_prototypes.coal.type", "item"),
        ("fluid_prototypes.steam.default_temperature", 15),
        ("fluid_prototypes.steam.max_temperature", 1000),
        ("fluid_prototypes.water.heat_capacity", 200),
    ],
)
def test_members_of_item_and_fluid_prototypes(run, source, expected):
    assert run(f"return game.{source}") == expected


def test_there_are_no_trains(plain):
    for members in (
        "game.get_train_stops()",
        "game.surfaces[1].get_trains()",
        "game.surfaces[1].get_train_stops{name = 'Home'}",
        "game.forces.player.get_trains()",
        "game.forces.player.get_train_stops()",
    ):
        assert plain(f"return {members}") in ([], {}), members
