"""LuaInventory; holds an `InventoryOf`."""

from typing import TYPE_CHECKING, Any, Final

from fle_marl.sim.actions.inventory import (
    add_wear_to,
    clear_inventory,
    count_items,
    inventory_contents,
    inventory_slots,
    remove_items,
    room_for,
    set_bar,
    sort_inventory,
)
from fle_marl.sim.actions.inventory_bonus import inventory_changed
from fle_marl.sim.actions.inventory_rules import (
    accepts,
    accepts_filter,
    empty_slots,
    insert_accepted,
    is_full,
    set_slot_filter,
    supports_bar,
    supports_filters,
)
from fle_marl.sim.actions.script_inventories import (
    destroy_script_inventory,
    resize_script_inventory,
)
from fle_marl.sim.components import ROLE_STORAGE
from fle_marl.sim.lua_api.arguments import read_count
from fle_marl.sim.lua_api.errors import fail, shown
from fle_marl.sim.lua_api.inventories import (
    MOD_NAME,
    MOST_SLOTS,
    InventoryOf,
    StackOf,
    inventory_row,
)
from fle_marl.sim.lua_api.lua_class import LuaClass, LuaValue
from fle_marl.sim.lua_api.stack_blueprints import forget_all, forget_what_moved
from fle_marl.sim.lua_api.stacks import item_number, read_stack, read_used

if TYPE_CHECKING:
    from fle_marl.sim.lua_api.runtime import LuaApi

__all__ = ["LUA_INVENTORY"]

LUA_INVENTORY: Final = LuaClass("LuaInventory")


@LUA_INVENTORY.getter("valid")
def _valid(api: "LuaApi", inventory: InventoryOf) -> bool:
    return inventory.is_there(api)


@LUA_INVENTORY.getter("index")
def _index(api: "LuaApi", inventory: InventoryOf) -> int:
    row = inventory_row(api, inventory)
    return int(api.world.tables["inventory"]["define"][row])


@LUA_INVENTORY.getter("entity_owner")
def _entity_owner(api: "LuaApi", inventory: InventoryOf) -> LuaValue:
    inventory_row(api, inventory)
    if not api.find_row(inventory.handle):
        return None
    return api.object("LuaEntity", inventory.handle)


@LUA_INVENTORY.getter("mod_owner")
def _mod_owner(api: "LuaApi", inventory: InventoryOf) -> str | None:
    inventory_row(api, inventory)
    return None if api.find_row(inventory.handle) else MOD_NAME


@LUA_INVENTORY.getter("equipment_owner")
@LUA_INVENTORY.getter("player_owner")
def _other_owner(api: "LuaApi", inventory: InventoryOf) -> None:
    # there is no equipment; agents have characters, and are not players
    inventory_row(api, inventory)


@LUA_INVENTORY.operator("len")
def _length(api: "LuaApi", inventory: InventoryOf) -> int:
    return len(inventory_slots(api.world, inventory_row(api, inventory)))


@LUA_INVENTORY.operator("index")
def _slot(api: "LuaApi", inventory: InventoryOf, key: object) -> tuple[Any, bool]:
    if not isinstance(key, int):
        return None, False
    place = _place(api, inventory, key)
    return api.object("LuaItemStack", StackOf(inventory, place)), True


def _place(api: "LuaApi", inventory: InventoryOf, index: object) -> int:
    """A slot's index from 0, when a script names it from 1."""
    if type(index) is not int or not 1 <= index <= _length(api, inventory):
        fail(f"Index {shown(index)} is out of range of the inventory.")
    return index - 1


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
    return is_full(api.world, inventory_row(api, inventory))


@LUA_INVENTORY.method("can_insert")
def _can_insert(api: "LuaApi", inventory: InventoryOf, stack: object) -> bool:
    item, _ = read_stack(api, stack)
    return _room(api, inventory, item) > 0


def _room(api: "LuaApi", inventory: InventoryOf, item: int) -> int:
    row = inventory_row(api, inventory)
    return room_for(api.world, row, item) if accepts(api.world, row, item) else 0


@LUA_INVENTORY.method("get_insertable_count")
def _get_insertable_count(api: "LuaApi", inventory: InventoryOf, item: object) -> int:
    return _room(api, inventory, item_number(api, item))


@LUA_INVENTORY.method("insert")
def _insert(api: "LuaApi", inventory: InventoryOf, stack: object) -> int:
    item, count = read_stack(api, stack)
    used = read_used(api, stack)
    row = inventory_row(api, inventory)
    inserted = insert_accepted(api.world, row, item, count)
    if inserted == count:
        add_wear_to(api.world, row, {item: used})
    inventory_changed(api.world, row)
    return inserted


@LUA_INVENTORY.method("remove")
def _remove(api: "LuaApi", inventory: InventoryOf, stack: object) -> int:
    item, count = read_stack(api, stack)
    row = inventory_row(api, inventory)
    removed = remove_items(api.world, row, item, count)
    inventory_changed(api.world, row)
    forget_what_moved(api)
    return removed


@LUA_INVENTORY.method("clear")
def _clear(api: "LuaApi", inventory: InventoryOf) -> None:
    row = inventory_row(api, inventory)
    clear_inventory(api.world, row)
    inventory_changed(api.world, row)
    forget_all(api, inventory)


@LUA_INVENTORY.method("sort_and_merge")
def _sort_and_merge(api: "LuaApi", inventory: InventoryOf) -> None:
    row = inventory_row(api, inventory)
    # the slots of machines are for one item each, and stay as they are
    if int(api.world.tables["inventory"]["role"][row]) == ROLE_STORAGE:
        sort_inventory(api.world, row)
        forget_all(api, inventory)


@LUA_INVENTORY.method("count_empty_stacks")
def _count_empty_stacks(
    api: "LuaApi",
    inventory: InventoryOf,
    include_filtered: bool = False,
    include_bar: bool = True,
) -> int:
    found = empty_slots(
        api.world,
        inventory_row(api, inventory),
        include_filtered=bool(include_filtered),
        include_bar=bool(include_bar),
    )
    return len(found)


@LUA_INVENTORY.method("find_empty_stack")
def _find_empty_stack(
    api: "LuaApi", inventory: InventoryOf, item: object = None
) -> LuaValue:
    found = empty_slots(
        api.world,
        inventory_row(api, inventory),
        include_filtered=False,
        include_bar=True,
        item=0 if item is None else item_number(api, item),
    )
    if not found:
        return None
    return api.object("LuaItemStack", StackOf(inventory, found[0])), found[0] + 1


@LUA_INVENTORY.method("find_item_stack")
def _find_item_stack(api: "LuaApi", inventory: InventoryOf, item: object) -> LuaValue:
    slots = inventory_slots(api.world, inventory_row(api, inventory))
    number = item_number(api, item)
    for index, slot in enumerate(slots):
        if slot["count"] and int(slot["item"]) == number:
            stack = api.object("LuaItemStack", StackOf(inventory, index))
            return stack, index + 1
    return None


# --- inventories of scripts


def _script_row(api: "LuaApi", inventory: InventoryOf, member: str) -> int:
    """The inventory's row, when a script made it."""
    row = inventory_row(api, inventory)
    if api.find_row(inventory.handle):
        fail(f"LuaInventory.{member}: only inventories that scripts made.")
    return row


@LUA_INVENTORY.method("destroy")
def _destroy(api: "LuaApi", inventory: InventoryOf) -> None:
    destroy_script_inventory(api.world, _script_row(api, inventory, "destroy"))
    forget_all(api, inventory)


@LUA_INVENTORY.method("resize")
def _resize(api: "LuaApi", inventory: InventoryOf, size: object) -> None:
    row, slots = _script_row(api, inventory, "resize"), read_count(size, "size")
    if slots > MOST_SLOTS:
        fail(f"size must be 0 to {MOST_SLOTS}, not {slots}.")
    resize_script_inventory(api.world, row, slots)
    forget_all(api, inventory, first=slots)


# --- the bar


@LUA_INVENTORY.method("supports_bar")
def _supports_bar(api: "LuaApi", inventory: InventoryOf) -> bool:
    return supports_bar(api.world, inventory_row(api, inventory))


def _barred(api: "LuaApi", inventory: InventoryOf, member: str) -> int:
    """The inventory's row, when it has a bar. Source: runtime API."""
    row = inventory_row(api, inventory)
    if not supports_bar(api.world, row):
        fail(f"LuaInventory.{member}: the inventory does not support a bar.")
    return row


@LUA_INVENTORY.method("get_bar")
def _get_bar(api: "LuaApi", inventory: InventoryOf) -> int:
    # the first slot behind the bar. Source: runtime API, LuaInventory.get_bar
    row = _barred(api, inventory, "get_bar")
    return int(api.world.tables["inventory"]["bar"][row]) + 1


@LUA_INVENTORY.method("set_bar")
def _set_bar(api: "LuaApi", inventory: InventoryOf, bar: object = None) -> None:
    row = _barred(api, inventory, "set_bar")
    length = _length(api, inventory)
    open_slots = length if bar is None else max(read_count(bar, "bar") - 1, 0)
    set_bar(api.world, row, min(open_slots, length))


# --- filters


@LUA_INVENTORY.method("supports_filters")
def _supports_filters(api: "LuaApi", inventory: InventoryOf) -> bool:
    return supports_filters(api.world, inventory_row(api, inventory))


@LUA_INVENTORY.method("is_filtered")
def _is_filtered(api: "LuaApi", inventory: InventoryOf) -> bool:
    row = inventory_row(api, inventory)
    is_any = bool(inventory_slots(api.world, row)["filter"].any())
    return is_any and supports_filters(api.world, row)


@LUA_INVENTORY.method("get_filter")
def _get_filter(api: "LuaApi", inventory: InventoryOf, index: object) -> str | None:
    row = inventory_row(api, inventory)
    place = _place(api, inventory, index)
    item = int(inventory_slots(api.world, row)["filter"][place])
    if not item or not supports_filters(api.world, row):
        return None
    return api.prototypes.items.by_id(item).name


@LUA_INVENTORY.method("can_set_filter")
def _can_set_filter(
    api: "LuaApi", inventory: InventoryOf, index: object, item: object
) -> bool:
    _place(api, inventory, index)
    row = inventory_row(api, inventory)
    return accepts_filter(api.world, row, item_number(api, item))


@LUA_INVENTORY.method("set_filter")
def _set_filter(
    api: "LuaApi", inventory: InventoryOf, index: object, item: object
) -> bool:
    row = inventory_row(api, inventory)
    place = _place(api, inventory, index)
    if not supports_filters(api.world, row):
        return False
    number = 0 if item is None else item_number(api, item)
    return set_slot_filter(api.world, row, place, number)
