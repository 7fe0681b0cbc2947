"""LuaTile: what is now at a place.

It holds its coordinates as one number, so that scripts can keep it and that many can be
made at once.
"""

from typing import TYPE_CHECKING, Final

import numpy as np
from numpy.typing import NDArray

from fle_marl.prototypes import TilePrototype
from fle_marl.sim.actions.ghosts import tile_ghosts
from fle_marl.sim.actions.tiles import hidden_tile_at, tile_at
from fle_marl.sim.lua_api.forces import force_index
from fle_marl.sim.lua_api.lua_class import LuaClass, LuaValue
from fle_marl.sim.lua_api.tile_marks import mark_tile, marked_tiles, unmark_tile

if TYPE_CHECKING:
    from fle_marl.sim.lua_api.runtime import LuaApi

__all__ = ["LUA_TILE", "hidden_name", "tile_handle", "tile_handles", "tile_of_handle"]

LUA_TILE: Final = LuaClass("LuaTile")

_SIDE: Final = 1 << 24
"""More tiles than a map is wide; the square of it fits into a number of Lua."""
_HALF: Final = _SIDE // 2


def tile_handle(x: int, y: int) -> int:
    """What the LuaTile at these coordinates holds."""
    return (y + _HALF) * _SIDE + x + _HALF


def tile_handles(places: NDArray[np.int32]) -> list[int]:
    """What LuaTiles hold.

    Args:
        places: int32[n, 2], x, y.
    """
    wide = places.astype(np.int64)
    handles: list[int] = ((wide[:, 1] + _HALF) * _SIDE + wide[:, 0] + _HALF).tolist()
    return handles


def tile_of_handle(handle: int) -> tuple[int, int]:
    """Coordinates of the LuaTile that holds this."""
    row, column = divmod(handle, _SIDE)
    return column - _HALF, row - _HALF


def hidden_name(api: "LuaApi", x: int, y: int) -> str | None:
    """Name of the tile that is hidden at a place."""
    number = hidden_tile_at(api.world, x, y)
    return api.prototypes.tiles.by_id(number).name if number else None


def _prototype(api: "LuaApi", handle: int) -> TilePrototype:
    number = tile_at(api.world, *tile_of_handle(handle))
    tiles = api.prototypes.tiles
    # nothing was generated there
    return tiles.by_id(number) if number else tiles["out-of-map"]


@LUA_TILE.getter("name")
def _name(api: "LuaApi", handle: int) -> str:
    return _prototype(api, handle).name


@LUA_TILE.getter("prototype")
def _tile_prototype(api: "LuaApi", handle: int) -> LuaValue:
    return api.object("LuaTilePrototype", _prototype(api, handle).id)


@LUA_TILE.getter("position")
def _position(_api: "LuaApi", handle: int) -> tuple[int, int]:
    return tile_of_handle(handle)


LUA_TILE.places.add("position")


@LUA_TILE.getter("hidden_tile")
def _hidden_tile(api: "LuaApi", handle: int) -> str | None:
    return hidden_name(api, *tile_of_handle(handle))


@LUA_TILE.getter("surface")
def _surface(api: "LuaApi", _handle: int) -> LuaValue:
    return api.object("LuaSurface", 1)


@LUA_TILE.getter("valid")
def _valid(_api: "LuaApi", _handle: int) -> bool:
    return True


@LUA_TILE.method("collides_with")
def _collides_with(api: "LuaApi", handle: int, layer: str) -> bool:
    return layer in _prototype(api, handle).collision_mask


@LUA_TILE.method("get_tile_ghosts")
def _get_tile_ghosts(
    api: "LuaApi", handle: int, force: object | None = None
) -> LuaValue:
    return api.entities(_ghosts(api, handle, force))


@LUA_TILE.method("has_tile_ghost")
def _has_tile_ghost(api: "LuaApi", handle: int, force: object | None = None) -> bool:
    return len(_ghosts(api, handle, force)) > 0


@LUA_TILE.method("order_deconstruction")
def _order_deconstruction(
    api: "LuaApi", handle: int, force: object, _player: object = None
) -> None:
    mark_tile(api, tile_of_handle(handle), force_index(api, force))


@LUA_TILE.method("cancel_deconstruction")
def _cancel_deconstruction(
    api: "LuaApi", handle: int, force: object, _player: object = None
) -> None:
    unmark_tile(api, tile_of_handle(handle), force_index(api, force))


@LUA_TILE.method("to_be_deconstructed")
def _to_be_deconstructed(
    api: "LuaApi", handle: int, force: object | None = None
) -> bool:
    marked_by = marked_tiles(api).get(tile_of_handle(handle), 0)
    return marked_by > 0 and _owner(api, force) in (None, marked_by)


def _owner(api: "LuaApi", force: object | None) -> int | None:
    return None if force is None else force_index(api, force)


def _ghosts(api: "LuaApi", handle: int, force: object | None) -> list[int]:
    """Ghosts of tiles at a place, of one force or of all."""
    owner = _owner(api, force)
    return [
        row
        for row, place in tile_ghosts(api.world).items()
        if place == tile_of_handle(handle)
        and owner in (None, int(api.world.entity["force"][row]))
    ]
