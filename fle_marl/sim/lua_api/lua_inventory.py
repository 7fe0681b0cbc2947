"""LuaInventory; holds an `InventoryOf`."""

from typing import TYPE_CHECKING, Any, Final

from fle_marl.sim.actions.inventory import (
    clear_inventory,
    count_items,
    insert_items,
    inventory_contents,
    inventory_slots,
    remove_items,
    room_for,
    set_bar,
    sort_inventory,
)
from fle_marl.sim.lua_api.arguments import read_count
from fle_marl.sim.lua_api.errors import fail
from fle_marl.sim.lua_api.inventories import InventoryOf, StackOf, inventory_row
from fle_marl.sim.lua_api.lua_class import LuaClass, LuaValue
from fle_marl.sim.lua_api.stacks import item_number, read_stack

if TYPE_CHECKING:
    from fle_marl.sim.lua_api.runtime import LuaApi

__all__ = ["LUA_INVENTORY"]

LUA_INVENTORY: Final = LuaClass("LuaInventory")


@LUA_INVENTORY.getter("valid")
def _valid(api: "LuaApi", inventory: InventoryOf) -> bool:
    return api.find_row(inventory.handle) > 0


@LUA_INVENTORY.getter("index")
def _index(api: "LuaApi", inventory: InventoryOf) -> int:
    row = inventory_row(api, inventory)
    return int(api.world.tables["inventory"]["define"][row])


@LUA_INVENTORY.getter("entity_owner")
def _entity_owner(api: "LuaApi", inventory: InventoryOf) -> LuaValue:
    inventory_row(api, inventory)
    return api.object("LuaEntity", inventory.handle)


@LUA_INVENTORY.operator("len")
def _length(api: "LuaApi", inventory: InventoryOf) -> int:
    return len(inventory_slots(api.world, inventory_row(api, inventory)))


@LUA_INVENTORY.operator("index")
def _slot(api: "LuaApi", inventory: InventoryOf, key: object) -> tuple[Any, bool]:
    if not isinstance(key, int):
        return None, False
    if not 1 <= key <= _length(api, inventory):
        fail(f"Index {key} is out of range of the inventory.")
    return api.object("LuaItemStack", StackOf(inventory, key - 1)), True


@LUA_INVENTORY.method("get_contents")
def _get_contents(api: "LuaApi", inventory: InventoryOf) -> LuaValue:
    contents = inventory_contents(api.world, inventory_row(api, inventory))
    items = api.prototypes.items
    return api.table({items.by_id(item).name: n for item, n in contents.items()})


@LUA_INVENTORY.method("get_item_count")
def _get_item_count(api: "LuaApi", inventory: InventoryOf, name: object = None) -> int:
    row = inventory_row(api, inventory)
    if name is None:
        return sum(inventory_contents(api.world, row).values())
    return count_items(api.world, row, item_number(api, name))


@LUA_INVENTORY.method("is_empty")
def _is_empty(api: "LuaApi", inventory: InventoryOf) -> bool:
    return not inventory_contents(api.world, inventory_row(api, inventory))


@LUA_INVENTORY.method("is_full")
def _is_full(api: "LuaApi", inventory: InventoryOf) -> bool:
    slots = inventory_slots(api.world, inventory_row(api, inventory))
    sizes = api.world.prototypes["item_prototype"]["stack_size"]
    return bool(((slots["count"] > 0) & (slots["count"] >= sizes[slots["item"]])).all())


@LUA_INVENTORY.method("can_insert")
def _can_insert(api: "LuaApi", inventory: InventoryOf, stack: object) -> bool:
    item, _ = read_stack(api, stack)
    return room_for(api.world, inventory_row(api, inventory), item) > 0


@LUA_INVENTORY.method("get_insertable_count")
def _get_insertable_count(api: "LuaApi", inventory: InventoryOf, item: object) -> int:
    row = inventory_row(api, inventory)
    return room_for(api.world, row, item_number(api, item))


@LUA_INVENTORY.method("insert")
def _insert(api: "LuaApi", inventory: InventoryOf, stack: object) -> int:
    item, count = read_stack(api, stack)
    return insert_items(api.world, inventory_row(api, inventory), item, count)


@LUA_INVENTORY.method("remove")
def _remove(api: "LuaApi", inventory: InventoryOf, stack: object) -> int:
    item, count = read_stack(api, stack)
    return remove_items(api.world, inventory_row(api, inventory), item, count)


@LUA_INVENTORY.method("clear")
def _clear(api: "LuaApi", inventory: InventoryOf) -> None:
    clear_inventory(api.world, inventory_row(api, inventory))


@LUA_INVENTORY.method("sort_and_merge")
def _sort_and_merge(api: "LuaApi", inventory: InventoryOf) -> None:
    sort_inventory(api.world, inventory_row(api, inventory))


@LUA_INVENTORY.method("count_empty_stacks")
def _count_empty_stacks(api: "LuaApi", inventory: InventoryOf, *_flags: bool) -> int:
    slots = inventory_slots(api.world, inventory_row(api, inventory))
    return int((slots["count"] == 0).sum())


@LUA_INVENTORY.method("find_item_stack")
def _find_item_stack(api: "LuaApi", inventory: InventoryOf, item: object) -> LuaValue:
    slots = inventory_slots(api.world, inventory_row(api, inventory))
    number = item_number(api, item)
    for index, slot in enumerate(slots):
        if slot["count"] and int(slot["item"]) == number:
            stack = api.object("LuaItemStack", StackOf(inventory, index))
            return stack, index + 1
    return None


@LUA_INVENTORY.method("get_bar")
def _get_bar(api: "LuaApi", inventory: InventoryOf) -> int:
    # the first slot behind the bar. Source: runtime API, LuaInventory.get_bar
    row = inventory_row(api, inventory)
    return int(api.world.tables["inventory"]["bar"][row]) + 1


@LUA_INVENTORY.method("set_bar")
def _set_bar(api: "LuaApi", inventory: InventoryOf, bar: object = None) -> None:
    row = inventory_row(api, inventory)
    length = _length(api, inventory)
    open_slots = length if bar is None else max(read_count(bar, "bar") - 1, 0)
    set_bar(api.world, row, min(open_slots, length))
