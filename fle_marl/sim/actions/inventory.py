"""Items in and out of inventories, one at a time or from one to another.

Counts are conserved: what does not fit stays where it was. These functions keep to a
slot's filter, the bar and stack sizes. What an entity as a whole takes from a character
(fuel into the fuel slots, and so on) is `fle_marl.sim.kernels.transfer`'s business.
"""

from typing import Any, Final

from numpy.typing import NDArray

from fle_marl.prototypes import load
from fle_marl.sim._jit import Tables, entry_point
from fle_marl.sim.kernels.inventory import (
    count_item,
    insert_item,
    insertable_count,
    remove_item,
    stack_size_in,
)
from fle_marl.sim.parts import inventories_of
from fle_marl.sim.wear import add_wear, forget_gone_wear, forget_wear, wear_in_run
from fle_marl.sim.world import World

__all__ = [
    "add_wear_to",
    "can_hold",
    "clear_inventory",
    "contents_of_all",
    "count_in_all",
    "count_items",
    "find_inventory",
    "insert_items",
    "inventory_contents",
    "inventory_slots",
    "move_items",
    "remove_items",
    "room_for",
    "set_bar",
    "slot_capacity",
    "sort_inventory",
    "wear_of",
]

_NOTHING: Final = 0


def find_inventory(world: World, entity: int, define: int) -> int:
    """An entity's inventory by its number of ``defines.inventory``.

    Returns:
        Its row; 0 when the entity has none.
    """
    row: int = world.entity["first_inventory"].item(entity)
    if row:
        inventories = world.tables["inventory"]
        defines, links = inventories["define"], inventories["next"]
        while row and defines.item(row) != define:
            row = links.item(row)
    return row


def inventory_slots(world: World, inventory: int) -> NDArray[Any]:
    """A view of an inventory's rows of ``slot``; do not keep it across a build."""
    first, count = _run_of(world, inventory)
    return world.tables["slot"][first : first + count]


def inventory_contents(world: World, inventory: int) -> dict[int, int]:
    """What lies in an inventory, {item: count}, in the order of the slots."""
    slots = inventory_slots(world, inventory)
    contents: dict[int, int] = {}
    # most have few slots: lists are quicker than choosing with a mask
    counts = slots["count"].tolist()
    if not any(counts):
        return contents
    for item, count in zip(slots["item"].tolist(), counts, strict=True):
        if count:
            contents[item] = contents.get(item, 0) + count
    return contents


def contents_of_all(world: World, entity: int) -> dict[int, int]:
    """What lies in an entity's inventories, {item: count}, in their order."""
    contents: dict[int, int] = {}
    for inventory in inventories_of(world, entity):
        for item, count in inventory_contents(world, inventory).items():
            contents[item] = contents.get(item, 0) + count
    return contents


def count_in_all(world: World, entity: int, item: int) -> int:
    """How many of an item lie in an entity's inventories."""
    return int(_count_in_all(world.state, int(entity), int(item)))


def count_items(world: World, inventory: int, item: int) -> int:
    """How many of an item lie in an inventory."""
    return int(_count(world.state, int(inventory), int(item)))


def room_for(world: World, inventory: int, item: int) -> int:
    """How many of an item still fit into an inventory."""
    return int(_room(world.state, int(inventory), int(item)))


def slot_capacity(world: World, inventory: int, item: int) -> int:
    """How many of an item one slot of an inventory takes."""
    return int(_capacity(world.state, int(inventory), int(item)))


def insert_items(world: World, inventory: int, item: int, count: int) -> int:
    """Make items and put them into an inventory.

    Args:
        world: changed.
        inventory: row.
        item: what.
        count: how many, 0 or more.

    Returns:
        How many went in; the others were not made.
    """
    return int(_move(world.state, _NOTHING, int(inventory), int(item), int(count)))


def remove_items(world: World, inventory: int, item: int, count: int) -> int:
    """Take items out of an inventory and out of the world, with what is used of them.

    Returns:
        How many there were, at most ``count``.
    """
    removed = int(_move(world.state, int(inventory), _NOTHING, int(item), int(count)))
    forget_gone_wear(world, *_run_of(world, inventory))
    return removed


def move_items(world: World, source: int, target: int, item: int, count: int) -> int:
    """Move items from one inventory to another.

    What is used of them goes along when none of them stays.

    Returns:
        How many were there and fitted, at most ``count``; the others stay.
    """
    wear = wear_of(world, source)
    moved = int(_move(world.state, int(source), int(target), int(item), int(count)))
    if item in wear and not count_items(world, source, item):
        add_wear_to(world, target, {item: wear[item]})
        forget_wear(world, *_run_of(world, source), item)
    return moved


def _run_of(world: World, inventory: int) -> tuple[int, int]:
    inventories = world.tables["inventory"]
    first: int = inventories["first_slot"].item(inventory)
    count: int = inventories["slot_count"].item(inventory)
    return first, count


def wear_of(world: World, inventory: int) -> dict[int, float]:
    """What is used of the items in an inventory, {item: durability or ammo}."""
    return wear_in_run(world, *_run_of(world, inventory))


def add_wear_to(world: World, inventory: int, wear: dict[int, float]) -> None:
    """Use up so much of the items in an inventory, {item: durability or ammo}."""
    add_wear(world, *_run_of(world, inventory), wear)


@entry_point
def _move(state: Tables, source: int, target: int, item: int, count: int) -> int:
    moved = count
    if source > 0:
        moved = min(moved, count_item(state, source, item))
    if target > 0:
        moved = insert_item(state, target, item, max(0, moved))
    if source > 0:
        moved = remove_item(state, source, item, max(0, moved))
    return moved


@entry_point
def _room(state: Tables, inventory: int, item: int) -> int:
    return insertable_count(state, inventory, item)


@entry_point
def _capacity(state: Tables, inventory: int, item: int) -> int:
    return stack_size_in(state, inventory, item)


@entry_point
def _count_in_all(state: Tables, entity: int, item: int) -> int:
    total = 0
    inventory = state.entity[entity].first_inventory
    while inventory > 0:
        total += count_item(state, inventory, item)
        inventory = state.inventory[inventory].next
    return total


@entry_point
def _count(state: Tables, inventory: int, item: int) -> int:
    return count_item(state, inventory, item)


def can_hold(world: World, inventory: int, items: dict[int, int]) -> bool:
    """Whether all of several items fit into an inventory together.

    Args:
        world: as it was when the call returns.
        inventory: row.
        items: {item: count}.
    """
    slots = inventory_slots(world, inventory)
    before = slots.copy()
    fits = all(
        insert_items(world, inventory, item, count) == count
        for item, count in items.items()
    )
    slots[:] = before
    return fits


def clear_inventory(world: World, inventory: int) -> None:
    """Take everything in an inventory out of the world; filters stay."""
    slots = inventory_slots(world, inventory)
    slots["item"] = 0
    slots["count"] = 0
    forget_wear(world, *_run_of(world, inventory))


def set_bar(world: World, inventory: int, slots: int) -> None:
    """Let only the first slots of an inventory be filled.

    Args:
        world: changed.
        inventory: row.
        slots: how many; more than there are, or a negative number, takes the bar away.
            LuaInventory.set_bar counts differently: its bar is the first barred slot.
    """
    record = world.tables["inventory"][inventory]
    available = int(record["slot_count"])
    record["bar"] = slots if 0 <= slots <= available else available


def sort_inventory(world: World, inventory: int) -> None:
    """Merge stacks and sort them as the game does, into slots without a filter.

    Items come in the order of their groups, subgroups and own order, full stacks first.
    Source: LuaInventory.sort_and_merge; prototype order strings.
    """
    contents, wear = inventory_contents(world, inventory), wear_of(world, inventory)
    slots = inventory_slots(world, inventory)
    before = slots.copy()
    slots["item"] = slots["count"] = 0
    for item in sorted(contents, key=_sort_key):
        left = contents[item] - insert_items(world, inventory, item, contents[item])
        if left:
            # stacks behind the bar have no room in front of it: leave all as it was
            slots[:] = before
            return
    for item in wear:
        forget_wear(world, *_run_of(world, inventory), item)
    add_wear_to(world, inventory, wear)


def _sort_key(item: int) -> tuple[str, str, str, int]:
    prototypes = load()
    prototype = prototypes.items.by_id(item)
    subgroup = prototypes.constants["item-subgroup"].get(prototype.subgroup or "", {})
    group = prototypes.constants["item-group"].get(subgroup.get("group", ""), {})
    return (
        str(group.get("order", "")),
        str(subgroup.get("order", "")),
        prototype.order,
        item,
    )
