"""How fast factories of any size run, alone, side by side, and beside a peer."""

import importlib
import statistics
import time
from collections.abc import Callable, Iterator
from typing import Any, Final

from fle_marl.evaluation.factories import (
    ACTIVE_PER_BLOCK,
    BURNER_LINE,
    BURNER_LINE_ORE,
    ENTITIES_PER_BLOCK,
    ORE_PER_TILE,
    burner_lines,
    line_places,
    mixed_factory,
)
from fle_marl.evaluation.rows import Row
from fle_marl.prototypes import load
from fle_marl.sim.actions.build import placed_position
from fle_marl.sim.engine import advance, advance_many
from fle_marl.sim.world import World

__all__ = ["measure_factories"]

_REPEATS: Final = 7
_WARM_UP_TICKS: Final = 2_000
_SIZES: Final = {100: 300_000, 10_000: 10_000, 100_000: 600}
"""Entities of a factory, and the ticks a second that it should reach at least."""
_ENTITY_TICKS: Final = 4_000_000
"""A stretch that is measured has so many ticks of single entities, within bounds."""
_LEAST_TICKS: Final = 200
_MOST_TICKS: Final = 3_000
"""As long as fifty pieces of coal last in a boiler under full load, less warming up."""
_WORLDS: Final = 64
_TICKS_OF_WORLDS: Final = 600
_LINES: Final = 30  # the peer has room for 512 entities
_TICKS_OF_LINES: Final = 2_000
_OUT_OF_THE_WAY: Final = (60, 60)


def measure_factories() -> Iterator[Row]:
    """Measure mixed factories of several sizes, many worlds, and the peer."""
    seconds = {}
    for entities, target in _SIZES.items():
        blocks = round(entities / ENTITIES_PER_BLOCK)
        world = mixed_factory(blocks)
        seconds[entities] = _seconds_per_tick(world, entities)
        if entities == max(_SIZES):
            break
        if entities > min(_SIZES):
            active = blocks * ACTIVE_PER_BLOCK
            nanoseconds = round(1e9 * seconds[entities] / active, 2)
            yield Row("sim.mixed_entity_tick_ns", nanoseconds, "ns", "lower", 15)
        yield _ticks_row(entities, seconds[entities], target)
    yield _ticks_row(entities, seconds[entities], target)
    small, large = sorted(_SIZES)[0], sorted(_SIZES)[-1]
    slope = 1e9 * (seconds[large] - seconds[small]) / (large - small)
    yield Row("sim.entity_tick_slope_ns", round(slope, 2), "ns", "lower")
    yield Row("sim.idle_world_tick_ns", _idle_nanoseconds(), "ns", "lower")
    yield Row("sim.two_thread_speedup", _thread_speedup(), "x", "higher", 1.7)
    yield from _beside_factory_sim()


def _ticks_row(entities: int, seconds: float, target: int) -> Row:
    name = f"sim.ticks_per_s.{entities}"
    return Row(name, round(1 / seconds), "ticks/s", "higher", target)


def _seconds_per_tick(world: World, entities: int) -> float:
    """Median over one stretch of time, played again and again from its start.

    Left to itself the factory would run out of coal, and be quick for standing still.
    """
    ticks = min(max(_LEAST_TICKS, _ENTITY_TICKS // entities), _MOST_TICKS)
    advance(world, _WARM_UP_TICKS)
    start = world.snapshot()
    times = []
    for _ in range(_REPEATS):
        world.restore(start)
        began = time.perf_counter()
        advance(world, ticks)
        times.append(time.perf_counter() - began)
    return statistics.median(times) / ticks


def _median_seconds(work: Callable[[], object]) -> float:
    times = []
    for _ in range(_REPEATS):
        began = time.perf_counter()
        work()
        times.append(time.perf_counter() - began)
    return statistics.median(times)


def _idle_nanoseconds() -> float:
    """A tick of a factory of 10,000 entities that all have nothing to do."""
    world = mixed_factory(round(10_000 / ENTITIES_PER_BLOCK))
    for table in ("slot", "resource"):
        world.tables[table]["count" if table == "slot" else "amount"] = 0
    world.tables["slot"]["item"] = 0
    world.tables["burner"]["remaining_joules"] = 0.0
    # until every belt has come to its end, and every buffer is empty
    advance(world, 20_000)
    return round(1e9 * _median_seconds(lambda: advance(world, 1_000)) / 1_000)


def _thread_speedup() -> float:
    worlds = [mixed_factory(1, seed=seed) for seed in range(_WORLDS)]
    advance_many(worlds, _WARM_UP_TICKS)
    times: dict[int, list[float]] = {1: [], 2: []}
    # in turn, so that both see the same machine
    for _ in range(_REPEATS):
        for threads, taken in times.items():
            began = time.perf_counter()
            advance_many(worlds, _TICKS_OF_WORLDS, threads=threads)
            taken.append(time.perf_counter() - began)
    return round(statistics.median(times[1]) / statistics.median(times[2]), 2)


def _beside_factory_sim() -> Iterator[Row]:
    """The same burner-age scene in factory-sim, where it is installed."""
    try:
        fsim = importlib.import_module("fsim")
    except ImportError:
        return
    ours, theirs = burner_lines(_LINES), _lines_of_factory_sim(fsim, _LINES)
    advance(ours, _WARM_UP_TICKS)
    fsim.lib.fsim_advance(theirs.env, _WARM_UP_TICKS)
    times: dict[str, list[float]] = {"ours": [], "theirs": []}
    for _ in range(_REPEATS):
        began = time.perf_counter()
        advance(ours, _TICKS_OF_LINES)
        times["ours"].append(time.perf_counter() - began)
        began = time.perf_counter()
        fsim.lib.fsim_advance(theirs.env, _TICKS_OF_LINES)
        times["theirs"].append(time.perf_counter() - began)
    seconds = {name: statistics.median(taken) for name, taken in times.items()}
    ratio = seconds["theirs"] / seconds["ours"]
    yield Row("sim.vs_factory_sim", round(ratio, 2), "x", "higher", 1)


def _lines_of_factory_sim(fsim: Any, lines: int) -> Any:  # noqa: ANN401 - untyped peer
    """`burner_lines` in factory-sim."""
    sim = fsim.Sim(water=[])
    left, top, right, bottom = BURNER_LINE_ORE
    ore = [
        {"name": "iron-ore", "position": [x + 0.5, y + 0.5], "amount": ORE_PER_TILE}
        for at_x, at_y in line_places(lines)
        for y in range(at_y + top, at_y + bottom)
        for x in range(at_x + left, at_x + right)
    ]
    character = {"position": list(_OUT_OF_THE_WAY)}
    sim.reset({"resources": ore, "character": character})
    for at_x, at_y in line_places(lines):
        for part in BURNER_LINE:
            x, y = placed_position(
                load().entities[part.name], at_x + part.x, at_y + part.y, part.direction
            )
            machine = fsim.SCENE_MACHINES[part.name]
            row = fsim.lib.fsim_add_entity(sim.env, machine, x, y, 2 * part.direction)
            if part.item:
                item = fsim.ITEM_IDS[part.item]
                fsim.lib.fsim_entity_insert(sim.env, row, item, part.count)
    return sim
