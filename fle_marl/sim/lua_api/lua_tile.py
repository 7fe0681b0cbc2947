"""LuaTile and LuaTilePrototype.

A tile holds its coordinates as one number, so that scripts can keep it and that many
can be made at once; a prototype holds its own number.
"""

from typing import TYPE_CHECKING, Final

import numpy as np
from numpy.typing import NDArray

from fle_marl.prototypes import TilePrototype
from fle_marl.sim.actions.find import find_tiles
from fle_marl.sim.lua_api.filters import every_prototype
from fle_marl.sim.lua_api.lua_class import LuaClass, LuaValue

if TYPE_CHECKING:
    from fle_marl.sim.lua_api.runtime import LuaApi

__all__ = ["LUA_TILE", "LUA_TILE_PROTOTYPE", "tile_handle", "tile_handles"]

LUA_TILE: Final = LuaClass("LuaTile")
LUA_TILE_PROTOTYPE: Final = LuaClass("LuaTilePrototype")

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


def _xy(handle: int) -> tuple[int, int]:
    row, column = divmod(handle, _SIDE)
    return column - _HALF, row - _HALF


def _prototype(api: "LuaApi", handle: int) -> TilePrototype:
    x, y = _xy(handle)
    found = find_tiles(api.world, every_prototype("tiles"), (x, y, x + 1, y + 1))
    tiles = api.prototypes.tiles
    # nothing was generated there
    return tiles.by_id(int(found[0, 2])) if len(found) else tiles["out-of-map"]


@LUA_TILE.getter("name")
def _name(api: "LuaApi", handle: int) -> str:
    return _prototype(api, handle).name


@LUA_TILE.getter("prototype")
def _tile_prototype(api: "LuaApi", handle: int) -> LuaValue:
    return api.object("LuaTilePrototype", _prototype(api, handle).id)


@LUA_TILE.getter("position")
def _position(api: "LuaApi", handle: int) -> LuaValue:
    return api.position(*_xy(handle))


@LUA_TILE.getter("surface")
def _surface(api: "LuaApi", _handle: int) -> LuaValue:
    return api.object("LuaSurface", 1)


@LUA_TILE.getter("valid")
def _valid(_api: "LuaApi", _handle: int) -> bool:
    return True


@LUA_TILE.method("collides_with")
def _collides_with(api: "LuaApi", handle: int, layer: str) -> bool:
    return layer in _prototype(api, handle).collision_mask


@LUA_TILE_PROTOTYPE.getter("name")
def _prototype_name(api: "LuaApi", number: int) -> str:
    return api.prototypes.tiles.by_id(number).name


@LUA_TILE_PROTOTYPE.getter("valid")
def _prototype_valid(_api: "LuaApi", _number: int) -> bool:
    return True


@LUA_TILE_PROTOTYPE.getter("collision_mask")
def _collision_mask(api: "LuaApi", number: int) -> LuaValue:
    mask = api.prototypes.tiles.by_id(number).collision_mask
    return api.table(dict.fromkeys(sorted(mask), True))


@LUA_TILE_PROTOTYPE.getter("walking_speed_modifier")
def _walking_speed(api: "LuaApi", number: int) -> float:
    return api.prototypes.tiles.by_id(number).walking_speed_modifier
