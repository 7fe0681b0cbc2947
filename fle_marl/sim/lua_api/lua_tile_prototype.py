"""LuaTilePrototype; holds the prototype's number."""

from typing import TYPE_CHECKING, Final

from fle_marl.prototypes import TilePrototype
from fle_marl.sim.lua_api import tile_prototype_members
from fle_marl.sim.lua_api.errors import fail, shown
from fle_marl.sim.lua_api.lua_class import LuaClass, LuaValue
from fle_marl.sim.lua_api.prototype_parts import (
    builders_table,
    mask_table,
    mineable_table,
)

if TYPE_CHECKING:
    from fle_marl.sim.lua_api.runtime import LuaApi

__all__ = ["LUA_TILE_PROTOTYPE", "read_tile"]

LUA_TILE_PROTOTYPE: Final = LuaClass("LuaTilePrototype")
tile_prototype_members.declare(LUA_TILE_PROTOTYPE)


def read_tile(api: "LuaApi", value: object) -> TilePrototype:
    """A tile prototype given as LuaTilePrototype or name.

    Raises:
        ScriptError: it is neither.
    """
    number = api.self_of(value, "LuaTilePrototype")
    if number is not None:
        return _of(api, int(number))
    if not isinstance(value, str) or value not in api.prototypes.tiles:
        fail(f"Unknown tile name: {shown(value)}.")
    return api.prototypes.tiles[value]


def _of(api: "LuaApi", number: int) -> TilePrototype:
    return api.prototypes.tiles.by_id(number)


@LUA_TILE_PROTOTYPE.getter("name")
def _name(api: "LuaApi", number: int) -> str:
    return _of(api, number).name


@LUA_TILE_PROTOTYPE.getter("order")
def _order(api: "LuaApi", number: int) -> str:
    return _of(api, number).order


@LUA_TILE_PROTOTYPE.getter("valid")
def _valid(_api: "LuaApi", _number: int) -> bool:
    return True


@LUA_TILE_PROTOTYPE.getter("layer")
def _layer(api: "LuaApi", number: int) -> int:
    return _of(api, number).layer


@LUA_TILE_PROTOTYPE.getter("collision_mask")
def _collision_mask(api: "LuaApi", number: int) -> LuaValue:
    return mask_table(api, _of(api, number).collision_mask)


@LUA_TILE_PROTOTYPE.getter("walking_speed_modifier")
def _walking_speed_modifier(api: "LuaApi", number: int) -> float:
    return _of(api, number).walking_speed_modifier


@LUA_TILE_PROTOTYPE.getter("vehicle_friction_modifier")
def _vehicle_friction_modifier(api: "LuaApi", number: int) -> float:
    return _of(api, number).vehicle_friction_modifier


# --- laying and mining


@LUA_TILE_PROTOTYPE.getter("mineable_properties")
def _mineable_properties(api: "LuaApi", number: int) -> LuaValue:
    return mineable_table(api, _of(api, number).minable)


@LUA_TILE_PROTOTYPE.getter("items_to_place_this")
def _items_to_place_this(api: "LuaApi", number: int) -> LuaValue:
    return builders_table(api, _of(api, number).items_to_place_this)


@LUA_TILE_PROTOTYPE.getter("next_direction")
def _next_direction(api: "LuaApi", number: int) -> LuaValue:
    name = _of(api, number).next_direction
    if name is None:
        return None
    return api.object("LuaTilePrototype", api.prototypes.tiles[name].id)


@LUA_TILE_PROTOTYPE.getter("needs_correction")
def _needs_correction(api: "LuaApi", number: int) -> bool:
    return _of(api, number).needs_correction


@LUA_TILE_PROTOTYPE.getter("can_be_part_of_blueprint")
def _can_be_part_of_blueprint(api: "LuaApi", number: int) -> bool:
    return _of(api, number).can_be_part_of_blueprint


@LUA_TILE_PROTOTYPE.getter("check_collision_with_entities")
def _check_collision_with_entities(api: "LuaApi", number: int) -> bool:
    return _of(api, number).check_collision_with_entities
