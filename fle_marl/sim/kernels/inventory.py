"""Items in slots: counting, putting in, taking out of one inventory.

What may be put into which inventory of an entity is decided elsewhere; here a slot's
filter, the bar and stack sizes are all that counts.
"""

from fle_marl.sim._jit import Table, kernel

__all__ = [
    "clear_slot",
    "count_item",
    "first_item",
    "insert_item",
    "insertable_count",
    "is_empty",
    "remove_item",
]


@kernel
def count_item(inventory: Table, slot: Table, row: int, item: int) -> int:
    """How many of an item an inventory holds; row 0 holds none."""
    total = 0
    first = inventory[row].first_slot
    for index in range(first, first + inventory[row].slot_count):
        if slot[index].item == item:
            total += slot[index].count
    return total


@kernel
def is_empty(inventory: Table, slot: Table, row: int) -> bool:
    """Whether an inventory holds nothing; row 0 holds nothing."""
    first = inventory[row].first_slot
    for index in range(first, first + inventory[row].slot_count):
        if slot[index].count > 0:
            return False
    return True


@kernel
def first_item(inventory: Table, slot: Table, row: int) -> int:
    """The item in the first filled slot; 0 when the inventory is empty."""
    first = inventory[row].first_slot
    for index in range(first, first + inventory[row].slot_count):
        if slot[index].count > 0:
            return int(slot[index].item)
    return 0


@kernel
def insertable_count(
    inventory: Table, slot: Table, item_prototype: Table, row: int, item: int
) -> int:
    """How many of an item still fit into an inventory.

    Slots behind the bar take nothing more. Source: LuaInventory.set_bar.
    """
    stack_size = item_prototype[item].stack_size
    room = 0
    first = inventory[row].first_slot
    for index in range(first, first + inventory[row].bar):
        if slot[index].filter != 0 and slot[index].filter != item:
            continue
        if slot[index].count == 0:
            room += stack_size
        elif slot[index].item == item and slot[index].count < stack_size:
            room += stack_size - slot[index].count
    return room


@kernel
def insert_item(
    inventory: Table,
    slot: Table,
    item_prototype: Table,
    row: int,
    item: int,
    count: int,
) -> int:
    """Put items in: onto started stacks first, then into empty slots, from the front.

    Args:
        inventory: table.
        slot: table, changed.
        item_prototype: table.
        row: the inventory.
        item: what.
        count: how many, 0 or more.

    Returns:
        How many went in.
    """
    stack_size = item_prototype[item].stack_size
    left = count
    first = inventory[row].first_slot
    last = first + inventory[row].bar
    for index in range(first, last):
        if left <= 0:
            break
        if slot[index].item == item and 0 < slot[index].count < stack_size:
            moved = min(left, stack_size - slot[index].count)
            slot[index].count += moved
            left -= moved
    for index in range(first, last):
        if left <= 0:
            break
        if slot[index].count == 0 and (
            slot[index].filter == 0 or slot[index].filter == item
        ):
            moved = min(left, stack_size)
            slot[index].item = item
            slot[index].count = moved
            left -= moved
    return count - left


@kernel
def remove_item(inventory: Table, slot: Table, row: int, item: int, count: int) -> int:
    """Take items out, from the last slot to the first.

    Returns:
        How many came out.
    """
    left = count
    first = inventory[row].first_slot
    for index in range(first + inventory[row].slot_count - 1, first - 1, -1):
        if left <= 0:
            break
        if slot[index].item == item and slot[index].count > 0:
            moved = min(left, slot[index].count)
            slot[index].count -= moved
            if slot[index].count == 0:
                slot[index].item = 0
            left -= moved
    return count - left


@kernel
def clear_slot(slot: Table, index: int) -> None:
    """Empty one slot; its filter stays."""
    slot[index].item = 0
    slot[index].count = 0
