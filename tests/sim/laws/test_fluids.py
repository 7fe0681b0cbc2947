"""Laws of networks of anything that holds fluid, with pumps and chemistry in them."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from fle_marl.defines import Direction
from fle_marl.prototypes import load
from fle_marl.sim.engine import advance
from fle_marl.sim.world import World

from . import measures
from .building import View, build
from .comparing import differences
from .factories import HEADINGS, LAWS, SUBSTATIONS, Factory, Piece, joined

FLUIDS = ("water", "crude-oil", "heavy-oil", "light-oil")
RECIPES = {
    "chemical-plant": (None, "heavy-oil-cracking", "light-oil-cracking", "lubricant"),
    "oil-refinery": (None, "basic-oil-processing", "advanced-oil-processing"),
    "assembling-machine-2": ("iron-gear-wheel", "electric-engine-unit", "concrete"),
}
PARTS = {
    "pipe": 12,
    "pipe-to-ground": 4,
    "storage-tank": 3,
    "pump": 3,
    "chemical-plant": 3,
    "oil-refinery": 1,
    "assembling-machine-2": 1,
}
"""What lies in a network, and how often."""
STOCK = {
    "assembling-machine-2": {
        "engine-unit": 3,
        "electronic-circuit": 6,
        "stone-brick": 10,
        "iron-ore": 2,
    }
}
POWER = Factory(
    tuple(Piece("solar-panel", x, y) for x in (-12.5, 12.5) for y in range(-6, 7, 3))
)
SPANS_TICKS = (1, 59, 540)
ROUNDING_UNITS = 1e-6


@st.composite
def parts(draw: st.DrawFn) -> Piece:
    name = draw(st.sampled_from([part for part, n in PARTS.items() for _ in range(n)]))
    fluid = None
    if name == "storage-tank":
        fluid = draw(st.sampled_from(FLUIDS)), float(draw(st.integers(1, 25_000)))
    elif name == "pipe" and draw(st.booleans()):
        fluid = draw(st.sampled_from(FLUIDS)), float(draw(st.integers(1, 100)))
    return Piece(
        name,
        draw(st.integers(-7, 6)) + 0.5,
        draw(st.integers(-7, 6)) + 0.5,
        draw(st.sampled_from(HEADINGS)),
        recipe=draw(st.sampled_from(RECIPES.get(name, (None,)))),
        items=STOCK.get(name, {}),
        fluid=fluid,
    )


@st.composite
def networks(draw: st.DrawFn) -> Factory:
    pieces = draw(st.lists(parts(), min_size=20, max_size=60))
    return joined(SUBSTATIONS, POWER, Factory(tuple(pieces)))


def assert_boxes_are_sound(world: World) -> None:
    boxes = measures.used_rows(world, "fluidbox")
    assert (boxes["amount"] >= 0).all()
    assert (boxes["amount"] <= boxes["capacity"] + ROUNDING_UNITS).all()
    full = boxes[boxes["amount"] > 0]
    assert (full["fluid"] > 0).all()
    assert not full["is_off"].any()
    filtered = full[full["filter"] > 0]
    assert np.array_equal(filtered["fluid"], filtered["filter"])


@settings(LAWS, max_examples=40)
@given(networks())
def test_each_fluid_is_conserved(plan: Factory) -> None:
    world = build(plan)
    before = measures.fluids(world)
    for ticks in SPANS_TICKS:
        advance(world, ticks)
        assert_boxes_are_sound(world)
        flow, now = world.tables["fluid_flow"], measures.fluids(world)
        for fluid in load().fluids.values():
            made = float(flow["produced"][fluid.id] - flow["consumed"][fluid.id])
            change = now.get(fluid.id, 0.0) - before.get(fluid.id, 0.0)
            assert abs(change - made) <= ROUNDING_UNITS


@settings(LAWS, max_examples=20)
@given(networks(), st.integers(1, 400))
def test_what_sleeps_would_have_done_nothing(plan: Factory, ticks: int) -> None:
    """Each call wakes everything, so single ticks are ticks without sleep."""
    together, apart = build(plan), build(plan)
    advance(together, ticks)
    for _ in range(ticks):
        advance(apart, 1)
    assert differences(together, apart) == []


@settings(LAWS, max_examples=20)
@given(
    networks(),
    st.sampled_from((Direction.east, Direction.south, Direction.west)),
)
def test_a_turned_network_flows_alike(plan: Factory, turn: Direction) -> None:
    straight, turned = build(plan), build(plan, View(turn=turn))
    for ticks in SPANS_TICKS:
        advance(straight, ticks)
        advance(turned, ticks)
        one, other = (
            measures.used_rows(world, "fluidbox") for world in (straight, turned)
        )
        for field in ("entity", "fluid", "amount", "temperature"):
            assert np.array_equal(one[field], other[field]), field


@settings(LAWS, max_examples=10)
@given(networks())
def test_what_has_settled_costs_nothing(plan: Factory) -> None:
    """Fluid comes to rest where nothing works, and then no system is looked at."""
    idle = {"pump", *RECIPES}
    calm = Factory(tuple(each for each in plan.pieces if each.name not in idle))
    world = build(calm)
    for _ in range(20):
        advance(world, 2000)
        if not measures.used_rows(world, "fluid_system")["is_awake"].any():
            return
    raise AssertionError("something still flows after 40,000 ticks")
