"""The order of a tick, and the only place that says so.

`SYSTEMS` lists every system. `refresh` brings up to date what follows from where things
stand (targets of inserters, belt lines, networks); it runs after builds. `advance` is
the tick itself, compiled as one function that takes all tables once for many ticks.
"""

from typing import Final

from fle_marl.sim._jit import Tables, entry_point
from fle_marl.sim.components import KINDS
from fle_marl.sim.system import System
from fle_marl.sim.systems import simple

__all__ = ["SYSTEMS", "advance", "refresh", "system_of_kind"]

SYSTEMS: Final[tuple[System, ...]] = (simple.SYSTEM,)

_BY_KIND: Final = {kind: system for system in SYSTEMS for kind in system.kinds}


def system_of_kind(kind: int) -> System | None:
    """The system that looks after a kind of entity; None when nothing needs to."""
    return _BY_KIND.get(KINDS[kind])


@entry_point
def refresh(state: Tables) -> None:
    """Bring up to date what builds and removals since the last call have changed.

    Args:
        state: ``World.state``.
    """
    clock = state.clock
    clock[0].targets_dirty = False


@entry_point
def advance(state: Tables, ticks: int) -> None:
    """Let ticks pass.

    Args:
        state: ``World.state``.
        ticks: how many, 0 or more.
    """
    clock = state.clock
    for _ in range(ticks):
        clock[0].tick += 1
