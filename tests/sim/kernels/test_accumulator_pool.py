"""Accumulators that hold the same are reckoned as one."""

from collections.abc import Callable

import pytest

from fle_marl.sim.actions.build import destroy_entity
from fle_marl.sim.engine import advance
from fle_marl.sim.parts import add_electric
from fle_marl.sim.schedule import refreshed
from fle_marl.sim.world import World

Place = Callable[..., int]
WorldFactory = Callable[..., World]

CAPACITY = 5e6
LIMIT = 5000.0  # 300 kW
PLACES = [(x, y) for y in (-6, -4, 4, 6) for x in (-6, -4, -2, 2)]


@pytest.fixture
def world(flat_world: WorldFactory) -> World:
    return flat_world()


def build(
    world: World, place: Place, charges: list[float], offer: float = 0.0
) -> list[int]:
    """Accumulators on one network with a producer; gives their entities."""
    place(world, "substation", 0, 0)
    producer = place(world, "wooden-chest", 7.5, 0.5)
    add_electric(world, producer, "secondary-output", output_limit_joules=offer)
    found = [place(world, "accumulator", *at) for at in PLACES[: len(charges)]]
    refreshed(world)
    for entity, charge in zip(found, charges, strict=True):
        set_charge(world, entity, charge)
    return found


def set_charge(world: World, entity: int, joules: float) -> None:
    source = int(world.entity["electric"][entity])
    world.tables["electric"]["buffer_joules"][source] = joules


def charges_of(world: World, entities: list[int]) -> list[float]:
    sources = world.entity["electric"][entities]
    return world.tables["electric"]["buffer_joules"][sources].tolist()


def pools(world: World) -> list[tuple[float, int]]:
    """Charge and number of accumulators of each pool, in the order of their chain."""
    pool = refreshed(world).tables["accumulator_pool"]
    groups = world.tables["electric_group"]
    (head,) = groups["first_pool"][groups["first_pool"] > 0]
    found, row = [], int(head)
    while row:
        found.append((float(pool["buffer_joules"][row]), int(pool["count"][row])))
        row = int(pool["next"][row])
    return found


def test_pools_are_in_the_order_of_their_charge(world: World, place: Place) -> None:
    build(world, place, [7.0, 3.0, 7.0, 0.0, 3.0, 3.0])
    advance(world, 1)
    assert pools(world) == [(0.0, 1), (3.0, 3), (7.0, 2)]


def test_they_charge_alike_and_meet_when_they_are_full(
    world: World, place: Place
) -> None:
    charges = [0.0, CAPACITY - 2 * LIMIT, CAPACITY - 3 * LIMIT]
    found = build(world, place, charges, offer=1e9)
    advance(world, 2)
    assert charges_of(world, found) == [2 * LIMIT, CAPACITY, CAPACITY - LIMIT]
    advance(world, 1)
    # those that have just become full are known apart until nothing flows any more
    assert pools(world) == [(3 * LIMIT, 1), (CAPACITY, 1), (CAPACITY, 1)]
    advance(world, 1)
    assert pools(world) == [(4 * LIMIT, 1), (CAPACITY, 2)]
    advance(world, 1000)
    assert pools(world) == [(CAPACITY, 3)]


def test_they_discharge_alike_and_meet_when_they_are_empty(
    world: World, place: Place
) -> None:
    found = build(world, place, [LIMIT, 3 * LIMIT])
    add_electric(
        world,
        place(world, "wooden-chest", 7.5, 2.5),
        "secondary-input",
        capacity_joules=1e9,
    )
    advance(world, 1)
    assert charges_of(world, found) == [0.0, 2 * LIMIT]
    advance(world, 4)
    assert pools(world) == [(0.0, 2)]


def test_one_that_is_changed_leaves_its_pool(world: World, place: Place) -> None:
    found = build(world, place, [10.0] * 4)
    advance(world, 1)
    assert pools(world) == [(10.0, 4)]
    set_charge(world, found[2], 4.0)
    set_charge(world, found[0], 11.0)
    advance(world, 1)
    assert pools(world) == [(4.0, 1), (10.0, 2), (11.0, 1)]
    set_charge(world, found[2], 10.0)
    set_charge(world, found[0], 10.0)
    advance(world, 1)
    assert pools(world) == [(10.0, 4)]


def test_pools_follow_builds_and_removals(world: World, place: Place) -> None:
    found = build(world, place, [10.0, 10.0, 20.0])
    advance(world, 1)
    destroy_entity(world, found[0])
    assert pools(world) == [(10.0, 1), (20.0, 1)]
    destroy_entity(world, found[2])
    place(world, "accumulator", *PLACES[5])
    assert pools(world) == [(0.0, 1), (10.0, 1)]


def test_a_surplus_is_shared_by_what_each_can_take(world: World, place: Place) -> None:
    """Two lack 5000 joules and one 1000: of 5500 each gets half of that."""
    charges = [0.0, 0.0, CAPACITY - 1000.0, CAPACITY]
    found = build(world, place, charges, offer=5500.0)
    advance(world, 1)
    gained = [
        after - before
        for after, before in zip(charges_of(world, found), charges, strict=True)
    ]
    assert gained == pytest.approx([2500.0, 2500.0, 500.0, 0.0])


def test_sixteen_alike_are_one_pool_and_hold_what_each_would(
    world: World, place: Place
) -> None:
    found = build(world, place, [0.0] * 16, offer=16 * 1234.0)
    advance(world, 100)
    assert pools(world) == [(pytest.approx(123_400.0), 16)]
    assert charges_of(world, found) == pytest.approx([123_400.0] * 16)
