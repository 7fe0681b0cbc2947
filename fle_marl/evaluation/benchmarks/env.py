"""What a lab-play environment costs: memory with its workers, an idle step, a reset."""

import json
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from fle_marl.envs.parallel import FactorioParallelEnv
from fle_marl.evaluation.rows import Row

__all__ = ["measure"]

_MEMORY_TARGET_MB = 400
_IDLE_STEPS = 5
_RESETS = 20
_RESET_AGENTS = 4
_RESET_TARGET_MS = 20
_BYTES_PER_MB = 1e6


def measure() -> Iterator[Row]:
    """Measure an environment that has a process of its own.

    It is run twice and the second counts: the first may have compiled the simulator,
    which takes memory that later environments do not.
    """
    _run_apart()
    for plain in json.loads(_run_apart()):
        yield Row(**plain)


def _run_apart() -> str:
    command = [sys.executable, "-m", __name__]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
    return done.stdout


def _rows() -> Iterator[Row]:
    env = FactorioParallelEnv("iron_plate_throughput_16", num_agents=2)
    try:
        env.reset(seed=1)
        env.step(dict.fromkeys(env.agents, "print(inspect_inventory())"))
        memory_mb = round(_memory_bytes(os.getpid()) / _BYTES_PER_MB, 1)
        yield Row("env.memory_mb", memory_mb, "MB", "lower", _MEMORY_TARGET_MB)
        began = time.perf_counter()
        for _ in range(_IDLE_STEPS):
            env.step({})
        took_ms = 1000 * (time.perf_counter() - began) / _IDLE_STEPS
        yield Row("env.idle_step_ms", round(took_ms, 2), "ms", "lower")
    finally:
        env.close()
    yield _reset_row()


def _reset_row() -> Row:
    """A reset after an episode in which every agent has run a program."""
    env = FactorioParallelEnv("iron_plate_throughput_16", num_agents=_RESET_AGENTS)
    try:
        times = []
        for seed in range(_RESETS):
            began = time.perf_counter()
            env.reset(seed=seed)
            times.append(time.perf_counter() - began)
            env.step(dict.fromkeys(env.agents, "print(inspect_inventory())"))
        # the first one loads the simulator
        took_ms = round(1000 * statistics.median(times[1:]), 2)
        return Row("env.reset_ms", took_ms, "ms", "lower", _RESET_TARGET_MS)
    finally:
        env.close()


def _memory_bytes(process: int) -> int:
    """Memory of a process and all that it started; what they share counts once.

    Source: the proportional set size of Linux (``/proc/<pid>/smaps_rollup``).
    """
    folder = Path("/proc") / str(process)
    rollup = (folder / "smaps_rollup").read_text()
    kilobytes = next(
        int(line.split()[1]) for line in rollup.splitlines() if line.startswith("Pss:")
    )
    children = [
        int(child)
        for listing in folder.glob("task/*/children")
        for child in listing.read_text().split()
    ]
    return 1024 * kilobytes + sum(_memory_bytes(child) for child in children)


if __name__ == "__main__":
    json.dump([row.to_plain() for row in _rows()], sys.stdout)
