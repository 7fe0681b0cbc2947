"""What an inserter takes into its hand out of an entity or off the ground.

It takes as many as the hand holds, or as there are, and as the drop target has room
for. Out of a laboratory it takes science packs only for another laboratory. How it
takes items off belts is in `kernels.chase`.

Source: wiki.factorio.com/Inserters; wiki.factorio.com/Lab (laboratories hand on packs;
that to nothing else is a choice); measured in the game: out of a chest the last slot
comes first.
"""

from typing import Final

from fle_marl.sim._jit import Tables, called_kernel, kernel
from fle_marl.sim.components import KINDS, ROLE_LAB_INPUT
from fle_marl.sim.kernels.chase import is_wanted_on_belt
from fle_marl.sim.kernels.ground import ground_item_on_tile, remove_ground_item
from fle_marl.sim.kernels.transfer import is_takeable, take_from_entity
from fle_marl.sim.kernels.wanting import wanted_count

__all__ = ["is_anything_wanted", "is_over_belt", "pick_up"]

_BELT: Final = KINDS.index("belt")
_LAB: Final = KINDS.index("lab")


@kernel
def is_over_belt(state: Tables, row: int) -> bool:
    """Whether what stands at an inserter's pickup place is a belt piece."""
    target = state.inserter[row].pickup_target
    return bool(target > 0 and state.entity[target].kind == _BELT)


@kernel
def _may_take(state: Tables, row: int, role: int) -> bool:
    """Whether an inserter takes items out of inventories of a role."""
    if role != ROLE_LAB_INPUT:
        return is_takeable(role)
    target = state.inserter[row].drop_target
    return bool(target > 0 and state.entity[target].kind == _LAB)


@called_kernel
def _find_in_entity(state: Tables, row: int) -> tuple[int, int]:
    """Look through the inventories of the pickup target, from their ends.

    Returns:
        Item and how many of it are wanted; (0, 0) when nothing there is.
    """
    inventory = state.inventory
    store = state.entity[state.inserter[row].pickup_target].first_inventory
    while store > 0:
        first = inventory[store].first_slot
        last = first + inventory[store].slot_count - 1
        if not _may_take(state, row, inventory[store].role):
            last = first - 1
        refused = 0
        for index in range(last, first - 1, -1):
            item = int(state.slot[index].item)
            if item == 0 or item == refused:
                continue
            wanted = wanted_count(state, row, item)
            if wanted > 0:
                return item, wanted
            refused = item
        store = inventory[store].next
    return 0, 0


@called_kernel
def _find_on_ground(state: Tables, row: int) -> tuple[int, int]:
    """Look at the stack on the tile of the pickup place.

    Returns:
        Its entity and how many of it are wanted; (0, 0) when there is none.
    """
    inserter = state.inserter
    tile_x, tile_y = inserter[row].pickup_x >> 8, inserter[row].pickup_y >> 8
    target = ground_item_on_tile(state, tile_x, tile_y)
    if target == 0:
        return 0, 0
    stack = state.item_on_ground[state.entity[target].component]
    return target, min(wanted_count(state, row, int(stack.item)), int(stack.count))


@kernel
def is_anything_wanted(state: Tables, row: int) -> bool:
    """Whether there is anything for an inserter at its pickup place."""
    if state.inserter[row].pickup_target == 0:
        _, wanted = _find_on_ground(state, row)
        return wanted > 0
    if is_over_belt(state, row):
        return is_wanted_on_belt(state, row)
    _, wanted = _find_in_entity(state, row)
    return wanted > 0


@kernel
def _take_off_ground(state: Tables, row: int) -> tuple[int, int]:
    """Take from the stack on the ground; returns item and count."""
    item_on_ground = state.item_on_ground
    target, taken = _find_on_ground(state, row)
    if taken == 0:
        return 0, 0
    component = state.entity[target].component
    item = int(item_on_ground[component].item)
    item_on_ground[component].count -= taken
    if item_on_ground[component].count == 0:
        remove_ground_item(state, target)
    return item, taken


@kernel
def pick_up(state: Tables, row: int) -> bool:
    """Take something into an inserter's empty hand, off the ground or out of an entity.

    Returns:
        False when there is nothing to take.
    """
    inserter = state.inserter
    target = inserter[row].pickup_target
    if target == 0:
        item, taken = _take_off_ground(state, row)
    else:
        item, wanted = _find_in_entity(state, row)
        taken = take_from_entity(state, target, item, wanted) if wanted > 0 else 0
    if taken == 0:
        return False
    inserter[row].hand_item = item
    inserter[row].hand_count = taken
    return True
