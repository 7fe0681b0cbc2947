"""The simulator's face in Python: compiling ahead, time, and worlds that part ways."""

import importlib
import logging
import os
import pkgutil
import time
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from typing import Final

import numpy as np

from fle_marl.sim import _jit, actions
from fle_marl.sim.actions.character import finish_mining
from fle_marl.sim.actions.corpses import remove_expired_corpses
from fle_marl.sim.actions.handiwork import work_by_hand
from fle_marl.sim.actions.research import finish_research
from fle_marl.sim.mapgen.charting import finish_scans
from fle_marl.sim.schedule import (
    NEEDS_ATTENTION,
    NEEDS_EXPIRY,
    NEEDS_FLOW_SERIES,
    NEEDS_MINING,
    NEEDS_NOTHING,
    NEEDS_REFRESH,
    NEEDS_RESEARCH,
    NEEDS_ROOM,
    NEEDS_SCAN,
    refreshed,
)
from fle_marl.sim.schedule import advance as _advance
from fle_marl.sim.systems.flow_statistics import reserve_flow_series
from fle_marl.sim.systems.item_on_ground import reserve_ground_items
from fle_marl.sim.world import World

__all__ = [
    "advance",
    "advance_many",
    "compile_kernels",
    "fork",
]

_LOG: Final = logging.getLogger(__name__)
_SHARES_OF_A_THREAD: Final = 8
"""Worlds are handed out in so many shares a thread, since some take longer."""


def compile_kernels() -> float:
    """Have every entry point compiled or loaded, before the first tick needs it.

    The first time on a machine this takes a while, and says so as a warning. From the
    second time in a process on it does nothing.

    Returns:
        Seconds that it took.
    """
    started = time.perf_counter()
    _compile_once()
    return time.perf_counter() - started


@cache
def _compile_once() -> None:
    if _jit.IS_COMPILED and not _jit.is_cache_warm():
        _LOG.warning(
            "compiling the simulator for this machine; this happens once and takes "
            "about a minute"
        )
    # actions are catalogued by their folder; all entry points but the tick are in them
    for module in pkgutil.iter_modules(actions.__path__):
        importlib.import_module(f"{actions.__name__}.{module.name}")
    _jit.compile_entry_points(World().state)
    _jit.mark_cache_warm()


def advance(world: World, ticks: int) -> None:
    """Let game time pass in a world; other Python threads run meanwhile.

    Args:
        world: changed.
        ticks: how many, 0 or more.

    Raises:
        ValueError: ticks is negative.
    """
    _check_ticks(ticks)
    _advance_in_turn([world], ticks)


def advance_many(worlds: Sequence[World], ticks: int, *, threads: int = 1) -> None:
    """Let the same time pass in several worlds at once.

    The worlds are dealt out to the threads, and each thread works through its own in
    one call of compiled code, without the GIL.

    Args:
        worlds: changed; no world may be in it twice.
        ticks: how many, 0 or more.
        threads: how many worlds to work on at a time.

    Raises:
        ValueError: ticks is negative, threads is less than 1, or a world comes twice.
    """
    _check_ticks(ticks)
    if threads < 1:
        raise ValueError(f"threads must be 1 or more, not {threads}")
    if len({id(world) for world in worlds}) != len(worlds):
        raise ValueError("a world can be advanced by one thread only; one comes twice")
    hands = min(threads, len(worlds))
    if hands <= 1:
        _advance_in_turn(worlds, ticks)
        return
    size = max(1, len(worlds) // (hands * _SHARES_OF_A_THREAD))
    shares = deque(
        worlds[first : first + size] for first in range(0, len(worlds), size)
    )
    others = [
        _thread_pool(hands - 1).submit(_advance_shares, shares, ticks)
        for _ in range(hands - 1)
    ]
    _advance_shares(shares, ticks)
    for other in others:
        other.result()


def _advance_shares(shares: deque[Sequence[World]], ticks: int) -> None:
    """Take one share after the other until none is left."""
    while True:
        try:
            share = shares.popleft()
        except IndexError:
            return
        _advance_in_turn(share, ticks)


def _check_ticks(ticks: int) -> None:
    if ticks < 0:
        raise ValueError(f"time runs forwards: ticks must be 0 or more, not {ticks}")


@cache
def _thread_pool(threads: int) -> ThreadPoolExecutor:
    return ThreadPoolExecutor(threads, "fle_marl-advance")


# threads do not live on in a forked process
os.register_at_fork(after_in_child=_thread_pool.cache_clear)


def _advance_in_turn(worlds: Sequence[World], ticks: int) -> None:
    """Let time pass in worlds, and see to what kernels cannot do."""
    left = np.full(len(worlds), ticks, np.int64)
    needs = np.empty(len(worlds), np.uint8)
    while True:
        states = [world.state for world in worlds]
        _advance(_jit.bundle_states(states), left, needs)
        if not needs.any():
            return
        for world, need in zip(worlds, needs, strict=True):
            if need != NEEDS_NOTHING:
                _SEE_TO[int(need)](world)


def _finish_tick(world: World) -> None:
    finish_mining(world)
    work_by_hand(world)


def _refresh(world: World) -> None:
    refreshed(world)


_SEE_TO: Final[Mapping[int, Callable[[World], None]]] = {
    NEEDS_REFRESH: _refresh,
    NEEDS_ROOM: reserve_ground_items,
    NEEDS_MINING: _finish_tick,
    NEEDS_ATTENTION: _finish_tick,
    NEEDS_RESEARCH: finish_research,
    NEEDS_FLOW_SERIES: reserve_flow_series,
    NEEDS_EXPIRY: remove_expired_corpses,
    NEEDS_SCAN: finish_scans,
}
"""What kernels leave to Python."""


def fork(world: World) -> World:
    """A second world that is now the same and goes its own way from here."""
    return world.copy()
