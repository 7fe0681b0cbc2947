"""Totals and samples of what flows in networks."""

from collections.abc import Callable

import numpy as np
import pytest

from fle_marl.defines import FlowPrecisionIndex
from fle_marl.prototypes import load
from fle_marl.sim.actions.build import destroy_entity
from fle_marl.sim.components import TABLE_INDEX
from fle_marl.sim.engine import advance, fork
from fle_marl.sim.schedule import refreshed
from fle_marl.sim.systems.electric_network import electric_flows, network_of
from fle_marl.sim.systems.flow_statistics import flow_samples
from fle_marl.sim.world import World

Place = Callable[..., int]
WorldFactory = Callable[..., World]

LAMP_JOULES = 5000 / 60
RADAR_JOULES = 300_000 / 60
PANEL_JOULES = 60_000 / 60
MINUTE = FlowPrecisionIndex.one_minute
FIVE_SECONDS = FlowPrecisionIndex.five_seconds


def row_of(world: World, pole: int, name: str) -> int:
    network = network_of(refreshed(world), pole)
    return electric_flows(world, network)[load().entities[name].id]


def total(world: World, pole: int, name: str, field: str) -> float:
    return float(world.tables["electric_flow"][field][row_of(world, pole, name)])


def samples(
    world: World, pole: int, name: str, field: str, precision: FlowPrecisionIndex
) -> np.ndarray:
    row = row_of(world, pole, name)
    return flow_samples(world, "electric", row, field, precision)


@pytest.fixture
def plant(flat_world: WorldFactory, place: Place) -> tuple[World, int]:
    """Six panels by day and a radar with 300 kW; its buffer takes 5333 joules."""
    world = flat_world()
    pole = place(world, "substation", 0, 0)
    for x in (-8.5, -5.5, -2.5, 3.5, 6.5, -8.5):
        place(world, "solar-panel", x, 3.5 if x > -8 else -3.5)
    place(world, "radar", 3.5, -4.5)
    refreshed(world)
    return world, pole


def test_totals_are_joules_by_prototype(plant: tuple[World, int]) -> None:
    world, pole = plant
    panels = int((world.tables["electric"]["output_limit_joules"] > 0).sum())
    advance(world, 100)
    filled = RADAR_JOULES * 16 / 15
    wanted = min(panels * PANEL_JOULES * 100, RADAR_JOULES * 100 + filled)
    assert total(world, pole, "radar", "consumed") == pytest.approx(wanted)
    assert total(world, pole, "radar", "produced") == 0.0
    assert total(world, pole, "solar-panel", "produced") == pytest.approx(wanted)
    assert total(world, pole, "solar-panel", "consumed") == 0.0


def test_a_sample_is_what_flowed_in_its_ticks(plant: tuple[World, int]) -> None:
    world, pole = plant
    advance(world, 400)
    fine = samples(world, pole, "radar", "consumed", FIVE_SECONDS)
    assert fine == pytest.approx(np.full(300, RADAR_JOULES))
    coarse = samples(world, pole, "radar", "consumed", MINUTE)
    # the first ticks filled the buffer
    assert coarse[:30] == pytest.approx(np.full(30, 12 * RADAR_JOULES))
    assert coarse[33:] == pytest.approx(0.0)
    given = samples(world, pole, "solar-panel", "produced", FIVE_SECONDS)
    assert given == pytest.approx(fine)


def test_accumulators_are_on_both_sides(flat_world: WorldFactory, place: Place) -> None:
    world = flat_world()
    pole = place(world, "substation", 0, 0)
    place(world, "solar-panel", 3.5, 3.5)
    place(world, "accumulator", -3, 3)
    refreshed(world)
    advance(world, 60)
    assert total(world, pole, "accumulator", "consumed") == 60 * PANEL_JOULES
    place(world, "radar", 3.5, -4.5)
    advance(world, 10)
    assert total(world, pole, "accumulator", "produced") > 0.0
    assert total(world, pole, "accumulator", "consumed") == 60 * PANEL_JOULES


def test_totals_last_as_long_as_the_network(plant: tuple[World, int]) -> None:
    world, pole = plant
    advance(world, 50)
    before = total(world, pole, "radar", "consumed")
    kinds = world.tables["electric"]
    radar = int(kinds["entity"][np.flatnonzero(kinds["drain_joules"] > 0)[0]])
    destroy_entity(world, radar)
    advance(world, 50)
    assert total(world, pole, "radar", "consumed") == before
    destroy_entity(world, pole)
    refreshed(world)
    flows = world.tables["electric_flow"][1 : world.count[TABLE_INDEX["electric_flow"]]]
    assert not (flows["entity"] > 0).any()
    series = world.tables["flow_series"]
    assert not series["consumed"].any()


def test_the_older_network_keeps_its_totals_when_two_are_joined(
    flat_world: WorldFactory, place: Place
) -> None:
    world = flat_world()
    old, new = place(world, "substation", -15, 0), place(world, "substation", 15, 0)
    for x in (-18.5, 18.5):
        place(world, "solar-panel", x, 3.5)
        place(world, "small-lamp", x, -3.5)
    refreshed(world)
    world.clock["daytime"] = 0.36  # lamps burn, and there is still some light
    advance(world, 10)
    mine = total(world, old, "small-lamp", "consumed")
    assert mine == pytest.approx(10 * LAMP_JOULES + LAMP_JOULES * 16 / 15)
    place(world, "substation", 0, 0)
    assert network_of(refreshed(world), new) == network_of(refreshed(world), old)
    assert total(world, old, "small-lamp", "consumed") == mine
    advance(world, 1)
    assert total(world, new, "small-lamp", "consumed") == pytest.approx(
        mine + 2 * LAMP_JOULES
    )


def test_a_copy_makes_its_own_room(flat_world: WorldFactory, place: Place) -> None:
    """Rows of totals are made when time passes, and there may be no room for them."""
    world = flat_world(radius_chunks=3)
    for x in range(-80, 80, 8):
        for y in range(-40, 40, 8):
            place(world, "small-electric-pole", x + 0.5, y + 0.5)
            place(world, "small-lamp", x + 1.5, y + 0.5)
    refreshed(world)
    twin = fork(world)
    for each in (world, twin):
        advance(each, 3)
    assert int(twin.count[TABLE_INDEX["electric_flow"]]) == 201
    assert twin.state_hash() == world.state_hash()
