"""Entities of which only the electricity that they use is simulated."""

from collections.abc import Callable

import pytest

from fle_marl.sim.engine import advance
from fle_marl.sim.parts import add_electric
from fle_marl.sim.schedule import refreshed
from fle_marl.sim.systems.electric_network import network_of
from fle_marl.sim.world import World

Place = Callable[..., int]
WorldFactory = Callable[..., World]

NOON, NIGHT = 0.0, 0.5


def powered(world: World, place: Place, name: str) -> tuple[int, int]:
    """An entity on a network with all the energy it wants; the entity, a pole."""
    pole = place(world, "substation", 0, 0)
    producer = place(world, "wooden-chest", 7.5, 7.5)
    add_electric(world, producer, "secondary-output", output_limit_joules=1e9)
    entity = place(world, name, -4.5, -4.5)
    refreshed(world)
    return entity, pole


def demand_watts(world: World, pole: int) -> float:
    network = world.tables["electric_network"][network_of(world, pole)]
    return 60 * float(network["demand_joules"])


@pytest.mark.parametrize(
    ("name", "daytime", "watts"),
    [
        ("radar", NOON, 300e3),
        ("small-lamp", NOON, 0.0),
        ("small-lamp", NIGHT, 5e3),
        ("laser-turret", NOON, 24e3),
        ("lab", NOON, 60e3 / 30),
    ],
)
def test_constant_use(
    flat_world: WorldFactory, place: Place, name: str, daytime: float, watts: float
) -> None:
    """Prototype ``energy_usage`` and its like, or ``drain``."""
    world = flat_world()
    _, pole = powered(world, place, name)
    world.clock["daytime"] = daytime
    advance(world, 3)
    world.tables["electric"]["buffer_joules"] = world.tables["electric"][
        "capacity_joules"
    ]
    advance(world, 1)
    assert demand_watts(world, pole) == pytest.approx(watts)


@pytest.mark.parametrize(
    ("name", "capacity_joules", "limit_watts"),
    [("laser-turret", 801e3, 9600e3)],
)
def test_buffers_of_their_own_are_charged_at_their_limit(
    flat_world: WorldFactory,
    place: Place,
    name: str,
    capacity_joules: float,
    limit_watts: float,
) -> None:
    """Prototype ``buffer_capacity`` and ``input_flow_limit``."""
    world = flat_world()
    entity, _ = powered(world, place, name)
    source = world.tables["electric"][int(world.entity["electric"][entity])]
    advance(world, 2)
    assert source["buffer_joules"] == pytest.approx(2 * limit_watts / 60)
    advance(world, int(capacity_joules / (limit_watts / 60)))
    assert source["buffer_joules"] == capacity_joules
    assert source["capacity_joules"] == capacity_joules


def test_what_runs_out_of_power_uses_up_its_buffer(
    flat_world: WorldFactory, place: Place
) -> None:
    """A laser turret of 24 kW lives on what it has stored."""
    world = flat_world()
    place(world, "substation", 0, 0)
    entity = place(world, "laser-turret", -4, -4)
    source = world.tables["electric"][int(world.entity["electric"][entity])]
    source["buffer_joules"] = 500e3
    advance(world, 600)
    assert source["buffer_joules"] == pytest.approx(500e3 - 10 * 24e3)
    advance(world, 700)
    assert source["buffer_joules"] == 0.0
