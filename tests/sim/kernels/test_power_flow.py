"""The flow of energy, against the same rules written down for each entity by itself."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from fle_marl.prototypes import load
from fle_marl.sim.components import (
    TABLE_INDEX,
    USAGE_PRIMARY_INPUT,
    USAGE_PRIMARY_OUTPUT,
    USAGE_SECONDARY_INPUT,
    USAGE_SECONDARY_OUTPUT,
    USAGE_SOLAR,
    USAGE_TERTIARY,
)
from fle_marl.sim.engine import advance
from fle_marl.sim.parts import add_electric
from fle_marl.sim.schedule import refreshed
from fle_marl.sim.world import World

Place = Callable[..., int]
WorldFactory = Callable[..., World]

CONSUMERS = (USAGE_PRIMARY_INPUT, USAGE_SECONDARY_INPUT)
PRODUCERS = (USAGE_SOLAR, USAGE_PRIMARY_OUTPUT, USAGE_SECONDARY_OUTPUT)
ROUNDING_JOULES = 1e-5
USAGES = (
    "primary-input",
    "secondary-input",
    "secondary-input",
    "solar",
    "primary-output",
    "secondary-output",
)


def expected(rows: Any, light: float) -> tuple[Any, Any]:
    """Buffers and flows after a tick, entity by entity.

    Args:
        rows: of ``electric`` before the tick, all on one network.
        light: of the tick.
    """
    usage, held = rows["usage"], rows["buffer_joules"]
    room = np.maximum(0.0, rows["capacity_joules"] - held)
    room = np.minimum(room, rows["input_limit_joules"])
    wanted = np.where(np.isin(usage, CONSUMERS), room + rows["drain_joules"], 0.0)
    offer = np.where(np.isin(usage, PRODUCERS), rows["output_limit_joules"], 0.0)
    offer = np.where(usage == USAGE_SOLAR, offer * light, offer)
    stored = np.minimum(rows["output_limit_joules"], held) * (usage == USAGE_TERTIARY)
    charge = room * (usage == USAGE_TERTIARY)
    surplus = max(0.0, offer.sum() - wanted.sum())
    charged = charge * min(1.0, surplus / max(charge.sum(), 1e-300))
    missing = max(0.0, wanted.sum() - offer.sum())
    discharged = stored * min(1.0, missing / max(stored.sum(), 1e-300))
    got = np.zeros(len(rows))
    left = offer.sum() + discharged.sum()
    for one in CONSUMERS:
        mine = wanted * (usage == one)
        got += mine * min(1.0, left / max(mine.sum(), 1e-300))
        left = max(0.0, left - mine.sum())
    given = np.zeros(len(rows))
    needed = got.sum() + charged.sum() - discharged.sum()
    for one in PRODUCERS:
        mine = offer * (usage == one)
        given += mine * min(1.0, needed / max(mine.sum(), 1e-300))
        needed = max(0.0, needed - mine.sum())
    drain = np.where(np.isin(usage, CONSUMERS), rows["drain_joules"], 0.0)
    after = np.maximum(0.0, held + got - drain) + charged - discharged
    return after, got + charged - discharged - given


@pytest.fixture
def network(flat_world: WorldFactory, place: Place) -> Callable[[int], World]:
    def build(seed: int) -> World:
        """A network of random consumers, producers and accumulators."""
        random = np.random.default_rng(seed)
        world = flat_world(seed=seed)
        scale = float(random.choice([0.1, 1.0, 10.0]))
        place(world, "substation", 0, 0)
        for x in range(-8, 8):
            entity = place(world, "wooden-chest", x + 0.5, 4.5)
            usage = str(random.choice(USAGES))
            offer, capacity, drain, limit = random.uniform(0, 1000, 4)
            row = add_electric(
                world,
                entity,
                usage,
                drain_joules=drain / 20 * ("input" in usage),
                capacity_joules=capacity * ("input" in usage),
                input_limit_joules=limit,
                output_limit_joules=offer * scale * ("input" not in usage),
            )
            full = world.tables["electric"]["capacity_joules"][row]
            held = full * float(random.uniform())
            world.tables["electric"]["buffer_joules"][row] = held
        for x in range(-4, 4, 2):
            accumulator = place(world, "accumulator", x, -3)
            row = int(world.entity["electric"][accumulator])
            held = float(random.choice([0.0, 1.0, 3000.0, 4_999_000.0, 5e6]))
            world.tables["electric"]["buffer_joules"][row] = held
        refreshed(world)
        world.clock["daytime"] = random.uniform()
        return world

    return build


@pytest.mark.parametrize("seed", range(30))
def test_each_entity_gets_and_gives_what_the_rules_say(
    network: Callable[[int], World], seed: int
) -> None:
    random = np.random.default_rng(seed)
    world = network(seed)
    used = slice(1, int(world.count[TABLE_INDEX["electric"]]))
    for _ in range(12):
        table = world.tables["electric"]
        consumers = np.isin(table["usage"][used], CONSUMERS)
        # machines use some of what they hold
        use = random.choice([0.0, 0.0, 0.4, 1.0], len(consumers)) * consumers
        table["buffer_joules"][used] *= 1.0 - use
        before = table[used].copy()
        advance(world, 1)
        light = float(world.clock["light"][0])
        buffers, flows = expected(before, light)
        assert table["buffer_joules"][used] == pytest.approx(
            buffers, abs=ROUNDING_JOULES
        )
        assert table["flow_joules"][used] == pytest.approx(flows, abs=ROUNDING_JOULES)


@pytest.mark.parametrize("seed", range(10))
def test_what_is_given_is_what_is_taken(
    network: Callable[[int], World], seed: int
) -> None:
    """Over many ticks nothing is lost but by drains."""
    ticks = 500
    world = network(seed)
    used = slice(1, int(world.count[TABLE_INDEX["electric"]]))
    table = world.tables["electric"]
    is_stored = table["usage"][used] == USAGE_TERTIARY
    before = table["buffer_joules"][used].copy()
    advance(world, ticks)
    gained = table["buffer_joules"][used] - before
    flows = world.tables["electric_flow"]
    is_accumulator = flows["prototype"] == load().entities["accumulator"].id
    taken = flows["consumed"] - flows["produced"]
    assert taken.sum() == pytest.approx(0.0, abs=ROUNDING_JOULES * ticks)
    charged = taken[is_accumulator].sum()
    assert gained[is_stored].sum() == pytest.approx(charged, abs=1e-3)
    used_up = flows["consumed"][~is_accumulator].sum() - gained[~is_stored].sum()
    drain = table["drain_joules"][used].sum()
    assert -1e-3 <= used_up <= ticks * drain + 1e-3


def consumer(
    world: World, place: Place, x: float, usage: str, joules: float = 100.0
) -> int:
    entity = place(world, "wooden-chest", x, 4.5)
    return add_electric(world, entity, usage, capacity_joules=joules)


def source(world: World, place: Place, x: float, joules: float) -> int:
    entity = place(world, "wooden-chest", x, 4.5)
    return add_electric(world, entity, "secondary-output", output_limit_joules=joules)


def buffers(world: World, *rows: int) -> list[float]:
    return [float(world.tables["electric"]["buffer_joules"][row]) for row in rows]


def test_primary_consumers_come_to_be_short_last(
    flat_world: WorldFactory, place: Place
) -> None:
    """They are served in full, and less than that only once nothing else is left."""
    world = flat_world()
    place(world, "substation", 0, 0)
    engine = source(world, place, 0.5, 150.0)
    first = consumer(world, place, 1.5, "primary-input")
    second = consumer(world, place, 2.5, "secondary-input", 1e6)
    refreshed(world)
    advance(world, 3)
    assert buffers(world, first, second) == [100.0, 50.0 + 2 * 150.0]
    world.tables["electric"]["buffer_joules"][first] = 0.0
    world.tables["electric"]["output_limit_joules"][engine] = 30.0
    world.clock["electric_dirty"] = True
    advance(world, 2)
    assert buffers(world, first, second) == [60.0, 350.0]


def test_lamps_share_with_secondary_consumers(
    flat_world: WorldFactory, place: Place
) -> None:
    world = flat_world()
    world.clock["daytime"] = 0.5
    place(world, "substation", 0, 0)
    source(world, place, 0.5, 100.0)
    lamp = consumer(world, place, 1.5, "lamp")
    other = consumer(world, place, 2.5, "secondary-input", 300.0)
    first = consumer(world, place, 3.5, "primary-input", 20.0)
    refreshed(world)
    advance(world, 1)
    assert buffers(world, first, lamp, other) == pytest.approx([20.0, 20.0, 60.0])
