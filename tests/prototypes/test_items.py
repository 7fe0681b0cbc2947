"""Items fit the other tables and have the figures of the game."""

import pytest

from fle_marl.prototypes import PlaceAsTile, load

PROTOTYPES = load()
ITEMS = PROTOTYPES.items
ENTITIES = PROTOTYPES.entities
TILES = PROTOTYPES.tiles
KNOWN = {"item": PROTOTYPES.items, "fluid": PROTOTYPES.fluids}


@pytest.mark.parametrize("name", ITEMS)
def test_item_fits_the_other_tables(name: str) -> None:
    item = ITEMS[name]
    assert item.stack_size >= 1
    assert item.place_result is None or item.place_result in ENTITIES
    assert item.place_as_tile is None or item.place_as_tile.result in TILES
    assert item.burnt_result is None or item.burnt_result in ITEMS
    assert (item.fuel_category is None) == (item.fuel_value_joules == 0)
    assert item.group in PROTOTYPES.constants["item-group"]
    assert item.type in PROTOTYPES.defines["prototypes"]["item"]
    assert all(each.name in KNOWN[each.type] for each in item.rocket_launch_products)


@pytest.mark.parametrize(
    ("item", "joules", "category"),
    [
        ("wood", 2e6, "chemical"),
        ("coal", 4e6, "chemical"),
        ("solid-fuel", 12e6, "chemical"),
        ("rocket-fuel", 100e6, "chemical"),
        ("nuclear-fuel", 1210e6, "chemical"),
        ("uranium-fuel-cell", 8000e6, "nuclear"),
    ],
)
def test_fuel_has_the_energy_of_the_game(
    item: str, joules: float, category: str
) -> None:
    assert ITEMS[item].fuel_value_joules == joules
    assert ITEMS[item].fuel_category == category


def test_fuels_are_those_six() -> None:
    assert sum(item.fuel_category is not None for item in ITEMS.values()) == 6


def test_satellite_brings_space_science() -> None:
    (launched,) = ITEMS["satellite"].rocket_launch_products
    assert (launched.name, launched.amount) == ("space-science-pack", 1000)


@pytest.mark.parametrize(
    ("item", "tile", "refused"),
    [
        ("stone-brick", "stone-path", "water-tile"),
        ("concrete", "concrete", "water-tile"),
        ("hazard-concrete", "hazard-concrete-left", "water-tile"),
        ("refined-concrete", "refined-concrete", "water-tile"),
        ("refined-hazard-concrete", "refined-hazard-concrete-left", "water-tile"),
        ("landfill", "landfill", "ground-tile"),
    ],
)
def test_items_that_lay_tiles(item: str, tile: str, refused: str) -> None:
    rule = ITEMS[item].place_as_tile
    assert rule == PlaceAsTile(tile, frozenset({refused}), 1)
    assert "place_as_tile" not in ITEMS[item].properties


def test_module_effects_are_bonuses() -> None:
    speed = ITEMS["speed-module"].module_effects
    assert speed["speed"]["bonus"] == 0.2
    assert speed["consumption"]["bonus"] == 0.5
    assert ITEMS["coal"].module_effects == {}
