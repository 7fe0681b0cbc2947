"""What a world keeps of its map generator: settings, seed and requests."""

from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from fle_marl.sim.components import TABLE_INDEX
from fle_marl.sim.mapgen.settings import (
    CONTROL_NAMES,
    ELEVATIONS,
    AutoplaceControl,
    MapGenSettings,
)
from fle_marl.sim.world import World

__all__ = [
    "add_generator",
    "generator_of",
    "has_generator",
    "has_requests",
    "request_chunks",
    "take_requests",
]

_SIZES: Final = (
    "starting_area",
    "water",
    "terrain_segmentation",
    "cliff_elevation_0",
    "cliff_elevation_interval",
    "cliff_richness",
)
_SEED_MASK: Final = 0xFFFF_FFFF_FFFF_FFFF


def add_generator(world: World, settings: MapGenSettings) -> None:
    """Have the map of a world be generated.

    Args:
        world: without a generator; its seed is the map's unless the settings have one.
        settings: of the map.
    """
    seed = int(world.clock["rng"][0]) if settings.seed is None else settings.seed
    row = world.allocate("map_generator")
    record = world.tables["map_generator"][row]
    record["elevation"] = 1 + ELEVATIONS.index(settings.elevation)
    record["seed"] = np.uint64(seed & _SEED_MASK)
    record["width"], record["height"] = settings.width, settings.height
    for name in _SIZES:
        record[name] = getattr(settings, name)
    for number, name in enumerate(CONTROL_NAMES, start=1):
        control = settings.control(name)
        row = world.allocate("map_control")
        parts = number, control.frequency, control.size, control.richness
        world.tables["map_control"][row] = parts


def _rows(world: World, name: str, used: str) -> NDArray[Any]:
    """Rows of a table that are in use, by its first field."""
    rows = world.tables[name][1 : world.count[TABLE_INDEX[name]]]
    found: NDArray[Any] = rows[rows[used] > 0]
    return found


def has_generator(world: World) -> bool:
    """Whether a world's map is generated."""
    has_rows = world.count.item(TABLE_INDEX["map_generator"]) > 1
    return has_rows and len(_rows(world, "map_generator", "elevation")) > 0


def generator_of(world: World) -> MapGenSettings | None:
    """Settings of a world's map, with its seed; None if it is not generated."""
    records = _rows(world, "map_generator", "elevation")
    if not len(records):
        return None
    record = records[0]
    controls = {}
    for number, *parts in _rows(world, "map_control", "control").tolist():
        controls[CONTROL_NAMES[number - 1]] = AutoplaceControl(*parts)
    return MapGenSettings(
        seed=int(record["seed"]),
        width=int(record["width"]),
        height=int(record["height"]),
        elevation=ELEVATIONS[int(record["elevation"]) - 1],
        autoplace_controls=controls,
        **{name: float(record[name]) for name in _SIZES},
    )


def request_chunks(world: World, chunk_x: int, chunk_y: int, side: int) -> None:
    """Note that a square of chunks is wanted; its left top one and how many a side."""
    row = world.allocate("chunk_request")
    world.tables["chunk_request"][row] = side, chunk_x, chunk_y


def has_requests(world: World) -> bool:
    """Whether chunks were requested that are not made yet."""
    return len(_rows(world, "chunk_request", "side")) > 0


def take_requests(world: World) -> list[tuple[int, int]]:
    """All chunks that were requested, which are no longer."""
    count = int(world.count[TABLE_INDEX["chunk_request"]])
    wanted = []
    for row in range(1, count):
        side, left, top = world.tables["chunk_request"][row].tolist()
        if side > 0:
            wanted += [(left + x, top + y) for y in range(side) for x in range(side)]
            world.free("chunk_request", row)
    return wanted
