"""Bitmaps of awake rows, and who falls asleep and wakes."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fle_marl.prototypes import load
from fle_marl.sim._jit import Tables, entry_point
from fle_marl.sim.actions.items import insert_into, item_count
from fle_marl.sim.actions.resource import add_resource
from fle_marl.sim.components import AWAKE_TABLES
from fle_marl.sim.engine import advance
from fle_marl.sim.kernels.awake import fall_asleep, next_awake, wake_row
from fle_marl.sim.world import World

COAL, ORE, PLATE = (
    load().items[name].id for name in ("coal", "iron-ore", "iron-plate")
)
ROWS = 200

Place = Callable[..., int]


@entry_point
def _next(state: Tables, rows: int, row: int) -> int:
    return next_awake(state.inserter_awake, rows, row)


@entry_point
def _set(state: Tables, row: int, is_awake: bool) -> None:
    if is_awake:
        wake_row(state.inserter_awake, row)
    else:
        fall_asleep(state.inserter_awake, row)


def awake_rows(world: World, rows: int) -> list[int]:
    found, row = [], _next(world.state, rows, 0)
    while row:
        found.append(row)
        row = _next(world.state, rows, row)
    return found


@pytest.fixture(scope="module")
def bitmap() -> World:
    world = World()
    world.reserve("inserter_awake", ROWS // 64 + 1)
    return world


@settings(deadline=None, derandomize=True)  # the first example compiles
@given(st.sets(st.integers(1, ROWS - 1)), st.integers(1, ROWS))
def test_awake_rows_come_in_order_up_to_the_last_row(
    bitmap: World, awake: set[int], rows: int
) -> None:
    bitmap.tables["inserter_awake"]["rows"] = 0
    for row in awake:
        _set(bitmap.state, row, True)
    assert awake_rows(bitmap, rows) == sorted(row for row in awake if row < rows)
    for row in awake:
        _set(bitmap.state, row, False)
    assert awake_rows(bitmap, rows) == []


def awake_count(world: World) -> int:
    """How many rows the next tick looks at, of those that are in use."""
    count = 0
    for table, bitmap in AWAKE_TABLES.items():
        if table == "transport_line":
            continue  # bits of lines are of their places
        bits = np.unpackbits(world.tables[bitmap].view(np.uint8), bitorder="little")
        used = world.tables[table]["entity"] > 0
        count += int((bits[: len(used)].astype(bool) & used[: len(bits)]).sum())
    return count


def test_whoever_has_nothing_to_do_sleeps(flat_world: Any, place: Place) -> None:
    world = flat_world()
    place(world, "wooden-chest", 0.5, 0.5)
    place(world, "burner-inserter", 0.5, 1.5)
    furnace = place(world, "stone-furnace", 1, 3)
    place(world, "assembling-machine-1", 10.5, 3.5)
    place(world, "burner-mining-drill", 20, 3)
    advance(world, 60)
    assert awake_count(world) == 0
    assert item_count(world, furnace, ORE) == 0


def test_an_item_in_a_chest_wakes_the_chain_behind_it(
    flat_world: Any, place: Place
) -> None:
    world = flat_world()
    chest = place(world, "wooden-chest", 0.5, -0.5)
    place(world, "burner-inserter", 0.5, 0.5)
    furnace = place(world, "stone-furnace", 1, 2)
    place(world, "burner-inserter", 0.5, 3.5)
    goal = place(world, "wooden-chest", 0.5, 4.5)
    insert_into(world, furnace, COAL, 1)
    advance(world, 200)
    insert_into(world, chest, ORE, 2)
    advance(world, 800)
    assert item_count(world, goal, PLATE) == 2
    assert awake_count(world) == 0


@pytest.mark.parametrize("room", [7, 16 * 50])
def test_a_drill_sleeps_before_a_full_chest(
    flat_world: Any, place: Place, room: int
) -> None:
    world = flat_world()
    for x, y in ((-1, -1), (0, -1), (-1, 0), (0, 0)):
        add_resource(world, "iron-ore", x, y, 1000)
    drill = place(world, "burner-mining-drill", 0, 0)
    chest = place(world, "wooden-chest", -0.5, -1.5)
    insert_into(world, drill, COAL, 5)
    insert_into(world, chest, ORE, 16 * 50 - room)
    advance(world, 240 * 12)
    held = item_count(world, chest, ORE)
    assert held == min(16 * 50, 16 * 50 - room + 11)
    assert awake_count(world) == (0 if held == 16 * 50 else 1)
