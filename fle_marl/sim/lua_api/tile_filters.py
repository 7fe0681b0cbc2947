"""Reading the filter tables of `LuaSurface.find_tiles_filtered` and its kin."""

import math
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from numpy.typing import NDArray

from fle_marl.prototypes import load
from fle_marl.sim.actions.find import find_tiles
from fle_marl.sim.actions.ghosts import tile_ghosts
from fle_marl.sim.cells import chunk_bounds, find_cells
from fle_marl.sim.components import CHUNK_TILES
from fle_marl.sim.lua_api.errors import fail, shown
from fle_marl.sim.lua_api.filters import every_prototype, filter_keys
from fle_marl.sim.lua_api.forces import force_index
from fle_marl.sim.lua_api.lua_class import LuaValue
from fle_marl.sim.lua_api.tile_marks import marked_tiles
from fle_marl.sim.world import World

if TYPE_CHECKING:
    from fle_marl.sim.lua_api.runtime import LuaApi

__all__ = ["find_tile_places", "tile_area", "tile_mask"]

_KEYS: Final = frozenset(
    {
        "area",
        "position",
        "radius",
        "name",
        "force",
        "limit",
        "has_hidden_tile",
        "has_tile_ghost",
        "to_be_deconstructed",
        "collision_mask",
        "invert",
    }
)
"""Source: runtime API, LuaSurface.find_tiles_filtered."""

Mask = NDArray[np.bool_]
Area = tuple[int, int, int, int]


def find_tile_places(api: "LuaApi", filters: LuaValue) -> NDArray[np.int32]:
    """Tiles that a filter table asks for.

    Returns:
        int32[n, 2]: x, y; by rows from the north.

    Raises:
        ScriptError: an unknown filter or value.

    Source: runtime API, LuaSurface.find_tiles_filtered; a tile is within a radius when
    its centre is.
    """
    given = filter_keys(filters, _KEYS)
    limit = int(given.get("limit") or 0)
    if given.get("position") is None or given.get("radius") is None:
        return _meeting(api, given, tile_area(api, given.get("area")), limit)
    x, y = api.xy(given["position"])
    radius = float(given["radius"])
    square = (x - radius, y - radius, x + radius, y + radius)
    found = _meeting(api, given, _touched_tiles(*square), 0)
    away = found + 0.5 - np.array((x, y))
    near: NDArray[np.int32] = found[np.hypot(away[:, 0], away[:, 1]) <= radius]
    return near[:limit] if limit else near


def _meeting(
    api: "LuaApi", given: Mapping[str, Any], area: Area, limit: int
) -> NDArray[np.int32]:
    """Tiles in an area that meet all filters, or, inverted, those that do not."""
    asked = [key for key in _PROPERTIES if given.get(key) is not None]
    if not asked:
        return find_tiles(api.world, _tiles(api, given), area, limit)[:, :2]
    every = find_tiles(api.world, every_prototype("tiles"), area)
    is_met = _tiles(api, {**given, "invert": False})[every[:, 2]]
    for key in asked:
        is_met &= _PROPERTIES[key](api, given, every[:, :2]) == bool(given[key])
    met: NDArray[np.int32] = every[is_met != bool(given.get("invert")), :2]
    return met[:limit] if limit else met


def _hides_tile(
    api: "LuaApi", _given: Mapping[str, Any], places: NDArray[np.int32]
) -> Mask:
    cells = find_cells(api.world.chunk_index, places[:, 0], places[:, 1])
    is_hiding: Mask = api.world.tables["hidden_tile"][cells] > 0
    return is_hiding


def _has_tile_ghost(
    api: "LuaApi", given: Mapping[str, Any], places: NDArray[np.int32]
) -> Mask:
    """Of the forces that are asked for; that they count only here is a choice."""
    ghosts = {
        place: int(api.world.entity["force"][row])
        for row, place in tile_ghosts(api.world).items()
    }
    return _of_forces(api, given, places, ghosts)


def _is_marked(
    api: "LuaApi", given: Mapping[str, Any], places: NDArray[np.int32]
) -> Mask:
    return _of_forces(api, given, places, marked_tiles(api))


def _of_forces(
    api: "LuaApi",
    given: Mapping[str, Any],
    places: NDArray[np.int32],
    owners: Mapping[tuple[int, int], int],
) -> Mask:
    """Which places belong to the forces that are asked for, or to any at all."""
    forces = {force_index(api, force) for force in api.list_of(given.get("force"))}
    owned = {place for place, owner in owners.items() if not forces or owner in forces}
    return np.array([(x, y) in owned for x, y in places.tolist()], np.bool_)


_PROPERTIES: Final[Mapping[str, Callable[..., Mask]]] = {
    "has_hidden_tile": _hides_tile,
    "has_tile_ghost": _has_tile_ghost,
    "to_be_deconstructed": _is_marked,
}
"""Filters that are not about tile prototypes."""


def _tiles(api: "LuaApi", given: Mapping[str, Any]) -> Mask:
    """Tile prototypes that are asked for."""
    names, layers = (
        None if given.get(key) is None else tuple(api.list_of(given[key]))
        for key in ("name", "collision_mask")
    )
    return _tile_mask(names, layers, bool(given.get("invert")))


def tile_mask(numbers: list[int]) -> Mask:
    """A mask in which some tile prototypes count."""
    mask = np.zeros_like(every_prototype("tiles"))
    mask[numbers] = True
    return mask


@lru_cache(maxsize=128)
def _tile_mask(
    names: tuple[str, ...] | None, layers: tuple[str, ...] | None, is_inverted: bool
) -> Mask:
    tiles = load().tiles
    for name in names or ():
        if name not in tiles:
            fail(f"Unknown tile name: {shown(name)}.")
    mask = np.zeros_like(every_prototype("tiles"))
    for tile in tiles.values():
        meets = (names is None or tile.name in names) and (
            layers is None or not tile.collision_mask.isdisjoint(layers)
        )
        mask[tile.id] = meets != is_inverted
    return mask


def tile_area(api: "LuaApi", area: object) -> Area:
    """Tiles that a BoundingBox touches; all that there are for nil.

    Returns:
        left, top, right, bottom, the last two exclusive.
    """
    if area is None:
        return _whole_map(api.world)
    return _touched_tiles(*api.corners(area))


def _touched_tiles(left: float, top: float, right: float, bottom: float) -> Area:
    return math.floor(left), math.floor(top), math.ceil(right), math.ceil(bottom)


def _whole_map(world: World) -> Area:
    left, top, right, bottom = chunk_bounds(world.chunk_index) or (0, 0, 0, 0)
    return (
        left * CHUNK_TILES,
        top * CHUNK_TILES,
        right * CHUNK_TILES,
        bottom * CHUNK_TILES,
    )
