"""How long the package takes to import and to read its tasks."""

import subprocess
import sys
import time
from collections.abc import Iterator

from fle_marl.evaluation.rows import Row
from fle_marl.tasks.files import definitions_root
from fle_marl.tasks.load import load_tasks

__all__ = ["measure"]

_IMPORT = """
import time
began = time.perf_counter()
import fle_marl
print(time.perf_counter() - began)
"""
_REPEATS = 3


def measure() -> Iterator[Row]:
    """Measure the import in fresh interpreters and the tasks in this one."""
    seconds = min(_import_seconds() for _ in range(_REPEATS))
    yield Row("package.import_s", round(seconds, 4), "s", "lower", 0.7)
    began = time.perf_counter()
    load_tasks(definitions_root())
    took_ms = 1000 * (time.perf_counter() - began)
    yield Row("package.load_tasks_ms", round(took_ms, 2), "ms", "lower")


def _import_seconds() -> float:
    command = [sys.executable, "-c", _IMPORT]
    output = subprocess.run(command, check=True, capture_output=True, text=True)
    return float(output.stdout)
