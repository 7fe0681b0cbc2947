"""Consumers that are looked at, and those that sleep because there is nothing."""

from collections.abc import Callable

import pytest

from fle_marl.sim.engine import advance
from fle_marl.sim.parts import add_electric
from fle_marl.sim.schedule import refreshed
from fle_marl.sim.world import World

Place = Callable[..., int]
WorldFactory = Callable[..., World]


@pytest.fixture
def world(flat_world: WorldFactory, place: Place) -> World:
    """Rows of ``electric``: 1 a consumer with a buffer and a drain, 2 one without."""
    world = flat_world()
    place(world, "substation", 0, 0)
    for x, drain in ((1.5, 5.0), (3.5, 0.0)):
        add_electric(
            world,
            place(world, "wooden-chest", x, 4.5),
            "secondary-input",
            capacity_joules=100.0,
            drain_joules=drain,
        )
    refreshed(world)
    return world


def awake(world: World) -> list[int]:
    bits = int(world.tables["electric_awake"]["rows"][0])
    used = (world.tables["electric"]["entity"] > 0).nonzero()[0]
    return [row for row in used.tolist() if bits >> row & 1]


def buffers(world: World) -> list[float]:
    return world.tables["electric"]["buffer_joules"][1:3].tolist()


def test_where_nothing_is_supplied_empty_ones_sleep(world: World) -> None:
    world.tables["electric"]["buffer_joules"][1:3] = 12.0
    advance(world, 2)
    assert buffers(world) == [2.0, 12.0]
    assert awake(world) == [1, 2]
    advance(world, 1)
    assert buffers(world) == [0.0, 12.0]
    assert awake(world) == [2]
    network = world.tables["electric_network"][1]
    # they still want what they would take in
    assert float(network["demand_joules"]) == 5.0 + 98.0 + 88.0
    advance(world, 10)
    assert float(network["demand_joules"]) == 5.0 + 100.0 + 88.0
    assert float(network["satisfaction"]) == 0.0


def test_the_sun_wakes_them(world: World, place: Place) -> None:
    """Within one call: the night ends, and the first light is shared."""
    place(world, "solar-panel", -4.5, 4.5)
    world.clock["daytime"] = 0.5
    ticks = 1250 + 13
    advance(world, ticks)
    light = float(world.clock["light"][0])
    assert 0.0 < light < 0.003
    assert buffers(world)[1] > 0.0
    advance(world, 500)
    assert buffers(world) == [100.0, 100.0]
    assert awake(world) == []


def test_short_ones_are_awake_until_they_are_full(world: World, place: Place) -> None:
    add_electric(
        world,
        place(world, "wooden-chest", 5.5, 4.5),
        "secondary-output",
        output_limit_joules=41.0,
    )
    refreshed(world)
    advance(world, 1)
    assert buffers(world) == pytest.approx([16.0, 20.0])
    assert awake(world) == [1, 2]
    advance(world, 6)
    assert buffers(world) == [100.0, 100.0]
    assert awake(world) == []
