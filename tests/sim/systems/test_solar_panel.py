"""Solar panels through the day."""

from collections.abc import Callable

import pytest

from fle_marl.defines import EntityStatus
from fle_marl.sim.components import TICKS_PER_DAY
from fle_marl.sim.engine import advance
from fle_marl.sim.parts import add_electric
from fle_marl.sim.world import World

Place = Callable[..., int]
WorldFactory = Callable[..., World]

PEAK_JOULES = 60_000 / 60


def panel_and_sink(world: World, place: Place) -> tuple[int, int]:
    place(world, "small-electric-pole", 0.5, 0.5)
    panel = place(world, "solar-panel", 2.5, 0.5)
    chest = place(world, "wooden-chest", 0.5, 1.5)
    row = add_electric(world, chest, "secondary-input")
    world.tables["electric"]["capacity_joules"][row] = 1e12
    place(world, "wooden-chest", 8.5, 8.5)  # a build refreshes the networks
    return panel, row


@pytest.mark.parametrize(
    ("daytime", "light", "status"),
    [
        (0.0, 1.0, EntityStatus.working),
        (0.25, 1.0, EntityStatus.working),
        (0.30, 0.75, EntityStatus.working),
        (0.35, 0.5, EntityStatus.working),
        (0.46, 0.0, EntityStatus.normal),
        (0.5, 0.0, EntityStatus.normal),
        (0.54, 0.0, EntityStatus.normal),
        (0.60, 0.25, EntityStatus.working),
        (0.75, 1.0, EntityStatus.working),
        (0.9, 1.0, EntityStatus.working),
    ],
)
def test_light(
    flat_world: WorldFactory,
    place: Place,
    daytime: float,
    light: float,
    status: EntityStatus,
) -> None:
    world = flat_world()
    panel, sink = panel_and_sink(world, place)
    tick = 1 / TICKS_PER_DAY
    world.clock["daytime"] = daytime - tick
    advance(world, 1)
    flow = world.tables["electric"]["flow_joules"][sink]
    assert flow == pytest.approx(light * PEAK_JOULES, abs=1e-6)
    assert world.entity["status"][panel] == status


def test_average_of_a_day_is_42_kilowatts(
    flat_world: WorldFactory, place: Place
) -> None:
    world = flat_world()
    _, sink = panel_and_sink(world, place)
    advance(world, TICKS_PER_DAY)
    joules = float(world.tables["electric"]["buffer_joules"][sink])
    assert joules / TICKS_PER_DAY * 60 == pytest.approx(42_000, rel=1e-4)
    daytime = float(world.clock["daytime"][0])
    assert min(daytime, 1 - daytime) == pytest.approx(0.0, abs=1e-6)


def test_always_day(flat_world: WorldFactory, place: Place) -> None:
    world = flat_world()
    _, sink = panel_and_sink(world, place)
    world.clock["daytime"] = 0.5
    world.clock["always_day"] = True
    advance(world, 1)
    flow = float(world.tables["electric"]["flow_joules"][sink])
    assert flow == pytest.approx(PEAK_JOULES)


def test_panel_without_pole(flat_world: WorldFactory, place: Place) -> None:
    world = flat_world()
    panel = place(world, "solar-panel", 2.5, 0.5)
    advance(world, 1)
    wanted = EntityStatus.not_plugged_in_electric_network
    assert world.entity["status"][panel] == wanted
