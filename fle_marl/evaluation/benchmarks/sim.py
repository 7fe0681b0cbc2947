"""How fast the simulator is: ticks, entities, snapshots, compiling, starting."""

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from typing import Final

from fle_marl.agents import make_team
from fle_marl.envs.parallel import FactorioParallelEnv
from fle_marl.evaluation.factory_speed import measure_factories
from fle_marl.evaluation.reference.speed import measure_holdout
from fle_marl.evaluation.rows import Row
from fle_marl.evaluation.timing import median_seconds
from fle_marl.evaluation.world_costs import measure_worlds
from fle_marl.servers.embedded import EmbeddedServer

__all__ = ["measure"]

_REPEATS: Final = 7
_TICKS: Final = 20_000
_WARM_UP_TICKS: Final = 2_000
_SEED: Final = 1

_START = """
import time
began = time.perf_counter()
import logging
logging.disable(logging.WARNING)
from fle_marl.servers.embedded import EmbeddedServer
EmbeddedServer().reset({"name": "lab-play"}, agents=2, seed=1)
print(time.perf_counter() - began)
"""


def measure() -> Iterator[Row]:
    """Measure the simulator; compiling and starting in processes of their own."""
    yield from _processes()
    yield from measure_factories()
    yield from _iron_plate_factory()
    yield from measure_holdout()
    server = EmbeddedServer()
    server.reset({"name": "lab-play"}, agents=2, seed=_SEED)
    world = server.world
    milliseconds = 1e3 * median_seconds(
        lambda: world.restore(world.snapshot()), _REPEATS
    )
    yield Row("sim.snapshot_restore_ms", round(milliseconds, 3), "ms", "lower", 2)
    server.close()
    yield from measure_worlds()


def _processes() -> Iterator[Row]:
    with tempfile.TemporaryDirectory(prefix="fle_marl-bench-") as folder:
        environment = {**os.environ, "XDG_CACHE_HOME": folder}
        cold = _run(_START, environment)
        yield Row("sim.compile_cold_s", round(cold, 1), "s", "lower", 90)
        warm = statistics.median(_run(_START, environment) for _ in range(3))
        yield Row("sim.start_warm_s", round(warm, 2), "s", "lower", 2)


def _run(program: str, environment: dict[str, str]) -> float:
    output = subprocess.run(
        [sys.executable, "-c", program],
        check=True,
        capture_output=True,
        text=True,
        env=environment,
    )
    return float(output.stdout)


def _iron_plate_factory() -> Iterator[Row]:
    """Ticks a second of the factory that the scripted team builds for iron plates."""
    server = EmbeddedServer()
    env = FactorioParallelEnv(
        "iron_plate_throughput_16", num_agents=2, server=lambda: server
    )
    team = make_team("scripted", env.task, env.possible_agents)
    observations, _ = env.reset(seed=_SEED)
    for seat, agent in enumerate(team.values()):
        agent.reset(_SEED + seat)
    while env.agents:
        actions = {name: team[name].act(observations[name]) for name in env.agents}
        observations, *_ = env.step(actions)
    yield Row(
        "sim.iron_plate_ticks_per_s",
        round(_ticks_per_second(server)),
        "ticks/s",
        "higher",
        200_000,
    )
    env.close()


def _ticks_per_second(server: EmbeddedServer) -> float:
    """Median speed over one stretch of time, played again and again from its start.

    A factory left to itself would run out of coal and be quick for standing still.
    """
    server.advance(_WARM_UP_TICKS)
    world = server.world
    start = world.snapshot()
    times = []
    for _ in range(_REPEATS):
        world.restore(start)
        began = time.perf_counter()
        server.advance(_TICKS)
        times.append(time.perf_counter() - began)
    return _TICKS / statistics.median(times)
