"""The lab-play map: a benchmark's map, with everything near and the same each time.

Free flat ground around the origin, where the characters start, and around it one patch
of each ore, an oil field, a lake, groves of trees and some rocks. What lies where is
fixed; the seed draws the edges, the ground's colours and the trees.

Source: FLE's lab-play scenario for what there is and how rich it is (10,000 an ore
tile, 300,000 an oil well); the places are this map's own.
"""

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from fle_marl.sim.actions.build import create_entity
from fle_marl.sim.actions.character import create_character
from fle_marl.sim.components import CHUNK_TILES, FORCE_NEUTRAL
from fle_marl.sim.mapgen.noise import integers, smooth_noise, uniform, wavy_radius
from fle_marl.sim.mapgen.placing import lay_ground, place_resources, tile_numbers
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

Mask = NDArray[np.bool_]


def build_lab_play(world: World, agents: int) -> None:
    """Build the map and put the characters side by side at the origin.

    Args:
        world: empty; its seed draws the details.
        agents: number of characters, numbered from 1.
    """
    seed = int(world.clock["rng"][0])
    x, y = _coordinates()
    water = _lake(seed, x, y)
    shore = _grown(water, _BEACH_TILES)
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
    _place_rocks(world, taken)
    _place_trees(world, seed, taken)
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


def _coordinates() -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    span = np.arange(-_HALF_TILES, _HALF_TILES, dtype=np.int64)
    x, y = np.meshgrid(span, span)
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
    dx, dy = x - patch.x, y - patch.y
    edge = wavy_radius(seed, patch.ore, np.arctan2(dy, dx))
    edge += 0.1 * (uniform(seed, f"e{patch.ore}", x, y) - 0.5)
    distance = np.hypot(dx, dy) / edge
    radius = patch.radius
    while np.count_nonzero(distance <= radius) < patch.least_tiles:
        radius += 0.25
    mask: Mask = distance <= radius
    return mask


def _lake(seed: int, x: NDArray[Any], y: NDArray[Any]) -> Mask:
    """Water: a rounded rectangle whose sides step in and out by a tile or two."""
    stretch = _SHORE_STRETCH
    left = _LAKE_LEFT + integers(seed, "west", y // stretch, 0, 2)
    right = _LAKE_RIGHT - integers(seed, "east", y // stretch, 0, 2)
    top = _LAKE_TOP + integers(seed, "north", x // stretch, 0, 2)
    bottom = _LAKE_BOTTOM - integers(seed, "south", x // stretch, 0, 2)
    mask = (x >= left) & (x < right) & (y >= top) & (y < bottom)
    middle_x, middle_y = (_LAKE_LEFT + _LAKE_RIGHT) / 2, (_LAKE_TOP + _LAKE_BOTTOM) / 2
    across = np.abs(x - middle_x) / ((_LAKE_RIGHT - _LAKE_LEFT) / 2)
    along = np.abs(y - middle_y) / ((_LAKE_BOTTOM - _LAKE_TOP) / 2)
    mask &= across**_LAKE_ROUNDING + along**_LAKE_ROUNDING <= 1.15
    # what is narrower than three tiles goes, water first
    mask = _grown(~_grown(~mask, 1), 1)
    rounded: Mask = ~_grown(~_grown(mask, 1), 1)
    return rounded


def _ground(
    seed: int, x: NDArray[Any], y: NDArray[Any], water: Mask, shore: Mask
) -> NDArray[np.uint8]:
    """Tile prototypes: meadows with patches of dirt and sand, a beach, the lake."""
    height = 0.7 * smooth_noise(seed, "ground", x, y, 26)
    height += 0.3 * smooth_noise(seed, "detail", x, y, 7)
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


def _place_rocks(world: World, taken: Mask) -> None:
    for name, x, y in _ROCKS:
        _place_natural(world, name, float(x), float(y))
        row, column = y + _HALF_TILES, x + _HALF_TILES
        taken[row - 3 : row + 3, column - 3 : column + 3] = True


def _place_trees(world: World, seed: int, taken: Mask) -> None:
    for number, (middle_x, middle_y, radius, wanted) in enumerate(_GROVES):
        tries = np.arange(6 * wanted)
        angle = 2.0 * np.pi * uniform(seed, f"a{number}", tries)
        distance = radius * np.sqrt(uniform(seed, f"d{number}", tries))
        kind = integers(seed, f"k{number}", tries, 0, len(_TREES) + 1)
        standing: list[tuple[float, float]] = []
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
            if any(
                abs(x - other_x) + abs(y - other_y) < _TREE_DISTANCE_TILES
                for other_x, other_y in standing
            ):
                continue
            standing.append((x, y))
            # each grove has a kind of its own with some others in between
            name = _TREES[drawn if drawn < len(_TREES) else number % len(_TREES)]
            _place_natural(world, name, x, y)


def _place_natural(world: World, name: str, x_tiles: float, y_tiles: float) -> None:
    unit = POSITION_UNITS_PER_TILE
    create_entity(
        world, name, int(x_tiles * unit), int(y_tiles * unit), force=FORCE_NEUTRAL
    )
