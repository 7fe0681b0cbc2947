"""Items in slots: counting, putting in, taking out of one inventory.

What may be put into which inventory of an entity is decided elsewhere; here a slot's
filter, the bar and stack sizes are all that counts.
"""

from fle_marl.sim._jit import Tables, kernel
from fle_marl.sim.components import ROLE_MODULE, ROLE_TURRET_AMMO
from fle_marl.sim.kernels.awake import touch

__all__ = [
    "clear_slot",
    "count_item",
    "first_item",
    "insert_item",
    "insertable_count",
    "is_empty",
    "remove_item",
    "stack_size_in",
]


@kernel
def count_item(state: Tables, row: int, item: int) -> int:
    """How many of an item an inventory holds; row 0 holds none."""
    inventory = state.inventory
    slot = state.slot
    total = 0
    first = inventory[row].first_slot
    for index in range(first, first + inventory[row].slot_count):
        if slot[index].item == item:
            total += slot[index].count
    return total


@kernel
def is_empty(state: Tables, row: int) -> bool:
    """Whether an inventory holds nothing; row 0 holds nothing."""
    inventory = state.inventory
    first = inventory[row].first_slot
    for index in range(first, first + inventory[row].slot_count):
        if state.slot[index].count > 0:
            return False
    return True


@kernel
def first_item(state: Tables, row: int) -> int:
    """The item in the first filled slot; 0 when the inventory is empty."""
    inventory = state.inventory
    slot = state.slot
    first = inventory[row].first_slot
    for index in range(first, first + inventory[row].slot_count):
        if slot[index].count > 0:
            return int(slot[index].item)
    return 0


@kernel
def stack_size_in(state: Tables, row: int, item: int) -> int:
    """How many of an item a slot of an inventory takes.

    One of a module in its slot; and more than a stack of shells in an artillery turret,
    if its prototype says so (``ammo_stack_limit``).
    """
    role = state.inventory[row].role
    if role == ROLE_MODULE:
        return 1
    if role == ROLE_TURRET_AMMO:
        owner = state.entity[state.inventory[row].entity].prototype
        limit = int(state.entity_prototype[owner].ammo_stack_limit)
        if limit > 0:
            return limit
    return int(state.item_prototype[item].stack_size)


@kernel
def insertable_count(state: Tables, row: int, item: int) -> int:
    """How many of an item still fit into an inventory.

    Slots behind the bar take nothing more. Source: LuaInventory.set_bar.
    """
    inventory = state.inventory
    slot = state.slot
    stack_size = stack_size_in(state, row, item)
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
def insert_item(state: Tables, row: int, item: int, count: int) -> int:
    """Put items in: onto started stacks first, then into empty slots, from the front.

    Args:
        state: ``World.state``, changed.
        row: the inventory.
        item: what.
        count: how many, 0 or more.

    Returns:
        How many went in.
    """
    inventory = state.inventory
    slot = state.slot
    stack_size = stack_size_in(state, row, item)
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
    if left < count:
        touch(state, inventory[row].entity)
    return count - left


@kernel
def remove_item(state: Tables, row: int, item: int, count: int) -> int:
    """Take items out, from the last slot to the first.

    Returns:
        How many came out.
    """
    inventory = state.inventory
    slot = state.slot
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
    if left < count:
        touch(state, inventory[row].entity)
    return count - left


@kernel
def clear_slot(state: Tables, index: int) -> None:
    """Empty one slot; its filter stays."""
    slot = state.slot
    slot[index].item = 0
    slot[index].count = 0
