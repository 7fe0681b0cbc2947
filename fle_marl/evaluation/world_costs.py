"""What worlds cost: copying them, telling them apart, their memory, and new maps."""

import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from typing import Final

import numpy as np

from fle_marl.evaluation.factories import ENTITIES_PER_BLOCK, mixed_factory
from fle_marl.evaluation.rows import Row
from fle_marl.prototypes import load
from fle_marl.sim.actions.build import create_entity
from fle_marl.sim.actions.transport_line import insert_at, lines_of_belt
from fle_marl.sim.components import CHUNK_TILES, LAYERS, TABLE_INDEX
from fle_marl.sim.engine import fork
from fle_marl.sim.mapgen import build_scenario
from fle_marl.sim.world import World

__all__ = ["measure_worlds"]

_REPEATS: Final = 51
_MAPS: Final = 9
_SEED: Final = 1
_ENTITIES: Final = 10_000
_BYTES_PER_MEGABYTE: Final = 1_000_000
_UNITS_PER_TILE: Final = 256
_ITEMS_PER_LANE: Final = 4
"""That fit onto a tile of belt. Source: wiki, Transport belts/Physics."""
_BELT_TABLES: Final = (
    "transport_line",
    "line_item",
    "line_chain",
    "line_place",
    "free_line_items",
)

# the first servers pay for what is made once a process; where Linux does not say what
# is used now, the peak must do
_SERVERS: Final = """
import logging
import resource
from pathlib import Path
logging.disable(logging.WARNING)
from fle_marl.servers.embedded import EmbeddedServer
servers = []
def used_bytes():
    statm = Path("/proc/self/statm")
    if statm.exists():
        return int(statm.read_text().split()[1]) * resource.getpagesize()
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
for _ in range(10):
    if len(servers) == 2:
        before = used_bytes()
    servers.append(EmbeddedServer())
    servers[-1].reset({"name": "lab-play"}, agents=2, seed=1)
print((used_bytes() - before) / (len(servers) - 2))
"""


def measure_worlds() -> Iterator[Row]:
    """Measure copies, hashes and memory of worlds, and how long a new map takes."""
    lab = World(_SEED)
    build_scenario(lab, {"name": "lab-play"}, 2)
    factory = mixed_factory(-(-_ENTITIES // ENTITIES_PER_BLOCK))
    for name, world, target in (("lab", lab, 0.3), (str(_ENTITIES), factory, 5)):
        world_fork, world_hash = _milliseconds(world)
        yield Row(f"sim.fork_ms.{name}", world_fork, "ms", "lower", target)
        yield Row(f"sim.state_hash_ms.{name}", world_hash, "ms", "lower", target)
    yield Row("sim.bytes_per_entity", _bytes_per_entity(factory), "B", "lower", 512)
    yield Row("sim.bytes_per_belt_item", _bytes_per_belt_item(), "B", "lower", 64)
    yield Row("sim.lab_world_mb", _lab_megabytes(), "MB", "lower", 20)
    yield Row("sim.mapgen_s", _mapgen_seconds(), "s", "lower", 0.5)


def _milliseconds(world: World) -> tuple[float, float]:
    """How long a fork and a hash take."""
    return _median(lambda: fork(world)), _median(world.state_hash)


def _median(work: Callable[[], object]) -> float:
    times = []
    for _ in range(_REPEATS):
        began = time.perf_counter()
        work()
        times.append(time.perf_counter() - began)
    return round(1e3 * statistics.median(times), 3)


def _mapgen_seconds() -> float:
    """How long the 512 x 512 tiles take that open play begins on; another seed each."""
    times = []
    for seed in range(_MAPS + 1):
        began = time.perf_counter()
        build_scenario(World(seed), {"name": "open-play"}, 2)
        times.append(time.perf_counter() - began)
    # the first pays for what is made once a process
    return round(statistics.median(times[1:]), 3)


def _bytes_per_entity(factory: World) -> int:
    """All tables but the map, for each entity that was built; ore is left out."""
    used = sum(
        table.nbytes for name, table in factory.tables.items() if name not in LAYERS
    )
    ores = int(factory.count[TABLE_INDEX["resource"]]) - 1
    used -= factory.tables["resource"].nbytes + ores * factory.entity.itemsize
    entities = int((factory.entity["prototype"] > 0).sum())
    return round(used / (entities - ores))


def _bytes_per_belt_item() -> int:
    """What belts take for each item that lies on them when they are full."""
    world = World(_SEED)
    grass = np.full((CHUNK_TILES, CHUNK_TILES), load().tiles["grass-1"].id, np.uint8)
    world.add_chunk(0, 0, grass)
    items = 0
    for tile in range(CHUNK_TILES * CHUNK_TILES):
        y, x = divmod(tile, CHUNK_TILES)
        middle = _UNITS_PER_TILE // 2
        at = x * _UNITS_PER_TILE + middle, y * _UNITS_PER_TILE + middle
        belt = create_entity(world, "transport-belt", *at)
        for line in lines_of_belt(world, belt):
            for place in range(_ITEMS_PER_LANE):
                items += insert_at(world, line, place / _ITEMS_PER_LANE, 1)
    return round(sum(world.tables[name].nbytes for name in _BELT_TABLES) / items)


def _lab_megabytes() -> float:
    """Memory for one more server with an empty lab world, Lua and all."""
    output = subprocess.run(
        [sys.executable, "-c", _SERVERS], check=True, capture_output=True, text=True
    )
    return round(float(output.stdout) / _BYTES_PER_MEGABYTE, 1)
