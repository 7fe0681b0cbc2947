"""Stacks whose first item is partly used up: tools by durability, magazines by ammo.

Few stacks ever are, so what is used stands in a table of its own, ``worn_stack``, by
slot; rows of slots stay small, and kernels move items by count and look at none of
this. So what machines take out of a slot is whole, and what was used waits in the slot
for the next item of its kind; hands, belts and the ground hold only whole items. That
is a choice: in the game what is used goes with the item.

All items of a stack but the first are whole. Where two worn stacks become one, what is
used of both is used of the one, so that no durability is made or lost.

Source: runtime API, LuaItemStack.durability, ammo; prototype API,
ToolPrototype.durability and infinite, AmmoItemPrototype.magazine_size (1 by default).
"""

from functools import cache
from typing import Final

import numpy as np

from fle_marl.prototypes import load
from fle_marl.sim.components import TABLE_INDEX
from fle_marl.sim.world import World

__all__ = [
    "add_wear",
    "forget_gone_wear",
    "forget_wear",
    "set_used",
    "used_in_slot",
    "wear_in_run",
    "wear_unit",
    "worn_down",
]

_WORN: Final = TABLE_INDEX["worn_stack"]
_ROUNDING: Final = 1e-9
"""Slack for sums of what is used that are not exact in binary."""


@cache
def wear_unit(item: int) -> float:
    """How much can be used of an item: durability, or ammo; 0 if it is not used up."""
    prototype = load().items.by_id(item)
    if prototype.type == "ammo":
        return prototype.number("magazine_size", 1.0)
    return prototype.durability or 0.0


def worn_down(count: int, used: float, unit: float) -> tuple[int, float]:
    """A stack of which more is used than its first item has.

    Args:
        count: items.
        used: what is used of them, 0 or more.
        unit: what each has.

    Returns:
        How many items are left, and what is used of the first of them.
    """
    gone = int((used + _ROUNDING) / unit)
    if gone >= count:
        return 0, 0.0
    left = used - gone * unit
    return count - gone, left if left > _ROUNDING else 0.0


def _rows(world: World, first: int, length: int) -> list[int]:
    """Rows about slots of a run."""
    count = int(world.count[_WORN])
    if count <= 1:
        return []
    table = world.tables["worn_stack"][:count]
    is_there = (table["entity"] > 0) & (table["slot"] >= first)
    is_there &= table["slot"] < first + length
    rows: list[int] = np.flatnonzero(is_there).tolist()
    return rows


def used_in_slot(world: World, slot: int) -> float:
    """What is used of the first item in a slot; 0 of an empty one."""
    held = world.tables["slot"][slot]
    for row in _rows(world, slot, 1):
        record = world.tables["worn_stack"][row]
        if held["count"] and record["item"] == held["item"]:
            return float(record["used"])
    return 0.0


def set_used(world: World, slot: int, used: float) -> None:
    """Say what is used of the first item in a slot: less than all that it has."""
    forget_wear(world, slot, 1)
    if used > 0.0:
        row = world.allocate("worn_stack")
        item = int(world.tables["slot"]["item"][slot])
        world.tables["worn_stack"][row] = (1, slot, item, used)


def forget_wear(world: World, first: int, length: int, item: int = 0) -> None:
    """Have nothing used of an item in a run of slots; of any item for 0."""
    for row in _rows(world, first, length):
        if item in (0, int(world.tables["worn_stack"]["item"][row])):
            world.free("worn_stack", row)


def forget_gone_wear(world: World, first: int, length: int) -> None:
    """Have nothing used in slots of a run in which nothing lies."""
    for row in _rows(world, first, length):
        slot = int(world.tables["worn_stack"]["slot"][row])
        if not world.tables["slot"]["count"][slot]:
            world.free("worn_stack", row)


def wear_in_run(world: World, first: int, length: int) -> dict[int, float]:
    """What is used of the items in a run of slots, {item: sum}."""
    total: dict[int, float] = {}
    for row in _rows(world, first, length):
        slot = int(world.tables["worn_stack"]["slot"][row])
        used = used_in_slot(world, slot)
        if used:
            item = int(world.tables["slot"]["item"][slot])
            total[item] = total.get(item, 0.0) + used
    return total


def add_wear(world: World, first: int, length: int, wear: dict[int, float]) -> None:
    """Use up more of the items in a run of slots, from its first stack of each kind.

    Args:
        world: changed.
        first: slot.
        length: of the run.
        wear: {item: how much}; what no such item is there for is lost.
    """
    for item, amount in wear.items():
        left = amount
        unit = wear_unit(item)
        for slot in range(first, first + length):
            held = world.tables["slot"][slot]
            if left <= 0.0 or held["item"] != item or not held["count"]:
                continue
            whole = int(held["count"]) * unit - used_in_slot(world, slot)
            taken = min(left, whole)
            used = used_in_slot(world, slot) + taken
            count, rest = worn_down(int(held["count"]), used, unit)
            held["count"] = count
            if not count:
                held["item"] = 0
            set_used(world, slot, rest)
            left -= taken
