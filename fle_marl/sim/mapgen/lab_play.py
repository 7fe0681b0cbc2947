"""The lab-play map: a benchmark's map, with everything near and the same each time.

Free flat ground around the origin, where the characters start, and around it one patch
of each ore, an oil field, a lake, groves of trees and some rocks. What lies where is
fixed; the seed draws the edges, the ground's colours and the trees.

Source: FLE's lab-play scenario for what there is and how rich it is (10,000 an ore
tile, 300,000 an oil well); the places are this map's own.
"""

from dataclasses import dataclass
from functools import cache
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from fle_marl.prototypes import load
from fle_marl.sim.actions.character import create_character
from fle_marl.sim.components import CHUNK_TILES
from fle_marl.sim.mapgen.joining import enter_tiles
from fle_marl.sim.mapgen.noise import integers, smooth_noise, uniform, wavy_radius
from fle_marl.sim.mapgen.placing import (
    lay_ground,
    place_resources,
    place_simple,
    tile_numbers,
)
from fle_marl.sim.world import World
from fle_marl.units import POSITION_UNITS_PER_TILE

__all__ = ["ORE_AMOUNT", "WELL_AMOUNT", "build_lab_play", "place_characters"]

ORE_AMOUNT: Final = 10_000
WELL_AMOUNT: Final = 300_000

_HALF_CHUNKS: Final = 5
_HALF_TILES: Final = _HALF_CHUNKS * CHUNK_TILES
_START_HALF_TILES: Final = 44
"""Half side of the square around the origin that is kept free."""


@dataclass(frozen=True, slots=True)
class _Patch:
    """A patch of ore.

    Attributes:
        ore: resource.
        x: middle, tiles.
        y: middle, tiles.
        radius: tiles, on average.
        least_tiles: it is drawn larger until it has so many.
    """

    ore: str
    x: int
    y: int
    radius: float
    least_tiles: int


_PATCHES: Final = (
    _Patch("iron-ore", -66, -12, 14.5, 560),
    _Patch("copper-ore", 67, -14, 14.0, 520),
    _Patch("coal", -24, -67, 13.5, 480),
    _Patch("stone", 28, 67, 13.0, 440),
    _Patch("uranium-ore", 108, 84, 7.0, 130),
)

_WIDEST_OF_RADIUS: Final = 3.0
"""A patch is nowhere wider than so many of its radii: its waves make it 1.8 wide at
most, and it is drawn larger only where they make it smaller."""

_FIELD: Final = (-104, 82)
_WELLS: Final = ((0, 0), (9, -4), (-8, -7), (2, 10), (-11, 5), (12, 7), (3, -13))
"""Oil wells, tiles from the middle of the field; each moves by up to a tile."""

_LAKE_LEFT, _LAKE_TOP, _LAKE_RIGHT, _LAKE_BOTTOM = 8, -104, 62, -66
_LAKE_ROUNDING: Final = 4.0
"""Exponent of the curve that rounds the corners: 2 would be an ellipse."""
_SHORE_STRETCH: Final = 7
"""Tiles along a shore that are straight; pumps need three."""
_BEACH_TILES: Final = 3
_SHALLOWS_TILES: Final = 4
"""Width of the water around deep water."""

_GROVES: Final = (
    # x, y, radius, trees
    (-96, -62, 11, 46),
    (-112, 20, 10, 40),
    (-62, 76, 10, 42),
    (-8, 104, 11, 44),
    (72, 54, 8, 30),
    (116, 22, 10, 42),
    (104, -64, 12, 50),
    (-60, -112, 10, 38),
    (70, 116, 9, 32),
)
_TREES: Final = ("tree-01", "tree-02", "tree-03", "tree-04", "tree-05")
_TREE_DISTANCE_TILES: Final = 1.6
_ROCKS: Final = (
    ("rock-huge", -54, 34),
    ("rock-big", -51, 37),
    ("rock-huge", 56, 30),
    ("rock-big", 53, 33),
    ("rock-big", 59, 34),
    ("rock-huge", -10, -52),
    ("rock-big", 0, -51),
    ("rock-huge", 92, -34),
    ("rock-big", 89, -38),
    ("rock-big", -88, 48),
)

_GRASS: Final = ("grass-1", "grass-2", "grass-3", "dirt-6", "dry-dirt", "sand-2")
_GRASS_SHARES: Final = (0.42, 0.55, 0.66, 0.72, 0.78)
_BEACH: Final = "sand-1"
_WATER: Final = ("water", "deepwater")
_CHARACTERS_PER_ROW: Final = 16
_CHARACTER_SPACING_TILES: Final = 2

_AROUND: Final = tuple((x, y) for x in (-1, 0, 1) for y in (-1, 0, 1))
"""A cell and its neighbours, by columns and rows from it."""
_USUAL_ROWS: Final = {"entity": 4000, "resource": 4000, "cell_link": 2000}
"""About so many rows of tables does the map take, which then grow once."""

Mask = NDArray[np.bool_]


def build_lab_play(world: World, agents: int) -> None:
    """Build the map and put the characters side by side at the origin.

    Args:
        world: empty; its seed draws the details.
        agents: number of characters, numbered from 1.
    """
    seed = int(world.clock["rng"][0])
    for table, rows in _USUAL_ROWS.items():
        world.reserve(table, rows)
    x, y = _coordinates()
    water = _lake(seed, x, y)
    shore = _grown(water, _BEACH_TILES)
    first_chunk = world.chunk_count
    lay_ground(
        world, _ground(seed, x, y, water, shore), left=-_HALF_TILES, top=-_HALF_TILES
    )
    taken = shore | _start_area(x, y)
    for patch in _PATCHES:
        tiles = _patch_mask(seed, patch, x, y) & ~taken
        place_resources(world, patch.ore, _tiles_of(tiles), ORE_AMOUNT)
        taken |= _grown(tiles, 2)
    wells = _wells(seed)
    place_resources(world, "crude-oil", wells, WELL_AMOUNT)
    for well_x, well_y in wells.tolist():
        taken |= (abs(x - well_x) <= 3) & (abs(y - well_y) <= 3)
    natural = _Natural()
    _add_rocks(natural, taken)
    _add_trees(natural, seed, taken)
    natural.place(world, first_chunk)
    place_characters(world, agents)


def place_characters(world: World, agents: int) -> None:
    """Put characters two tiles apart, from the origin southwards, in columns.

    Source: FLE's characters start at (0, 2 i).
    """
    step = _CHARACTER_SPACING_TILES * POSITION_UNITS_PER_TILE
    for index in range(agents):
        column, row = divmod(index, _CHARACTERS_PER_ROW)
        create_character(world, column * step, row * step, agent=index + 1)


# --- shapes; masks are bool[tiles from north, tiles from west]


@cache
def _coordinates() -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """X and y of all tiles, which nobody may write into."""
    span = np.arange(-_HALF_TILES, _HALF_TILES, dtype=np.int64)
    x, y = np.meshgrid(span, span)
    x.flags.writeable = y.flags.writeable = False
    return x, y


def _tiles_of(mask: Mask) -> NDArray[np.int64]:
    """Where the tiles of a mask are: int64[n, 2], x and y."""
    rows, columns = mask.nonzero()
    return np.stack([columns, rows], axis=1) - _HALF_TILES


def _grown(mask: Mask, tiles: int) -> Mask:
    """A mask with everything within so many tiles of it."""
    grown = mask.copy()
    for _ in range(tiles):
        wide = grown.copy()
        wide[:, 1:] |= grown[:, :-1]
        wide[:, :-1] |= grown[:, 1:]
        grown = wide.copy()
        grown[1:, :] |= wide[:-1, :]
        grown[:-1, :] |= wide[1:, :]
    return grown


def _start_area(x: NDArray[Any], y: NDArray[Any]) -> Mask:
    half = _START_HALF_TILES
    free: Mask = (x >= -half) & (x < half) & (y >= -half) & (y < half)
    return free


def _patch_mask(seed: int, patch: _Patch, x: NDArray[Any], y: NDArray[Any]) -> Mask:
    """Tiles of a patch: roundish, with bays, and ragged by single tiles."""
    window = _window(patch)
    mask = np.zeros(x.shape, np.bool_)
    mask[window] = _patch_within(seed, patch, x[window], y[window])
    return mask


@cache
def _around(patch: _Patch) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Of the tiles that a patch may reach: direction and distance from its middle."""
    x, y = (each[_window(patch)] for each in _coordinates())
    dx, dy = x - patch.x, y - patch.y
    return np.arctan2(dy, dx), np.hypot(dx, dy)


def _window(patch: _Patch) -> tuple[slice, slice]:
    """Rows and columns that a patch may reach, which are few of the map's."""
    half = int(_WIDEST_OF_RADIUS * patch.radius)

    def span(middle: int) -> slice:
        first = max(middle - half + _HALF_TILES, 0)
        return slice(first, middle + half + _HALF_TILES + 1)

    return span(patch.y), span(patch.x)


def _patch_within(seed: int, patch: _Patch, x: NDArray[Any], y: NDArray[Any]) -> Mask:
    angle, away = _around(patch)
    edge = wavy_radius(seed, patch.ore, angle)
    edge += 0.1 * (uniform(seed, f"e{patch.ore}", x, y) - 0.5)
    distance = away / edge
    radius = patch.radius
    while np.count_nonzero(distance <= radius) < patch.least_tiles:
        radius += 0.25
    mask: Mask = distance <= radius
    return mask


def _lake(seed: int, x: NDArray[Any], y: NDArray[Any]) -> Mask:
    """Water: a rounded rectangle whose sides step in and out by a tile or two."""
    along_x, along_y = x[:1] // _SHORE_STRETCH, y[:, :1] // _SHORE_STRETCH
    left = _LAKE_LEFT + integers(seed, "west", along_y, 0, 2)
    right = _LAKE_RIGHT - integers(seed, "east", along_y, 0, 2)
    top = _LAKE_TOP + integers(seed, "north", along_x, 0, 2)
    bottom = _LAKE_BOTTOM - integers(seed, "south", along_x, 0, 2)
    mask = (x >= left) & (x < right) & (y >= top) & (y < bottom)
    middle_x, middle_y = (_LAKE_LEFT + _LAKE_RIGHT) / 2, (_LAKE_TOP + _LAKE_BOTTOM) / 2
    across = np.abs(x[:1] - middle_x) / ((_LAKE_RIGHT - _LAKE_LEFT) / 2)
    along = np.abs(y[:, :1] - middle_y) / ((_LAKE_BOTTOM - _LAKE_TOP) / 2)
    mask &= across**_LAKE_ROUNDING + along**_LAKE_ROUNDING <= 1.15
    # what is narrower than three tiles goes, water first
    mask = _grown(~_grown(~mask, 1), 1)
    rounded: Mask = ~_grown(~_grown(mask, 1), 1)
    return rounded


def _ground(
    seed: int, x: NDArray[Any], y: NDArray[Any], water: Mask, shore: Mask
) -> NDArray[np.uint8]:
    """Tile prototypes: meadows with patches of dirt and sand, a beach, the lake."""
    columns, rows = x[0], y[:, 0]
    height = 0.7 * smooth_noise(seed, "ground", columns, rows, 26)
    height += 0.3 * smooth_noise(seed, "detail", columns, rows, 7)
    tiles = tile_numbers(_GRASS)[np.searchsorted(_GRASS_SHARES, height)]
    beach, shallow, deep = tile_numbers((_BEACH, *_WATER))
    tiles[shore] = beach
    tiles[water] = shallow
    tiles[~_grown(~water, _SHALLOWS_TILES)] = deep
    return tiles


# --- what stands there


def _wells(seed: int) -> NDArray[np.int64]:
    index = np.arange(len(_WELLS))
    wells = np.array(_WELLS, np.int64)
    wells += np.array(_FIELD, np.int64)
    wells[:, 0] += integers(seed, "well-x", index, -1, 1)
    wells[:, 1] += integers(seed, "well-y", index, -1, 1)
    return wells


class _Natural:
    """Trees and rocks that are to stand on the map, by their kinds."""

    def __init__(self) -> None:
        self._places: dict[str, list[tuple[float, float]]] = {}

    def add(self, name: str, x_tiles: float, y_tiles: float) -> None:
        """Have one more stand there."""
        self._places.setdefault(name, []).append((x_tiles, y_tiles))

    def place(self, world: World, first_chunk: int) -> None:
        """Put all of them onto the map, of which the first chunk has that row."""
        rows = []
        for name, places in self._places.items():
            # towards the origin
            x, y = (np.array(places) * POSITION_UNITS_PER_TILE).astype(np.int64).T
            rows.append(place_simple(world, load().entities[name].id, x, y))
        enter_tiles(world, np.concatenate(rows), first_chunk)


def _add_rocks(natural: _Natural, taken: Mask) -> None:
    for name, x, y in _ROCKS:
        natural.add(name, x, y)
        row, column = y + _HALF_TILES, x + _HALF_TILES
        taken[row - 3 : row + 3, column - 3 : column + 3] = True


def _add_trees(natural: _Natural, seed: int, taken: Mask) -> None:
    for number, (middle_x, middle_y, radius, wanted) in enumerate(_GROVES):
        tries = np.arange(6 * wanted)
        angle = 2.0 * np.pi * uniform(seed, f"a{number}", tries)
        distance = radius * np.sqrt(uniform(seed, f"d{number}", tries))
        kind = integers(seed, f"k{number}", tries, 0, len(_TREES) + 1)
        standing = _Spread(_TREE_DISTANCE_TILES)
        for x, y, drawn in zip(
            (middle_x + distance * np.cos(angle)).tolist(),
            (middle_y + distance * np.sin(angle)).tolist(),
            kind.tolist(),
            strict=True,
        ):
            if len(standing) == wanted:
                break
            if taken[int(y // 1) + _HALF_TILES, int(x // 1) + _HALF_TILES]:
                continue
            if not standing.add(x, y):
                continue
            # each grove has a kind of its own with some others in between
            name = _TREES[drawn if drawn < len(_TREES) else number % len(_TREES)]
            natural.add(name, x, y)


class _Spread:
    """Points that keep their distance from each other.

    Args:
        distance: the least of two points, both axes' together.
    """

    def __init__(self, distance: float) -> None:
        self._distance = distance
        self._cells: dict[tuple[int, int], list[tuple[float, float]]] = {}
        self._count = 0

    def __len__(self) -> int:
        return self._count

    def add(self, x: float, y: float) -> bool:
        """Add a point, if none is too near."""
        column, row = int(x // self._distance), int(y // self._distance)
        for around in _AROUND:
            for other_x, other_y in self._cells.get(
                (column + around[0], row + around[1]), ()
            ):
                if abs(x - other_x) + abs(y - other_y) < self._distance:
                    return False
        self._cells.setdefault((column, row), []).append((x, y))
        self._count += 1
        return True
