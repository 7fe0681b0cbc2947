"""Ends of underground belts."""

from collections.abc import Callable

import pytest

from fle_marl.prototypes import load
from fle_marl.sim.schedule import refreshed
from fle_marl.sim.systems.underground_belt import (
    belt_to_ground_type,
    fitting_belt_to_ground_type,
    other_end,
    set_belt_to_ground_type,
)
from fle_marl.sim.world import World

EAST, WEST = 2, 6
MIDDLE = 128
UNITS_PER_TILE = 256

MakeWorld = Callable[..., World]
Place = Callable[..., int]


def underground(
    world: World, place: Place, x: int, end: str, direction: int = EAST
) -> int:
    entity = place(world, "underground-belt", x, 0, direction)
    set_belt_to_ground_type(world, entity, end)
    refreshed(world)
    return entity


def test_scripts_build_an_entrance_if_they_do_not_say(
    flat_world: MakeWorld, place: Place
) -> None:
    world = flat_world()
    assert belt_to_ground_type(world, place(world, "underground-belt", 0, 0)) == "input"


def test_an_end_can_be_either(flat_world: MakeWorld, place: Place) -> None:
    world = flat_world()
    entrance = underground(world, place, 0, "input")
    exit_end = underground(world, place, 3, "output")
    assert (other_end(world, entrance), other_end(world, exit_end)) == (
        exit_end,
        entrance,
    )
    set_belt_to_ground_type(world, exit_end, "input")
    refreshed(world)
    assert (other_end(world, entrance), other_end(world, exit_end)) == (0, 0)


def test_there_are_only_two_ends(flat_world: MakeWorld, place: Place) -> None:
    world = flat_world()
    with pytest.raises(ValueError, match="'middle'"):
        underground(world, place, 0, "middle")


# what stands already, as x, end and direction; what a player would build at x = 5
FITTING = [
    pytest.param([], "input", id="nothing behind"),
    pytest.param([(2, "input", EAST)], "output", id="an entrance behind"),
    pytest.param([(0, "input", EAST)], "output", id="at the end of its reach"),
    pytest.param([(-1, "input", EAST)], "input", id="out of reach"),
    pytest.param([(2, "input", WEST)], "input", id="an entrance the other way"),
    pytest.param([(8, "input", EAST)], "input", id="an entrance ahead"),
    pytest.param(
        [(1, "input", EAST), (3, "output", EAST)], "input", id="the pair is complete"
    ),
    pytest.param(
        [(4, "input", EAST), (7, "output", EAST)], "output", id="a nearer exit"
    ),
]


@pytest.mark.parametrize(("standing", "expected"), FITTING)
def test_players_build_the_end_that_is_missing(
    flat_world: MakeWorld,
    place: Place,
    standing: list[tuple[int, str, int]],
    expected: str,
) -> None:
    world = flat_world()
    for x, end, direction in standing:
        underground(world, place, x, end, direction)
    prototype = load().entities["underground-belt"]
    x = 5 * UNITS_PER_TILE + MIDDLE
    found = fitting_belt_to_ground_type(world, prototype, x, MIDDLE, EAST)
    assert found == expected


def test_other_kinds_do_not_fit(flat_world: MakeWorld, place: Place) -> None:
    world = flat_world()
    underground(world, place, 2, "input")
    fast = load().entities["fast-underground-belt"]
    x = 5 * UNITS_PER_TILE + MIDDLE
    assert fitting_belt_to_ground_type(world, fast, x, MIDDLE, EAST) == "input"
