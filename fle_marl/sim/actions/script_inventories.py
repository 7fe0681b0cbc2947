"""Inventories of scripts, which belong to no entity.

Source: runtime API, LuaGameScript.create_inventory, LuaInventory.destroy and resize.
They take anything that fits, and have neither a bar nor filters; that is a choice.
"""

from typing import Final

from fle_marl.sim.components import ROLE_STORAGE, TABLE_INDEX
from fle_marl.sim.wear import forget_wear, set_used, used_in_slot
from fle_marl.sim.world import World, row_template

__all__ = [
    "create_script_inventory",
    "destroy_script_inventory",
    "resize_script_inventory",
    "script_inventories",
]

_INVENTORY: Final = TABLE_INDEX["inventory"]
_FIRST: Final = 2
"""Numbers of inventories of entities are all 1."""


def create_script_inventory(world: World, slots: int) -> int:
    """Make an inventory that belongs to no entity.

    Args:
        world: changed.
        slots: how many, 0 or more.

    Returns:
        Its row.
    """
    # a number that no other had, so that what is gone is noticed
    number = int(world.clock["next_serial"][0]) + 1
    world.clock["next_serial"] = number
    template = row_template(
        "inventory", number=number, role=ROLE_STORAGE, slot_count=slots, bar=slots
    )
    row = world.add("inventory", template)
    if slots:
        world.tables["inventory"]["first_slot"][row] = world.allocate_run("slot", slots)
    return row


def script_inventories(world: World) -> dict[int, int]:
    """Rows of all inventories of scripts by their numbers, in order."""
    table = world.tables["inventory"][: int(world.count[_INVENTORY])]
    numbers = table["number"]
    rows = (numbers >= _FIRST).nonzero()[0].tolist()
    return {int(numbers[row]): row for row in sorted(rows, key=numbers.item)}


def destroy_script_inventory(world: World, row: int) -> None:
    """Take an inventory of a script out of the world, with what is in it."""
    record = world.tables["inventory"][row]
    if record["slot_count"]:
        first, slots = int(record["first_slot"]), int(record["slot_count"])
        forget_wear(world, first, slots)
        world.free_run("slot", first, slots)
    world.free("inventory", row)


def resize_script_inventory(world: World, row: int, slots: int) -> None:
    """Give an inventory of a script more slots or fewer; what has none left is gone."""
    record = world.tables["inventory"][row]
    first, before = int(record["first_slot"]), int(record["slot_count"])
    kept = world.tables["slot"][first : first + min(before, slots)].copy()
    wear = [used_in_slot(world, first + place) for place in range(len(kept))]
    if before:
        forget_wear(world, first, before)
        world.free_run("slot", first, before)
    first = world.allocate_run("slot", slots) if slots else 0
    world.tables["slot"][first : first + len(kept)] = kept
    for place, used in enumerate(wear):
        set_used(world, first + place, used)
    record["first_slot"], record["slot_count"], record["bar"] = first, slots, slots
