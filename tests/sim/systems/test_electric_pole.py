"""Wires between poles."""

from collections.abc import Callable

import pytest

from fle_marl.sim.actions.build import destroy_entity
from fle_marl.sim.components import MAXIMUM_COPPER_WIRES
from fle_marl.sim.schedule import refreshed
from fle_marl.sim.systems import electric_network
from fle_marl.sim.systems.electric_pole import (
    can_reach,
    connect_poles,
    disconnect_all,
    disconnect_poles,
    pole_neighbours,
)
from fle_marl.sim.world import World

SMALL = "small-electric-pole"
MEDIUM = "medium-electric-pole"
BIG = "big-electric-pole"

Place = Callable[..., int]
WorldFactory = Callable[..., World]


def network_id(world: World, entity: int) -> int:
    return electric_network.network_id(refreshed(world), entity)


@pytest.mark.parametrize(
    ("one", "other", "distance", "is_wired"),
    [
        (SMALL, SMALL, 7, True),
        (SMALL, SMALL, 8, False),
        (SMALL, MEDIUM, 8, False),  # the shorter reach counts
        (MEDIUM, MEDIUM, 9, True),
        (MEDIUM, MEDIUM, 10, False),
        (BIG, BIG, 30, True),
        (BIG, BIG, 31, False),
        (BIG, SMALL, 7, True),
        ("substation", "substation", 18, True),
        ("substation", BIG, 19, False),
    ],
)
def test_wire_reach(
    flat_world: WorldFactory,
    place: Place,
    one: str,
    other: str,
    distance: int,
    is_wired: bool,
) -> None:
    world = flat_world()
    first = place(world, one, 0.5, 0.5)
    second = place(world, other, 0.5 + distance, 0.5)
    assert (pole_neighbours(world, second) == [first]) == is_wired
    assert (pole_neighbours(world, first) == [second]) == is_wired
    assert (network_id(world, first) == network_id(world, second)) == is_wired


def test_reach_is_a_circle(flat_world: WorldFactory, place: Place) -> None:
    world = flat_world()
    middle = place(world, SMALL, 0.5, 0.5)
    inside = place(world, SMALL, 6.5, 4.5)  # 6 and 4 tiles away
    outside = place(world, SMALL, -5.5, -5.5)  # 6 and 6
    assert can_reach(world, middle, inside)
    assert not can_reach(world, middle, outside)
    assert pole_neighbours(world, middle) == [inside]


def test_line_of_poles_has_no_needless_wires(
    flat_world: WorldFactory, place: Place
) -> None:
    """Each pole is wired to the next alone, though it reaches the one after, too."""
    world = flat_world()
    poles = [place(world, SMALL, 0.5 + 3 * step, 0.5) for step in range(5)]
    assert pole_neighbours(world, poles[0]) == [poles[1]]
    assert pole_neighbours(world, poles[2]) == [poles[1], poles[3]]


def test_new_pole_joins_networks_that_are_apart(
    flat_world: WorldFactory, place: Place
) -> None:
    world = flat_world()
    left = place(world, SMALL, -6.5, 0.5)
    right = place(world, SMALL, 6.5, 0.5)
    assert network_id(world, left) != network_id(world, right)
    middle = place(world, SMALL, 0.5, 0.5)
    assert pole_neighbours(world, middle) == [right, left]  # 6 and 7 tiles away
    assert network_id(world, left) == network_id(world, right)


def test_pole_takes_five_wires(flat_world: WorldFactory, place: Place) -> None:
    world = flat_world()
    around = [(-7, 0), (7, 0), (0, -7), (0, 7)]
    outer = [place(world, BIG, 30 * x / 7, 30 * y / 7) for x, y in around]
    place(world, BIG, 21, 21)
    place(world, BIG, -21, -21)
    for pole in [*outer]:
        disconnect_all(world, pole)
    middle = place(world, BIG, 0, 0)
    assert len(pole_neighbours(world, middle)) == MAXIMUM_COPPER_WIRES


def test_neighbours_of_a_pole_that_goes_are_wired(
    flat_world: WorldFactory, place: Place
) -> None:
    world = flat_world()
    left, middle, right = (place(world, SMALL, x, 0.5) for x in (0.5, 3.5, 6.5))
    before = network_id(world, left)
    destroy_entity(world, middle)
    assert pole_neighbours(world, left) == [right]
    assert network_id(world, left) == network_id(world, right) == before


def test_network_falls_apart_out_of_reach(
    flat_world: WorldFactory, place: Place
) -> None:
    world = flat_world()
    left, middle, right = (place(world, SMALL, x, 0.5) for x in (0.5, 6.5, 12.5))
    before = network_id(world, left)
    destroy_entity(world, middle)
    assert pole_neighbours(world, left) == []
    # the part with the oldest pole keeps the network
    assert network_id(world, left) == before
    assert network_id(world, right) not in (0, before)


def test_wires_by_hand(flat_world: WorldFactory, place: Place) -> None:
    world = flat_world()
    one, other = (place(world, SMALL, x, 0.5) for x in (0.5, 6.5))
    assert disconnect_poles(world, one, other)
    assert not disconnect_poles(world, one, other)
    assert network_id(world, one) != network_id(world, other)
    assert connect_poles(world, other, one)
    assert not connect_poles(world, one, other)
    assert not connect_poles(world, one, one)
    assert network_id(world, one) == network_id(world, other)


def test_wire_by_hand_keeps_to_reach_and_number(
    flat_world: WorldFactory, place: Place
) -> None:
    world = flat_world()
    poles = [place(world, SMALL, 0.5 + step, 0.5) for step in range(7)]
    far = place(world, SMALL, 20.5, 0.5)
    for pole in poles:
        disconnect_all(world, pole)
    assert not connect_poles(world, poles[0], far)
    wired = [connect_poles(world, poles[0], other) for other in poles[1:]]
    assert wired == [True] * MAXIMUM_COPPER_WIRES + [False]


def test_restored_world_can_fall_apart(flat_world: WorldFactory, place: Place) -> None:
    """A world that was loaded has room for a network for each of its poles."""
    world = flat_world(radius_chunks=2)
    grid = [(x, y) for y in range(-30, 30, 6) for x in range(-30, 30, 6)]
    poles = [place(world, SMALL, x + 0.5, y + 0.5) for x, y in grid]
    assert len({network_id(world, pole) for pole in poles}) == 1
    twin = flat_world(radius_chunks=2)
    twin.restore(world.snapshot())
    for pole in poles:
        disconnect_all(twin, pole)
    assert len({network_id(twin, pole) for pole in poles}) == len(poles)
