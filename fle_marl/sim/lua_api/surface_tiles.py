"""Members of LuaSurface about tiles: what the ground is, and changing it."""

import math
from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

import numpy as np

from fle_marl.prototypes import TilePrototype
from fle_marl.sim.actions.find import connected_tiles
from fle_marl.sim.actions.tiles import Collisions, lay_tiles, set_hidden_tile
from fle_marl.sim.lua_api.arguments import read_whole_position
from fle_marl.sim.lua_api.errors import fail, shown
from fle_marl.sim.lua_api.lua_class import LuaClass, LuaValue
from fle_marl.sim.lua_api.lua_tile import hidden_name, tile_handle, tile_handles
from fle_marl.sim.lua_api.lua_tile_prototype import read_tile
from fle_marl.sim.lua_api.tile_filters import find_tile_places, tile_area, tile_mask

if TYPE_CHECKING:
    from fle_marl.sim.lua_api.runtime import LuaApi

__all__ = ["declare"]

_COLLISIONS: Final[Mapping[object, Collisions]] = {
    None: "remove",
    True: "remove",
    False: "keep",
    "abort_on_collision": "abort",
}
"""Of ``remove_colliding_entities``. Source: runtime API, LuaSurface.set_tiles."""


def _get_tile(api: "LuaApi", _self: int, x: object, y: object = None) -> LuaValue:
    left, top = api.xy(x if y is None else api.lua.table_from([x, y]))
    return api.object("LuaTile", tile_handle(math.floor(left), math.floor(top)))


def _find_tiles_filtered(api: "LuaApi", _self: int, filters: LuaValue) -> LuaValue:
    return api.objects("LuaTile", tile_handles(find_tile_places(api, filters)))


def _count_tiles_filtered(api: "LuaApi", _self: int, filters: LuaValue) -> int:
    return len(find_tile_places(api, filters))


def _get_connected_tiles(
    api: "LuaApi",
    _self: int,
    position: object,
    tiles: object,
    include_diagonal: object = None,
    area: object = None,
) -> LuaValue:
    """Positions, by rows from the north; none when the first tile is another one."""
    places = connected_tiles(
        api.world,
        tile_mask([read_tile(api, tile).id for tile in api.list_of(tiles)]),
        read_whole_position(api, position),
        tile_area(api, area),
        is_diagonal=bool(include_diagonal),
    )
    return api.table([{"x": x, "y": y} for x, y in places.tolist()])


def _set_tiles(
    api: "LuaApi",
    _self: int,
    tiles: object,
    _correct_tiles: object = None,
    remove_colliding_entities: object = None,
    _remove_colliding_decoratives: object = None,
    raise_event: object = None,
) -> None:
    """Edges are never corrected, and there are no decoratives."""
    if remove_colliding_entities not in _COLLISIONS:
        fail(f"Invalid remove_colliding_entities: {shown(remove_colliding_entities)}.")
    given = [_read_entry(api, entry) for entry in api.list_of(tiles)]
    if not given:
        return
    is_laid = lay_tiles(
        api.world,
        np.array([place for _, place in given], np.int64),
        np.array([tile.id for tile, _ in given], np.uint8),
        collisions=_COLLISIONS[remove_colliding_entities],
    )
    if raise_event and is_laid.any():
        laid = [each for each, is_one in zip(given, is_laid, strict=True) if is_one]
        _tell(api, laid)


def _read_entry(
    api: "LuaApi", entry: LuaValue
) -> tuple[TilePrototype, tuple[int, int]]:
    try:
        name, position = entry["name"], entry["position"]
    except TypeError:
        fail(f"Expected a table with name and position, got {shown(entry)}.")
    return read_tile(api, name), read_whole_position(api, position)


def _tell(api: "LuaApi", laid: list[tuple[TilePrototype, tuple[int, int]]]) -> None:
    tiles = [{"name": tile.name, "position": {"x": x, "y": y}} for tile, (x, y) in laid]
    data = {"surface_index": 1, "tiles": api.table(tiles)}
    api.events.tell("script_raised_set_tiles", data)


def _get_hidden_tile(api: "LuaApi", _self: int, position: object) -> str | None:
    return hidden_name(api, *read_whole_position(api, position))


def _set_hidden_tile(api: "LuaApi", _self: int, position: object, tile: object) -> None:
    """Source: runtime API; nil for none is a choice."""
    number = 0 if tile is None else read_tile(api, tile).id
    set_hidden_tile(api.world, *read_whole_position(api, position), number)


def declare(surface: LuaClass) -> None:
    """Add the members of this topic to LuaSurface."""
    surface.methods |= {
        "count_tiles_filtered": _count_tiles_filtered,
        "find_tiles_filtered": _find_tiles_filtered,
        "get_connected_tiles": _get_connected_tiles,
        "get_hidden_tile": _get_hidden_tile,
        "get_tile": _get_tile,
        "set_hidden_tile": _set_hidden_tile,
        "set_tiles": _set_tiles,
    }
