"""LuaBurner; holds the entity's handle."""

from typing import TYPE_CHECKING, Final

from fle_marl.sim.lua_api.errors import fail
from fle_marl.sim.lua_api.inventories import inventory_object
from fle_marl.sim.lua_api.lua_class import LuaClass, LuaValue

if TYPE_CHECKING:
    from fle_marl.sim.lua_api.runtime import LuaApi

__all__ = ["LUA_BURNER"]

LUA_BURNER: Final = LuaClass("LuaBurner")


def _record(api: "LuaApi", handle: int) -> LuaValue:
    row = int(api.world.entity["burner"][api.row(handle)])
    if not row:
        fail("LuaBurner API call when LuaBurner was invalid.")
    return api.world.tables["burner"][row]


@LUA_BURNER.getter("owner")
def _owner(api: "LuaApi", handle: int) -> LuaValue:
    return api.entity(api.row(handle))


@LUA_BURNER.getter("valid")
def _valid(api: "LuaApi", handle: int) -> bool:
    return api.find_row(handle) > 0


@LUA_BURNER.getter("inventory")
def _inventory(api: "LuaApi", handle: int) -> LuaValue:
    record = _record(api, handle)
    return inventory_object(api, api.row(handle), int(record["fuel_inventory"]))


@LUA_BURNER.getter("burnt_result_inventory")
def _burnt_result_inventory(api: "LuaApi", handle: int) -> LuaValue:
    record = _record(api, handle)
    return inventory_object(api, api.row(handle), int(record["burnt_inventory"]))


@LUA_BURNER.getter("currently_burning")
def _currently_burning(api: "LuaApi", handle: int) -> LuaValue:
    item = int(_record(api, handle)["currently_burning"])
    return api.object("LuaItemPrototype", item) if item else None


@LUA_BURNER.getter("remaining_burning_fuel")
def _remaining_burning_fuel(api: "LuaApi", handle: int) -> float:
    return float(_record(api, handle)["remaining_joules"])


@LUA_BURNER.getter("heat")
def _heat(api: "LuaApi", handle: int) -> float:
    return float(_record(api, handle)["buffer_joules"])
