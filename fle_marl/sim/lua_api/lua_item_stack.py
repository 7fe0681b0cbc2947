"""LuaItemStack; holds a `StackOf`."""

from typing import TYPE_CHECKING, Final

from fle_marl.sim.actions.inventory import inventory_slots
from fle_marl.sim.lua_api.arguments import read_count
from fle_marl.sim.lua_api.errors import fail
from fle_marl.sim.lua_api.inventories import StackOf, inventory_row
from fle_marl.sim.lua_api.lua_class import LuaClass, LuaValue
from fle_marl.sim.lua_api.stacks import read_stack

if TYPE_CHECKING:
    from fle_marl.sim.lua_api.runtime import LuaApi

__all__ = ["LUA_ITEM_STACK"]

LUA_ITEM_STACK: Final = LuaClass("LuaItemStack")


def _slot(api: "LuaApi", stack: StackOf) -> LuaValue:
    return inventory_slots(api.world, inventory_row(api, stack.inventory))[stack.index]


def _filled(api: "LuaApi", stack: StackOf) -> LuaValue:
    slot = _slot(api, stack)
    if not slot["count"]:
        fail("LuaItemStack API call when LuaItemStack was invalid for read.")
    return slot


@LUA_ITEM_STACK.getter("valid")
def _valid(api: "LuaApi", stack: StackOf) -> bool:
    return api.find_row(stack.inventory.handle) > 0


@LUA_ITEM_STACK.getter("valid_for_read")
def _valid_for_read(api: "LuaApi", stack: StackOf) -> bool:
    return bool(_slot(api, stack)["count"])


@LUA_ITEM_STACK.getter("name")
def _name(api: "LuaApi", stack: StackOf) -> str:
    return api.prototypes.items.by_id(int(_filled(api, stack)["item"])).name


@LUA_ITEM_STACK.getter("type")
def _type(api: "LuaApi", stack: StackOf) -> str:
    return api.prototypes.items.by_id(int(_filled(api, stack)["item"])).type


@LUA_ITEM_STACK.getter("prototype")
def _prototype(api: "LuaApi", stack: StackOf) -> LuaValue:
    return api.object("LuaItemPrototype", int(_filled(api, stack)["item"]))


@LUA_ITEM_STACK.getter("count")
def _count(api: "LuaApi", stack: StackOf) -> int:
    return int(_filled(api, stack)["count"])


@LUA_ITEM_STACK.setter("count")
def _set_count(api: "LuaApi", stack: StackOf, value: object) -> None:
    slot = _filled(api, stack)
    count = read_count(value, "count")
    size = api.prototypes.items.by_id(int(slot["item"])).stack_size
    slot["count"] = min(count, size)
    if count == 0:
        slot["item"] = 0


@LUA_ITEM_STACK.method("clear")
def _clear(api: "LuaApi", stack: StackOf) -> None:
    slot = _slot(api, stack)
    slot["item"] = 0
    slot["count"] = 0


@LUA_ITEM_STACK.method("set_stack")
def _set_stack(api: "LuaApi", stack: StackOf, given: object = None) -> bool:
    if given is None:
        _clear(api, stack)
        return True
    item, count = read_stack(api, given)
    slot = _slot(api, stack)
    if slot["filter"] and int(slot["filter"]) != item:
        return False
    size = api.prototypes.items.by_id(item).stack_size
    slot["item"] = item
    slot["count"] = min(count, size)
    return True
