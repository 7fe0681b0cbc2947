"""The ground of generated maps: heights, water, climate, and the tile of each place.

Tiles go by how wet a place is and by a second measure, aux, as the game's do. The
shapes come from this module's own noise, not from the game's.
"""

from dataclasses import dataclass
from functools import cache
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from fle_marl.sim.mapgen.fields import Places, clipped, distance_from, field, log2
from fle_marl.sim.mapgen.placing import tile_numbers
from fle_marl.sim.mapgen.settings import DEFAULT_ELEVATION, MapGenSettings
from fle_marl.sim.mapgen.start import FREE_TILES, StartingArea

__all__ = [
    "LEAST_START_TILES",
    "OUT_OF_MAP",
    "Ground",
    "ground_of",
    "height_of",
    "is_outside",
]

Field = NDArray[np.float64]

OUT_OF_MAP: Final = "out-of-map"
"""Tile beyond the width and height of a map."""

_ELEVATION_OCTAVES: Final = ((310.0, 22.0), (150.0, 13.0), (70.0, 7.0), (31.0, 3.5))
_EDGE_OCTAVES: Final = ((13.0, 1.6),)
"""Small hills, which give shores their bays."""
_NORMAL_HEIGHT: Final = 10.5
"""Middle height of the land over the water; leaves about an eighth of it to lakes."""
_HEIGHT_PER_WATER: Final = 10.0
"""How far the water rises when its coverage is doubled. A choice that goes with the
heights above."""
_DEEP: Final = -5.0
"""Height below which water is deep; a shore is a few tiles wide."""
_BEACH: Final = 1.2
"""Height up to which a shore is sand where it is dry."""
_START_HEIGHT: Final = 30.0
"""How far the land is lifted at the origin, so that no lake reaches the start."""
LEAST_START_TILES: Final = 120.0
"""Starting patches, which are nearer than this, are reached without crossing water."""
_PATCH_HEIGHT: Final = 6.0
_PATCH_SLOPE: Final = 0.8
"""Of the land below a starting patch: height at its edge, and heights a tile."""
_LAKE_OCTAVES: Final = ((43.0, 6.0), (17.0, 4.0), (7.0, 2.5))
_LAKE_SLOPE: Final = 0.8
"""Heights a tile from the starting lake's middle outwards."""
_ISLAND_TILES: Final = 500.0
"""Distance from the origin at which an island's mean height meets the water."""
_ISLAND_SLOPE: Final = 0.09

_MOISTURE_OCTAVES: Final = ((430.0, 0.34), (190.0, 0.22), (83.0, 0.12))
_AUX_OCTAVES: Final = ((380.0, 0.42), (170.0, 0.25), (61.0, 0.12))
_TEMPERATURE_OCTAVES: Final = ((520.0, 9.0), (230.0, 5.0), (97.0, 3.0))
_MEAN_MOISTURE: Final = 0.48
_MEAN_AUX: Final = 0.5
_MEAN_TEMPERATURE: Final = 17.0
"""Degrees; between those that most kinds of tree like best."""
_RAGGED_OCTAVES: Final = ((9.0, 0.035), (4.0, 0.025))
"""What frays the borders between tiles."""

_WATER: Final = "water"
_DEEP_WATER: Final = "deepwater"
_SAND: Final = "sand-1"
_RANGES: Final = (
    # tile, (aux from, moisture from, aux to, moisture to)
    ("grass-1", (0.0, 0.7, 1.0, 1.0)),
    ("grass-2", (0.45, 0.45, 1.0, 0.8)),
    ("grass-3", (0.0, 0.6, 0.65, 0.9)),
    ("grass-4", (0.0, 0.5, 0.55, 0.7)),
    ("dry-dirt", (0.45, 0.0, 0.55, 0.35)),
    ("dirt-1", (0.0, 0.25, 0.45, 0.3)),
    ("dirt-1", (0.4, 0.0, 0.45, 0.25)),
    ("dirt-2", (0.0, 0.3, 0.45, 0.35)),
    ("dirt-3", (0.0, 0.35, 0.55, 0.4)),
    ("dirt-4", (0.55, 0.0, 0.6, 0.35)),
    ("dirt-4", (0.6, 0.3, 1.0, 0.35)),
    ("dirt-5", (0.0, 0.4, 0.55, 0.45)),
    ("dirt-6", (0.0, 0.45, 0.55, 0.5)),
    ("dirt-7", (0.0, 0.5, 0.55, 0.55)),
    ("sand-1", (0.0, 0.0, 0.25, 0.15)),
    ("sand-2", (0.0, 0.15, 0.3, 0.2)),
    ("sand-2", (0.25, 0.0, 0.3, 0.15)),
    ("sand-3", (0.0, 0.2, 0.4, 0.25)),
    ("sand-3", (0.3, 0.0, 0.4, 0.2)),
    ("red-desert-0", (0.55, 0.35, 1.0, 0.5)),
    ("red-desert-1", (0.6, 0.0, 0.7, 0.3)),
    ("red-desert-1", (0.7, 0.25, 1.0, 0.3)),
    ("red-desert-2", (0.7, 0.0, 0.8, 0.25)),
    ("red-desert-2", (0.8, 0.2, 1.0, 0.25)),
    ("red-desert-3", (0.8, 0.0, 1.0, 0.2)),
)
"""Where each tile is at home. Source: autoplace ranges of the game's tile prototypes,
which the extracted ones leave out."""
_STEPS: Final = 100
"""Fineness of the table from climate to tile; ranges are multiples of 0.05."""


@dataclass(frozen=True, slots=True)
class Ground:
    """The ground of a rectangle; fields are [height, width].

    Attributes:
        x: int64[width], tiles of the columns.
        y: int64[height], tiles of the rows.
        distance: float64, from the origin, tiles.
        is_water: bool; beyond the border of the map too.
        moisture: float64, 0 to 1.
        aux: float64, 0 to 1.
        temperature: float64, degrees.
        tiles: uint8, tile prototypes.
    """

    x: Places
    y: Places
    distance: Field
    is_water: NDArray[np.bool_]
    moisture: Field
    aux: Field
    temperature: Field
    tiles: NDArray[np.uint8]


def ground_of(
    settings: MapGenSettings, start: StartingArea, x: Places, y: Places
) -> Ground:
    """Make the ground of a rectangle.

    Args:
        settings: of the map, with its seed.
        start: what is sure to be around the origin.
        x: int64[width], tiles, neighbours.
        y: int64[height], tiles.
    """
    seed = start.seed
    distance = distance_from(0.0, 0.0, x, y)
    height = height_of(settings, start, x, y, distance)
    moisture = clipped(
        _MEAN_MOISTURE + field(seed, "moisture", x, y, _MOISTURE_OCTAVES), 0.0, 1.0
    )
    aux = clipped(_MEAN_AUX + field(seed, "aux", x, y, _AUX_OCTAVES), 0.0, 1.0)
    temperature = _MEAN_TEMPERATURE + field(
        seed, "temperature", x, y, _TEMPERATURE_OCTAVES
    )
    frayed = field(seed, "ragged", x, y, _RAGGED_OCTAVES)
    tiles = _tile_table()[_step(moisture + frayed), _step(aux - frayed)]
    sand, water, deep, nothing = tile_numbers((_SAND, _WATER, _DEEP_WATER, OUT_OF_MAP))
    is_water = height < 0.0
    tiles[(height < _BEACH) & (moisture < 0.5)] = sand
    tiles[is_water] = water
    tiles[height < _DEEP] = deep
    outside = is_outside(settings, x, y)
    tiles[outside] = nothing
    is_water |= outside
    return Ground(x, y, distance, is_water, moisture, aux, temperature, tiles)


def height_of(
    settings: MapGenSettings,
    start: StartingArea,
    x: Places,
    y: Places,
    distance: Field,
) -> Field:
    """Height over the water, float64[height, width]; see `ground_of`."""
    scale = settings.terrain_segmentation
    octaves = [(size / scale, height) for size, height in _ELEVATION_OCTAVES]
    noise = field(start.seed, "elevation", x, y, [*octaves, *_EDGE_OCTAVES])
    if settings.elevation != DEFAULT_ELEVATION:
        height = noise * 0.5 + (_ISLAND_TILES - distance) * _ISLAND_SLOPE
        if settings.water:
            height -= _HEIGHT_PER_WATER * 0.5 * log2(settings.water)
    elif settings.water:
        height = noise + (_NORMAL_HEIGHT - _HEIGHT_PER_WATER * log2(settings.water))
    else:
        height = noise * 0.0 + _NORMAL_HEIGHT
    return _shaped_start(start, x, y, distance, height, noise)


def _shaped_start(
    start: StartingArea,
    x: Places,
    y: Places,
    distance: Field,
    height: Field,
    noise: Field,
) -> Field:
    """Land where the starting area needs land, and water in its lake."""
    # less and less towards its edge, so that no circle shows
    reach = max(start.radius, LEAST_START_TILES)
    lift = clipped((1.2 - distance / reach) / 0.7, 0.0, 1.0)
    lifted = lift * _START_HEIGHT - _NORMAL_HEIGHT + 0.3 * noise
    height = np.where(lift > 0.0, np.maximum(height, lifted), height)
    for patch in start.patches:
        away = distance_from(patch.x, patch.y, x, y)
        dam = _PATCH_HEIGHT + _PATCH_SLOPE * (1.3 * patch.radius - away)
        height = np.maximum(height, dam)
    away = distance_from(start.lake_x, start.lake_y, x, y)
    bays = field(start.seed, "starting lake", x, y, _LAKE_OCTAVES)
    lake = (away - start.lake_radius) * _LAKE_SLOPE + bays
    is_near = away < 2.0 * start.lake_radius
    height = np.where(is_near, np.minimum(height, lake), height)
    free: Field = np.maximum(height, _PATCH_SLOPE * (FREE_TILES - distance))
    return free


def is_outside(settings: MapGenSettings, x: Places, y: Places) -> NDArray[np.bool_]:
    """Which tiles are beyond the width and height of the map."""
    outside = np.zeros((len(y), len(x)), np.bool_)
    if settings.width:
        outside |= (x < -(settings.width // 2)) | (x >= (settings.width + 1) // 2)
    if settings.height:
        is_beyond = (y < -(settings.height // 2)) | (y >= (settings.height + 1) // 2)
        outside |= is_beyond[:, None]
    return outside


def _step(value: Field) -> NDArray[Any]:
    return (clipped(value, 0.0, 1.0) * _STEPS).astype(np.int64)


@cache
def _tile_table() -> NDArray[np.uint8]:
    """Tile by climate, uint8[moisture, aux]: the one whose range is nearest.

    Where ranges overlap, the one whose border is farthest wins. All in hundredths, so
    in whole numbers.
    """
    span = np.arange(_STEPS + 1)
    moisture, aux = span[:, None], span[None, :]
    inside = []
    for _, limits in _RANGES:
        left, low, right, high = (round(limit * _STEPS) for limit in limits)
        # the outermost ranges have no border on the edge of the climate
        left, low = (value - _STEPS * (value == 0) for value in (left, low))
        right, high = (value + _STEPS * (value == _STEPS) for value in (right, high))
        sides = [aux - left + 0 * moisture, right - aux + 0 * moisture]
        sides += [moisture - low + 0 * aux, high - moisture + 0 * aux]
        inside.append(np.minimum.reduce(sides))
    numbers = tile_numbers(tuple(name for name, _ in _RANGES))
    table: NDArray[np.uint8] = numbers[np.argmax(np.stack(inside), axis=0)]
    return table
