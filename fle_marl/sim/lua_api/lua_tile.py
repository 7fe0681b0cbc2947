"""LuaTile and LuaTilePrototype. A tile holds ``(x, y)``, a prototype its number."""

from typing import TYPE_CHECKING, Final

from fle_marl.prototypes import TilePrototype
from fle_marl.sim.actions.find import find_tiles
from fle_marl.sim.lua_api.lua_class import LuaClass, LuaValue

if TYPE_CHECKING:
    from fle_marl.sim.lua_api.runtime import LuaApi

__all__ = ["LUA_TILE", "LUA_TILE_PROTOTYPE", "Tile", "tile_number"]

LUA_TILE: Final = LuaClass("LuaTile")
LUA_TILE_PROTOTYPE: Final = LuaClass("LuaTilePrototype")


class Tile(tuple[int, int]):
    """Coordinates of a tile; a class of its own so that Lua keeps it whole."""

    __slots__ = ()


def tile_number(api: "LuaApi", x: int, y: int) -> int:
    """Prototype of a tile; 0 outside the generated map."""
    everything = api.every("tiles")
    found = find_tiles(api.world, everything, (x, y, x + 1, y + 1))
    return int(found[0, 2]) if len(found) else 0


def _prototype(api: "LuaApi", tile: Tile) -> TilePrototype:
    number = tile_number(api, *tile)
    tiles = api.prototypes.tiles
    return tiles.by_id(number) if number else tiles["out-of-map"]


@LUA_TILE.getter("name")
def _name(api: "LuaApi", tile: Tile) -> str:
    return _prototype(api, tile).name


@LUA_TILE.getter("prototype")
def _tile_prototype(api: "LuaApi", tile: Tile) -> LuaValue:
    return api.object("LuaTilePrototype", _prototype(api, tile).id)


@LUA_TILE.getter("position")
def _position(api: "LuaApi", tile: Tile) -> LuaValue:
    return api.position(*tile)


@LUA_TILE.getter("surface")
def _surface(api: "LuaApi", _tile: Tile) -> LuaValue:
    return api.object("LuaSurface", 1)


@LUA_TILE.getter("valid")
def _valid(_api: "LuaApi", _tile: Tile) -> bool:
    return True


@LUA_TILE.method("collides_with")
def _collides_with(api: "LuaApi", tile: Tile, layer: str) -> bool:
    return layer in _prototype(api, tile).collision_mask


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
