"""Accumulators: filled from surplus, emptied last."""

from collections.abc import Callable
from typing import Any

import pytest

from fle_marl.defines import EntityStatus
from fle_marl.sim.engine import advance
from fle_marl.sim.world import World

CAPACITY_JOULES = 5e6
LIMIT_JOULES = 300_000 / 60  # per tick
PANEL_JOULES = 60_000 / 60  # per tick, at noon
MIDNIGHT = 0.5

Place = Callable[..., int]


def joules(world: World, *entities: int) -> list[float]:
    sources = world.entity["electric"][list(entities)]
    return world.tables["electric"]["buffer_joules"][sources].tolist()


def set_joules(world: World, entity: int, value: float) -> None:
    world.tables["electric"]["buffer_joules"][world.entity["electric"][entity]] = value


def status(world: World, entity: int) -> str:
    return EntityStatus(world.entity["status"][entity]).name


@pytest.fixture
def world(flat_world: Any) -> World:
    world: World = flat_world()
    world.clock["always_day"] = True
    return world


def test_it_takes_what_is_left_over(world: World, place: Place) -> None:
    place(world, "substation", 0, 0)
    place(world, "solar-panel", 3.5, 0.5)
    accumulator = place(world, "accumulator", 0, 3)
    advance(world, 100)
    assert joules(world, accumulator) == pytest.approx([100 * PANEL_JOULES])
    assert status(world, accumulator) == "charging"


def test_it_takes_in_no_more_than_its_limit(world: World, place: Place) -> None:
    place(world, "substation", 0, 0)
    for x in (3.5, 6.5, -4.5, -7.5):
        for y in (0.5, 3.5):
            place(world, "solar-panel", x, y)
    accumulator = place(world, "accumulator", 0, 3)
    advance(world, 10)
    assert joules(world, accumulator) == pytest.approx([10 * LIMIT_JOULES])
    set_joules(world, accumulator, CAPACITY_JOULES - 1.0)
    advance(world, 2)
    assert joules(world, accumulator) == [CAPACITY_JOULES]
    assert status(world, accumulator) == "fully_charged"


def test_it_gives_only_what_producers_cannot(world: World, place: Place) -> None:
    place(world, "substation", 0, 0)
    place(world, "solar-panel", 3.5, 0.5)
    accumulator = place(world, "accumulator", 0, 3)
    furnace = place(world, "electric-furnace", -3.5, 0.5)
    set_joules(world, accumulator, 1e6)
    advance(world, 1)
    drain = 180_000 / 60 / 30
    wanted = joules(world, furnace)[0] + drain
    assert wanted > PANEL_JOULES
    assert joules(world, accumulator) == pytest.approx([1e6 - (wanted - PANEL_JOULES)])
    assert status(world, accumulator) == "discharging"


def test_it_bears_the_night(world: World, place: Place) -> None:
    world.clock["always_day"] = False
    world.clock["daytime"] = MIDNIGHT
    place(world, "substation", 0, 0)
    place(world, "solar-panel", 3.5, 0.5)
    accumulator = place(world, "accumulator", 0, 3)
    furnace = place(world, "electric-furnace", -3.5, 0.5)
    set_joules(world, accumulator, 1e6)
    advance(world, 1)
    assert status(world, accumulator) == "discharging"
    advance(world, 59)
    drain = 180_000 / 60 / 30
    buffer = joules(world, furnace)[0]
    assert joules(world, accumulator) == pytest.approx([1e6 - buffer - 60 * drain])


def test_accumulators_share_by_what_they_can_take_and_give(
    world: World, place: Place
) -> None:
    place(world, "substation", 0, 0)
    place(world, "solar-panel", 3.5, 0.5)
    full, empty = place(world, "accumulator", 0, 3), place(world, "accumulator", 3, 4)
    set_joules(world, full, CAPACITY_JOULES)
    advance(world, 50)
    assert joules(world, full, empty) == pytest.approx(
        [CAPACITY_JOULES, 50 * PANEL_JOULES]
    )


def test_they_do_not_charge_each_other(world: World, place: Place) -> None:
    place(world, "substation", 0, 0)
    full, empty = place(world, "accumulator", 0, 3), place(world, "accumulator", 3, 4)
    set_joules(world, full, CAPACITY_JOULES)
    advance(world, 50)
    assert joules(world, full, empty) == [CAPACITY_JOULES, 0.0]


def test_without_a_pole_it_does_nothing(world: World, place: Place) -> None:
    place(world, "solar-panel", 3.5, 0.5)
    accumulator = place(world, "accumulator", 0, 3)
    advance(world, 5)
    assert joules(world, accumulator) == [0.0]
    assert status(world, accumulator) == "not_plugged_in_electric_network"
