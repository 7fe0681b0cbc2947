"""How large numbers in tables can be, by the prototypes that they come from.

Loops of kernels run over areas, ways and counts; these limits keep them short.
"""

from collections.abc import Iterable
from typing import Final

from fle_marl.prototypes import load
from fle_marl.sim.components import CHUNK_TILES, DIRECTORY_CHUNKS
from fle_marl.units import POSITION_UNITS_PER_TILE, tiles_to_units

__all__ = [
    "FASTEST_BELT",
    "FASTEST_WALK_TILES",
    "FUEL_CATEGORIES",
    "LARGEST_AREA_TILES",
    "LARGEST_COUNT",
    "LARGEST_MAP_SETTING",
    "LARGEST_MAP_TILES",
    "LARGEST_POSITION",
    "LARGEST_TILE",
    "LAST_SERIAL",
    "LEAST_MAP_SETTING",
    "LONGEST_LINE",
    "LONGEST_TIME",
    "MAP_CONTROLS",
    "MAP_ELEVATIONS",
    "RECIPE_CATEGORIES",
    "RESOURCE_CATEGORIES",
    "WIDEST_SUPPLY",
]


def _largest(key: str, types: Iterable[str]) -> float:
    return max(
        each.number(key) for each in load().entities.values() if each.type in types
    )


def _categories(group: str) -> int:
    return len(load().constants[group])


_BELT_TYPES: Final = frozenset({"transport-belt", "underground-belt", "splitter"})

FUEL_CATEGORIES: Final = _categories("fuel-category")
RECIPE_CATEGORIES: Final = _categories("recipe-category")
RESOURCE_CATEGORIES: Final = _categories("resource-category")

FASTEST_BELT: Final = tiles_to_units(_largest("speed", _BELT_TYPES))
"""1/256 tile per tick."""

LONGEST_LINE: Final = int(
    POSITION_UNITS_PER_TILE * max(2.0, _largest("max_distance", {"underground-belt"}))
)
"""1/256 tile; lines above the ground are shorter than two tiles."""

WIDEST_SUPPLY: Final = tiles_to_units(
    _largest("supply_area_distance", {"electric-pole"})
)
"""1/256 tile to each side of a pole."""

LARGEST_AREA_TILES: Final = (
    2 * int(_largest("resource_searching_radius", {"mining-drill"})) + 2
)
"""Side of the area of a drill, which may begin and end within tiles."""

FASTEST_WALK_TILES: Final = CHUNK_TILES
"""A tick never carries a character further than a chunk. A limit of this simulator."""

LARGEST_COUNT: Final = 1 << 24
"""Items in one slot: far beyond any stack, and still counted through in no time."""

LARGEST_POSITION: Final = 1 << 30
"""1/256 tile; sums of two positions fit into 32 bits. The game's maps reach a quarter
of this from the origin."""

LARGEST_TILE: Final = LARGEST_POSITION // POSITION_UNITS_PER_TILE

LAST_SERIAL: Final = 1 << 31
"""Serial numbers and the like stay below half of what fits: none ever comes again."""

LONGEST_TIME: Final = 1 << 53
"""Ticks; more cannot be counted in a float64."""

if LARGEST_POSITION < DIRECTORY_CHUNKS * CHUNK_TILES * POSITION_UNITS_PER_TILE:
    raise ImportError("positions on the map are larger than saved worlds may hold")

LARGEST_MAP_TILES: Final = DIRECTORY_CHUNKS * CHUNK_TILES
MAP_CONTROLS: Final = _categories("autoplace-control")
MAP_ELEVATIONS: Final = 2
"""The usual shape of the land, and islands. Source: presets; `mapgen.settings`."""
LEAST_MAP_SETTING: Final = 1.0 / 6.0
LARGEST_MAP_SETTING: Final = 6.0
"""A choice: the scales of the map generator's dialog, 17 % to 600 %; the game's scripts
may go beyond."""

LARGEST_SPECIFIC_HEAT: Final = 1e12
"""Joules per degree; a limit of this simulator, ten thousand times a reactor's."""
