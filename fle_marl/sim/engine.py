"""The simulator's face in Python: time, copies and saved worlds."""

import logging
import time
from typing import Final

from fle_marl.sim import _jit
from fle_marl.sim.schedule import advance as _advance
from fle_marl.sim.schedule import refresh
from fle_marl.sim.world import World

__all__ = ["advance", "compile_kernels"]

_LOG: Final = logging.getLogger(__name__)


def compile_kernels() -> float:
    """Have every entry point compiled or loaded, before the first tick needs it.

    The first time on a machine this takes a while, and says so as a warning.

    Returns:
        Seconds that it took.
    """
    started = time.perf_counter()
    if not _jit.is_cache_warm():
        _LOG.warning(
            "compiling the simulator for this machine; this happens once and takes "
            "about a minute"
        )
    world = World()
    refresh(world.state)
    _advance(world.state, 0)
    _jit.mark_cache_warm()
    return time.perf_counter() - started


def advance(world: World, ticks: int) -> None:
    """Let game time pass in a world; other Python threads run meanwhile.

    Args:
        world: changed.
        ticks: how many, 0 or more.

    Raises:
        ValueError: ticks is negative.
    """
    if ticks < 0:
        raise ValueError(f"time runs forwards: ticks must be 0 or more, not {ticks}")
    _advance(world.state, ticks)
