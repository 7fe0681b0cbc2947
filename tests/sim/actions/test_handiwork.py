"""Picking items up, and repairing."""

import pytest

from fle_marl.prototypes import load
from fle_marl.sim.actions.character import create_character, main_inventory
from fle_marl.sim.actions.ground import spill_items
from fle_marl.sim.actions.handiwork import (
    set_picking,
    start_repairing,
    stop_repairing,
)
from fle_marl.sim.actions.health import most_health, set_health
from fle_marl.sim.actions.inventory import (
    count_items,
    insert_items,
    inventory_contents,
    wear_of,
)
from fle_marl.sim.actions.transport_line import (
    insert_at_back,
    line_contents,
    lines_of_belt,
)
from fle_marl.sim.engine import advance
from fle_marl.sim.saves import load_world, save_world

COAL, PACK, PLATE = (
    load().items[name].id for name in ("coal", "repair-pack", "iron-plate")
)


def lying(world) -> int:
    ground = world.tables["item_on_ground"]
    return int(ground["count"][ground["entity"] > 0].sum())


def test_picks_up_what_lies_around(flat_world):
    world = flat_world()
    character = create_character(world, 128, 128)
    for x, count in ((256, 3), (128 + 256, 1), (128 + 257, 1), (1280, 4)):
        spill_items(world, x, 128, {COAL: count})
    near = [
        int(row)
        for row in world.tables["item_on_ground"]["entity"]
        if row > 0 and _distance(world, int(row), character) <= 256
    ]
    before = lying(world)
    set_picking(world, character, True)
    advance(world, 1)
    main = main_inventory(world, character)
    assert count_items(world, main, COAL) == len(near) > 3
    assert lying(world) == before - len(near)
    # what falls later is picked up, too, until it stops
    spill_items(world, 128, 128, {PLATE: 1})
    advance(world, 1)
    assert count_items(world, main, PLATE) == 1
    set_picking(world, character, False)
    assert not world.clock["is_attended"][0]
    spill_items(world, 128, 128, {PLATE: 1})
    advance(world, 5)
    assert count_items(world, main, PLATE) == 1
    assert load_world(save_world(world)).state_hash() == world.state_hash()


def _distance(world, row: int, character: int) -> float:
    item, person = world.entity[row], world.entity[character]
    dx, dy = (int(item[axis]) - int(person[axis]) for axis in "xy")
    return (dx * dx + dy * dy) ** 0.5


@pytest.mark.parametrize("name", ["transport-belt", "splitter", "underground-belt"])
def test_picks_up_from_belts(flat_world, place, name):
    world = flat_world()
    belt = place(world, name, 1, 0.5)
    lines = lines_of_belt(world, belt)
    if name == "underground-belt":
        lines = lines[:2]
    for line in lines:
        assert insert_at_back(world, line, COAL)
    far = place(world, "transport-belt", 3.5, 0.5)
    for line in lines_of_belt(world, far):
        assert insert_at_back(world, line, PLATE)
    character = create_character(world, 256, 128)
    set_picking(world, character, True)
    advance(world, 1)
    held = inventory_contents(world, main_inventory(world, character))
    assert held == {COAL: len(lines)}
    assert not any(line_contents(world, line) for line in lines)


def test_full_hands_leave_the_rest(flat_world, place):
    world = flat_world()
    belt = place(world, "transport-belt", 0.5, 0.5)
    left, right = lines_of_belt(world, belt)[:2]
    insert_at_back(world, left, COAL)
    insert_at_back(world, right, PLATE)
    character = create_character(world, 128, 128)
    main = main_inventory(world, character)
    insert_items(world, main, COAL, 50 * 79)
    insert_items(world, main, PLATE, 99)
    set_picking(world, character, True)
    advance(world, 1)
    assert count_items(world, main, PLATE) == 100
    assert line_contents(world, left) == {COAL: 1}
    assert line_contents(world, right) == {}


def test_many_ticks_are_as_one_after_the_other(flat_world, place):
    worlds = []
    for _ in range(2):
        world = flat_world()
        for x in range(6):
            belt = place(world, "transport-belt", x + 0.5, 0.5, 2)
            for line in lines_of_belt(world, belt):
                insert_at_back(world, line, COAL)
        set_picking(world, create_character(world, 1280, 320), True)
        worlds.append(world)
    advance(worlds[0], 40)
    for _ in range(40):
        advance(worlds[1], 1)
    assert worlds[0].state_hash() == worlds[1].state_hash()


# --- repairing


def hurt(world, place, name: str, health: float) -> int:
    entity = place(world, name, 3.5, 0.5)
    set_health(world, entity, health)
    return entity


@pytest.mark.parametrize(
    ("name", "per_tick"),
    # a repair pack has speed 2; walls have a repair_speed_modifier of 2
    [("iron-chest", 2), ("stone-wall", 4)],
)
def test_a_pack_mends(flat_world, place, name, per_tick):
    world = flat_world()
    entity = hurt(world, place, name, 50)
    character = create_character(world, 128, 128)
    main = main_inventory(world, character)
    insert_items(world, main, PACK, 2)
    assert start_repairing(world, character, entity)
    advance(world, 10)
    assert world.entity["health"][entity] == 50 + 10 * per_tick
    assert wear_of(world, main) == {PACK: 10}
    advance(world, 200)
    missing = most_health(world, entity) - 50
    assert world.entity["health"][entity] == most_health(world, entity)
    assert wear_of(world, main) == {PACK: pytest.approx(missing / per_tick)}
    assert not world.clock["is_attended"][0]
    assert not start_repairing(world, character, entity)


def test_the_last_pack_ends_it(flat_world, place):
    world = flat_world()
    entity = hurt(world, place, "steel-chest", 0)  # 350
    character = create_character(world, 128, 128)
    main = main_inventory(world, character)
    insert_items(world, main, PACK, 1)
    for health in (0, 0):
        set_health(world, entity, health)
        start_repairing(world, character, entity)
        advance(world, 151)
    assert world.entity["health"][entity] == 2 * (300 - 151)
    assert inventory_contents(world, main) == {}
    advance(world, 1)
    assert not world.clock["is_attended"][0]
    assert load_world(save_world(world)).state_hash() == world.state_hash()


def test_what_ends_repairs(flat_world, place):
    world = flat_world()
    entity = hurt(world, place, "steel-chest", 0)
    character = create_character(world, 128, 128)
    insert_items(world, main_inventory(world, character), PACK, 1)
    start_repairing(world, character, entity)
    advance(world, 5)
    world.entity["x"][character] = -20 * 256  # out of reach
    advance(world, 5)
    assert world.entity["health"][entity] == 10
    assert not start_repairing(world, character, entity)
    world.entity["x"][character] = 128
    start_repairing(world, character, entity)
    advance(world, 5)
    stop_repairing(world, character)
    advance(world, 5)
    assert world.entity["health"][entity] == 20


@pytest.mark.parametrize("name", ["character", "tree-01"])
def test_what_is_not_repaired(flat_world, place, name):
    world = flat_world()
    entity = hurt(world, place, name, 10)
    if name == "tree-01":
        world.entity["force"][entity] = 3
    character = create_character(world, 128, 128)
    assert not start_repairing(world, character, entity)
