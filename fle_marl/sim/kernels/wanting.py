"""What an inserter would take into its hand.

It takes what its drop target has room for and its filters let through; a burner
inserter without fuel also takes fuel for itself.

Source: wiki.factorio.com/Inserters; changelog 1.1.60.
"""

from typing import Final

from fle_marl.sim._jit import Tables, called_kernel, kernel
from fle_marl.sim.components import KINDS
from fle_marl.sim.kernels.energy import is_fuel_for
from fle_marl.sim.kernels.inventory import is_empty
from fle_marl.sim.kernels.transfer import insertable_into_entity

__all__ = ["is_hungry_for", "wanted_count", "wants"]

_BELT: Final = KINDS.index("belt")


@kernel
def is_hungry_for(state: Tables, row: int, item: int) -> bool:
    """Whether an inserter has no fuel left beside the fire and could use this item."""
    source = state.entity[state.inserter[row].entity].burner
    if source == 0 or not is_fuel_for(state, source, item):
        return False
    return is_empty(state, state.burner[source].fuel_inventory)


@kernel
def _passes_filters(state: Tables, row: int, item: int) -> bool:
    """Whether an inserter's filters let an item through; unset ones let all through."""
    inserter = state.inserter
    is_filtering = False
    for index in range(inserter[row].filter_count):
        if inserter[row].filters[index] == item:
            return True
        if inserter[row].filters[index] != 0:
            is_filtering = True
    return not is_filtering


@called_kernel
def wanted_count(state: Tables, row: int, item: int) -> int:
    """How many of an item an inserter would carry at a time."""
    inserter = state.inserter
    if not _passes_filters(state, row, item):
        return 0
    if is_hungry_for(state, row, item):
        return 1
    limit = int(inserter[row].hand_limit)
    target = inserter[row].drop_target
    if target == 0 or state.entity[target].kind == _BELT:
        return limit
    return insertable_into_entity(state, target, item, limit, True)


@kernel
def wants(state: Tables, row: int, item: int) -> bool:
    """Whether an inserter would take one more of an item into its hand."""
    held = int(state.inserter[row].hand_count)
    if held > 0 and item != state.inserter[row].hand_item:
        return False
    return wanted_count(state, row, item) > held
