"""How long work takes."""

import statistics
import time
from collections.abc import Callable

__all__ = ["median_seconds", "seconds"]


def seconds(work: Callable[[], object]) -> float:
    """Wall time that work takes."""
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def median_seconds(work: Callable[[], object], repeats: int) -> float:
    """Median wall time of work that is done so often."""
    return statistics.median(seconds(work) for _ in range(repeats))
