"""LuaBurner; holds the entity's handle."""

from typing import TYPE_CHECKING, Any, Final

from fle_marl.sim.lua_api.arguments import read_number
from fle_marl.sim.lua_api.errors import fail
from fle_marl.sim.lua_api.inventories import inventory_of
from fle_marl.sim.lua_api.lua_class import LuaClass, LuaValue
from fle_marl.sim.lua_api.stacks import read_item_prototype
from fle_marl.sim.parts import fuel_categories_of

if TYPE_CHECKING:
    from fle_marl.sim.lua_api.runtime import LuaApi

__all__ = ["LUA_BURNER"]

LUA_BURNER: Final = LuaClass("LuaBurner")
LUA_BURNER.gives |= {
    "inventory": "LuaInventory",
    "burnt_result_inventory": "LuaInventory",
}


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
    return inventory_of(api, api.row(handle), int(record["fuel_inventory"]))


@LUA_BURNER.getter("burnt_result_inventory")
def _burnt_result_inventory(api: "LuaApi", handle: int) -> LuaValue:
    record = _record(api, handle)
    return inventory_of(api, api.row(handle), int(record["burnt_inventory"]))


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


# --- what scripts set


@LUA_BURNER.setter("heat")
def _set_heat(api: "LuaApi", handle: int, value: object) -> None:
    record = _record(api, handle)
    # what is too much for it is as much as it holds, as with LuaEntity.energy: scripts
    # that write what they read as text write a little more than there was
    capacity = float(record["capacity_joules"])
    heat = min(read_number(value, "heat"), capacity)
    record["buffer_joules"] = _within(heat, "heat", capacity)


@LUA_BURNER.setter("currently_burning")
def _set_currently_burning(api: "LuaApi", handle: int, item: object) -> None:
    # what is left of the last is corrected. Source: runtime API; that it is cut is a
    # choice
    record = _record(api, handle)
    number = 0 if item is None else read_item_prototype(api, item)
    fuel = api.prototypes.items.by_id(number).fuel_value_joules if number else 0.0
    record["currently_burning"] = number
    record["remaining_joules"] = min(float(record["remaining_joules"]), fuel)


@LUA_BURNER.setter("remaining_burning_fuel")
def _set_remaining_burning_fuel(api: "LuaApi", handle: int, value: object) -> None:
    record = _record(api, handle)
    item = int(record["currently_burning"])
    # nothing happens while nothing burns. Source: runtime API
    if item:
        fuel = api.prototypes.items.by_id(item).fuel_value_joules
        record["remaining_joules"] = _within(value, "remaining_burning_fuel", fuel)


def _within(value: object, name: str, most: float) -> float:
    number = read_number(value, name)
    if not 0.0 <= number <= most:
        fail(f"{name} must be 0 to {most:g}, not {number:g}.")
    return number


@LUA_BURNER.getter("heat_capacity")
def _heat_capacity(api: "LuaApi", handle: int) -> float:
    return float(_record(api, handle)["capacity_joules"])


@LUA_BURNER.getter("fuel_categories")
def _fuel_categories(api: "LuaApi", handle: int) -> LuaValue:
    _record(api, handle)
    source: Any = api.prototype_of(api.row(handle)).energy_source
    return api.table(dict.fromkeys(fuel_categories_of(source), True))
