"""Samples of what flows, against the documented spans of each precision."""

import numpy as np
import pytest

from fle_marl.defines import FlowPrecisionIndex
from fle_marl.prototypes import load
from fle_marl.sim.actions.build import create_entity
from fle_marl.sim.actions.items import insert_into
from fle_marl.sim.components import TABLE_INDEX
from fle_marl.sim.engine import advance
from fle_marl.sim.saves import load_world, save_world
from fle_marl.sim.systems.flow_statistics import (
    SAMPLE_TICKS,
    clear_flows,
    count_flow,
    flow_samples,
    set_flow_total,
)

PLATE = load().items["iron-plate"].id
ORE = load().items["iron-ore"].id
COAL = load().items["coal"].id
WATER = load().fluids["water"].id
FIVE_SECONDS = FlowPrecisionIndex.five_seconds
ONE_MINUTE = FlowPrecisionIndex.one_minute
TEN_MINUTES = FlowPrecisionIndex.ten_minutes
TICKS_PER_SMELTING = 192  # 3.2 s. Source: wiki.factorio.com/Stone_furnace


def produced(world, item=PLATE, precision=FIVE_SECONDS):
    return flow_samples(world, "item", item, "produced", precision)


def consumed(world, item=ORE, precision=FIVE_SECONDS):
    return flow_samples(world, "item", item, "consumed", precision)


def furnace(world, ore):
    entity = create_entity(world, "stone-furnace", 0, 0)
    insert_into(world, entity, COAL, 5)
    insert_into(world, entity, ORE, ore)


def test_300_samples_are_as_long_as_the_names_say():
    hours = 60 * 60 * 60
    assert [300 * ticks for ticks in SAMPLE_TICKS] == [
        5 * 60,
        60 * 60,
        10 * 60 * 60,
        hours,
        10 * hours,
        50 * hours,
        250 * hours,
        1000 * hours,
    ]
    assert len(SAMPLE_TICKS) == len(FlowPrecisionIndex)


def test_a_sample_is_a_tick(flat_world):
    world = flat_world()
    furnace(world, 2)
    advance(world, 250)
    # the second ore is taken when the first plate is done
    newer, older = np.flatnonzero(consumed(world))
    assert older - newer == TICKS_PER_SMELTING
    assert consumed(world).sum() == 2
    assert np.flatnonzero(produced(world)).tolist() == [newer]
    advance(world, 10)
    assert np.flatnonzero(consumed(world)).tolist() == [newer + 10, older + 10]
    assert consumed(world, COAL).sum() == 1
    advance(world, 190)
    assert np.flatnonzero(produced(world)).tolist() == [
        newer + 200 - TICKS_PER_SMELTING,
        newer + 200,
    ]
    assert np.flatnonzero(consumed(world)).tolist() == [newer + 200]
    assert consumed(world, precision=ONE_MINUTE).sum() == 2


def test_samples_go_into_coarser_samples_when_these_are_over(flat_world):
    world = flat_world()
    advance(world, 1)
    count_flow(world, "item", PLATE, produced=3, consumed=1)
    advance(world, 10)
    assert world.tick == 11
    assert produced(world).tolist() == 10 * [0] + [3] + 289 * [0]
    assert not produced(world, precision=ONE_MINUTE).any()
    advance(world, 1)
    assert produced(world, precision=ONE_MINUTE).tolist() == [3] + 299 * [0]
    assert consumed(world, PLATE, ONE_MINUTE).tolist() == [1] + 299 * [0]
    advance(world, 107)
    assert produced(world, precision=ONE_MINUTE)[8] == 3
    assert not produced(world, precision=TEN_MINUTES).any()
    advance(world, 1)
    assert produced(world, precision=TEN_MINUTES).tolist() == [3] + 299 * [0]


def test_the_last_300_samples_remain(flat_world):
    world = flat_world()
    advance(world, 12)
    count_flow(world, "item", PLATE, produced=1)
    advance(world, 12)
    count_flow(world, "item", PLATE, produced=2)
    advance(world, 12 * 299 - 1)
    assert produced(world, precision=ONE_MINUTE).sum() == 3
    advance(world, 1)
    assert produced(world, precision=ONE_MINUTE).tolist() == 299 * [0] + [2]
    advance(world, 12)
    assert not produced(world, precision=ONE_MINUTE).any()
    # a new sample after a long time stands alone
    count_flow(world, "item", PLATE, produced=5)
    advance(world, 12)
    assert produced(world, precision=ONE_MINUTE).tolist() == [0, 5] + 298 * [0]


def test_every_precision_is_reached_at_its_time(flat_world):
    world = flat_world()
    for precision in FlowPrecisionIndex:
        ticks = SAMPLE_TICKS[precision]
        world.clock["tick"] = ticks - 1
        advance(world, 1)
        count_flow(world, "item", PLATE, produced=1)
        advance(world, 0)
        assert produced(world, precision=precision)[0] >= 1
        clear_flows(world, "item")


def test_fluids_have_samples_of_their_own(flat_world):
    world = flat_world()
    count_flow(world, "fluid", WATER, produced=0.5)
    count_flow(world, "item", WATER, produced=7)  # the item with the same number
    advance(world, 0)
    assert flow_samples(world, "fluid", WATER, "produced", FIVE_SECONDS)[0] == 0.5
    assert produced(world, WATER)[0] == 7


def test_totals_can_be_set_without_touching_samples(flat_world):
    world = flat_world()
    count_flow(world, "item", PLATE, produced=3)
    set_flow_total(world, "item", PLATE, "produced", 100)
    advance(world, 1)
    assert world.tables["item_flow"]["produced"][PLATE] == 100
    assert produced(world).sum() == 3


def test_clearing_forgets_everything(flat_world):
    world = flat_world()
    count_flow(world, "item", PLATE, produced=3)
    count_flow(world, "fluid", WATER, produced=3)
    advance(world, 12)
    count_flow(world, "item", PLATE, produced=3)
    clear_flows(world, "item")
    advance(world, 12)
    assert not produced(world).any()
    assert not produced(world, precision=ONE_MINUTE).any()
    assert flow_samples(world, "fluid", WATER, "produced", ONE_MINUTE).sum() == 3
    count_flow(world, "item", PLATE, produced=1)
    advance(world, 1)
    assert produced(world).sum() == 1


def test_there_is_room_for_everything_to_flow_in_one_tick(flat_world):
    world = flat_world()
    advance(world, 11)
    items = [item.id for item in load().items.values()]
    for item in items:
        count_flow(world, "item", item, produced=item)
    advance(world, 1)
    for item in items:
        assert produced(world, item)[1] == item
        assert produced(world, item, ONE_MINUTE)[0] == item
    # nothing has more than its two series; row 0 is never used
    assert world.count[TABLE_INDEX["flow_series"]] == 2 * len(items) + 1


@pytest.mark.parametrize("steps", [[1] * 400, [7] * 57 + [1], [399, 1], [0, 400]])
def test_samples_do_not_depend_on_how_time_is_cut(flat_world, steps):
    together, apart = flat_world(), flat_world()
    for world in (together, apart):
        furnace(world, 5)
    advance(together, 400)
    for step in steps:
        advance(apart, step)
    assert together.state_hash() == apart.state_hash()
    assert consumed(together).sum() > 0


def test_samples_are_saved(flat_world):
    world = flat_world()
    furnace(world, 5)
    advance(world, 450)
    again = load_world(save_world(world))
    for each in (world, again):
        advance(each, 450)
    assert again.state_hash() == world.state_hash()
    assert (consumed(again, precision=ONE_MINUTE) == 0).sum() == 300 - 5


def test_an_untouched_world_stays_small(flat_world):
    world = flat_world()
    used = {
        name: world.count[TABLE_INDEX[name]] * world.tables[name].itemsize
        for name in ("item_flow", "fluid_flow", "flow_series")
    }
    assert sum(used.values()) < 30_000
