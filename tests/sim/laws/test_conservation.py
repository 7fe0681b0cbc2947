"""Nothing appears and nothing vanishes: items, ore, fluids and energy."""

from collections import Counter

from hypothesis import given, settings

from fle_marl.prototypes import load
from fle_marl.sim.engine import advance
from fle_marl.sim.world import World

from . import measures
from .building import build
from .factories import LAWS, Factory, factories

SPANS_TICKS = (1, 59, 540)
METERED_TICKS = 600
ROUNDING_JOULES = 1.0
ROUNDING_UNITS = 1e-6
COAL = load().items["coal"]


def expected_items(world: World, before: Counter[int]) -> Counter[int]:
    flow = world.tables["item_flow"]
    balance = before.copy()
    for item in load().items.values():
        balance[item.id] += int(flow["produced"][item.id])
        balance[item.id] -= int(flow["consumed"][item.id])
    return +balance


@settings(LAWS, max_examples=25)
@given(factories())
def test_items_are_conserved(plan: Factory) -> None:
    world = build(plan)
    before, ore_before = measures.items(world), measures.ore(world)
    for ticks in SPANS_TICKS:
        advance(world, ticks)
        assert measures.items(world) == expected_items(world, before)
        left = measures.ore(world)
        for name, amount in ore_before.items():
            mined = world.tables["item_flow"]["produced"][load().items[name].id]
            assert mined == amount - left.get(name, 0)


@settings(LAWS, max_examples=25)
@given(factories())
def test_fluids_are_conserved(plan: Factory) -> None:
    world = build(plan)
    before = measures.fluids(world)
    for ticks in SPANS_TICKS:
        advance(world, ticks)
        flow, now = world.tables["fluid_flow"], measures.fluids(world)
        for fluid in load().fluids.values():
            made = float(flow["produced"][fluid.id] - flow["consumed"][fluid.id])
            change = now.get(fluid.id, 0.0) - before.get(fluid.id, 0.0)
            assert abs(change - made) <= ROUNDING_UNITS


@settings(LAWS, max_examples=15)
@given(factories())
def test_energy_is_conserved(plan: Factory) -> None:
    """Fuel becomes steam, steam electricity, and either becomes work; drains take it.

    What a drain takes is certain only while the supply is full.
    """
    world = build(plan)
    meter = measures.WorkMeter(world)
    before = measures.stored_joules(world)
    for _ in range(METERED_TICKS):
        advance(world, 1)
        meter.count_tick()
    mined = float(world.tables["item_flow"]["produced"][COAL.id])
    gained = meter.solar_joules + mined * COAL.fuel_value_joules
    crafts, uncertain = measures.crafting_joules(world)
    work = meter.arms_joules + meter.drills_joules + crafts
    drained = before + gained - measures.stored_joules(world) - work
    assert drained >= meter.least_drain_joules - ROUNDING_JOULES
    assert drained <= meter.most_drain_joules + uncertain + ROUNDING_JOULES
