"""Items in and out of inventories."""

import numpy as np
import pytest

from fle_marl.prototypes import load
from fle_marl.sim.actions.inventory import (
    can_hold,
    clear_inventory,
    count_items,
    find_inventory,
    insert_items,
    inventory_contents,
    inventory_slots,
    move_items,
    remove_items,
    room_for,
    set_bar,
    sort_inventory,
)

CHEST = 1  # defines.inventory.chest


def item(name: str) -> int:
    return load().items[name].id


@pytest.fixture
def chests(flat_world, place):
    """A world with two wooden chests of 16 slots, and their inventories."""
    world = flat_world()
    rows = [
        find_inventory(world, place(world, "wooden-chest", x + 0.5, 0.5), CHEST)
        for x in (0, 2)
    ]
    return world, *rows


def test_an_inventory_that_is_not_there(flat_world, place):
    world = flat_world()
    assert find_inventory(world, place(world, "wooden-chest", 0.5, 0.5), 7) == 0
    assert find_inventory(world, place(world, "pipe", 2.5, 0.5), CHEST) == 0


def test_insert_count_remove(chests):
    world, chest, _ = chests
    coal = item("coal")
    assert insert_items(world, chest, coal, 120) == 120
    assert count_items(world, chest, coal) == 120
    assert inventory_slots(world, chest)["count"].tolist() == [50, 50, 20] + [0] * 13
    assert remove_items(world, chest, coal, 25) == 25
    assert inventory_slots(world, chest)["count"].tolist() == [50, 45, 0] + [0] * 13
    assert remove_items(world, chest, coal, 1000) == 95
    assert inventory_contents(world, chest) == {}


def test_a_full_inventory_takes_no_more(chests):
    world, chest, _ = chests
    coal = item("coal")
    assert room_for(world, chest, coal) == 16 * 50
    assert insert_items(world, chest, coal, 1000) == 800
    assert room_for(world, chest, coal) == 0
    assert insert_items(world, chest, item("wood"), 1) == 0


@pytest.mark.parametrize(("wanted", "moved"), [(10, 10), (60, 60), (500, 100), (0, 0)])
def test_moving_conserves(chests, wanted, moved):
    world, source, target = chests
    coal = item("coal")
    insert_items(world, source, coal, 100)
    assert move_items(world, source, target, coal, wanted) == moved
    assert count_items(world, source, coal) == 100 - moved
    assert count_items(world, target, coal) == moved


def test_moving_stops_when_the_target_is_full(chests):
    world, source, target = chests
    coal = item("coal")
    insert_items(world, source, coal, 100)
    insert_items(world, target, coal, 770)
    assert move_items(world, source, target, coal, 100) == 30
    assert count_items(world, source, coal) == 70
    assert count_items(world, target, coal) == 800


def test_random_moves_conserve(chests):
    world, one, other = chests
    kinds = [item(name) for name in ("coal", "wood", "iron-plate", "inserter")]
    for each in kinds:
        insert_items(world, one, each, 150)
    rng = np.random.default_rng(2)
    for _ in range(200):
        source, target = (one, other) if rng.integers(2) else (other, one)
        kind = kinds[int(rng.integers(4))]
        move_items(world, source, target, kind, int(rng.integers(80)))
        for each in kinds:
            assert (
                count_items(world, one, each) + count_items(world, other, each) == 150
            )


def test_bar(chests):
    world, chest, _ = chests
    coal = item("coal")
    set_bar(world, chest, 2)
    assert insert_items(world, chest, coal, 1000) == 100
    set_bar(world, chest, 99)
    assert room_for(world, chest, coal) == 14 * 50
    set_bar(world, chest, 1)
    assert remove_items(world, chest, coal, 100) == 100


def test_can_hold_asks_and_changes_nothing(chests):
    world, chest, _ = chests
    before = world.state_hash()
    coal, wood = item("coal"), item("wood")
    assert can_hold(world, chest, {coal: 400, wood: 800})
    assert not can_hold(world, chest, {coal: 401, wood: 800})
    assert world.state_hash() == before


def test_sorting_merges_and_orders(chests):
    world, chest, _ = chests
    slots = inventory_slots(world, chest)
    for index, (name, count) in enumerate(
        [("iron-plate", 30), ("coal", 5), ("iron-plate", 90), ("transport-belt", 7)]
    ):
        slots[3 * index]["item"] = item(name)
        slots[3 * index]["count"] = count
    before = inventory_contents(world, chest)
    sort_inventory(world, chest)
    assert inventory_contents(world, chest) == before
    filled = [
        (load().items.by_id(int(slot["item"])).name, int(slot["count"]))
        for slot in slots
        if slot["count"]
    ]
    assert filled == [
        ("transport-belt", 7),
        ("coal", 5),
        ("iron-plate", 100),
        ("iron-plate", 20),
    ]
    assert slots["count"][:4].all()


def test_sorting_leaves_what_would_not_fit_before_the_bar(chests):
    world, chest, _ = chests
    insert_items(world, chest, item("coal"), 150)
    set_bar(world, chest, 1)
    before = world.state_hash()
    sort_inventory(world, chest)
    assert world.state_hash() == before


def test_clear(chests):
    world, chest, _ = chests
    insert_items(world, chest, item("coal"), 150)
    clear_inventory(world, chest)
    assert inventory_contents(world, chest) == {}
