"""What has nothing to do does nothing, and what is gone leaves nothing behind."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from fle_marl.sim.actions.build import destroy_entity, entities
from fle_marl.sim.components import AWAKE_TABLES, TABLES
from fle_marl.sim.engine import advance, fork
from fle_marl.sim.world import World

from . import measures
from .building import build
from .comparing import differences
from .factories import LAWS, Factory, factories, without_energy, without_items

CALM_TICKS = 2000
"""Burner inserters are built with 500 kJ, which last for 7 swings of 100 ticks; belts
of 12 tiles have come to a stop in 400."""
START_TICKS = 120
"""For hands to stretch out."""
RESTLESS = frozenset(
    # heaps have rings of belts, and pipes where fluid sways for long
    {
        "transport-belt",
        "fast-transport-belt",
        "underground-belt",
        "splitter",
        "pipe",
        "pipe-to-ground",
        "storage-tank",
    }
)
FLUIDS = frozenset({"fluidbox", "fluid_connection", "fluid_port", "fluid_system"})
STATISTICS = frozenset(
    {
        "item_flow",
        "fluid_flow",
        "pollution_flow",
        "item_flow_touched",
        "fluid_flow_touched",
        "pollution_flow_touched",
        "flow_series",
    }
)
NOT_OF_ENTITIES = {
    "clock",
    "chunk_chart",
    "chunk_pollution",
    "slot",
    "free_slots",
    "line_item",
    "free_line_items",
    "force",
    "force_recipe",
    "force_technology",
    "electric_note",
    *STATISTICS,
}
"""Tables whose rows are named by prototypes or by rows of others, or belong to
inventories and lines."""


def awake_machines(world: World) -> int:
    """How many inserters, machines and drills the next tick looks at."""
    count = 0
    for table, bitmap in AWAKE_TABLES.items():
        if table in ("electric", "transport_line"):
            continue  # producers offer in every tick; bits of lines are of their places
        bits = np.unpackbits(world.tables[bitmap].view(np.uint8), bitorder="little")
        used = world.tables[table]["entity"] > 0
        rows = min(len(bits), len(used))
        count += int((bits[:rows].astype(bool) & used[:rows]).sum())
    return count


@settings(LAWS, max_examples=15)
@given(factories(without=RESTLESS))
def test_a_factory_without_energy_comes_to_rest(plan: Factory) -> None:
    world = build(without_energy(plan))
    advance(world, CALM_TICKS)
    later = fork(world)
    advance(later, 100)
    assert differences(world, later, without=FLUIDS | STATISTICS | {"clock"}) == []


@settings(LAWS, max_examples=15)
@given(factories())
def test_a_factory_without_items_is_not_looked_at(plan: Factory) -> None:
    """It has power and fuel; that costs nothing as long as there is nothing to do."""
    world = build(without_items(plan))
    advance(world, START_TICKS)
    assert awake_machines(world) == 0
    assert not measures.used_rows(world, "line_chain")["is_awake"].any()


@settings(LAWS, max_examples=15)
@given(factories(), st.integers(0, 400))
def test_a_factory_that_is_taken_down_leaves_nothing(plan: Factory, ticks: int) -> None:
    world = build(plan)
    advance(world, ticks)
    for entity in entities(world):
        destroy_entity(world, entity)
    advance(world, 1)
    for table in set(TABLES) - NOT_OF_ENTITIES - set(AWAKE_TABLES.values()):
        assert len(measures.used_rows(world, table)) == 0, table
