"""How fast the simulator is beside factory-sim, another simulator of the burner age.

Both run the same scene: production lines of a burner drill, a belt, a furnace and a
chest with two burner inserters between them. factory-sim is written in C and knows
nothing but these machines. It is an extra (``oracle``); without it there is no row.
"""

import importlib
import importlib.util
import statistics
import time
from collections.abc import Callable, Iterator
from typing import Any, Final

import numpy as np

from fle_marl.defines import Direction
from fle_marl.evaluation.rows import Row
from fle_marl.prototypes import load
from fle_marl.sim.actions.build import create_entity, placed_position
from fle_marl.sim.actions.items import insert_into
from fle_marl.sim.actions.resource import add_resource
from fle_marl.sim.components import CHUNK_TILES
from fle_marl.sim.engine import advance
from fle_marl.sim.world import World

__all__ = ["build_simulator", "build_world", "measure", "ticks_per_second"]

_LINES: Final = 32
_LINE_TILES: Final = 4
"""From one line to the next."""
_WARM_UP_TICKS: Final = 2_000
_STRETCH_TICKS: Final = 4_000
_STRETCHES: Final = 7
_ORE: Final = "iron-ore"
_ORE_ON_A_TILE: Final = 10_000
_COAL: Final = {"coal": 50}
_BELT_TILES: Final = 7
_MAP_CHUNKS: Final = range(-3, 3)

_Thing = tuple[str, float, float, str, dict[str, int]]


def measure() -> Iterator[Row]:
    """Measure both in turns in this process; nothing without factory-sim."""
    if importlib.util.find_spec("fsim") is not None:
        ours, theirs = ticks_per_second(_LINES)
        yield Row("sim.vs_factory_sim", round(ours / theirs, 3), "x", "higher")


def ticks_per_second(lines: int) -> tuple[float, float]:
    """Run the same scene here and in factory-sim, by turns.

    Args:
        lines: how many production lines, 1 to 40: factory-sim holds 512 entities.

    Returns:
        Ticks a second here and there, medians of stretches of a running factory.
    """
    world, sim = build_world(lines), build_simulator(lines)
    advance_theirs = importlib.import_module("fsim").lib.fsim_advance
    runners: tuple[Callable[[int], object], ...] = (
        lambda ticks: advance(world, ticks),
        lambda ticks: advance_theirs(sim.env, ticks),
    )
    for run in runners:
        run(_WARM_UP_TICKS)
    seconds: tuple[list[float], ...] = [], []
    for _ in range(_STRETCHES):
        for run, times in zip(runners, seconds, strict=True):
            began = time.perf_counter()
            run(_STRETCH_TICKS)
            times.append(time.perf_counter() - began)
    ours, theirs = (_STRETCH_TICKS / statistics.median(times) for times in seconds)
    return ours, theirs


def _scene(lines: int) -> Iterator[_Thing]:
    """What stands where: name, centre in tiles, direction, contents."""
    for line in range(lines):
        top = (line - lines // 2) * _LINE_TILES
        yield "burner-mining-drill", 1, top + 1, "south", _COAL
        for x in range(_BELT_TILES):
            yield "transport-belt", x + 0.5, top + 2.5, "east", {}
        yield "burner-inserter", _BELT_TILES + 0.5, top + 2.5, "west", _COAL
        yield "stone-furnace", _BELT_TILES + 2, top + 3, "north", _COAL
        yield "burner-inserter", _BELT_TILES + 3.5, top + 2.5, "west", _COAL
        yield "wooden-chest", _BELT_TILES + 4.5, top + 2.5, "north", {}


def _ore_tiles(lines: int) -> Iterator[tuple[int, int]]:
    for name, x, y, _, _ in _scene(lines):
        if name == "burner-mining-drill":
            for tile_y in (int(y) - 1, int(y)):
                for tile_x in (int(x) - 1, int(x)):
                    yield tile_x, tile_y


def build_world(lines: int) -> World:
    """The scene in a world of this package."""
    world = World()
    tiles = np.full((CHUNK_TILES, CHUNK_TILES), load().tiles["grass-1"].id, np.uint8)
    for chunk_x in _MAP_CHUNKS:
        for chunk_y in _MAP_CHUNKS:
            world.add_chunk(chunk_x, chunk_y, tiles)
    for tile_x, tile_y in _ore_tiles(lines):
        add_resource(world, _ORE, tile_x, tile_y, _ORE_ON_A_TILE)
    for name, x, y, facing, contents in _scene(lines):
        direction = int(Direction[facing])
        place = placed_position(load().entities[name], x, y, direction)
        entity = create_entity(world, name, *place, direction=direction)
        for item, count in contents.items():
            insert_into(world, entity, load().items[item].id, count)
    return world


def build_simulator(lines: int) -> Any:  # noqa: ANN401 - factory-sim has no types
    """The scene in a ``fsim.Sim``."""
    fsim: Any = importlib.import_module("fsim")
    sim = fsim.Sim(water=[])
    sim.reset(
        {
            "resources": [
                {"name": _ORE, "position": [x, y], "amount": _ORE_ON_A_TILE}
                for x, y in _ore_tiles(lines)
            ],
            "entities": [
                {"name": name, "position": [x, y], "direction": way, "contents": items}
                for name, x, y, way, items in _scene(lines)
            ],
            "character": {"position": [60, 60]},
        }
    )
    return sim
