"""Charting what is not there yet: sectors that radars scan, areas that scripts name.

A chunk that is charted is generated first, if its map is. The game lets both come by
and by; here it is done at once, so that it does not depend on how time is cut up.

Which sector a radar scans next is not documented. Chosen: one that was never charted,
or else the one that was charted longest ago; of several the nearest, row by row.
"""

from collections.abc import Iterable
from typing import Final

import numpy as np
from numpy.typing import NDArray

from fle_marl.sim.components import (
    CHUNK_TILES,
    DIRECTORY_CHUNKS,
    TABLE_INDEX,
)
from fle_marl.sim.mapgen.chunks import can_be_generated, generate_chunks
from fle_marl.sim.world import World
from fle_marl.units import POSITION_UNITS_PER_TILE

__all__ = [
    "Chunk",
    "chart_chunks",
    "chart_row",
    "charted_rows",
    "finish_scans",
    "forget_chunks",
]

_HALF: Final = DIRECTORY_CHUNKS // 2
_UNITS_PER_CHUNK: Final = CHUNK_TILES * POSITION_UNITS_PER_TILE
_NEVER: Final = -1

Chunk = tuple[int, int]


def chart_row(world: World, chunk: Chunk) -> int:
    """Row of ``chunk_chart`` of a chunk; 0 where there is none."""
    column, row = chunk[0] + _HALF, chunk[1] + _HALF
    if not (0 <= column < DIRECTORY_CHUNKS and 0 <= row < DIRECTORY_CHUNKS):
        return 0
    return int(world.chunk_index[row, column]) + 1


def charted_rows(world: World) -> NDArray[np.int64]:
    """Rows of ``chunk_chart`` of all chunks that are charted."""
    count = int(world.count[TABLE_INDEX["chunk_chart"]])
    return np.flatnonzero(world.tables["chunk_chart"]["is_charted"][:count])


def chart_chunks(world: World, chunks: Iterable[Chunk]) -> None:
    """Chart chunks, and make those that are missing.

    Args:
        world: changed.
        chunks: x and y; what is beyond the map is passed over.
    """
    wanted = list(chunks)
    generate_chunks(world, wanted)
    rows = [row for row in (chart_row(world, chunk) for chunk in wanted) if row]
    world.tables["chunk_chart"]["is_charted"][rows] = True
    world.tables["chunk_chart"]["charted_tick"][rows] = world.tick


def forget_chunks(world: World, rows: Iterable[int]) -> None:
    """Let chunks be uncharted, by their rows of ``chunk_chart``."""
    for row in rows:
        world.tables["chunk_chart"][row] = (1, False, 0)


def finish_scans(world: World) -> None:
    """Chart what radars have scanned; between ticks.

    `fle_marl.sim.schedule.advance` returns early when there is something to do.
    """
    radars = world.tables["radar"][: world.count[TABLE_INDEX["radar"]]]
    for row in radars["is_scan_due"].nonzero()[0].tolist():
        radar = radars[row]
        radar["is_scan_due"] = False
        radar["sector_joules"] -= radar["joules_per_sector"]
        sector = _next_sector(world, row)
        if sector is not None:
            chart_chunks(world, [sector])
            radar["scanned_sectors"] += 1
            radar["scanned_x"], radar["scanned_y"] = sector
    world.clock["is_scan_due"] = False


def _next_sector(world: World, radar: int) -> Chunk | None:
    """The chunk that a radar scans; None if there is no chunk around it."""
    record = world.tables["radar"][radar]
    owner = world.entity[int(record["entity"])]
    middle_x = int(owner["x"]) // _UNITS_PER_CHUNK
    middle_y = int(owner["y"]) // _UNITS_PER_CHUNK
    distance = int(record["sector_distance"])
    reach = range(-distance, distance + 1)

    def rank(chunk: Chunk) -> tuple[int, int, int, int]:
        x, y = chunk
        squared = (x - middle_x) ** 2 + (y - middle_y) ** 2
        return _age(world, chunk), squared, y, x

    sectors = ((middle_x + x, middle_y + y) for y in reach for x in reach)
    return min(can_be_generated(world, sectors), key=rank, default=None)


def _age(world: World, chunk: Chunk) -> int:
    """When a chunk was charted, ticks; before all others if it never was."""
    record = world.tables["chunk_chart"][chart_row(world, chunk)]
    return int(record["charted_tick"]) if record["is_charted"] else _NEVER
