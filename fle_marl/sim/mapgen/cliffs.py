"""Cliffs of generated maps: chains of pieces along contours of the land.

Squares of four tiles have a height at each corner. Where a row of cliffs lies between
two corners, the chain crosses that side of the square; a square that a chain enters and
leaves holds the piece from the one side to the other, and one where it only enters or
leaves holds an end. So pieces always fit together. Rows have gaps, by a noise of their
own; there are none in the starting area and none at the water.

Source: prototype cliff (``grid_size``, ``grid_offset``); runtime API,
CliffPlacementSettings; the game's map-gen-settings.example.json, where a richness of 0
means none and of 10 rows without gaps; noise program ``cliffiness`` (the size of gaps,
and how richness counts) and that hills are more or less high by a slow noise. That one
half of a row stays at a richness of 1 follows from where those two ends are. The size
of the hilly parts is a choice.
"""

from dataclasses import dataclass
from functools import cache
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from fle_marl.prototypes import load
from fle_marl.prototypes.cliffs import CLIFF_ORIENTATIONS, cliff_ends
from fle_marl.sim.mapgen.fields import Places, clipped, distance_from, field, log2
from fle_marl.sim.mapgen.settings import MapGenSettings
from fle_marl.sim.mapgen.start import StartingArea
from fle_marl.sim.mapgen.terrain import (
    LEAST_START_TILES,
    Ground,
    height_of,
    is_outside,
)
from fle_marl.sim.tables import prototype_tables
from fle_marl.units import POSITION_UNITS_PER_TILE, tiles_to_units

__all__ = ["CLIFF_MARGIN_TILES", "Cliffs", "cliffs_on", "rows_below"]

Field = NDArray[np.float64]
Mask = NDArray[np.bool_]
Levels = NDArray[np.int64]

CLIFF_MARGIN_TILES: Final = 4
"""Around a rectangle, that cliffs of its squares may reach into."""

_SQUARE: Final = 4
"""Tiles. Source: prototype cliff, grid_size."""
_RING: Final = 4
"""Squares around a rectangle that are looked at: those whose cliffs reach into it, then
those that these are joined to, then those that these are, and what must be dry."""
_DRY: Final = 2.0
"""Height that all corners around a cliff must have."""
_GAP_OCTAVES: Final = ((32.0, 1.0), (96.0, 1.0))
"""Of the noise that makes gaps. Source: noise program ``cliffiness``."""
_HILL_OCTAVES: Final = ((256.0, 0.5), (128.0, 0.25))
_HILLS: Final = 0.6
_LEAST_HILLS: Final = 0.1
_HILL_FOOT: Final = 3.0
"""Hills are between a tenth and all of their height above this one. Source: noise
program of the usual elevation; the middle and the waves are a choice."""

_NORTH, _EAST, _SOUTH, _WEST, _NONE = range(5)
_SIDES: Final = ("north", "east", "south", "west", "none")


@dataclass(frozen=True, slots=True)
class Cliffs:
    """Cliffs of a rectangle.

    Attributes:
        orientation: int64[n], places in `CLIFF_ORIENTATIONS`.
        x: int64[n], 1/256 tile.
        y: int64[n], 1/256 tile.
        covered: bool[height, width], tiles of the ground that cliffs touch, those of
            cliffs around the rectangle too.
    """

    orientation: NDArray[np.int64]
    x: NDArray[np.int64]
    y: NDArray[np.int64]
    covered: Mask


def cliffs_on(
    settings: MapGenSettings, start: StartingArea, ground: Ground, margin: int
) -> Cliffs:
    """Let cliffs stand on a rectangle.

    Args:
        settings: of the map.
        start: the starting area.
        ground: of the rectangle and a margin on all sides, in whole squares.
        margin: tiles, whole squares, at least `CLIFF_MARGIN_TILES`.

    Returns:
        Those whose position is in the rectangle without its margin.
    """
    empty = np.empty(0, np.int64)
    covered: Mask = np.zeros(ground.is_water.shape, np.bool_)
    if not settings.cliff_richness:
        return Cliffs(empty, empty, empty, covered)
    first_x, first_y = int(ground.x[0]), int(ground.y[0])
    around = _RING * _SQUARE
    corner_x = np.arange(first_x - around, int(ground.x[-1]) + around + 2, _SQUARE)
    corner_y = np.arange(first_y - around, int(ground.y[-1]) + around + 2, _SQUARE)
    pieces = _pieces(settings, start, corner_x, corner_y)
    inner = margin // _SQUARE + _RING
    found = [empty.reshape(0, 3)]
    for orientation, (across, down) in enumerate(_covered_tiles()):
        rows, columns = (pieces == orientation).nonzero()
        # tiles within a frame around the ground, which is cut off again
        tile_x = ((columns - _RING) * _SQUARE)[:, None] + across
        tile_y = ((rows - _RING) * _SQUARE)[:, None] + down
        is_there = (tile_x >= 0) & (tile_x < covered.shape[1])
        is_there &= (tile_y >= 0) & (tile_y < covered.shape[0])
        covered[tile_y[is_there], tile_x[is_there]] = True
        is_inner = (rows >= inner) & (rows < pieces.shape[0] - inner)
        is_inner &= (columns >= inner) & (columns < pieces.shape[1] - inner)
        # corners are dry, and so is nearly all between them
        tile_x, tile_y = tile_x[is_inner], tile_y[is_inner]
        is_dry = ~ground.is_water[tile_y, tile_x].any(axis=1)
        place = np.stack([rows[is_inner], columns[is_inner]], axis=1)[is_dry]
        turned = np.full((len(place), 1), orientation)
        found.append(np.concatenate([turned, place], axis=1))
    all_turned, all_rows, all_columns = np.concatenate(found).T
    offset_x, offset_y = _offset()
    unit = POSITION_UNITS_PER_TILE
    return Cliffs(
        all_turned,
        (corner_x[all_columns] + _SQUARE // 2) * unit + offset_x,
        (corner_y[all_rows] + _SQUARE // 2) * unit + offset_y,
        covered,
    )


@cache
def _offset() -> tuple[int, int]:
    """Of a cliff's position from the middle of its square, 1/256 tile."""
    offset: Any = load().entities["cliff"].properties["grid_offset"]
    x, y = offset
    return tiles_to_units(x), tiles_to_units(y)


@cache
def _covered_tiles() -> list[tuple[Places, Places]]:
    """Tiles that each orientation touches, x and y from the corner of its square."""
    offset_x, offset_y = _offset()
    unit = POSITION_UNITS_PER_TILE
    middle_x, middle_y = (
        _SQUARE // 2 * unit + offset for offset in (offset_x, offset_y)
    )
    covered = []
    for box in prototype_tables()["cliff_orientation"][1:]:
        tiles = []
        for y in range(-_SQUARE, 2 * _SQUARE):
            for x in range(-_SQUARE, 2 * _SQUARE):
                left, top = x * unit - middle_x, y * unit - middle_y
                if _touches(box, left, top, left + unit, top + unit):
                    tiles.append((x, y))
        across, down = np.array(tiles, np.int64).T
        covered.append((across, down))
    return covered


def _touches(
    box: NDArray[np.void], left: int, top: int, right: int, bottom: int
) -> bool:
    """Whether a square touches a cliff's box, as `kernels.cliff_box` says."""
    touches = left < box["right"] and right > box["left"]
    touches = touches and top < box["bottom"] and bottom > box["top"]
    if box["is_slanted"]:
        touches = touches and left + top < box["sum_high"]
        touches = touches and right + bottom > box["sum_low"]
        touches = touches and left - bottom < box["difference_high"]
        touches = touches and right - top > box["difference_low"]
    return bool(touches)


# --- pieces


def _pieces(
    settings: MapGenSettings, start: StartingArea, x: Places, y: Places
) -> Levels:
    """Orientation of each square's piece, -1 for none, int64[rows, columns].

    Args:
        settings: of the map.
        start: the starting area.
        x: int64[columns + 1], tiles of the corners.
        y: int64[rows + 1], likewise.
    """
    distance = distance_from(0.0, 0.0, x, y)
    height = height_of(settings, start, x, y, distance)
    level = rows_below(settings, height, x, y, start.seed)
    gap = field(start.seed, "cliffiness", x, y, _GAP_OCTAVES)
    gap += log2(settings.cliff_richness) / 2.0
    # whether the way across each side goes up: southwards and eastwards
    across = np.sign(level[:, 1:] - level[:, :-1])
    down = np.sign(level[1:] - level[:-1])
    is_bad = (height < _DRY) | is_outside(settings, x, y)
    is_bad |= distance < max(start.radius, LEAST_START_TILES)
    may = _squares_beside_none(is_bad)
    across *= (gap[:, 1:] + gap[:, :-1] > 0.0) & _both(may)
    down *= (gap[1:] + gap[:-1] > 0.0) & _both(may.T).T
    # a square has one chain at the most; what it does not take, its neighbour loses
    came, went = _ends(across, down)
    taken = [(came == side) | (went == side) for side in range(_NONE)]
    across[:-1] *= taken[_NORTH]
    across[1:] *= taken[_SOUTH]
    down[:, :-1] *= taken[_WEST]
    down[:, 1:] *= taken[_EAST]
    came, went = _ends(across, down)
    pieces: Levels = _orientations()[came, went]
    return pieces


def rows_below(
    settings: MapGenSettings, height: Field, x: Places, y: Places, seed: int
) -> Levels:
    """How many rows of cliffs lie below places, int64[rows, columns].

    Args:
        settings: of the map.
        height: float64[rows, columns], over the water.
        x: int64[columns], tiles.
        y: int64[rows], tiles.
        seed: of the map.
    """
    hills = clipped(
        _HILLS + field(seed, "hills", x, y, _HILL_OCTAVES), _LEAST_HILLS, 1.0
    )
    relief = np.minimum(height, hills * (height - _HILL_FOOT) + _HILL_FOOT)
    rows = (relief - settings.cliff_elevation_0) / settings.cliff_elevation_interval
    return np.maximum(np.floor(rows).astype(np.int64) + 1, 0)


def _squares_beside_none(is_bad: Mask) -> Mask:
    """Squares that neither have a bad corner nor have one beside a corner."""
    wide = is_bad.copy()
    wide[1:] |= is_bad[:-1]
    wide[:-1] |= is_bad[1:]
    is_near = wide.copy()
    is_near[:, 1:] |= wide[:, :-1]
    is_near[:, :-1] |= wide[:, 1:]
    bad_square = is_near[1:, 1:] | is_near[1:, :-1]
    bad_square |= is_near[:-1, 1:] | is_near[:-1, :-1]
    return ~bad_square


def _both(may: Mask) -> Mask:
    """Of sides between squares above each other: whether both squares may."""
    both = np.zeros((may.shape[0] + 1, may.shape[1]), np.bool_)
    both[1:-1] = may[1:] & may[:-1]
    return both


def _ends(across: Levels, down: Levels) -> tuple[Levels, Levels]:
    """The side that the chain of each square comes from, and the one it goes to.

    Low ground is on its right. Of several sides the first counts.

    Args:
        across: of sides along x, int64[rows + 1, columns]: 1 where the ground rises
            eastwards, -1 where it falls, 0 where there is no cliff.
        down: of sides along y, int64[rows, columns + 1]: likewise southwards.
    """
    north, south = across[:-1], across[1:]
    west, east = down[:, :-1], down[:, 1:]
    came = (north > 0, east > 0, south < 0, west < 0)
    went = (north < 0, east < 0, south > 0, west > 0)
    sides = list(range(_NONE))
    return (
        np.select(list(came), sides, _NONE),
        np.select(list(went), sides, _NONE),
    )


@cache
def _orientations() -> Levels:
    """Orientation by the sides that a chain comes from and goes to; -1 for none."""
    table = np.full((_NONE + 1, _NONE + 1), -1, np.int64)
    for orientation in range(len(CLIFF_ORIENTATIONS)):
        start, end = cliff_ends(orientation)
        table[_SIDES.index(start), _SIDES.index(end)] = orientation
    table.setflags(write=False)
    return table
