"""Time and worlds that part ways."""

import numpy as np
import pytest

from fle_marl.sim import _jit
from fle_marl.sim.actions.character import (
    character_of_agent,
    main_inventory,
    set_walking,
    start_mining,
)
from fle_marl.sim.actions.crafting import begin_crafting
from fle_marl.sim.actions.inventory import insert_items
from fle_marl.sim.actions.resource import add_resource
from fle_marl.sim.engine import (
    advance,
    advance_many,
    compile_kernels,
    fork,
)
from fle_marl.sim.mapgen import build_scenario
from fle_marl.sim.world import World


def busy_world(seed: int = 1) -> World:
    """A world in which much goes on: walking, mining, crafting, burning, moving."""
    world = World(seed)
    scenario = {
        "name": "empty",
        "inventory": {"iron-plate": 100, "copper-plate": 100},
    }
    build_scenario(world, scenario, 3)
    walker, miner, crafter = (character_of_agent(world, agent) for agent in (1, 2, 3))
    set_walking(world, walker, seed % 8)
    start_mining(world, miner, add_resource(world, "stone", 0, 2, 5))
    begin_crafting(world, crafter, 102, 4)
    insert_items(world, main_inventory(world, walker), 1, 5)
    return world


def test_time_passes():
    world = World()
    advance(world, 0)
    assert world.tick == 0
    advance(world, 5)
    assert world.tick == 5
    with pytest.raises(ValueError, match="-1"):
        advance(world, -1)


def test_the_same_seed_and_actions_are_the_same_bytes():
    one, other = busy_world(), busy_world()
    for world in (one, other):
        advance(world, 700)
    assert one.state_hash() == other.state_hash()
    assert one.state_hash() != busy_world(seed=2).state_hash()


def test_restoring_goes_back_and_the_same_follows():
    world = busy_world()
    advance(world, 50)
    snapshot, before = world.snapshot(), world.state_hash()
    advance(world, 650)
    after = world.state_hash()
    assert after != before
    world.restore(snapshot)
    assert world.state_hash() == before
    advance(world, 650)
    assert world.state_hash() == after


def test_a_fork_goes_its_own_way():
    world = busy_world()
    advance(world, 50)
    copy = fork(world)
    assert copy.state_hash() == world.state_hash()
    advance(copy, 100)
    assert copy.state_hash() != world.state_hash()
    advance(world, 100)
    assert copy.state_hash() == world.state_hash()
    for name, table in world.tables.items():
        assert not np.shares_memory(table, copy.tables[name])


@pytest.mark.parametrize("threads", [1, 2, 5])
def test_many_worlds_at_once_are_the_same_as_one_by_one(threads):
    together = [busy_world(seed) for seed in range(4)]
    alone = [busy_world(seed) for seed in range(4)]
    advance_many(together, 300, threads=threads)
    for world in alone:
        advance(world, 300)
    assert [each.state_hash() for each in together] == [
        each.state_hash() for each in alone
    ]


def test_many_worlds_must_be_different_ones():
    world = busy_world()
    with pytest.raises(ValueError, match="twice"):
        advance_many([world, world], 1, threads=2)
    with pytest.raises(ValueError, match="threads"):
        advance_many([world], 1, threads=0)
    with pytest.raises(ValueError, match="-3"):
        advance_many([world, busy_world()], -3, threads=2)


def test_kernels_are_compiled_once_and_marked():
    compile_kernels()
    assert _jit.is_cache_warm()
    assert compile_kernels() < 0.1


def gap_bytes(world: World) -> int:
    """Sum of the bytes between the fields of all tables."""
    total = 0
    for table in world.tables.values():
        used = np.zeros(table.dtype.itemsize, bool)
        for field, offset, *_ in (table.dtype.fields or {}).values():
            used[offset : offset + field.itemsize] = True
        if table.dtype.names:
            raw = table.view(np.uint8).reshape(len(table), -1)
            total += int(raw[:, ~used].sum())
    return total


def test_gaps_between_fields_stay_empty():
    world = World(1)
    build_scenario(world, {"name": "lab-play", "inventory": {"iron-plate": 50}}, 2)
    begin_crafting(world, character_of_agent(world, 1), 102, 4)
    advance(world, 10)
    twin = fork(world)
    world.restore(twin.snapshot())
    for each in (world, twin):
        assert gap_bytes(each) == 0
