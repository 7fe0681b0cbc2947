"""Inserters, beyond what the conformance cases show."""

import pytest

from fle_marl.defines import EntityStatus
from fle_marl.prototypes import load
from fle_marl.sim.actions.build import (
    create_entity,
    destroy_entity,
    entity_contents,
    rotate_entity,
)
from fle_marl.sim.actions.items import insert_into, item_count
from fle_marl.sim.actions.transport_line import (
    insert_at,
    line_contents,
    lines_of_belt,
)
from fle_marl.sim.engine import advance
from fle_marl.sim.systems.inserter import set_filter
from fle_marl.sim.systems.item_on_ground import set_ground_item
from fle_marl.sim.world import World

ITEMS = load().items
COAL, PLATE, ORE = (ITEMS[n].id for n in ("coal", "iron-plate", "iron-ore"))
PLENTY_JOULES = 1e6
FUEL_LIMIT = 5
"""Pieces of fuel that inserters leave a machine with. Source: wiki, Inserters."""


def chain(world: World, place, name: str = "burner-inserter", reach: int = 1):
    """A chest to the north, an inserter, a chest to the south."""
    source = place(world, "wooden-chest", 0.5, 0.5 - reach)
    inserter = place(world, name, 0.5, 0.5)
    target = place(world, "wooden-chest", 0.5, 0.5 + reach)
    return source, inserter, target


def give_power(world: World, entity: int, joules: float = PLENTY_JOULES) -> None:
    """Fill the electric buffer, and leave nothing to the network."""
    record = world.tables["electric"][int(world.entity["electric"][entity])]
    record["capacity_joules"] = record["buffer_joules"] = joules
    record["drain_joules"] = 0.0


def status(world: World, entity: int) -> EntityStatus:
    return EntityStatus(world.entity["status"][entity])


@pytest.mark.parametrize(
    ("name", "joules", "cycle_ticks", "reach"),
    [
        ("inserter", 7000.0, 72, 1),
        ("long-handed-inserter", 7000.0, 50, 2),
        ("fast-inserter", 9800.0, 26, 1),
        ("filter-inserter", 11200.0, 26, 1),
        ("stack-inserter", 28000.0, 26, 1),
        ("stack-filter-inserter", 28000.0, 26, 1),
    ],
)
def test_energy_of_a_cycle(
    flat_world, place, name: str, joules: float, cycle_ticks: int, reach: int
) -> None:
    world = flat_world()
    source, inserter, target = chain(world, place, name, reach)
    insert_into(world, source, PLATE, 100)
    give_power(world, inserter)
    electric = world.tables["electric"]
    row = int(world.entity["electric"][inserter])
    while not item_count(world, target, PLATE):
        advance(world, 1)
    before = electric["buffer_joules"][row]
    advance(world, 10 * cycle_ticks)
    assert item_count(world, target, PLATE) == 11
    used = before - electric["buffer_joules"][row]
    assert used == pytest.approx(10 * joules)


def test_half_the_energy_is_half_the_speed(flat_world, place) -> None:
    world = flat_world()
    source, inserter, target = chain(world, place)
    insert_into(world, source, PLATE, 100)
    record = world.tables["inserter"][1]
    # without an own extension a tick takes the same energy from start to end
    record["extension"] = record["drop_extension"] = record["pickup_extension"]
    advance(world, 1)
    while not item_count(world, target, PLATE):
        advance(world, 1)
    burner = world.tables["burner"][int(world.entity["burner"][inserter])]
    burner["remaining_joules"] = 0.0
    per_tick = float(record["rotation_speed"] * record["energy_per_rotation"])
    ticks = 0
    while item_count(world, target, PLATE) == 1:
        burner["buffer_joules"] = per_tick / 2
        advance(world, 1)
        ticks += 1
    # twice a half turn, each rounded up to whole ticks at half the speed
    assert ticks == pytest.approx(200, abs=2)


def test_it_takes_only_what_the_target_takes(flat_world, place) -> None:
    world = flat_world()
    source = place(world, "wooden-chest", 0.5, -0.5)
    place(world, "burner-inserter", 0.5, 0.5)
    furnace = place(world, "stone-furnace", 1, 2)
    for item in (PLATE, ITEMS["iron-gear-wheel"].id, ORE, PLATE):
        insert_into(world, source, item, 3)
    advance(world, 1000)
    assert entity_contents(world, source).get(PLATE) == 6
    assert entity_contents(world, furnace) == {ORE: 2}


def test_filters(flat_world, place) -> None:
    world = flat_world()
    source, inserter, target = chain(world, place, "filter-inserter")
    for item in (PLATE, ORE, COAL):
        insert_into(world, source, item, 2)
    give_power(world, inserter)
    set_filter(world, inserter, 1, ORE)
    set_filter(world, inserter, 5, COAL)
    advance(world, 500)
    assert entity_contents(world, target) == {ORE: 2, COAL: 2}
    set_filter(world, inserter, 1, 0)
    set_filter(world, inserter, 5, 0)
    advance(world, 200)
    assert entity_contents(world, target) == {ORE: 2, COAL: 2, PLATE: 2}
    with pytest.raises(IndexError, match="1 to 5"):
        set_filter(world, inserter, 6, ORE)


@pytest.mark.parametrize("limit", [2, 3, 12])
def test_a_larger_hand_takes_more_at_a_time(flat_world, place, limit: int) -> None:
    world = flat_world()
    source, _, target = chain(world, place)
    insert_into(world, source, PLATE, 14)
    world.tables["inserter"]["hand_limit"][1] = limit
    advance(world, 66)
    assert item_count(world, target, PLATE) == limit
    advance(world, 100)
    assert item_count(world, target, PLATE) == min(2 * limit, 14)


def test_a_hand_with_too_much_puts_down_what_fits(flat_world, place) -> None:
    world = flat_world()
    source, inserter, target = chain(world, place)
    insert_into(world, source, PLATE, 14)
    world.tables["inserter"]["hand_limit"][1] = 4
    advance(world, 30)
    insert_into(world, target, COAL, 15 * 50)
    insert_into(world, target, PLATE, 98)
    advance(world, 50)
    assert item_count(world, target, PLATE) == 100
    assert entity_contents(world, inserter) == {PLATE: 2}
    assert status(world, inserter) == EntityStatus.waiting_for_space_in_destination


def test_turning_it_swaps_its_places(flat_world, place) -> None:
    world = flat_world()
    source, inserter, target = chain(world, place)
    insert_into(world, target, PLATE, 3)
    advance(world, 100)
    assert status(world, inserter) == EntityStatus.waiting_for_source_items
    rotate_entity(world, inserter, 4)
    advance(world, 60)
    assert item_count(world, source, PLATE) == 1


def test_a_new_target_is_found_and_a_lost_one_forgotten(flat_world, place) -> None:
    world = flat_world()
    source, inserter, target = chain(world, place)
    insert_into(world, source, PLATE, 5)
    advance(world, 66)
    destroy_entity(world, target)
    advance(world, 200)
    assert status(world, inserter) == EntityStatus.waiting_for_space_in_destination
    other = place(world, "iron-chest", 0.5, 1.5)
    advance(world, 1)
    assert item_count(world, other, PLATE) == 1
    destroy_entity(world, source)
    advance(world, 300)
    assert status(world, inserter) == EntityStatus.waiting_for_source_items


def test_it_takes_stacks_off_the_ground_one_by_one(flat_world, place) -> None:
    world = flat_world()
    stack = create_entity(world, "item-on-ground", 140, -100)
    set_ground_item(world, stack, PLATE, 3)
    place(world, "burner-inserter", 0.5, 0.5)
    target = place(world, "wooden-chest", 0.5, 1.5)
    advance(world, 166)
    assert item_count(world, target, PLATE) == 2
    assert entity_contents(world, stack) == {PLATE: 1}
    advance(world, 100)
    assert item_count(world, target, PLATE) == 3
    assert world.entity["prototype"][stack] <= 0


def test_without_power_it_takes_nothing(flat_world, place) -> None:
    world = flat_world()
    source, inserter, _ = chain(world, place, "inserter")
    insert_into(world, source, PLATE, 5)
    advance(world, 10)
    assert status(world, inserter) == EntityStatus.no_power
    give_power(world, inserter)
    advance(world, 10)
    assert entity_contents(world, inserter) == {PLATE: 1}


def test_a_standing_still_inserter_does_nothing(flat_world, place) -> None:
    world = flat_world()
    source, inserter, _ = chain(world, place)
    insert_into(world, source, PLATE, 5)
    world.entity["active"][inserter] = False
    advance(world, 100)
    assert item_count(world, source, PLATE) == 5


def test_the_positions_are_alike_to_all_sides(flat_world, place) -> None:
    world = flat_world()
    expected = {
        0: ((0, -256), (0, 307)),
        2: ((256, 0), (-307, 0)),
        4: ((0, 256), (0, -307)),
        6: ((-256, 0), (307, 0)),
    }
    for direction, (pickup, drop) in expected.items():
        entity = place(world, "inserter", 0.5, 0.5, direction)
        record = world.tables["inserter"][int(world.entity["component"][entity])]
        found = tuple(
            int(record[name]) - 128
            for name in ("pickup_x", "pickup_y", "drop_x", "drop_y")
        )
        assert found == (*pickup, *drop)
        destroy_entity(world, entity)


# --- belts; an inserter at (0.5, 0.5) that faces north takes from (0.5, -0.5)

EAST, SOUTH, WEST, NORTH = 2, 4, 6, 0
LEFT, RIGHT = 0, 1


def lanes(world: World, belt: int) -> tuple[dict[int, int], dict[int, int]]:
    left, right = lines_of_belt(world, belt)[:2]
    return line_contents(world, left), line_contents(world, right)


@pytest.mark.parametrize(
    ("direction", "lane"),
    # the inserter drops southwards: across a belt to its far, southern lane
    [(EAST, RIGHT), (WEST, LEFT), (NORTH, RIGHT), (SOUTH, RIGHT)],
)
def test_it_drops_onto_the_far_lane(
    flat_world, place, direction: int, lane: int
) -> None:
    world = flat_world()
    source = place(world, "wooden-chest", 0.5, -0.5)
    insert_into(world, source, ORE, 1)
    place(world, "burner-inserter", 0.5, 0.5)
    belt = place(world, "transport-belt", 0.5, 1.5, direction)
    advance(world, 66)
    dropped = lanes(world, belt)
    assert dropped[lane] == {ORE: 1}
    assert dropped[1 - lane] == {}


@pytest.mark.parametrize(
    ("direction", "first"),
    # the inserter stands south of the belt; recorded from the game by factory-sim
    [(EAST, RIGHT), (WEST, LEFT), (NORTH, LEFT), (SOUTH, LEFT)],
)
def test_it_takes_from_the_near_lane_first_or_the_left(
    flat_world, place, direction: int, first: int
) -> None:
    world = flat_world()
    belt = place(world, "transport-belt", 0.5, -0.5, direction)
    place(world, "burner-inserter", 0.5, 0.5)
    target = place(world, "wooden-chest", 0.5, 1.5)
    lines = lines_of_belt(world, belt)
    assert insert_at(world, lines[first], 0.0, ORE)
    assert insert_at(world, lines[1 - first], 0.0, PLATE)
    advance(world, 100)
    assert entity_contents(world, target) == {ORE: 1}
    advance(world, 100)
    assert entity_contents(world, target) == {ORE: 1, PLATE: 1}
    assert lanes(world, belt) == ({}, {})


def test_it_leaves_on_the_belt_what_the_target_does_not_take(flat_world, place) -> None:
    world = flat_world()
    belt = place(world, "transport-belt", 0.5, -0.5, EAST)
    place(world, "burner-inserter", 0.5, 0.5)
    furnace = place(world, "stone-furnace", 1, 2)
    line = lines_of_belt(world, belt)[RIGHT]
    for at, item in ((0.0, PLATE), (0.25, ORE), (0.5, PLATE)):
        assert insert_at(world, line, at, item)
    advance(world, 300)
    assert entity_contents(world, furnace) == {ORE: 1}
    assert lanes(world, belt)[RIGHT] == {PLATE: 2}


@pytest.mark.parametrize(
    ("name", "reach", "cycle_ticks"),
    [
        ("burner-inserter", 1, 90),
        ("inserter", 1, 64),
        ("long-handed-inserter", 2, 48),
        ("fast-inserter", 1, 24),
    ],
)
def test_off_a_belt_a_cycle_is_shorter(
    flat_world, place, name: str, reach: int, cycle_ticks: int
) -> None:
    world = flat_world()
    belts = [
        place(world, "transport-belt", x + 0.5, 0.5 - reach, EAST)
        for x in range(-20, 1)
    ]
    for belt in belts:
        for at in (0.0, 0.25, 0.5, 0.75):
            for line in lines_of_belt(world, belt):
                insert_at(world, line, at, ORE)
    inserter = place(world, name, 0.5, 0.5)
    if name == "burner-inserter":
        insert_into(world, inserter, COAL, 1)
    else:
        give_power(world, inserter)
    target = place(world, "wooden-chest", 0.5, 0.5 + reach)
    advance(world, 300)
    before = item_count(world, target, ORE)
    advance(world, 5 * cycle_ticks)
    assert item_count(world, target, ORE) == before + 5


def test_a_full_belt_makes_it_wait(flat_world, place) -> None:
    world = flat_world()
    source = place(world, "wooden-chest", 0.5, -0.5)
    insert_into(world, source, ORE, 50)
    inserter = place(world, "burner-inserter", 0.5, 0.5)
    insert_into(world, inserter, COAL, 5)
    belt = place(world, "transport-belt", 0.5, 1.5, EAST)
    advance(world, 1500)
    # put down in the middle, so that half of the lane stays empty
    assert lanes(world, belt)[RIGHT] == {ORE: 3}
    assert status(world, inserter) == EntityStatus.waiting_for_space_in_destination


def takers(world: World, place, waiting_ticks: int) -> tuple[int, int, int]:
    """A chest and two that take from it, built one after the other."""
    source = place(world, "wooden-chest", 0.5, 0.5)
    place(world, "wooden-chest", 2.5, 0.5)
    first = place(world, "burner-inserter", 1.5, 0.5, 6)
    advance(world, waiting_ticks)
    place(world, "wooden-chest", -1.5, 0.5)
    second = place(world, "burner-inserter", -0.5, 0.5, 2)
    advance(world, 50)
    return source, first, second


@pytest.mark.parametrize(("waiting_ticks", "taker"), [(1, 0), (0, 1)])
def test_who_waits_longest_takes_first(
    flat_world, place, waiting_ticks: int, taker: int
) -> None:
    """Of two that began in the same tick the last built does; factory-sim 0.3.0."""
    world = flat_world()
    source, *both = takers(world, place, waiting_ticks)
    for turn in (taker, 1 - taker):
        insert_into(world, source, PLATE, 1)
        advance(world, 1)
        assert entity_contents(world, both[turn]).get(PLATE) == 1
        assert entity_contents(world, source) == {}


@pytest.mark.parametrize("order", [("giver", "taker"), ("taker", "giver")])
def test_who_gets_room_from_another_that_waited_acts_a_tick_later(
    flat_world, place, order: tuple[str, str]
) -> None:
    """Whichever began first to wait; factory-sim 0.3.0."""
    world = flat_world()
    source = place(world, "wooden-chest", 0.5, -1.5)
    insert_into(world, source, COAL, 1)
    full = place(world, "wooden-chest", 0.5, 0.5)
    insert_into(world, full, COAL, 16 * ITEMS["coal"].stack_size)
    furnace = place(world, "stone-furnace", 1, 3)
    insert_into(world, furnace, COAL, FUEL_LIMIT)
    hands = {}
    for name in order:
        y = -0.5 if name == "giver" else 1.5
        inserter = place(world, "burner-inserter", 0.5, y)
        insert_into(world, inserter, COAL, 1)
        hands[name] = int(world.entity["component"][inserter])
        advance(world, 50)
    insert_into(world, furnace, ORE, 1)
    taken_at = {}
    for tick in range(3):
        advance(world, 1)
        for name, row in hands.items():
            if world.tables["inserter"]["hand_count"][row]:
                taken_at.setdefault(name, tick)
    # the furnace lights a piece at the end of the first tick
    assert taken_at == {"taker": 1, "giver": 2}


@pytest.mark.parametrize("is_anything_on_the_line", [True, False])
def test_at_rest_over_a_belt_a_fire_fills_the_buffer_only_for_what_may_come(
    flat_world, place, is_anything_on_the_line: bool
) -> None:
    """Else it keeps what the last movement left; factory-sim 0.3.0."""
    world = flat_world()
    place(world, "transport-belt", 0.5, -0.5, EAST)
    beyond = place(world, "transport-belt", 1.5, -0.5, EAST)
    if is_anything_on_the_line:
        insert_at(world, lines_of_belt(world, beyond)[RIGHT], 0.0, ORE)
    inserter = place(world, "burner-inserter", 0.5, 0.5)
    place(world, "wooden-chest", 0.5, 1.5)
    record = world.tables["inserter"][1]
    way = float(record["pickup_extension"] - record["extension"])
    last_step = way % float(record["extension_speed"])
    advance(world, 60)
    burner = world.tables["burner"][int(world.entity["burner"][inserter])]
    left = 0.0 if is_anything_on_the_line else last_step
    used = left * float(record["energy_per_movement"])
    assert burner["buffer_joules"] == pytest.approx(burner["capacity_joules"] - used)


def test_what_it_has_from_a_belt_stays_when_a_chest_takes_its_place(
    flat_world, place
) -> None:
    world = flat_world()
    belt = place(world, "transport-belt", 0.5, -0.5, EAST)
    inserter = place(world, "burner-inserter", 0.5, 0.5)
    insert_into(world, inserter, COAL, 3)
    target = place(world, "wooden-chest", 0.5, 1.5)
    world.tables["inserter"]["hand_limit"][1] = 3
    insert_at(world, lines_of_belt(world, belt)[RIGHT], 0.0, ORE)
    advance(world, 100)
    destroy_entity(world, belt)
    source = place(world, "wooden-chest", 0.5, -0.5)
    insert_into(world, source, PLATE, 3)
    advance(world, 300)
    assert entity_contents(world, target) == {ORE: 1, PLATE: 3}


def test_over_a_belt_it_turns_with_what_has_become_enough_on_its_way_to_rest(
    flat_world, place
) -> None:
    world = flat_world()
    place(world, "transport-belt", 0.5, -0.5, EAST)
    place(world, "burner-inserter", 0.5, 0.5)
    target = place(world, "wooden-chest", 0.5, 1.5)
    hand = world.tables["inserter"][1]
    hand["hand_item"], hand["hand_count"], hand["hand_limit"] = PLATE, 1, 3
    insert_into(world, target, COAL, 15 * 50)
    insert_into(world, target, PLATE, 99)
    advance(world, 200)
    assert item_count(world, target, PLATE) == 100
