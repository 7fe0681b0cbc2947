"""Members of LuaEntity about the items in it."""

from typing import TYPE_CHECKING, Final

from fle_marl.sim.actions.inventory import (
    add_wear_to,
    count_items,
    find_inventory,
)
from fle_marl.sim.actions.inventory_bonus import inventory_changed
from fle_marl.sim.actions.items import (
    clear_items,
    has_items,
    insert_into,
    insertable_into,
    item_count,
    remove_from,
)
from fle_marl.sim.actions.mining import mine_into, move_contents
from fle_marl.sim.actions.permissions import is_forbidden
from fle_marl.sim.components import FORBIDS_MINING, KINDS, ROLE_ROCKET
from fle_marl.sim.lua_api.errors import fail, shown
from fle_marl.sim.lua_api.inventories import inventory_of, inventory_row
from fle_marl.sim.lua_api.lua_class import LuaClass, LuaValue
from fle_marl.sim.lua_api.stacks import item_number, read_stack, read_used
from fle_marl.sim.parts import inventories_of
from fle_marl.sim.systems.rocket_silo import cargo_inventory, silo_of

if TYPE_CHECKING:
    from fle_marl.sim.lua_api.runtime import LuaApi

__all__ = ["declare"]

_CORPSE: Final = KINDS.index("character_corpse")
_MACHINE: Final = KINDS.index("crafting_machine")
_STORAGE_TYPES: Final = frozenset({"container", "logistic-container"})


def _find(api: "LuaApi", handle: int, define: str) -> LuaValue:
    row = api.row(handle)
    number = api.prototypes.defines["inventory"][define]
    return inventory_of(api, row, find_inventory(api.world, row, number))


def _of_burner(api: "LuaApi", handle: int, field: str) -> LuaValue:
    # not by the define: its number means another inventory for other entities
    row = api.row(handle)
    burner = int(api.world.entity["burner"][row])
    found = int(api.world.tables["burner"][field][burner]) if burner else 0
    return inventory_of(api, row, found)


def _get_inventory(api: "LuaApi", handle: int, define: object) -> LuaValue:
    row = api.row(handle)
    if not isinstance(define, int):
        fail(f"Invalid inventory index: {shown(define)}.")
    found = find_inventory(api.world, row, define)
    if found and api.world.tables["inventory"]["role"][found] == ROLE_ROCKET:
        found = cargo_inventory(api.world, row)
    return inventory_of(api, row, found)


def _get_fuel_inventory(api: "LuaApi", handle: int) -> LuaValue:
    return _of_burner(api, handle, "fuel_inventory")


def _get_burnt_result_inventory(api: "LuaApi", handle: int) -> LuaValue:
    return _of_burner(api, handle, "burnt_inventory")


def _get_output_inventory(api: "LuaApi", handle: int) -> LuaValue:
    row = api.row(handle)
    if api.prototype_of(row).type in _STORAGE_TYPES:
        return _find(api, handle, "chest")
    if int(api.world.entity["kind"][row]) != _MACHINE:
        return None
    silo = silo_of(api.world, row)
    if silo:
        results = api.world.tables["rocket_silo"]["result_inventory"]
        return inventory_of(api, row, int(results[silo]))
    machine = api.world.tables["crafting_machine"][
        int(api.world.entity["component"][row])
    ]
    return inventory_of(api, row, int(machine["result_inventory"]))


def _get_item_count(api: "LuaApi", handle: int, item: object = None) -> int:
    number = 0 if item is None else item_number(api, item)
    return item_count(api.world, api.row(handle), number)


def _insert(api: "LuaApi", handle: int, stack: object) -> int:
    item, count = read_stack(api, stack)
    row = api.row(handle)
    inserted = insert_into(api.world, row, item, count)
    used = read_used(api, stack)
    if used and inserted == count:
        # where in the entity they went is not told; its inventories come in their order
        for inventory in inventories_of(api.world, row):
            if count_items(api.world, inventory, item):
                add_wear_to(api.world, inventory, {item: used})
                break
    return inserted


def _can_insert(api: "LuaApi", handle: int, stack: object) -> bool:
    item, _ = read_stack(api, stack)
    return insertable_into(api.world, api.row(handle), item, 1) > 0


def _remove_item(api: "LuaApi", handle: int, stack: object) -> int:
    item, count = read_stack(api, stack)
    row = api.row(handle)
    removed = remove_from(api.world, row, item, count)
    is_armor = api.prototypes.items.by_id(item).type == "armor"
    # it is called for every item that agents use: look no further than needed
    if is_armor or int(api.world.entity["kind"][row]) == _CORPSE:
        _changed(api, row)
    return removed


def _changed(api: "LuaApi", row: int) -> None:
    for inventory in inventories_of(api.world, row):
        inventory_changed(api.world, inventory)


def _has_items_inside(api: "LuaApi", handle: int) -> bool:
    return has_items(api.world, api.row(handle))


def _clear_items_inside(api: "LuaApi", handle: int) -> None:
    row = api.row(handle)
    clear_items(api.world, row)
    _changed(api, row)


def _mine(api: "LuaApi", handle: int, options: LuaValue = None) -> bool:
    """Mine an entity, into an inventory or out of the world.

    What lies in the entity's inventories moves as far as there is room, also when the
    mining fails, so that a script can go on with another inventory. Source: runtime
    API, LuaEntity.mine. That the entity's own item must fit too unless the mining is
    forced, and that forced mining drops what was in it, are choices: the documents can
    be read either way.
    """
    row = api.row(handle)
    given = api.table({}) if options is None else options
    into = api.self_of(given["inventory"], "LuaInventory")
    if into is None and given["inventory"] is not None:
        fail(f"Expected LuaInventory, got {shown(given['inventory'])}.")
    is_barred = is_forbidden(api.world, row, FORBIDS_MINING)
    is_minable = not is_barred or given["ignore_minable"]
    if not is_minable or api.prototype_of(row).minable is None:
        return False
    inventory = 0 if into is None else inventory_row(api, into)
    if inventory and into.handle == handle:
        fail("LuaEntity.mine: the inventory belongs to the entity itself.")
    if inventory and not given["force"]:
        move_contents(api.world, row, inventory)
    return mine_into(api.world, row, inventory, is_forced=bool(given["force"])).is_done


def declare(entity: LuaClass) -> None:
    """Add the members of this topic to LuaEntity."""
    entity.methods |= {
        "get_inventory": _get_inventory,
        "get_fuel_inventory": _get_fuel_inventory,
        "get_burnt_result_inventory": _get_burnt_result_inventory,
        "get_output_inventory": _get_output_inventory,
        "get_item_count": _get_item_count,
        "insert": _insert,
        "can_insert": _can_insert,
        "remove_item": _remove_item,
        "has_items_inside": _has_items_inside,
        "clear_items_inside": _clear_items_inside,
        "mine": _mine,
    }
    names = (name for name in entity.methods if name.endswith("_inventory"))
    entity.gives |= dict.fromkeys(names, "LuaInventory")
