"""What scripts read of prototypes."""

import pytest

from fle_marl.errors import LuaApiMissing
from fle_marl.sim.lua_api.classes import CLASSES

TABLES = {
    "LuaEntityPrototype": "entities",
    "LuaItemPrototype": "items",
    "LuaFluidPrototype": "fluids",
    "LuaRecipePrototype": "recipes",
    "LuaTechnologyPrototype": "technologies",
    "LuaRecipe": "recipes",
    "LuaTilePrototype": "tiles",
}


@pytest.mark.parametrize("name", TABLES)
def test_every_attribute_of_every_prototype_can_be_read(api, name):
    [lua_class] = [each for each in CLASSES if each.name == name]
    for prototype in getattr(api.prototypes, TABLES[name]).values():
        for getter in lua_class.getters.values():
            getter(api, prototype.id)


ENTITIES = [
    ("iron-chest", "order", "a[items]-b[iron-chest]"),
    ("iron-chest", "group.name", "logistics"),
    ("iron-chest", "subgroup.name", "storage"),
    ("iron-chest", "subgroup.group.name", "logistics"),
    ("iron-chest", "localised_name[1]", "entity-name.iron-chest"),
    ("iron-chest", "fast_replaceable_group", "container"),
    ("iron-chest", "next_upgrade", None),
    ("transport-belt", "next_upgrade.name", "fast-transport-belt"),
    ("transport-belt", "related_underground_belt.name", "underground-belt"),
    ("transport-belt", "supports_direction", True),
    ("iron-chest", "flags['player-creation']", True),
    ("iron-chest", "collision_mask_with_flags['object-layer']", True),
    ("iron-chest", "collision_mask_collides_with_self", True),
    ("character", "is_building", False),
    ("character", "is_military_target", True),
    ("character", "running_speed", 0.15),
    ("character", "reach_distance", 10),
    ("tree-01", "is_military_target", None),
    ("tree-01", "is_entity_with_owner", False),
    ("assembling-machine-2", "crafting_speed", 0.75),
    ("assembling-machine-2", "energy_usage", 2500),
    ("assembling-machine-2", "ingredient_count", 255),
    ("assembling-machine-2", "max_energy_usage", 2500),
    ("stone-furnace", "burner_prototype.fuel_categories.chemical", True),
    ("stone-furnace", "burner_prototype.fuel_inventory_size", 1),
    ("stone-furnace", "electric_energy_source_prototype", None),
    ("car", "burner_prototype.effectivity", 1),
    ("lab", "electric_energy_source_prototype.usage_priority", "secondary-input"),
    ("lab", "electric_energy_source_prototype.drain", 1000 / 30),
    ("accumulator", "electric_energy_source_prototype.buffer_capacity", 5e6),
    ("accumulator", "max_energy_production", 5000),
    ("solar-panel", "max_energy_production", 1000),
    ("steam-engine", "max_energy_production", 15000),
    ("burner-inserter", "inserter_rotation_speed", 0.01),
    ("inserter", "inserter_pickup_position[2]", -1),
    ("filter-inserter", "filter_count", 5),
    ("inserter", "filter_count", 0),
    ("iron-chest", "filter_count", None),
    ("stack-inserter", "stack", True),
    ("boiler", "boiler_mode", "output-to-separate-pipe"),
    ("boiler", "fluidbox_prototypes[1].filter.name", "water"),
    ("boiler", "fluidbox_prototypes[2].production_type", "output"),
    ("storage-tank", "fluidbox_prototypes[1].volume", 25000),
    ("storage-tank", "fluidbox_prototypes[1].entity.name", "storage-tank"),
    ("pumpjack", "fluidbox_prototypes[1].pipe_connections[1].positions[2].x", 2),
    ("pipe-to-ground", "fluidbox_prototypes[1].pipe_connections[1].positions[2].x", 1),
    (
        "heat-exchanger",
        "heat_energy_source_prototype.heat_buffer_prototype.valid",
        True,
    ),
    ("offshore-pump", "fluid.name", "water"),
    ("offshore-pump", "pumping_speed", 20),
    ("stone-wall", "resistances.physical.decrease", 3),
    ("stone-wall", "resistances.fire.percent", 1),
    ("iron-ore", "map_color.r", 0.415),
    ("straight-rail", "building_grid_bit_shift", 1),
    ("big-electric-pole", "max_circuit_wire_distance", 30),
    ("gun-turret", "turret_range", 18),
    ("biter-spawner", "spawn_cooldown.max", 360),
    ("car", "guns['vehicle-machine-gun'].type", "gun"),
    ("car", "indexed_guns[1].name", "vehicle-machine-gun"),
    ("rocket-silo", "radius", pytest.approx(2**0.5 * 4.4)),
]


def test_entity_prototypes(run):
    # in one Lua state, as making one takes longer than all of these
    for name, member, value in ENTITIES:
        found = run(f"return game.entity_prototypes['{name}'].{member}")
        assert found == value, (name, member)


OTHERS = [
    ("item_prototypes['iron-chest']", "localised_name[1]", "entity-name.iron-chest"),
    ("item_prototypes['iron-plate']", "localised_name[1]", "item-name.iron-plate"),
    ("item_prototypes['iron-plate']", "default_request_amount", 100),
    ("item_prototypes['iron-plate']", "stackable", True),
    ("item_prototypes['blueprint']", "stackable", False),
    ("item_prototypes['blueprint']", "alt_selection_mode_flags.blueprint", True),
    ("item_prototypes['iron-plate']", "selection_mode_flags", None),
    (
        "item_prototypes['uranium-fuel-cell']",
        "burnt_result.name",
        "used-up-uranium-fuel-cell",
    ),
    ("item_prototypes['firearm-magazine']", "magazine_size", 10),
    ("item_prototypes['repair-pack']", "speed", 2),
    ("item_prototypes['upgrade-planner']", "mapper_count", 24),
    ("item_prototypes['rail']", "straight_rail.type", "straight-rail"),
    ("item_prototypes['automation-science-pack']", "group.order", "c"),
    ("item_prototypes['blueprint']", "has_flag('spawnable')", True),
    ("fluid_prototypes['water']", "subgroup.name", "fluid"),
    ("fluid_prototypes['steam']", "gas_temperature", 15),
    ("fluid_prototypes['fluid-unknown']", "hidden", True),
    ("fluid_prototypes['water']", "localised_name[1]", "fluid-name.water"),
    ("recipe_prototypes['iron-gear-wheel']", "main_product.name", "iron-gear-wheel"),
    ("recipe_prototypes['advanced-oil-processing']", "main_product", None),
    (
        "recipe_prototypes['advanced-oil-processing']",
        "localised_name[1]",
        "recipe-name.advanced-oil-processing",
    ),
    ("recipe_prototypes['iron-gear-wheel']", "request_paste_multiplier", 30),
    ("recipe_prototypes['rocket-part']", "hidden_from_player_crafting", False),
    (
        "forces.player.recipes['iron-gear-wheel']",
        "subgroup.name",
        "intermediate-product",
    ),
    (
        "forces.player.technologies['automation-2']",
        "localised_name[1]",
        "technology-name.automation",
    ),
    ("tile_prototypes.deepwater", "allowed_neighbors.water.name", "water"),
    ("tile_prototypes['grass-1']", "map_color.a", 1),
    ("tile_prototypes['grass-1']", "localised_name[1]", "tile-name.grass-1"),
    ("tile_prototypes['grass-1']", "emissions_per_second < 0", True),
    ("item_group_prototypes.logistics", "subgroups[1].type", "item-subgroup"),
    ("item_subgroup_prototypes.belt", "group.name", "logistics"),
    ("damage_prototypes.fire", "localised_name[1]", "damage-type-name.fire"),
    ("recipe_category_prototypes.smelting", "name", "smelting"),
    ("virtual_signal_prototypes['signal-each']", "special", True),
    ("virtual_signal_prototypes['signal-A']", "subgroup.group.name", "signals"),
    ("autoplace_control_prototypes.coal", "category", "resource"),
    ("ammo_category_prototypes.bullet", "bonus_gui_order", "l"),
]


def test_other_prototypes(run):
    for place, member, value in OTHERS:
        found = run(f"return game.{place}.{member}")
        assert found == value, (place, member)


FILTERS = [
    ("entity", "{filter='type', type='furnace'}", 3),
    ("entity", "{filter='name', name={'pipe', 'pump'}}", 2),
    (
        "entity",
        "{filter='type', type='furnace'}, {mode='and', filter='name', name='pipe'}",
        0,
    ),
    ("entity", "{filter='name', name='pipe'}, {filter='type', type='furnace'}", 4),
    ("entity", "{filter='crafting-category', crafting_category='smelting'}", 3),
    ("entity", "{filter='rolling-stock'}", 4),
    ("entity", "{filter='vehicle'}", 7),
    ("entity", "{filter='flying-robot'}", 5),
    ("entity", "{filter='robot-with-logistics-interface'}", 2),
    ("entity", "{filter='wall-connectable'}", 2),
    ("entity", "{filter='transport-belt-connectable'}", 14),
    (
        "entity",
        "{filter='uses-direction'}, {filter='type', type='furnace', mode='and'}",
        3,
    ),
    (
        "entity",
        "{filter='circuit-connectable'}, {filter='type', type='lab', mode='and'}",
        0,
    ),
    (
        "entity",
        "{filter='circuit-connectable'}, {filter='type', type='lamp', mode='and'}",
        1,
    ),
    (
        "entity",
        "{filter='emissions', comparison='>', value=0}, "
        "{mode='and', filter='type', type='boiler'}",
        1,
    ),
    (
        "entity",
        "{filter='build-base-evolution-requirement', comparison='>', value=0}",
        3,
    ),
    ("item", "{filter='item-with-inventory'}", 2),
    ("item", "{filter='selection-tool'}", 6),
    ("item", "{filter='item-with-label'}", 10),
    ("item", "{filter='placed-as-equipment-result'}", 13),
    ("item", "{filter='burnt-result'}", 1),
    ("item", "{filter='burnt-result', elem_filters={{filter='name', name='coal'}}}", 0),
    ("item", "{filter='place-as-tile'}", 6),
    ("item", "{filter='place-as-tile', elem_filters={{filter='minable'}}}", 5),
    ("fluid", "{filter='emissions-multiplier', comparison='≠', value=1}", 0),
    ("fluid", "{filter='gas-temperature', comparison='<', value=1000}", 1),
    ("recipe", "{filter='subgroup', subgroup='science-pack'}", 6),
    ("recipe", "{filter='always-show-made-in'}", 0),
    ("recipe", "{filter='show-amount-in-title', invert=true}", 0),
    ("tile", "{filter='emissions', comparison='>', value=0}", 0),
    ("tile", "{filter='decorative-removal-probability', value=0}", 52),
    ("item", "{filter='fuel-value', comparison='>', value=1e9}", 2),
    ("item", "{filter='place-result', elem_filters={{filter='type', type='lab'}}}", 1),
    ("fluid", "{filter='name', name='water', invert=true}", 8),
    (
        "recipe",
        "{filter='has-product-fluid', elem_filters={{filter='name', name='steam'}}}",
        0,
    ),
    ("recipe", "{filter='category', category='rocket-building'}", 1),
    ("technology", "{filter='unlocks-recipe', recipe='lab'}", 0),
    ("technology", "{filter='unlocks-recipe', recipe='beacon'}", 1),
    ("tile", "{filter='collision-mask', mask='water-tile', mask_mode='collides'}", 8),
]


@pytest.mark.parametrize(("kind", "filters", "count"), FILTERS)
def test_filters(run, kind, filters, count):
    assert run(f"return #game.get_filtered_{kind}_prototypes{{{filters}}}") == count


def test_unknown_filters_are_refused(refusal, run):
    with pytest.raises(LuaApiMissing, match="colour"):
        run("game.get_filtered_item_prototypes{{filter='colour'}}")
    assert "table expected" in refusal("game.get_filtered_item_prototypes('type')")
    number = "{{filter='fuel-value', comparison='~', value=1}}"
    assert "comparison" in refusal(f"game.get_filtered_item_prototypes{number}")
