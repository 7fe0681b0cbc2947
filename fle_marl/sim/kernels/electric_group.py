"""Entities of one prototype and usage on one network, reckoned together.

Groups are made anew whenever networks are: their sums are added up in the order of
rows, so they do not depend on what was built when or who sleeps.
"""

from typing import Final

from fle_marl.sim._jit import Tables, kernel
from fle_marl.sim.components import KINDS, TABLE_INDEX
from fle_marl.sim.kernels.accumulator_pool import clear_pools, join_pool

__all__ = ["form_groups"]

_ACCUMULATOR: Final = TABLE_INDEX["accumulator"]
_ELECTRIC: Final = TABLE_INDEX["electric"]
_GROUP: Final = TABLE_INDEX["electric_group"]
_NETWORK: Final = TABLE_INDEX["electric_network"]
_GENERATOR: Final = KINDS.index("generator")


@kernel
def _clear_groups(state: Tables) -> None:
    group = state.electric_group
    for row in range(1, state.count[_GROUP]):
        group[row] = group[0]
    state.count[_GROUP] = 1
    for row in range(1, state.count[_NETWORK]):
        state.electric_network[row].first_group = 0


@kernel
def _group_of(state: Tables, network: int, prototype: int, usage: int) -> int:
    """The group of a network for a prototype and usage, a new one if there is none.

    New ones go to the end, so that groups are in the order of their first rows.
    """
    group = state.electric_group
    last, row = 0, state.electric_network[network].first_group
    while row > 0:
        if group[row].prototype == prototype and group[row].usage == usage:
            return int(row)
        last, row = row, group[row].next
    row = state.count[_GROUP]
    state.count[_GROUP] = row + 1
    group[row].entity = 1
    group[row].network = network
    group[row].prototype = prototype
    group[row].usage = usage
    if last > 0:
        group[last].next = row
    else:
        state.electric_network[network].first_group = row
    return int(row)


@kernel
def form_groups(state: Tables) -> None:
    """Put everything that is on just one network into a group of that.

    ``electric_group`` has room for as many rows as ``electric``, ``accumulator_pool``
    for as many as there are accumulators.
    """
    electric = state.electric
    entity = state.entity
    _clear_groups(state)
    clear_pools(state)
    for row in range(1, state.count[_ELECTRIC]):
        electric[row].group = 0
        network = electric[row].network
        if electric[row].entity <= 0 or network == 0 or electric[row].shared > 0:
            continue
        owner = entity[electric[row].entity]
        group = _group_of(state, network, owner.prototype, electric[row].usage)
        electric[row].group = group
        sums = state.electric_group[group]
        sums.drain_joules += electric[row].drain_joules
        # what a generator gives depends on its steam; it says so in each tick
        if owner.kind != _GENERATOR:
            sums.steady_joules += electric[row].output_limit_joules
    for row in range(1, state.count[_ACCUMULATOR]):
        owner = state.accumulator[row].entity
        if owner > 0 and electric[entity[owner].electric].group > 0:
            join_pool(state, row)
