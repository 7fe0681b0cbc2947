"""Reading SimpleItemStack arguments."""

from typing import TYPE_CHECKING

from lupa.lua52 import lua_type

from fle_marl.sim.lua_api.arguments import read_count, read_number
from fle_marl.sim.lua_api.errors import fail, shown
from fle_marl.sim.lua_api.lua_class import LuaValue
from fle_marl.sim.wear import wear_unit

if TYPE_CHECKING:
    from fle_marl.sim.lua_api.runtime import LuaApi

__all__ = [
    "item_number",
    "loose_stack",
    "read_item_prototype",
    "read_stack",
    "read_used",
]


def item_number(api: "LuaApi", name: object) -> int:
    """Number of an item by its name.

    Raises:
        ScriptError: there is no such item.
    """
    if not isinstance(name, str) or name not in api.prototypes.items:
        fail(f"Unknown item name: {shown(name)}.")
    return api.prototypes.items[name].id


def read_item_prototype(api: "LuaApi", value: object) -> int:
    """Number of an ItemPrototypeIdentification: a name, a prototype or a stack.

    Raises:
        ScriptError: it is none.
    """
    number = api.self_of(value, "LuaItemPrototype")
    if number is not None:
        return int(number)
    if api.self_of(value, "LuaItemStack") is not None:
        return read_stack(api, value)[0]
    return item_number(api, value)


def read_stack(api: "LuaApi", stack: LuaValue) -> tuple[int, int]:
    """Item and count of a SimpleItemStack: a name, a table or a LuaItemStack.

    Raises:
        ScriptError: it is none of them, or the count is not positive.
    """
    if isinstance(stack, str):
        return item_number(api, stack), 1
    if lua_type(stack) != "table":
        fail(f"Expected an item stack, got {shown(stack)}.")
    name, given = stack["name"], stack["count"]
    count = 1 if given is None else read_count(given, "count")
    if count < 1:
        fail("Count must be positive.")
    return item_number(api, name), count


def read_used(api: "LuaApi", stack: LuaValue) -> float:
    """What is used of the first item of a stack that `read_stack` takes.

    A SimpleItemStack says in ``durability`` or ``ammo`` what is left.

    Raises:
        ScriptError: what it says is no number.
    """
    if isinstance(stack, str):
        return 0.0
    number = item_number(api, stack["name"])
    unit = wear_unit(number)
    if not unit:
        return 0.0
    place = api.self_of(stack, "LuaItemStack")
    if place is not None:
        used: float = place.used(api)
        return used
    key = "ammo" if api.prototypes.items.by_id(number).type == "ammo" else "durability"
    if stack[key] is None:
        return 0.0
    return max(unit - max(read_number(stack[key], key), 0.0), 0.0)


def loose_stack(api: "LuaApi", item: int, count: int) -> LuaValue:
    """A stack outside of inventories, as it is now; a table, not a LuaItemStack."""
    if not count:
        return api.table({"valid": True, "valid_for_read": False, "count": 0})
    name = api.prototypes.items.by_id(item).name
    return api.table(
        {"valid": True, "valid_for_read": True, "name": name, "count": count}
    )
