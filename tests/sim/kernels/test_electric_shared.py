"""Entities on several networks."""

from collections.abc import Callable

import pytest

from fle_marl.prototypes import load
from fle_marl.sim.actions.build import destroy_entity
from fle_marl.sim.components import MAXIMUM_NETWORKS
from fle_marl.sim.engine import advance
from fle_marl.sim.parts import add_electric
from fle_marl.sim.schedule import refreshed
from fle_marl.sim.systems.electric_network import (
    electric_flows,
    network_id,
    network_of,
)
from fle_marl.sim.systems.electric_pole import disconnect_all
from fle_marl.sim.world import World

Place = Callable[..., int]
WorldFactory = Callable[..., World]

SMALL = "small-electric-pole"  # supplies 2.5 tiles to each side, wires of 7.5
CHEST = load().entities["wooden-chest"].id


@pytest.fixture
def world(flat_world: WorldFactory) -> World:
    """Two networks that overlap in the tiles around (0, 0)."""
    return flat_world()


def poles(world: World, place: Place) -> tuple[int, int]:
    """A substation in the west and a pole in the east that it is not wired to."""
    west = place(world, "substation", -8, 0)
    east = place(world, SMALL, 1.5, 0.5)
    assert network_id(refreshed(world), west) != network_id(refreshed(world), east)
    return west, east


def chest(
    world: World, place: Place, x: float, y: float, usage: str, **values: float
) -> int:
    """A chest with an electric energy source; its row of ``electric``."""
    return add_electric(world, place(world, "wooden-chest", x, y), usage, **values)


def electric(world: World, row: int, field: str) -> float:
    return float(world.tables["electric"][field][row])


def flows(world: World, pole: int, field: str) -> float:
    """Joules that chests have given to or taken from a network."""
    row = electric_flows(world, network_of(refreshed(world), pole))[CHEST]
    return float(world.tables["electric_flow"][field][row])


@pytest.mark.parametrize("side", ["west", "east"])
def test_a_consumer_takes_from_either(world: World, place: Place, side: str) -> None:
    west, east = poles(world, place)
    sink = chest(world, place, 0.5, 0.5, "secondary-input", capacity_joules=100.0)
    x = -12.5 if side == "west" else 3.5
    chest(world, place, x, 0.5, "secondary-output", output_limit_joules=60.0)
    refreshed(world)
    advance(world, 1)
    assert electric(world, sink, "buffer_joules") == 60.0
    assert electric(world, sink, "satisfaction") == 0.6
    advance(world, 1)
    assert electric(world, sink, "buffer_joules") == 100.0
    giving, other = (west, east) if side == "west" else (east, west)
    assert flows(world, giving, "produced") == flows(world, giving, "consumed") == 100.0
    assert flows(world, other, "consumed") == 0.0


def test_a_consumer_takes_from_both_what_it_needs(world: World, place: Place) -> None:
    west, east = poles(world, place)
    sink = chest(
        world,
        place,
        0.5,
        0.5,
        "secondary-input",
        capacity_joules=100.0,
        drain_joules=10.0,
    )
    for x in (-12.5, 3.5):
        chest(world, place, x, 0.5, "secondary-output", output_limit_joules=80.0)
    refreshed(world)
    advance(world, 1)
    assert electric(world, sink, "buffer_joules") == 100.0
    assert electric(world, sink, "satisfaction") == 1.0
    assert electric(world, sink, "flow_joules") == pytest.approx(110.0)
    taken = flows(world, west, "consumed"), flows(world, east, "consumed")
    assert taken == pytest.approx((80.0, 30.0))


def test_a_producer_gives_to_both_what_it_can(world: World, place: Place) -> None:
    west, east = poles(world, place)
    source = chest(
        world, place, 0.5, 0.5, "secondary-output", output_limit_joules=100.0
    )
    sinks = [
        chest(world, place, x, 0.5, "secondary-input", capacity_joules=70.0)
        for x in (-12.5, 3.5)
    ]
    refreshed(world)
    advance(world, 1)
    held = [electric(world, sink, "buffer_joules") for sink in sinks]
    assert held == pytest.approx([70.0, 30.0])
    assert electric(world, source, "flow_joules") == pytest.approx(-100.0)
    assert flows(world, west, "produced") == pytest.approx(70.0)
    assert flows(world, east, "produced") == pytest.approx(30.0)


def test_an_engine_burns_for_both(world: World, place: Place) -> None:
    """Of 15 kJ a tick one network takes 9 and the other 4."""
    poles(world, place)
    engine = place(world, "steam-engine", 0.5, 0.5)
    for x, joules in ((-12.5, 9000.0), (3.5, 4000.0)):
        chest(world, place, x, 0.5, "secondary-input", drain_joules=joules)
    refreshed(world)
    box = world.tables["fluidbox"][int(world.entity["first_fluidbox"][engine])]
    box["fluid"], box["amount"] = load().fluids["steam"].id, 200.0
    box["temperature"] = 165.0
    advance(world, 10)
    row = int(world.entity["component"][engine])
    generated = float(world.tables["generator"]["generated_joules"][row])
    assert generated == pytest.approx(13_000.0)
    used = 200.0 - float(box["amount"])
    assert used == pytest.approx(10 * 13_000.0 / 30_000.0)


def test_an_accumulator_carries_from_one_to_the_other(
    world: World, place: Place
) -> None:
    _west, east = poles(world, place)
    accumulator = place(world, "accumulator", 0, 1)
    chest(world, place, -12.5, 0.5, "secondary-output", output_limit_joules=900.0)
    sink = chest(world, place, 3.5, 0.5, "secondary-input", drain_joules=400.0)
    refreshed(world)
    row = int(world.entity["electric"][accumulator])
    advance(world, 1)
    assert electric(world, row, "buffer_joules") == pytest.approx(500.0)
    assert electric(world, sink, "satisfaction") == 1.0
    advance(world, 9)
    assert electric(world, row, "buffer_joules") == pytest.approx(5000.0)
    number = load().entities["accumulator"].id
    given = electric_flows(world, network_of(refreshed(world), east))[number]
    assert world.tables["electric_flow"]["produced"][given] == pytest.approx(4000.0)


def test_only_the_oldest_networks_count(world: World, place: Place) -> None:
    """The id is that of the oldest; more than a few are ignored."""
    sink = chest(world, place, 0.5, 0.5, "secondary-input", capacity_joules=1.0)
    around = [(-0.5, -0.5), (0.5, -0.5), (1.5, -0.5), (-0.5, 0.5), (1.5, 0.5)]
    found = [place(world, SMALL, *at) for at in [*around, (0.5, 1.5)]]
    for pole in found:
        disconnect_all(world, pole)
    refreshed(world)
    ids = sorted(network_id(refreshed(world), pole) for pole in found)
    assert len(set(ids)) == len(found)
    electric = world.tables["electric"][sink]
    networks = world.tables["electric_shared"]["networks"][int(electric["shared"])]
    reached = world.tables["electric_network"]["id"][networks]
    assert reached.tolist() == ids[:MAXIMUM_NETWORKS]
    assert network_id(refreshed(world), int(electric["entity"])) == ids[0]


def test_it_is_on_one_network_again_when_poles_are_joined(
    world: World, place: Place
) -> None:
    _west, _east = poles(world, place)
    sink = chest(world, place, 0.5, 0.5, "secondary-input", capacity_joules=1.0)
    assert refreshed(world).tables["electric"]["shared"][sink] > 0
    bridge = place(world, SMALL, -3.5, 0.5)
    assert refreshed(world).tables["electric"]["shared"][sink] == 0
    assert world.tables["electric"]["group"][sink] > 0
    destroy_entity(world, bridge)
    assert refreshed(world).tables["electric"]["shared"][sink] > 0
