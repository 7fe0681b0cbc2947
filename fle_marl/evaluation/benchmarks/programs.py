"""What running agents' programs costs besides what their tools cost."""

import statistics
from collections.abc import Iterator, Mapping
from typing import Final

from fle_marl.evaluation.rows import Row
from fle_marl.evaluation.timing import median_seconds, seconds
from fle_marl.messaging import MessageBus
from fle_marl.programs.scheduler import ProgramScheduler
from fle_marl.servers.embedded import EmbeddedServer
from fle_marl.testing.driver import drive

__all__ = ["measure"]

_TEAM: Final = ("agent_0", "agent_1", "agent_2", "agent_3")
_STEPS: Final = 100
_STARTS: Final = 5
_CALLS: Final = 20
_TICK_BUDGET: Final = 3600
_ALONE: Final = _TEAM[:1]
_SHORT: Final = "held = inspect_inventory()\nprint(held)"
_MANY_CALLS: Final = f"for _ in range({_CALLS}):\n    held = inspect_inventory()"
_ARGUMENTS: Final = {"entity": None, "all_players": False}


def measure() -> Iterator[Row]:
    """Measure programs that look at an inventory, on the lab map.

    What is measured is the median of many steps; what the same calls take without
    programs is taken off.
    """
    server = EmbeddedServer()
    server.reset(
        {"name": "lab-play", "inventory": {"coal": 500}}, agents=len(_TEAM), seed=1
    )
    scheduler = ProgramScheduler(server, MessageBus(_TEAM), _TEAM)
    try:
        yield from _rows(server, scheduler)
    finally:
        scheduler.close()
        server.close()


def _rows(server: EmbeddedServer, scheduler: ProgramScheduler) -> Iterator[Row]:
    starts = []
    for _ in range(_STARTS):
        scheduler.close()
        starts.append(seconds(lambda: _run(scheduler, dict.fromkeys(_ALONE, "pass"))))
    start = statistics.median(starts)
    yield Row("program.worker_start_s", round(start, 3), "s", "lower", 0.3)

    step = median_seconds(
        lambda: _run(scheduler, dict.fromkeys(_ALONE, "pass")), _STEPS
    )
    yield Row("program.empty_step_ms", _milliseconds(step), "ms", "lower")

    call = median_seconds(
        lambda: drive(server, 0, "inspect_inventory", **_ARGUMENTS), _STEPS * _CALLS
    )
    programs = dict.fromkeys(_ALONE, _MANY_CALLS)
    many = median_seconds(lambda: _run(scheduler, programs), _STEPS) - _CALLS * call
    yield Row(
        f"program.overhead_ms.{_CALLS}_calls", _milliseconds(many), "ms", "lower", 8
    )

    team = dict.fromkeys(_TEAM, _SHORT)
    _run(scheduler, team)
    together = median_seconds(lambda: _run(scheduler, team), _STEPS) - len(_TEAM) * call
    yield Row(
        f"program.overhead_ms.{len(_TEAM)}_agents",
        _milliseconds(together),
        "ms",
        "lower",
        10,
    )


def _run(scheduler: ProgramScheduler, programs: Mapping[str, str]) -> None:
    scheduler.run(programs, tick_budget=_TICK_BUDGET, step=0)


def _milliseconds(seconds: float) -> float:
    return round(1e3 * seconds, 2)
