"""Electric networks of anything: what they do does not depend on who sleeps.

Each call of `advance` begins with everything awake, so ticks one by one are ticks in
which everything is looked at, and many at once are ticks in which most rows sleep.
"""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fle_marl.prototypes import load
from fle_marl.sim.actions.build import destroy_entity, entities
from fle_marl.sim.components import USAGE_TERTIARY
from fle_marl.sim.engine import advance
from fle_marl.sim.saves import load_world, save_world
from fle_marl.sim.schedule import refreshed
from fle_marl.sim.world import World

from . import measures
from .building import build
from .comparing import differences
from .factories import LAWS, Factory, Piece, assembly_lines, joined, moved

ROUNDING_JOULES = 1e-3
THINGS = {
    # small poles are not wired to substations further off than 7.5 tiles, which supply
    # machines up to 9 tiles away: so many machines are on several networks
    "substation": 4,
    "small-electric-pole": 4,
    "solar-panel": 12,
    "accumulator": 6,
    "electric-furnace": 3,
    "inserter": 3,
    "electric-mining-drill": 1,
    "small-lamp": 3,
    "radar": 1,
    "laser-turret": 1,
    "lab": 1,
}
"""What lies about, and how often."""
NAMES = tuple(name for name, count in THINGS.items() for _ in range(count))


@st.composite
def things(draw: st.DrawFn) -> Piece:
    """Something electric, anywhere in 24 x 24 tiles; machines have something to do."""
    name = draw(st.sampled_from(NAMES))
    items = {"iron-ore": draw(st.integers(0, 20))} if name == "electric-furnace" else {}
    x, y = draw(st.integers(-12, 11)), draw(st.integers(-12, 11))
    return Piece(name, x + 0.5, y + 0.5, items={k: n for k, n in items.items() if n})


@st.composite
def networks(draw: st.DrawFn) -> Factory:
    """Poles, many of them in networks that overlap, and what they supply."""
    lines = [
        moved(draw(assembly_lines()), 0, y) for y in (-6, 6) if draw(st.booleans())
    ]
    heap = draw(st.lists(things(), min_size=25, max_size=60))
    return joined(*lines, Factory(tuple(heap)))


def built(plan: Factory, charges: list[float], daytime: float) -> World:
    """The world of a plan, with accumulators charged, at a time of day."""
    world = build(plan)
    rows = np.flatnonzero(world.tables["electric"]["usage"] == USAGE_TERTIARY)
    for row, charge in zip(rows, charges, strict=False):
        world.tables["electric"]["buffer_joules"][row] = charge
    world.clock["daytime"] = daytime
    return world


CHARGES = st.lists(st.sampled_from([0.0, 2500.0, 7000.0, 4_997_000.0, 5e6]), max_size=8)
DAYTIMES = st.sampled_from([0.0, 0.0, 0.249, 0.35, 0.449, 0.5, 0.549, 0.7])


@settings(LAWS, max_examples=40)
@given(networks(), CHARGES, DAYTIMES, st.integers(1, 300))
def test_who_sleeps_does_not_matter(
    plan: Factory, charges: list[float], daytime: float, ticks: int
) -> None:
    together, apart = (built(plan, charges, daytime) for _ in range(2))
    advance(together, ticks)
    for _ in range(ticks):
        advance(apart, 1)
    assert differences(together, apart) == []
    bits = [world.tables["electric_awake"].tobytes() for world in (together, apart)]
    assert bits[0] == bits[1]


@settings(LAWS, max_examples=25)
@given(networks(), CHARGES, DAYTIMES, st.integers(1, 300))
def test_energy_is_conserved_in_every_network(
    plan: Factory, charges: list[float], daytime: float, ticks: int
) -> None:
    """What all give is what all take, and accumulators hold what they took."""
    world = built(plan, charges, daytime)
    stored = world.tables["electric"]["usage"] == USAGE_TERTIARY
    before = world.tables["electric"]["buffer_joules"][stored].sum()
    advance(world, ticks)
    assert measures.used_rows(world, "electric")["flow_joules"].sum() == pytest.approx(
        0.0, abs=ROUNDING_JOULES
    )
    flows = measures.used_rows(world, "electric_flow")
    taken = flows["consumed"] - flows["produced"]
    for network in np.unique(flows["network"]):
        assert abs(taken[flows["network"] == network].sum()) <= ROUNDING_JOULES
    charged = taken[flows["prototype"] == load().entities["accumulator"].id].sum()
    after = world.tables["electric"]["buffer_joules"][stored].sum()
    assert after - before == pytest.approx(charged, abs=ROUNDING_JOULES)


@settings(LAWS, max_examples=15)
@given(networks(), CHARGES, st.integers(0, 200), st.randoms(use_true_random=False))
def test_networks_can_be_changed_and_saved_at_any_time(
    plan: Factory, charges: list[float], ticks: int, chance: object
) -> None:
    """What goes on is the same as what was saved, and all can be taken down."""
    world = built(plan, charges, 0.0)
    standing = entities(world)
    while standing:
        advance(world, ticks // 10)
        twin = load_world(save_world(world))
        for each in (world, twin):
            advance(each, 3)
        assert world.state_hash() == twin.state_hash()
        for _ in range(min(8, len(standing))):
            chance.shuffle(standing)  # type: ignore[attr-defined]
            destroy_entity(world, standing.pop())
    refreshed(world)
    for table in (
        "electric",
        "electric_network",
        "electric_group",
        "electric_shared",
        "electric_flow",
        "accumulator_pool",
        "flow_series",
    ):
        left = measures.used_rows(world, table)
        if table == "flow_series":
            left = left[(left["produced"] + left["consumed"]).any(axis=1)]
            left = left[:0] if world.tables["item_flow"]["series"].any() else left
        assert len(left) == 0, table
