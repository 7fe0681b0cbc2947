"""Members of LuaSurface that copy whole areas.

Source: runtime API, LuaSurface.clone_area, clone_brush and clone_entities. What is not
cloned here (`entity_copies.can_clone`) is left out, and there are no decoratives.
"""

import math
from collections.abc import Iterable
from typing import TYPE_CHECKING, Final

import numpy as np
from numpy.typing import NDArray

from fle_marl.sim.actions.build import destroy_entity
from fle_marl.sim.actions.find import find_tiles
from fle_marl.sim.actions.tiles import lay_tiles, tile_at
from fle_marl.sim.lua_api.entity_copies import can_clone, clone_entity
from fle_marl.sim.lua_api.errors import fail
from fle_marl.sim.lua_api.filters import every_prototype, find_rows
from fle_marl.sim.lua_api.forces import force_index
from fle_marl.sim.lua_api.lua_class import LuaClass, LuaValue
from fle_marl.sim.lua_api.surface_argument import check_surface
from fle_marl.units import POSITION_UNITS_PER_TILE, tiles_to_units

if TYPE_CHECKING:
    from fle_marl.sim.lua_api.runtime import LuaApi

__all__ = ["declare"]

_CHECKERBOARD: Final = ("lab-dark-1", "lab-dark-2")
"""Source: runtime API, LuaSurface.build_checkerboard; which one comes first is a
choice."""
_MOST_TILES: Final = 1 << 20
"""A limit of this simulator."""


def _checked(api: "LuaApi", given: LuaValue) -> int:
    """The force that the copies are to have; 0 for that of what is copied."""
    if given["destination_surface"] is not None:
        check_surface(api, given["destination_surface"])
    force = given["destination_force"]
    return 0 if force is None else force_index(api, force)


def _clone_entities(api: "LuaApi", _self: int, given: LuaValue) -> None:
    force = _checked(api, given)
    x, y = api.xy(given["destination_offset"])
    away = tiles_to_units(x), tiles_to_units(y)
    _copy(
        api, [api.row_of(each) for each in api.list_of(given["entities"])], away, force
    )


def _copy(
    api: "LuaApi", rows: Iterable[int], away: tuple[int, int], force: int
) -> None:
    for handle in [api.handle(row) for row in rows]:
        row = api.find_row(handle)
        if row and can_clone(api, row):
            record = api.world.entity[row]
            x, y = int(record["x"]) + away[0], int(record["y"]) + away[1]
            clone_entity(api, row, x, y, force)


def _centred(api: "LuaApi", corners: tuple[float, float, float, float]) -> list[int]:
    """Entities whose position is in an area; of an edge between two, in one of them."""
    left, top, right, bottom = corners
    area = api.box(left, top, right, bottom)
    entity = api.world.entity
    return [
        row
        for row in map(int, find_rows(api, api.lua.table_from({"area": area})))
        if left * POSITION_UNITS_PER_TILE <= entity["x"][row]
        and entity["x"][row] < right * POSITION_UNITS_PER_TILE
        and top * POSITION_UNITS_PER_TILE <= entity["y"][row]
        and entity["y"][row] < bottom * POSITION_UNITS_PER_TILE
    ]


def _clear(api: "LuaApi", rows: Iterable[int]) -> None:
    for row in rows:
        if can_clone(api, row):
            destroy_entity(api.world, row)


def _clone_area(api: "LuaApi", _self: int, given: LuaValue) -> None:
    force = _checked(api, given)
    source = api.corners(given["source_area"])
    target = api.corners(given["destination_area"])
    sizes = [(c[2] - c[0], c[3] - c[1]) for c in (source, target)]
    if sizes[0] != sizes[1]:
        fail("clone_area: both areas must have the same size.")
    if given["clear_destination_entities"] is not False:
        _clear(api, _centred(api, target))
    if given["clone_tiles"] is not False:
        left, top, right, bottom = map(math.floor, source)
        area = left, top, max(right, left + 1), max(bottom, top + 1)
        steps = math.floor(target[0]) - left, math.floor(target[1]) - top
        _lay(api, find_tiles(api.world, every_prototype("tiles"), area), steps)
    if given["clone_entities"] is False:
        return
    away = tiles_to_units(target[0] - source[0]), tiles_to_units(target[1] - source[1])
    _copy(api, _centred(api, source), away, force)


def _clone_brush(api: "LuaApi", _self: int, given: LuaValue) -> None:
    """Copy what is on tiles that are listed, all by the same distance."""
    force = _checked(api, given)
    from_x, from_y = map(math.floor, api.xy(given["source_offset"]))
    to_x, to_y = map(math.floor, api.xy(given["destination_offset"]))
    places = [
        tuple(map(math.floor, api.xy(each)))
        for each in api.list_of(given["source_positions"])
    ]
    tiles = [(from_x + x, from_y + y) for x, y in places]
    if given["clear_destination_entities"] is not False:
        for x, y in places:
            _clear(api, _centred(api, _tile(to_x + x, to_y + y)))
    if given["clone_tiles"] is not False:
        kinds = [(x, y, tile_at(api.world, x, y)) for x, y in tiles]
        known = [each for each in kinds if each[2]]
        _lay(api, np.array(known, np.int32), (to_x - from_x, to_y - from_y))
    if given["clone_entities"] is False:
        return
    rows = [row for x, y in tiles for row in _centred(api, _tile(x, y))]
    away = tiles_to_units(to_x - from_x), tiles_to_units(to_y - from_y)
    _copy(api, rows, away, force)


def _lay(api: "LuaApi", found: NDArray[np.int32], steps: tuple[int, int]) -> None:
    """Lay tiles as they are elsewhere.

    Args:
        api: changed.
        found: int32[n, 3], x, y and tile.
        steps: how many tiles east and south.
    """
    if not len(found):
        return
    places = found[:, :2].astype(np.int64) + np.array(steps, np.int64)
    lay_tiles(api.world, places, found[:, 2].astype(np.uint8), collisions="keep")


def _build_checkerboard(api: "LuaApi", _self: int, area: object) -> None:
    """Lay the laboratory's tiles, dark and darker by turns."""
    left, top, right, bottom = map(math.floor, api.corners(area))
    tiles = [api.prototypes.tiles[name].id for name in _CHECKERBOARD]
    most = max(right - left, 0) * max(bottom - top, 0)
    if most > _MOST_TILES:
        fail(f"build_checkerboard: at most {_MOST_TILES} tiles at once, not {most}.")
    places = [
        (x, y, tiles[(x + y) % 2])
        for y in range(top, bottom)
        for x in range(left, right)
    ]
    _lay(api, np.array(places, np.int32), (0, 0))


def _tile(x: int, y: int) -> tuple[float, float, float, float]:
    return x, y, x + 1, y + 1


def declare(surface: LuaClass) -> None:
    """Add the members of this topic to LuaSurface."""
    surface.methods |= {
        "build_checkerboard": _build_checkerboard,
        "clone_area": _clone_area,
        "clone_brush": _clone_brush,
        "clone_entities": _clone_entities,
    }
