"""LuaItemPrototype and LuaFluidPrototype; both hold the number."""

from typing import TYPE_CHECKING, Final

from fle_marl.sim.lua_api import gear_prototypes, item_prototype_members
from fle_marl.sim.lua_api.lua_class import LuaClass, LuaValue
from fle_marl.sim.lua_api.module_prototypes import declare_for_items
from fle_marl.sim.lua_api.product_tables import product_table
from fle_marl.sim.lua_api.prototype_parts import mask_table

if TYPE_CHECKING:
    from fle_marl.sim.lua_api.runtime import LuaApi

__all__ = ["LUA_FLUID_PROTOTYPE", "LUA_ITEM_PROTOTYPE"]

LUA_ITEM_PROTOTYPE: Final = LuaClass("LuaItemPrototype", is_constant=True)
declare_for_items(LUA_ITEM_PROTOTYPE)
item_prototype_members.declare_for_items(LUA_ITEM_PROTOTYPE)
gear_prototypes.declare(LUA_ITEM_PROTOTYPE)
LUA_FLUID_PROTOTYPE: Final = LuaClass("LuaFluidPrototype", is_constant=True)
item_prototype_members.declare_for_fluids(LUA_FLUID_PROTOTYPE)


@LUA_ITEM_PROTOTYPE.getter("name")
def _name(api: "LuaApi", number: int) -> str:
    return api.prototypes.items.by_id(number).name


@LUA_ITEM_PROTOTYPE.getter("type")
def _type(api: "LuaApi", number: int) -> str:
    return api.prototypes.items.by_id(number).type


@LUA_ITEM_PROTOTYPE.getter("stack_size")
def _stack_size(api: "LuaApi", number: int) -> int:
    return api.prototypes.items.by_id(number).stack_size


@LUA_ITEM_PROTOTYPE.getter("durability")
def _durability(api: "LuaApi", number: int) -> float | None:
    return api.prototypes.items.by_id(number).durability


@LUA_ITEM_PROTOTYPE.getter("fuel_value")
def _fuel_value(api: "LuaApi", number: int) -> float:
    return api.prototypes.items.by_id(number).fuel_value_joules


@LUA_ITEM_PROTOTYPE.getter("fuel_category")
def _fuel_category(api: "LuaApi", number: int) -> str | None:
    return api.prototypes.items.by_id(number).fuel_category


@LUA_ITEM_PROTOTYPE.getter("place_result")
def _place_result(api: "LuaApi", number: int) -> LuaValue:
    name = api.prototypes.items.by_id(number).place_result
    if name is None:
        return None
    return api.object("LuaEntityPrototype", api.prototypes.entities[name].id)


@LUA_ITEM_PROTOTYPE.getter("place_as_tile_result")
def _place_as_tile_result(api: "LuaApi", number: int) -> LuaValue:
    rule = api.prototypes.items.by_id(number).place_as_tile
    if rule is None:
        return None
    tile = api.prototypes.tiles[rule.result].id
    result = api.table({"condition_size": rule.condition_size})
    result["result"] = api.object("LuaTilePrototype", tile)
    result["condition"] = mask_table(api, rule.condition)
    return result


@LUA_ITEM_PROTOTYPE.getter("rocket_launch_products")
def _rocket_launch_products(api: "LuaApi", number: int) -> LuaValue:
    products = api.prototypes.items.by_id(number).rocket_launch_products
    return api.table([product_table(part) for part in products])


@LUA_ITEM_PROTOTYPE.getter("valid")
@LUA_FLUID_PROTOTYPE.getter("valid")
def _valid(_api: "LuaApi", _number: int) -> bool:
    return True


@LUA_FLUID_PROTOTYPE.getter("name")
def _fluid_name(api: "LuaApi", number: int) -> str:
    return api.prototypes.fluids.by_id(number).name


@LUA_FLUID_PROTOTYPE.getter("default_temperature")
def _default_temperature(api: "LuaApi", number: int) -> float:
    return api.prototypes.fluids.by_id(number).default_temperature


@LUA_FLUID_PROTOTYPE.getter("max_temperature")
def _max_temperature(api: "LuaApi", number: int) -> float:
    return api.prototypes.fluids.by_id(number).max_temperature


@LUA_FLUID_PROTOTYPE.getter("heat_capacity")
def _heat_capacity(api: "LuaApi", number: int) -> float:
    return api.prototypes.fluids.by_id(number).heat_capacity_joules
