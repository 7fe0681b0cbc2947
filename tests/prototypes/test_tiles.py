"""Tiles fit the other tables and have the figures of the game."""

import pytest

from fle_marl.prototypes import ItemCount, load

PROTOTYPES = load()
ITEMS = PROTOTYPES.items
ENTITIES = PROTOTYPES.entities
TILES = PROTOTYPES.tiles


@pytest.mark.parametrize("name", TILES)
def test_tile_fits_the_other_tables(name: str) -> None:
    tile = TILES[name]
    assert tile.walking_speed_modifier > 0
    assert tile.next_direction is None or tile.next_direction in TILES
    assert all(each.name in ITEMS for each in tile.items_to_place_this)


def test_water_stops_characters_and_ground_does_not() -> None:
    character = ENTITIES["character"].collision_mask
    assert TILES["water"].collision_mask & character
    assert not TILES["water-shallow"].collision_mask & character
    assert not TILES["grass-1"].collision_mask & character


@pytest.mark.parametrize(
    ("tile", "factor"),
    [
        ("stone-path", 1.3),
        ("concrete", 1.4),
        ("refined-concrete", 1.5),
        ("water-shallow", 0.8),
        ("water-mud", 0.7),
        ("grass-1", 1.0),
    ],
)
def test_ground_changes_the_speed_of_walking(tile: str, factor: float) -> None:
    assert TILES[tile].walking_speed_modifier == factor


def test_concrete_is_built_from_concrete() -> None:
    assert TILES["concrete"].items_to_place_this == (ItemCount("concrete", 1),)
    assert TILES["grass-1"].items_to_place_this == ()


@pytest.mark.parametrize("name", ["hazard-concrete", "refined-hazard-concrete"])
def test_what_a_tile_is_rotated_to_is_built_from_the_same_item(name: str) -> None:
    for side in ("left", "right"):
        tile = TILES[f"{name}-{side}"]
        assert tile.items_to_place_this == (ItemCount(name, 1),)
        assert TILES[str(tile.next_direction)].next_direction == tile.name


def test_what_tiles_say_about_laying_them() -> None:
    assert TILES["grass-1"].needs_correction
    assert not TILES["concrete"].needs_correction
    assert TILES["concrete"].can_be_part_of_blueprint
    assert not TILES["grass-2"].can_be_part_of_blueprint
    assert not any(tile.check_collision_with_entities for tile in TILES.values())
