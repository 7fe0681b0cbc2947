"""Laws of networks of reactors, heat pipes and heat exchangers."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fle_marl.prototypes import load
from fle_marl.sim.components import KINDS
from fle_marl.sim.engine import advance
from fle_marl.sim.saves import load_world, save_world
from fle_marl.sim.schedule import refreshed
from fle_marl.sim.systems.reactor import neighbour_bonus
from fle_marl.sim.world import World

from . import measures
from .building import build
from .comparing import differences
from .factories import HEADINGS, LAWS, Factory, Piece

REACTOR = KINDS.index("reactor")
CELL = "uranium-fuel-cell"
STEAM = load().fluids["steam"].id
STEAM_JOULES = (500.0 - 15.0) * 200.0
"""Per unit. Source: prototypes heat-exchanger, steam."""
ROUNDING = 1e-9
PARTS = {"nuclear-reactor": 2, "heat-pipe": 10, "heat-exchanger": 4}
"""What lies about, and how often; things that do not fit are left out."""
NAMES = tuple(name for name, count in PARTS.items() for _ in range(count))
TEMPERATURES = st.lists(st.floats(15.0, 700.0), min_size=1, max_size=9)


@st.composite
def parts(draw: st.DrawFn, names: tuple[str, ...] = NAMES) -> Piece:
    name = draw(st.sampled_from(names))
    step = 5 if name == "nuclear-reactor" else 1
    spread = 12 // step
    x, y = draw(st.integers(-spread, spread)), draw(st.integers(-spread, spread))
    items = {}
    if name == "nuclear-reactor" and draw(st.booleans()):
        items = {CELL: draw(st.integers(1, 3))}
    water = ("water", float(draw(st.integers(1, 200))))
    return Piece(
        name,
        x * step + 0.5,
        y * step + 0.5,
        draw(st.sampled_from(HEADINGS)) if name == "heat-exchanger" else 0,
        items=items,
        fluid=water if name == "heat-exchanger" else None,
    )


def plans(names: tuple[str, ...] = NAMES) -> st.SearchStrategy[Factory]:
    heap = st.lists(parts(names), min_size=20, max_size=60)
    return heap.map(lambda pieces: Factory(tuple(pieces)))


def built(plan: Factory, degrees: list[float]) -> World:
    """The world of a plan, with temperatures in turn."""
    world = refreshed(build(plan))
    buffers = world.tables["heat_buffer"]
    rows = np.flatnonzero(buffers["entity"] > 0)
    buffers["temperature"][rows] = np.resize(degrees, len(rows))
    return world


def temperatures(world: World) -> np.ndarray:
    return measures.used_rows(world, "heat_buffer")["temperature"].copy()


def heat_joules(world: World) -> float:
    buffers = measures.used_rows(world, "heat_buffer")
    return float((buffers["temperature"] * buffers["specific_heat_joules"]).sum())


def fuel_joules(world: World) -> float:
    """In cells, fires and buffers."""
    cells = measures.items(world).get(load().items[CELL].id, 0)
    burners = measures.used_rows(world, "burner")
    held = float((burners["remaining_joules"] + burners["buffer_joules"]).sum())
    return held + cells * load().items[CELL].fuel_value_joules


@settings(LAWS, max_examples=40)
@given(plans(), TEMPERATURES, st.integers(1, 90))
def test_what_burns_becomes_heat_and_steam(plan, degrees, ticks) -> None:
    world = built(plan, degrees)
    fuel, heat = fuel_joules(world), heat_joules(world)
    reactors = np.flatnonzero(world.entity["kind"] == REACTOR)
    burnt = bonus = 0.0
    for _ in range(ticks):
        advance(world, 1)
        for entity in reactors:
            row = world.tables["reactor"][int(world.entity["component"][entity])]
            burnt += float(row["burnt_joules"])
            bonus += float(row["burnt_joules"]) * neighbour_bonus(world, int(entity))
    assert fuel - fuel_joules(world) == pytest.approx(burnt, rel=ROUNDING, abs=1.0)
    steam = float(world.tables["fluid_flow"]["produced"][STEAM]) * STEAM_JOULES
    gained = heat_joules(world) - heat + steam
    assert gained == pytest.approx(burnt + bonus, rel=ROUNDING, abs=heat * ROUNDING)


@settings(LAWS, max_examples=25)
@given(plans(), TEMPERATURES, st.integers(1, 200))
def test_ticks_one_by_one_are_ticks_at_once(plan, degrees, ticks) -> None:
    world = built(plan, degrees)
    other = world.copy()
    advance(world, ticks)
    for _ in range(ticks):
        advance(other, 1)
    assert not differences(world, other)
    assert load_world(save_world(world)).state_hash() == world.state_hash()


@settings(LAWS, max_examples=25)
@given(plans(("heat-pipe",)), TEMPERATURES)
def test_heat_only_evens_out_and_comes_to_rest(plan, degrees) -> None:
    world = built(plan, degrees)
    before = temperatures(world)
    for _ in range(20):
        advance(world, 1)
        now = temperatures(world)
        assert now.max() <= before.max() + ROUNDING
        assert now.min() >= before.min() - ROUNDING
        before = now
    advance(world, 20_000)
    assert not world.clock["is_heat_flowing"][0]
    buffers = world.tables["heat_buffer"]
    for row in np.flatnonzero(buffers["entity"] > 0):
        joined = buffers["connected"][row, : buffers["connection_count"][row]]
        apart = abs(buffers["temperature"][joined] - buffers["temperature"][row])
        assert (apart <= buffers["minimum_gradient"][row] + 0.01).all()
