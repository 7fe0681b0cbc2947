"""Chunks come to be: those around the start, those asked for, those that agents near.

What a chunk holds depends on the map's seed, its settings and the chunk's place, and on
nothing else: not on when it is made, nor on which others are there. Trees and rocks
belong to the chunk that their middle is in, and reach into others.
"""

from collections.abc import Iterable, Iterator
from typing import Final

import numpy as np
from numpy.typing import NDArray

from fle_marl.prototypes import load
from fle_marl.sim.cells import NO_CHUNK, chunk_row
from fle_marl.sim.components import CHUNK_TILES, DIRECTORY_CHUNKS, TABLE_INDEX
from fle_marl.sim.kernels.chart import CHUNKS_AROUND_CHARACTERS
from fle_marl.sim.mapgen.cliffs import cliffs_on
from fle_marl.sim.mapgen.figures import resource_figures
from fle_marl.sim.mapgen.generator import (
    generator_of,
    has_generator,
    has_requests,
    take_requests,
)
from fle_marl.sim.mapgen.growth import MARGIN_TILES, growth_on
from fle_marl.sim.mapgen.joining import enter_tiles
from fle_marl.sim.mapgen.patches import deposits_on
from fle_marl.sim.mapgen.placing import lay_ground, place_resources, place_simple
from fle_marl.sim.mapgen.settings import MapGenSettings
from fle_marl.sim.mapgen.start import starting_area
from fle_marl.sim.mapgen.terrain import ground_of
from fle_marl.sim.world import World
from fle_marl.units import POSITION_UNITS_PER_TILE

__all__ = [
    "can_be_generated",
    "generate_chunks",
    "grow_map",
    "is_generated",
    "ticks_until_growth",
]

GROWTH_TICKS: Final = 60
"""The map grows at whole multiples of so many ticks, however time is cut up. The game
generates as fast as its threads allow, which nothing could repeat."""
AROUND_CHARACTERS: Final = CHUNKS_AROUND_CHARACTERS
"""Chunks to each side of a character that are made sure to be there: all that it
charts. A choice, since how far the game is ahead is not documented."""

_HALF: Final = DIRECTORY_CHUNKS // 2
_LARGEST_SIDE: Final = 16
"""Chunks made at once, which bounds the memory that it takes."""

Chunk = tuple[int, int]


def is_generated(world: World, chunk_x: int, chunk_y: int) -> bool:
    """Whether a chunk is there."""
    return chunk_row(world.chunk_index, chunk_x, chunk_y) != NO_CHUNK


def can_be_generated(world: World, chunks: Iterable[Chunk]) -> list[Chunk]:
    """Those of some chunks that a generated map has, whether they are made yet or not.

    Args:
        world: read; a map that was drawn by hand has only the chunks that are there.
        chunks: x and y.
    """
    settings = generator_of(world)
    return [
        chunk
        for chunk in chunks
        if is_generated(world, *chunk)
        or (settings is not None and _is_within(settings, *chunk))
    ]


def generate_chunks(world: World, chunks: Iterable[Chunk]) -> None:
    """Make those of some chunks that are not there, if the world's map is generated.

    Args:
        world: changed.
        chunks: x and y; those beyond the map's border are passed over.
    """
    settings = generator_of(world)
    if settings is None:
        return
    missing = {
        chunk
        for chunk in chunks
        if _is_within(settings, *chunk) and not is_generated(world, *chunk)
    }
    for left, top, width, height in _rectangles(missing):
        _generate(world, settings, left, top, width, height)


def _is_within(settings: MapGenSettings, chunk_x: int, chunk_y: int) -> bool:
    """Whether any tile of a chunk is on the map."""
    for chunk, side in ((chunk_x, settings.width), (chunk_y, settings.height)):
        tiles = side or DIRECTORY_CHUNKS * CHUNK_TILES
        first = chunk * CHUNK_TILES
        if first + CHUNK_TILES <= -(tiles // 2) or first >= (tiles + 1) // 2:
            return False
    return True


def _rectangles(chunks: set[Chunk]) -> Iterator[tuple[int, int, int, int]]:
    """Cut a set of chunks into rectangles: left, top, width, height."""
    left = set(chunks)
    # rows first, so that a square is one rectangle
    for first_x, first_y in sorted(chunks, key=lambda chunk: (chunk[1], chunk[0])):
        if (first_x, first_y) not in left:
            continue
        width = 1
        while width < _LARGEST_SIDE and (first_x + width, first_y) in left:
            width += 1
        height = 1
        while height < _LARGEST_SIDE and all(
            (first_x + step, first_y + height) in left for step in range(width)
        ):
            height += 1
        left -= {
            (first_x + across, first_y + down)
            for across in range(width)
            for down in range(height)
        }
        yield first_x, first_y, width, height


def _generate(
    world: World,
    settings: MapGenSettings,
    chunk_x: int,
    chunk_y: int,
    width: int,
    height: int,
) -> None:
    """Make a rectangle of chunks, none of which is there."""
    seed = int(settings.seed or 0)
    start = starting_area(settings, seed)
    margin = MARGIN_TILES
    left, top = chunk_x * CHUNK_TILES, chunk_y * CHUNK_TILES
    columns = np.arange(left - margin, left + width * CHUNK_TILES + margin)
    lines = np.arange(top - margin, top + height * CHUNK_TILES + margin)
    ground = ground_of(settings, start, columns, lines)
    deposits = deposits_on(settings, start, ground)
    cliffs = cliffs_on(settings, start, ground, margin)
    growth = growth_on(settings, seed, ground, deposits, cliffs.covered)
    first_chunk = world.chunk_count
    inner = slice(margin, -margin), slice(margin, -margin)
    lay_ground(world, ground.tiles[inner], left, top)
    for number, figures in enumerate(resource_figures(), start=1):
        rows, columns = (deposits.resource[inner] == number).nonzero()
        tiles = np.stack([columns + left, rows + top], axis=1)
        amounts = deposits.amount[inner][rows, columns]
        place_resources(world, figures.name, tiles, amounts)
    new: list[NDArray[np.int64]] = [np.empty(0, np.int64)]
    for prototype in np.unique(growth.prototype).tolist():
        chosen = growth.prototype == prototype
        new.append(place_simple(world, prototype, growth.x[chosen], growth.y[chosen]))
    cliff = load().entities["cliff"].id
    for orientation in np.unique(cliffs.orientation).tolist():
        chosen = cliffs.orientation == orientation
        x, y = cliffs.x[chosen], cliffs.y[chosen]
        new.append(place_simple(world, cliff, x, y, direction=orientation))
    enter_tiles(world, np.concatenate(new), first_chunk)


# --- growing while time passes


def grow_map(world: World) -> None:
    """Make the chunks that were asked for, and those around characters.

    Has an effect at multiples of `GROWTH_TICKS` only.
    """
    if world.tick % GROWTH_TICKS or not has_generator(world):
        return
    wanted = take_requests(world)
    for chunk_x, chunk_y, _ in _characters(world):
        reach = range(-AROUND_CHARACTERS, AROUND_CHARACTERS + 1)
        wanted += [(chunk_x + x, chunk_y + y) for y in reach for x in reach]
    generate_chunks(world, wanted)


def ticks_until_growth(world: World, limit: int) -> int:
    """Ticks that may pass before `grow_map` has to be called again, at most the limit.

    While all that characters can reach by then is there already, nothing would happen;
    so this changes no result, only how often time is interrupted.
    """
    if not has_generator(world):
        return limit
    ticks = GROWTH_TICKS
    if not has_requests(world):
        safe = [_safe_ticks(world, *character) for character in _characters(world)]
        ticks = max(GROWTH_TICKS, min(safe, default=limit))
    ends = (world.tick + ticks) // GROWTH_TICKS * GROWTH_TICKS
    return min(limit, ends - world.tick)


def _characters(world: World) -> list[tuple[int, int, float]]:
    """Chunk x and y of each character, and its speed in tiles a tick."""
    count = int(world.count[TABLE_INDEX["character"]])
    records = world.tables["character"][1:count]
    records = records[records["entity"] > 0]
    entity = world.entity[records["entity"]]
    unit = POSITION_UNITS_PER_TILE * CHUNK_TILES
    speed = records["running_speed"] * (1.0 + records["running_speed_modifier"])
    columns = zip(
        (entity["x"] // unit).tolist(),
        (entity["y"] // unit).tolist(),
        speed.tolist(),
        strict=True,
    )
    return list(columns)


def _safe_ticks(world: World, chunk_x: int, chunk_y: int, speed: float) -> int:
    """Ticks within which a character comes near no chunk that is missing.

    Each ring of chunks beyond those around it is a chunk's walk.
    """
    rings = 0
    while rings < DIRECTORY_CHUNKS and _is_ring_there(
        world, chunk_x, chunk_y, AROUND_CHARACTERS + rings + 1
    ):
        rings += 1
    return int(rings * CHUNK_TILES / max(speed, 1e-6))


def _is_ring_there(world: World, chunk_x: int, chunk_y: int, ring: int) -> bool:
    """Whether all chunks so far from one are there, those off the directory aside."""
    left, top = chunk_x + _HALF - ring, chunk_y + _HALF - ring
    right, bottom = left + 2 * ring + 1, top + 2 * ring + 1
    index = world.chunk_index
    rows = slice(max(top, 0), max(bottom, 0))
    columns = slice(max(left, 0), max(right, 0))
    return bool((index[rows, columns] >= 0).all())
