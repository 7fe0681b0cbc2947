"""Entities fit the other tables and have the figures of the game."""

import pytest

from fle_marl.defines import Direction
from fle_marl.geometry import BoundingBox
from fle_marl.prototypes import ItemCount, load
from fle_marl.units import parse_energy_joules, parse_power_watts

PROTOTYPES = load()
ITEMS = PROTOTYPES.items
FLUIDS = PROTOTYPES.fluids
ENTITIES = PROTOTYPES.entities
KNOWN = {"item": PROTOTYPES.items, "fluid": PROTOTYPES.fluids}


@pytest.mark.parametrize("name", ENTITIES)
def test_entity_fits_the_other_tables(name: str) -> None:
    entity = ENTITIES[name]
    assert entity.type in PROTOTYPES.defines["prototypes"]["entity"]
    assert entity.next_upgrade is None or entity.next_upgrade in ENTITIES
    assert all(each.name in ITEMS for each in entity.items_to_place_this)
    if entity.minable:
        assert entity.minable.mining_time >= 0
        assert all(each.name in KNOWN[each.type] for each in entity.minable.products)
        assert entity.minable.required_fluid in {None, *FLUIDS}
    for category in entity.names("crafting_categories"):
        assert category in PROTOTYPES.constants["recipe-category"]
    for category in entity.names("resource_categories"):
        assert category in PROTOTYPES.constants["resource-category"]


def test_every_item_that_builds_is_known_to_what_it_builds() -> None:
    for item in ITEMS.values():
        if item.place_result is not None:
            builders = ENTITIES[item.place_result].items_to_place_this
            assert ItemCount(item.name, 1) in builders


@pytest.mark.parametrize(
    ("entity", "key", "figure"),
    [
        ("transport-belt", "speed", 0.03125),
        ("fast-transport-belt", "speed", 0.0625),
        ("express-transport-belt", "speed", 0.09375),
        ("underground-belt", "max_distance", 5),
        ("fast-underground-belt", "max_distance", 7),
        ("express-underground-belt", "max_distance", 9),
        ("burner-inserter", "rotation_speed", 0.01),
        ("inserter", "rotation_speed", 0.014),
        ("long-handed-inserter", "rotation_speed", 0.02),
        ("fast-inserter", "rotation_speed", 0.04),
        ("burner-mining-drill", "mining_speed", 0.25),
        ("electric-mining-drill", "mining_speed", 0.5),
        ("electric-mining-drill", "resource_searching_radius", 2.49),
        ("stone-furnace", "crafting_speed", 1),
        ("steel-furnace", "crafting_speed", 2),
        ("electric-furnace", "crafting_speed", 2),
        ("assembling-machine-1", "crafting_speed", 0.5),
        ("assembling-machine-2", "crafting_speed", 0.75),
        ("assembling-machine-3", "crafting_speed", 1.25),
        ("offshore-pump", "pumping_speed", 20),
        ("boiler", "target_temperature", 165),
        ("steam-engine", "fluid_usage_per_tick", 0.5),
        ("small-electric-pole", "maximum_wire_distance", 7.5),
        ("small-electric-pole", "supply_area_distance", 2.5),
        ("substation", "supply_area_distance", 9),
        ("character", "running_speed", 0.15),
        ("character", "mining_speed", 0.5),
        ("character", "inventory_size", 80),
        ("character", "reach_resource_distance", 2.7),
        ("crude-oil", "normal", 300_000),
        ("crude-oil", "minimum", 60_000),
        ("rocket-silo", "rocket_parts_required", 100),
        ("wooden-chest", "inventory_size", 16),
        ("steel-chest", "inventory_size", 48),
    ],
)
def test_entity_has_the_figure_of_the_game(
    entity: str, key: str, figure: float
) -> None:
    assert ENTITIES[entity].number(key) == figure


@pytest.mark.parametrize(
    ("entity", "watts"),
    [
        ("burner-mining-drill", 150_000),
        ("electric-mining-drill", 90_000),
        ("stone-furnace", 90_000),
        ("electric-furnace", 180_000),
        ("assembling-machine-1", 75_000),
        ("assembling-machine-3", 375_000),
        ("lab", 60_000),
    ],
)
def test_machine_uses_the_power_of_the_game(entity: str, watts: float) -> None:
    assert ENTITIES[entity].watts("energy_usage") == watts


@pytest.mark.parametrize(
    ("entity", "width", "height"),
    [
        ("transport-belt", 1, 1),
        ("splitter", 2, 1),
        ("burner-mining-drill", 2, 2),
        ("electric-mining-drill", 3, 3),
        ("stone-furnace", 2, 2),
        ("boiler", 3, 2),
        ("steam-engine", 3, 5),
        ("pumpjack", 3, 3),
        ("oil-refinery", 5, 5),
        ("rocket-silo", 9, 9),
        ("pump", 1, 2),
        # given by the prototype: the collision box alone would make it 2 x 2
        ("offshore-pump", 1, 1),
        ("iron-ore", 1, 1),
        ("character", 1, 1),
        ("grenade", 0, 0),
    ],
)
def test_entity_takes_as_many_tiles_as_in_the_game(
    entity: str, width: int, height: int
) -> None:
    assert (ENTITIES[entity].tile_width, ENTITIES[entity].tile_height) == (
        width,
        height,
    )


def test_entity_boxes_are_around_its_position() -> None:
    boiler = ENTITIES["boiler"]
    assert boiler.collision_box == BoundingBox.from_json([[-1.29, -0.79], [1.29, 0.79]])
    assert boiler.collision_box.rotated(Direction.east).height == pytest.approx(2.58)
    assert boiler.selection_box.width == 3


def test_collision_mask_is_given_or_the_default_of_the_type() -> None:
    building = {"item-layer", "object-layer", "player-layer", "water-tile"}
    assert ENTITIES["stone-furnace"].collision_mask == building
    assert ENTITIES["offshore-pump"].collision_mask == {"object-layer", "train-layer"}
    assert ENTITIES["iron-ore"].collision_mask == {"resource-layer"}
    assert "player-layer" not in ENTITIES["transport-belt"].collision_mask


def test_collision_flags_are_not_layers() -> None:
    character = ENTITIES["character"]
    assert character.collision_mask == {"player-layer", "train-layer"}
    assert character.collision_flags == {"consider-tile-transitions"}


def test_curved_rail_is_built_from_four_rails() -> None:
    assert ENTITIES["curved-rail"].items_to_place_this == (ItemCount("rail", 4),)
    assert ENTITIES["iron-ore"].items_to_place_this == ()


def test_fluid_boxes_are_a_list_beside_their_flag() -> None:
    machine = ENTITIES["assembling-machine-2"].properties
    assert [box["production_type"] for box in machine["fluid_boxes"]] == [
        "input",
        "output",
    ]
    assert machine["fluid_boxes_off_when_no_fluid_recipe"] is True
    assert len(ENTITIES["oil-refinery"].properties["fluid_boxes"]) == 5


def test_resources_keep_the_figures_of_map_generation() -> None:
    for name in ("iron-ore", "copper-ore", "coal", "stone", "uranium-ore", "crude-oil"):
        autoplace = ENTITIES[name].properties["autoplace"]
        assert autoplace["base_density"] > 0
        assert autoplace["control"] in PROTOTYPES.constants["autoplace-control"]


def test_every_energy_and_power_can_be_read() -> None:
    for entity in ENTITIES.values():
        for value in [
            *entity.properties.values(),
            *(entity.energy_source or {}).values(),
        ]:
            if isinstance(value, str) and value[0].isdigit():
                read = parse_energy_joules if value.endswith("J") else parse_power_watts
                assert read(value) >= 0, (entity.name, value)
