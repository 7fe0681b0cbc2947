"""Laying and mining tiles: what is hidden, what gives way, and what stays sound."""

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fle_marl.prototypes import load
from fle_marl.sim.actions.character import create_character, main_inventory
from fle_marl.sim.actions.inventory import count_items, insert_items
from fle_marl.sim.actions.resource import add_resource
from fle_marl.sim.actions.tiles import (
    hidden_tile_at,
    lay_tiles,
    may_lie,
    mine_tile,
    set_hidden_tile,
    tile_at,
)
from fle_marl.sim.saves import load_world, save_world

TILES = load().tiles
ITEMS = load().items
FLOORS = ("stone-path", "concrete", "hazard-concrete-right", "refined-concrete")
NAMES = (*FLOORS, "grass-1", "water", "water-mud", "landfill", "red-refined-concrete")
PLACES = [(x, y) for x in range(3) for y in range(2)]


def lay(world, name, *places, **options):
    return lay_tiles(world, np.array(places), TILES[name].id, **options).tolist()


def seen(world, x, y):
    """Names of the tile and of what it hides."""
    names = {tile.id: tile.name for tile in TILES.values()} | {0: None}
    return names[tile_at(world, x, y)], names[hidden_tile_at(world, x, y)]


@pytest.mark.parametrize(
    ("laid", "tile", "hidden"),
    [
        (["concrete"], "concrete", "grass-1"),
        (["concrete", "stone-path"], "stone-path", "grass-1"),
        (["concrete", "landfill"], "landfill", None),
        (["concrete", "red-refined-concrete"], "red-refined-concrete", None),
        (["landfill", "concrete"], "concrete", "landfill"),
        (["water", "landfill", "concrete"], "concrete", "landfill"),
        (["concrete", "concrete"], "concrete", "grass-1"),
        (["concrete", "grass-1"], "grass-1", None),
    ],
)
def test_what_is_hidden(flat_world, laid, tile, hidden):
    world = flat_world()
    for name in laid:
        assert lay(world, name, (-1, 5)) == [True]
    assert seen(world, -1, 5) == (tile, hidden)
    assert seen(world, 0, 5) == ("grass-1", None)


def test_nothing_is_laid_where_there_is_no_chunk(flat_world):
    world = flat_world()
    assert lay(world, "concrete", (31, 0), (32, 0), (10**6, 0)) == [True, False, False]
    assert seen(world, 32, 0) == (None, None)
    set_hidden_tile(world, 32, 0, TILES["grass-1"].id)
    assert hidden_tile_at(world, 32, 0) == 0


def test_of_several_on_one_place_the_last_counts(flat_world):
    world = flat_world()
    numbers = [TILES[name].id for name in ("concrete", "water", "stone-path")]
    places = np.array([(0, 0), (1, 0), (0, 0)])
    laid = lay_tiles(world, places, np.array(numbers, np.uint8))
    assert laid.tolist() == [False, True, True]
    assert seen(world, 0, 0) == ("stone-path", "grass-1")
    assert seen(world, 1, 0) == ("water", None)


@pytest.mark.parametrize(
    ("collisions", "chests", "laid"),
    [("remove", 0, True), ("abort", 1, False), ("keep", 1, True)],
)
def test_what_stands_where_water_comes(flat_world, place, collisions, chests, laid):
    world = flat_world()
    chest = place(world, "wooden-chest", 0.5, 0.5)
    assembler = place(world, "assembling-machine-1", 5.5, 0.5)
    ore = add_resource(world, "iron-ore", 1, 0, 10)
    area = [(x, 0) for x in range(3)]
    assert lay(world, "water", *area, collisions=collisions) == [laid] * 3
    assert (world.entity["prototype"][[chest, ore]] > 0).sum() == 2 * chests
    assert world.entity["prototype"][assembler] > 0
    assert load_world(save_world(world)).state_hash() == world.state_hash()


def test_an_offshore_pump_stays_when_its_water_goes(flat_world, place):
    world = flat_world()
    lay(world, "water", *((x, -1) for x in range(3)))
    pump = place(world, "offshore-pump", 1.5, 0.5)
    fish = place(world, "fish", 0.5, -0.5)
    lay(world, "landfill", *((x, -1) for x in range(3)))
    assert world.entity["prototype"][pump] > 0
    assert world.entity["prototype"][fish] <= 0


def test_a_character_steps_out_of_new_water(flat_world):
    world = flat_world()
    character = create_character(world, 128, 128)
    lay(world, "water", *((x, y) for x in range(-3, 4) for y in range(-3, 4)))
    place = int(world.entity["x"][character]), int(world.entity["y"][character])
    assert max(map(abs, place)) > 3 * 256
    assert tile_at(world, place[0] >> 8, place[1] >> 8) == TILES["grass-1"].id


@pytest.mark.parametrize(
    ("ground", "tile", "may"),
    [
        ("water", "concrete", False),
        ("water", "hazard-concrete-right", False),
        ("water", "landfill", True),
        ("grass-1", "landfill", False),
        ("landfill", "landfill", False),
        ("grass-1", "stone-path", True),
        ("water-shallow", "landfill", True),
        ("water", "grass-1", True),
    ],
)
def test_where_items_lay_tiles(flat_world, ground, tile, may):
    world = flat_world()
    lay(world, ground, (3, 3))
    assert may_lie(world, TILES[tile], 3, 3) is may
    assert not may_lie(world, TILES[tile], 3, 300)


# --- mining


def test_mining_gives_the_item_and_the_ground_back(flat_world):
    world = flat_world()
    character = create_character(world, 0, 0)
    lay(world, "hazard-concrete-right", (2, 2))
    assert mine_tile(world, character, 2, 2)
    assert seen(world, 2, 2) == ("grass-1", None)
    item = ITEMS["hazard-concrete"].id
    assert count_items(world, main_inventory(world, character), item) == 1
    assert not mine_tile(world, character, 2, 2)


def test_what_cannot_be_mined(flat_world, place):
    world = flat_world()
    character = create_character(world, 0, 0)
    lay(world, "landfill", (0, 3))
    lay(world, "concrete", (1, 3), (2, 3), (3, 3))
    set_hidden_tile(world, 1, 3, 0)
    set_hidden_tile(world, 2, 3, TILES["water"].id)
    place(world, "wooden-chest", 2.5, 3.5)
    before = world.state_hash()
    for x in range(3):
        assert not mine_tile(world, character, x, 3)
    assert not mine_tile(world, character, 500, 3)
    assert world.state_hash() == before
    insert_items(world, main_inventory(world, character), ITEMS["wood"].id, 10**4)
    assert not mine_tile(world, character, 3, 3)


def test_a_floor_that_a_script_has_hidden_comes_up(flat_world):
    world = flat_world()
    character = create_character(world, 0, 0)
    lay(world, "concrete", (2, 2))
    set_hidden_tile(world, 2, 2, TILES["stone-path"].id)
    assert mine_tile(world, character, 2, 2)
    assert seen(world, 2, 2) == ("stone-path", None)


ACTS = st.tuples(st.sampled_from(("mine", *NAMES)), st.sampled_from(PLACES))


@given(acts=st.lists(ACTS, max_size=30))
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_grounds_come_back_whatever_is_laid(flat_world, acts):
    world = flat_world()
    character = create_character(world, -2560, 0)
    expected = dict.fromkeys(PLACES, ("grass-1", None))
    given_back = 0
    for act, place in acts:
        tile, hidden = expected[place]
        if act == "mine":
            assert mine_tile(world, character, *place) is (hidden is not None)
            given_back += hidden is not None
            expected[place] = (hidden or tile, None)
        else:
            below = (hidden or tile) if act in FLOORS else None
            lay(world, act, place)
            expected[place] = (act, below)
    assert {place: seen(world, *place) for place in PLACES} == expected
    inventory = main_inventory(world, character)
    items = ("stone-brick", "concrete", "hazard-concrete", "refined-concrete")
    held = sum(count_items(world, inventory, ITEMS[item].id) for item in items)
    assert held == given_back
    again = load_world(save_world(world))
    assert again.state_hash() == world.state_hash()
