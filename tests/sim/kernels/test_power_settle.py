"""Before and after many ticks: rows say what is the case."""

from collections.abc import Callable

import pytest

from fle_marl.sim.engine import advance
from fle_marl.sim.schedule import refreshed
from fle_marl.sim.world import World

Place = Callable[..., int]
WorldFactory = Callable[..., World]

PANEL_JOULES = 60_000 / 60
MACHINE_DRAIN = 75_000 / 30 / 60


@pytest.fixture
def world(flat_world: WorldFactory, place: Place) -> World:
    """Rows of ``electric``: 1 an idle machine, 2 and 3 panels, 4 an accumulator."""
    world = flat_world()
    place(world, "substation", 0, 0)
    place(world, "assembling-machine-1", -4.5, 4.5)
    for x in (3.5, 6.5):
        place(world, "solar-panel", x, 4.5)
    place(world, "accumulator", 0, -4)
    refreshed(world)
    return world


def values(world: World, field: str) -> list[float]:
    return world.tables["electric"][field][1:5].tolist()


def test_rows_that_nobody_looked_at_say_what_flowed(world: World) -> None:
    advance(world, 50)
    charge = 2 * PANEL_JOULES - MACHINE_DRAIN
    assert values(world, "flow_joules") == pytest.approx(
        [MACHINE_DRAIN, -PANEL_JOULES, -PANEL_JOULES, charge]
    )
    assert values(world, "satisfaction")[0] == 1.0
    filled = 75_000 / 60 * 16 / 15
    assert values(world, "buffer_joules") == pytest.approx(
        [filled, 0.0, 0.0, 50 * charge - filled]
    )


def test_no_time_changes_nothing(world: World) -> None:
    advance(world, 5)
    name = world.state_hash()
    advance(world, 0)
    assert world.state_hash() == name


def test_what_was_changed_between_calls_is_seen(world: World) -> None:
    advance(world, 50)
    buffers = world.tables["electric"]["buffer_joules"]
    buffers[1], buffers[4] = 0.0, 1e6
    advance(world, 1)
    filled = 75_000 / 60 * 16 / 15
    left = 2 * PANEL_JOULES - MACHINE_DRAIN - filled
    assert values(world, "buffer_joules")[0] == filled
    assert values(world, "buffer_joules")[3] == pytest.approx(1e6 + left)
