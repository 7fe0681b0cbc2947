"""Statuses that follow from electric energy alone."""

from collections.abc import Callable

import pytest

from fle_marl.defines import EntityStatus
from fle_marl.sim.engine import advance
from fle_marl.sim.schedule import refreshed
from fle_marl.sim.world import World

Place = Callable[..., int]
WorldFactory = Callable[..., World]

NOON, DUSK, NIGHT = 0.0, 0.3, 0.5


def status(world: World, entity: int) -> str:
    return EntityStatus(world.entity["status"][entity]).name


@pytest.mark.parametrize(
    ("name", "panels", "daytime", "expected"),
    [
        ("solar-panel", 0, NOON, "working"),
        ("solar-panel", 0, NIGHT, "normal"),
        ("radar", 6, NOON, "working"),
        ("radar", 1, NOON, "low_power"),
        ("radar", 6, NIGHT, "no_power"),
        ("beacon", 0, NOON, "no_power"),
        ("beacon", 6, NOON, "low_power"),
        ("small-lamp", 1, NOON, "turned_off_during_daytime"),
        ("small-lamp", 1, NIGHT, "no_power"),
        ("small-lamp", 0, DUSK, "turned_off_during_daytime"),
        ("accumulator", 0, NOON, "normal"),
        ("accumulator", 1, NOON, "charging"),
    ],
)
def test_statuses(
    flat_world: WorldFactory,
    place: Place,
    name: str,
    panels: int,
    daytime: float,
    expected: str,
) -> None:
    world = flat_world()
    world.clock["daytime"] = daytime
    place(world, "substation", 0, 0)
    for x in range(panels):
        place(world, "solar-panel", 3 * x - 7.5, 4.5)
    entity = place(world, name, -4.5, -4.5)
    alone = place(world, name, 20.5, 20.5)
    refreshed(world)
    advance(world, 100)
    assert status(world, entity) == expected
    assert status(world, alone) == "not_plugged_in_electric_network"


def test_statuses_of_lamps_follow_the_night(
    flat_world: WorldFactory, place: Place
) -> None:
    world = flat_world()
    world.clock["daytime"] = NIGHT
    place(world, "substation", 0, 0)
    accumulator = place(world, "accumulator", 4, 4)
    lamp = place(world, "small-lamp", -4.5, -4.5)
    refreshed(world)
    source = int(world.entity["electric"][accumulator])
    world.tables["electric"]["buffer_joules"][source] = 100_000.0
    advance(world, 10)
    assert (status(world, lamp), status(world, accumulator)) == (
        "working",
        "discharging",
    )
    world.clock["daytime"] = NOON
    advance(world, 10)
    assert status(world, lamp) == "turned_off_during_daytime"
    assert status(world, accumulator) == "normal"
