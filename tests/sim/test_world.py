"""A world's rows, and its copies."""

import numpy as np
import pytest

from fle_marl.sim.components import LAYERS, TABLE_INDEX, TABLES
from fle_marl.sim.engine import advance
from fle_marl.sim.world import World


def used(world: World, table: str) -> int:
    return int(world.count[TABLE_INDEX[table]])


# --- rows


def test_rows_come_and_go_last_freed_first_taken():
    world = World()
    rows = [world.allocate("burner") for _ in range(4)]
    assert rows == [1, 2, 3, 4]
    world.tables["burner"]["entity"][rows] = 9
    world.tables["burner"]["buffer_joules"][2] = 5.0
    world.free("burner", 2)
    world.free("burner", 3)
    assert [world.allocate("burner") for _ in range(3)] == [3, 2, 5]
    assert world.tables["burner"][2] == np.zeros((), TABLES["burner"])


def test_a_table_grows_by_little_and_keeps_what_it_holds():
    world = World()
    for row in range(1, 5001):
        assert world.allocate("pole") == row
        world.tables["pole"]["entity"][row] = row
    table = world.tables["pole"]
    assert np.array_equal(table["entity"][:5001], np.arange(5001))
    assert len(table) <= 5001 * 9 / 8 + 64
    assert world.pole is table
    assert not table[5001:].view(np.uint8).any()


def test_reserving_makes_room_and_takes_no_row():
    world = World()
    world.reserve("cell_link", 1000)
    assert len(world.tables["cell_link"]) >= 1001
    assert used(world, "cell_link") == 1
    before = world.tables["cell_link"]
    world.reserve("cell_link", 1000)
    assert world.tables["cell_link"] is before


# --- runs


def test_runs_are_reused_for_their_length():
    world = World()
    first = [world.allocate_run("slot", length) for length in (4, 2, 4, 2)]
    assert first == [1, 5, 7, 11]
    world.tables["slot"]["count"][1:5] = 7
    for start, length in zip(first, (4, 2, 4, 2), strict=True):
        world.free_run("slot", start, length)
    assert world.allocate_run("slot", 3) == 13
    assert world.allocate_run("slot", 2) == 5
    assert world.allocate_run("slot", 4) == 1
    assert not world.tables["slot"]["count"].any()
    assert world.allocate_run("slot", 4) == 7
    assert world.allocate_run("slot", 4) == 16


def test_what_is_handed_out_depends_only_on_the_state():
    """A copy, a restored world and the world itself reuse the same runs."""
    world = World()
    runs = [world.allocate_run("line_item", 5) for _ in range(30)]
    for start in runs[::3] + runs[1::3]:
        world.free_run("line_item", start, 5)
    world.allocate_run("line_item", 5)
    other = World()
    other.free_run("line_item", other.allocate_run("line_item", 5), 5)
    other.restore(world.snapshot())
    worlds = [world, world.copy(), other]
    taken = [[each.allocate_run("line_item", 5) for _ in range(25)] for each in worlds]
    assert taken[0] == taken[1] == taken[2]
    assert len({each.state_hash() for each in worlds}) == 1


def test_a_run_is_found_at_once_among_many_free_ones():
    """No search: rows that are looked at do not grow with what is free."""
    world = World()
    runs = [world.allocate_run("slot", 3) for _ in range(20_000)]
    for start in runs:
        world.free_run("slot", start, 3)
    world.allocate_run("slot", 3)
    table = world.tables["free_slots"]
    looked_at = []

    class Watched(dict):
        def __getitem__(self, name: str) -> object:
            looked_at.append(name)
            return super().__getitem__(name)

    world.tables = Watched(world.tables)
    assert world.allocate_run("slot", 3) in runs
    assert len(looked_at) < 10
    assert world.tables["free_slots"] is table


# --- copies


def test_a_copy_is_the_same_and_its_own(factory):
    copy = factory.copy()
    assert copy.state_hash() == factory.state_hash()
    assert copy.tick == factory.tick
    before = factory.state_hash()
    for name in TABLES | LAYERS:
        table = copy.tables[name]
        assert getattr(copy, name) is table
        assert not np.shares_memory(table, factory.tables[name])
        table.view(np.uint8)[...] = 0xFF
    copy.count[:] = copy.free_head[:] = 1
    copy.chunk_index[:] = -1
    assert factory.state_hash() == before


def test_a_copy_goes_on_the_same(factory):
    copy = factory.copy()
    for world in (factory, copy):
        advance(world, 100)
    assert copy.state_hash() == factory.state_hash()


def test_a_copy_has_some_room_and_not_all(factory):
    factory.reserve("resource", 100_000)
    copy = factory.copy()
    rows = used(factory, "resource")
    assert rows < len(copy.tables["resource"]) < 2 * rows + 64
    assert not copy.tables["resource"][rows:].view(np.uint8).any()


def test_restoring_a_smaller_world_leaves_nothing_behind(factory):
    small = World(5)
    snapshot = small.snapshot()
    factory.restore(snapshot)
    assert factory.state_hash() == small.state_hash()
    for name in TABLES:
        if name != "clock":
            assert not factory.tables[name][used(small, name) :].view(np.uint8).any()


def test_a_snapshot_does_not_change_with_the_world(factory):
    snapshot = factory.snapshot()
    before = factory.state_hash()
    advance(factory, 50)
    assert factory.state_hash() != before
    factory.restore(snapshot)
    assert factory.state_hash() == before
    assert snapshot.nbytes == sum(each.nbytes for each in snapshot.arrays.values())


@pytest.mark.parametrize("table", ["slot", "entity", "tile", "count", "chunk_index"])
def test_the_hash_sees_every_array(factory, table):
    before = factory.state_hash()
    array = {"count": factory.count, "chunk_index": factory.chunk_index}.get(table)
    array = factory.tables[table] if array is None else array
    array.view(np.uint8).reshape(-1)[1] ^= 1
    assert factory.state_hash() != before
