"""How long the hold-out of the largest reference factory takes."""

import statistics
import time
from collections.abc import Iterator
from typing import Final

from fle_marl.evaluation.reference.format import factory_keys, read_factory
from fle_marl.evaluation.reference.judging import start
from fle_marl.evaluation.rows import Row
from fle_marl.tasks import get_task

__all__ = ["largest_factory", "measure_holdout"]

_REPEATS: Final = 15
_TARGET_MS: Final = 30


def largest_factory() -> str:
    """Key of the factory with the most entities."""
    return max(factory_keys(), key=lambda key: len(read_factory(key).entities()))


def measure_holdout() -> Iterator[Row]:
    """Measure the hold-out of the step in which the largest factory is judged."""
    key = largest_factory()
    factory, task = read_factory(key), get_task(key)
    server = start(task, factory.entities())
    condition = task.condition
    step_ticks = condition.settle_ticks + condition.holdout_ticks
    server.advance(factory.steps * step_ticks - condition.holdout_ticks)
    before = server.world.snapshot()
    times = []
    for _ in range(_REPEATS):
        server.world.restore(before)
        began = time.perf_counter()
        server.advance(condition.holdout_ticks)
        times.append(time.perf_counter() - began)
    server.close()
    milliseconds = round(1e3 * statistics.median(times), 2)
    yield Row("sim.holdout_ms", milliseconds, "ms", "lower", _TARGET_MS)
