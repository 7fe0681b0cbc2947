"""What the inventories of entities take, and which have a bar or filters.

Items reach machines through `fle_marl.sim.kernels.transfer`, which knows where in an
entity they belong; these rules are for scripts, which name the inventory themselves.
"""

from typing import Final

from fle_marl.defines import Inventory
from fle_marl.prototypes import load
from fle_marl.sim.actions.inventory import (
    insert_items,
    inventory_slots,
    slot_capacity,
)
from fle_marl.sim.components import (
    KINDS,
    ROLE_AMMO,
    ROLE_ARMOR,
    ROLE_FUEL,
    ROLE_GUNS,
    ROLE_MODULE,
    ROLE_SOURCE,
    ROLE_TURRET_AMMO,
)
from fle_marl.sim.modules import takes_module
from fle_marl.sim.world import World

__all__ = [
    "accepts",
    "accepts_filter",
    "empty_slots",
    "insert_accepted",
    "is_full",
    "set_slot_filter",
    "supports_bar",
    "supports_filters",
]

_CHARACTER: Final = KINDS.index("character")
_MACHINE: Final = KINDS.index("crafting_machine")
_CONTAINERS: Final = frozenset({"container", "logistic-container"})
_ITEM_TYPES: Final = {
    ROLE_AMMO: "ammo",
    ROLE_GUNS: "gun",
    ROLE_ARMOR: "armor",
}
"""Types of item that are all that goes into inventories of a role. Source: prototype
types; runtime API, defines.inventory."""
_FILTERED: Final = frozenset(
    {Inventory.character_main, Inventory.character_guns, Inventory.character_ammo}
)
"""Inventories of characters with filters that scripts can set. Source: runtime API,
LuaInventory.set_filter, which names slots of ammunition; that those of guns and the
main inventory are the others is a choice. Of vehicles nothing is simulated."""


# --- what goes in


def accepts(world: World, inventory: int, item: int) -> bool:
    """Whether an inventory is for an item at all, whatever room and filters it has.

    Results of machines and of burning take anything from scripts; that is a choice.

    Args:
        world: read.
        inventory: row.
        item: item prototype.
    """
    record = world.tables["inventory"][inventory]
    role, entity = int(record["role"]), int(record["entity"])
    if role == ROLE_FUEL:
        return _is_fuel(world, entity, item)
    if role == ROLE_SOURCE and int(world.entity["kind"][entity]) == _MACHINE:
        return _is_ingredient(world, entity, item)
    if role == ROLE_MODULE:
        return takes_module(world, entity, item)
    if role == ROLE_TURRET_AMMO:
        return _is_ammo_of(world, entity, item)
    wanted = _ITEM_TYPES.get(role)
    return wanted is None or load().items.by_id(item).type == wanted


def _is_fuel(world: World, entity: int, item: int) -> bool:
    category = int(world.prototypes["item_prototype"]["fuel_category"][item])
    burner = int(world.entity["burner"][entity])
    categories = int(world.tables["burner"]["fuel_categories"][burner])
    return category > 0 and bool(categories >> (category - 1) & 1)


def _is_ammo_of(world: World, turret: int, item: int) -> bool:
    category = world.prototypes["item_prototype"]["ammo_category"][item]
    wanted = world.prototypes["entity_prototype"]["ammo_category"]
    return bool(category and category == wanted[world.entity["prototype"][turret]])


def _is_ingredient(world: World, entity: int, item: int) -> bool:
    component = int(world.entity["component"][entity])
    machine = world.tables["crafting_machine"][component]
    if not machine["is_furnace"]:
        return True  # its slots have the ingredients as filters
    recipe = int(world.prototypes["item_prototype"]["smelting_recipe"][item])
    category = int(world.prototypes["recipe_prototype"]["category"][recipe])
    return bool(
        recipe > 0
        and world.tables["force_recipe"]["enabled"][recipe]
        and int(machine["categories"]) >> category & 1
    )


def insert_accepted(world: World, inventory: int, item: int, count: int) -> int:
    """Make items and put them into an inventory, if it is for them.

    Source: LuaInventory.insert.

    Returns:
        How many went in, 0 to `count`.
    """
    if not accepts(world, inventory, item):
        return 0
    return insert_items(world, inventory, item, count)


# --- the bar


def supports_bar(world: World, inventory: int) -> bool:
    """Whether an inventory has a bar: those of chests.

    Source: prototype API, ContainerPrototype.enable_inventory_bar, true by default.
    """
    entity = int(world.tables["inventory"]["entity"][inventory])
    if not entity:
        return False
    prototype = load().entities.by_id(int(world.entity["prototype"][entity]))
    is_barred = bool(prototype.properties.get("enable_inventory_bar", True))
    return prototype.type in _CONTAINERS and is_barred


def is_full(world: World, inventory: int) -> bool:
    """Whether all stacks in front of the bar are full.

    Source: runtime API, LuaInventory.is_full.
    """
    bar = int(world.tables["inventory"]["bar"][inventory])
    slots = inventory_slots(world, inventory)[:bar]
    if not slots["count"].all():
        return False
    return all(
        count >= slot_capacity(world, inventory, item)
        for item, _, count in slots.tolist()
    )


# --- filters


def supports_filters(world: World, inventory: int) -> bool:
    """Whether it can be said what may lie in a slot of an inventory."""
    record = world.tables["inventory"][inventory]
    kind = int(world.entity["kind"][int(record["entity"])])
    return kind == _CHARACTER and int(record["define"]) in _FILTERED


def accepts_filter(world: World, inventory: int, item: int) -> bool:
    """Whether slots of an inventory can be kept for an item.

    Source: runtime API, LuaInventory.set_filter: slots of ammunition not for others.
    """
    return supports_filters(world, inventory) and accepts(world, inventory, item)


def set_slot_filter(world: World, inventory: int, index: int, item: int) -> bool:
    """Keep a slot for an item; what lies there stays.

    Args:
        world: changed.
        inventory: row.
        index: of the slot, from 0.
        item: item prototype; 0 for any.

    Returns:
        False when the inventory cannot have this filter; then nothing has changed.
    """
    if item and not accepts_filter(world, inventory, item):
        return False
    inventory_slots(world, inventory)["filter"][index] = item
    return True


def empty_slots(
    world: World,
    inventory: int,
    *,
    include_filtered: bool,
    include_bar: bool,
    item: int = 0,
) -> list[int]:
    """Slots in which nothing lies.

    Args:
        world: read.
        inventory: row.
        include_filtered: slots that are kept for something as well.
        include_bar: slots behind the bar as well.
        item: slots that are kept for this item as well; 0 for none.

    Returns:
        Their indices from 0, in order.
    """
    slots = inventory_slots(world, inventory)
    is_empty = slots["count"] == 0
    if supports_filters(world, inventory) and not include_filtered:
        is_empty &= (slots["filter"] == 0) | (slots["filter"] == item)
    if not include_bar:
        is_empty[int(world.tables["inventory"]["bar"][inventory]) :] = False
    return [int(index) for index in is_empty.nonzero()[0]]
