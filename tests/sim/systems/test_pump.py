"""Pumps: fluid against pressure, at their speed, for energy."""

from collections.abc import Callable
from typing import Any

import pytest

from fle_marl.defines import EntityStatus
from fle_marl.prototypes import load
from fle_marl.sim.engine import advance
from fle_marl.sim.parts import fluidboxes_of
from fle_marl.sim.schedule import refreshed
from fle_marl.sim.world import World

WATER = load().fluids["water"].id
TANK_UNITS = 25_000.0
SPEED_UNITS = 12_000 / 60  # per tick

Place = Callable[..., int]


def box_of(world: World, entity: int) -> int:
    (box,) = fluidboxes_of(world, entity)
    return box


def fill(world: World, entity: int, amount: float) -> None:
    row = world.tables["fluidbox"][box_of(world, entity)]
    row["fluid"], row["amount"], row["temperature"] = WATER, amount, 15.0


def amount(world: World, entity: int) -> float:
    return float(world.tables["fluidbox"]["amount"][box_of(world, entity)])


def status(world: World, entity: int) -> str:
    return EntityStatus(world.entity["status"][entity]).name


@pytest.fixture
def tanks(flat_world: Any, place: Place) -> tuple[World, int, int, int]:
    """A tank, a pump to the north of it, and a tank behind the pump."""
    world = flat_world()
    source = place(world, "storage-tank", 0.5, 3.5)
    pump = place(world, "pump", -0.5, 1.0)
    target = place(world, "storage-tank", -1.5, -1.5)
    return world, source, pump, target


def power(world: World, place: Place) -> None:
    world.clock["always_day"] = True
    place(world, "solar-panel", 4.5, 0.5)
    place(world, "small-electric-pole", 1.5, 0.5)


def test_it_moves_its_speed_against_the_pressure(tanks, place: Place) -> None:
    world, source, pump, target = tanks
    power(world, place)
    fill(world, source, 10_000.0)
    fill(world, target, 15_000.0)
    advance(world, 3)
    before = amount(world, target)
    advance(world, 10)
    assert amount(world, target) == pytest.approx(before + 10 * SPEED_UNITS)
    assert status(world, pump) == "working"
    total = amount(world, source) + amount(world, pump) + amount(world, target)
    assert total == pytest.approx(25_000.0)


def test_nothing_flows_back_or_without_power(tanks) -> None:
    world, source, pump, target = tanks
    fill(world, target, 15_000.0)
    advance(world, 60)
    assert (amount(world, source), amount(world, target)) == (0.0, 15_000.0)
    fill(world, source, 10_000.0)
    advance(world, 60)
    assert amount(world, target) == 15_000.0
    assert status(world, pump) in ("no_power", "not_plugged_in_electric_network")


def test_it_stops_when_the_target_is_full(tanks, place: Place) -> None:
    world, source, pump, target = tanks
    power(world, place)
    fill(world, source, 10_000.0)
    fill(world, target, TANK_UNITS - 300.0)
    advance(world, 60)
    assert amount(world, target) == TANK_UNITS
    assert status(world, pump) == "full_output"
    assert world.tables["electric"]["flow_joules"][
        world.entity["electric"][pump]
    ] == pytest.approx(1000 / 60)


def test_it_does_not_mix(tanks, place: Place) -> None:
    world, source, _, target = tanks
    power(world, place)
    fill(world, source, 10_000.0)
    fill(world, target, 100.0)
    world.tables["fluidbox"]["fluid"][box_of(world, target)] = (
        load().fluids["crude-oil"].id
    )
    advance(world, 60)
    assert amount(world, target) == 100.0


def test_both_sides_are_systems_of_their_own(tanks) -> None:
    world, source, pump, target = tanks
    rows = [box_of(world, each) for each in (source, pump, target)]
    assert len(set(refreshed(world).tables["fluidbox"]["system"][rows].tolist())) == 3
