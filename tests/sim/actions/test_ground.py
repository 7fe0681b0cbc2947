"""Spilling items on the ground."""

import pytest

from fle_marl.prototypes import load
from fle_marl.sim.actions.build import entities
from fle_marl.sim.actions.ground import spill_items
from fle_marl.sim.actions.items import item_count
from fle_marl.sim.actions.transport_line import items_on_line, lines_of_belt
from fle_marl.sim.engine import advance
from fle_marl.sim.systems.item_on_ground import set_ground_item

ITEM_WIDTH = 0.28
"""Tiles. Source: prototype item-on-ground.collision_box, -0.14 to 0.14."""


def item(name: str) -> int:
    return load().items[name].id


COAL = item("coal")


def places(world, rows):
    return [
        (int(world.entity["x"][row]) / 256, int(world.entity["y"][row]) / 256)
        for row in rows
    ]


def test_items_lie_one_by_one_around_the_place(flat_world):
    world = flat_world()
    rows = spill_items(world, 0, 0, {item("coal"): 20, item("wood"): 5})
    assert len(rows) == 25
    assert [item_count(world, row, item("coal")) for row in rows] == [1] * 20 + [0] * 5
    assert [item_count(world, row, item("wood")) for row in rows] == [0] * 20 + [1] * 5
    found = places(world, rows)
    assert found[0] == (0, 0)
    for index, (x, y) in enumerate(found):
        # no further out than a square of 25 items in rows of twice their width
        assert max(abs(x), abs(y)) <= 5 * 2 * ITEM_WIDTH
        for other_x, other_y in found[:index]:
            assert max(abs(x - other_x), abs(y - other_y)) >= ITEM_WIDTH


def test_they_keep_off_what_stands_there(flat_world, place):
    world = flat_world()
    chest = place(world, "wooden-chest", 0.5, 0.5)
    rows = spill_items(world, 128, 128, {item("coal"): 8})
    assert len(rows) == 8
    assert item_count(world, chest, 0) == 0
    for x, y in places(world, rows):
        # a chest reaches 0.35 tiles from its middle
        assert max(abs(x - 0.5), abs(y - 0.5)) >= 0.35 + ITEM_WIDTH / 2


@pytest.mark.parametrize("onto_belts", [True, False])
def test_belts(flat_world, place, onto_belts):
    world = flat_world()
    belt = place(world, "transport-belt", 0.5, 0.5)
    rows = spill_items(world, 128, 128, {item("coal"): 20}, onto_belts=onto_belts)
    lanes = [len(items_on_line(world, line)) for line in lines_of_belt(world, belt)]
    assert len(rows) + sum(lanes) == 20
    if onto_belts:
        # both lanes are used; a lane of a tile holds 4: wiki, Transport belts/Physics
        assert all(1 <= lane <= 4 for lane in lanes)
    else:
        assert lanes == [0, 0]
    # nothing lies on the ground below a belt
    assert not any(0 <= x < 1 and 0 <= y < 1 for x, y in places(world, rows))


@pytest.mark.parametrize(
    ("name", "count", "on_belt"),
    [
        ("transport-belt", 1, 1),
        ("transport-belt", 6, 6),
        ("underground-belt", 1, 1),
        ("splitter", 1, 1),
        ("iron-chest", 1, 0),
    ],
)
def test_a_new_belt_takes_what_lies_below_it(flat_world, place, name, count, on_belt):
    world = flat_world()
    for index in range(count):
        spill_items(world, 32 + 80 * (index % 3), 32 + 80 * (index // 3), {COAL: 1})
    (beside,) = spill_items(world, 128, 300, {COAL: 1})
    building = place(world, name, 0.5, 0.5)
    left = [row for row in entities(world) if item_count(world, row, COAL)]
    if on_belt:
        lines = lines_of_belt(world, building)
        assert sum(len(items_on_line(world, line)) for line in lines) == on_belt
        assert left == [building, beside] or left == [beside, building]
    else:
        assert len(left) == count + 1
    advance(world, 60)


def test_what_finds_no_room_on_a_new_belt_stays(flat_world, place):
    world = flat_world()
    (row,) = spill_items(world, 128, 128, {COAL: 1})
    set_ground_item(world, row, COAL, 20)
    belt = place(world, "transport-belt", 0.5, 0.5)
    laid = item_count(world, belt, COAL)
    assert 2 <= laid <= 8
    assert item_count(world, row, COAL) == 20 - laid


def test_many_more_than_rows_were_made_for(flat_world):
    world = flat_world()
    rows = spill_items(world, 0, 0, {item("coal"): 700})
    assert len(set(places(world, rows))) == 700
    advance(world, 1)  # a tick on that world


def test_nothing(flat_world):
    world = flat_world()
    before = world.state_hash()
    assert spill_items(world, 0, 0, {}) == []
    assert spill_items(world, 0, 0, {item("coal"): 0}) == []
    assert world.state_hash() == before
