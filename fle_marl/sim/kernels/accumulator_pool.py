"""Accumulators that hold the same are reckoned as one.

Accumulators of one network that hold the same energy give and take the same in each
tick, so they keep holding the same: a pool has the charge of each and their number, and
a tick costs as much as there are pools, not accumulators. Pools that come to hold the
same (most often nothing, or all that they can) become one. They are kept in the order
of their charge, which no flow changes, so that only neighbours can meet.

Within a call of `schedule.advance` the charge is in the pools alone; at its end it is
written into the accumulators' own rows, and at the start of the next it is looked who
was changed from outside.
"""

from typing import Final

from fle_marl.sim._jit import Tables, called_kernel, kernel
from fle_marl.sim.components import TABLE_INDEX
from fle_marl.sim.kernels.rows import free_row, take_row

__all__ = [
    "add_up_pools",
    "check_pools",
    "clear_pools",
    "flow_in_pools",
    "join_pool",
    "settle_pools",
]

_POOL: Final = TABLE_INDEX["accumulator_pool"]
_ACCUMULATOR: Final = TABLE_INDEX["accumulator"]


@kernel
def clear_pools(state: Tables) -> None:
    """Forget all pools."""
    pool = state.accumulator_pool
    for row in range(1, state.count[_POOL]):
        pool[row] = pool[0]
    state.count[_POOL] = 1
    state.free_head[_POOL] = 0
    for row in range(1, state.count[_ACCUMULATOR]):
        state.accumulator[row].pool = 0


@kernel
def _fits(state: Tables, row: int, source: int) -> bool:
    """Whether an accumulator is like those of a pool."""
    pool, electric = state.accumulator_pool[row], state.electric[source]
    return bool(
        pool.buffer_joules == electric.buffer_joules
        and pool.capacity_joules == electric.capacity_joules
        and pool.input_limit_joules == electric.input_limit_joules
        and pool.output_limit_joules == electric.output_limit_joules
    )


@called_kernel
def join_pool(state: Tables, row: int) -> None:
    """Reckon an accumulator with those that hold the same.

    Args:
        state: ``World.state``, changed; ``accumulator_pool`` has room for as many rows
            as there are accumulators.
        row: of ``accumulator``; on a network, and in no pool.
    """
    pool = state.accumulator_pool
    source = state.entity[state.accumulator[row].entity].electric
    electric = state.electric[source]
    group = electric.group
    before, found = 0, state.electric_group[group].first_pool
    while found > 0 and pool[found].buffer_joules < electric.buffer_joules:
        before, found = found, pool[found].next
    if found == 0 or not _fits(state, found, source):
        following, found = found, take_row(state, pool, _POOL)
        pool[found].entity = 1
        pool[found].group = group
        pool[found].next = following
        pool[found].buffer_joules = electric.buffer_joules
        pool[found].capacity_joules = electric.capacity_joules
        pool[found].input_limit_joules = electric.input_limit_joules
        pool[found].output_limit_joules = electric.output_limit_joules
        pool[found].flow_joules = electric.flow_joules
        if before > 0:
            pool[before].next = found
        else:
            state.electric_group[group].first_pool = found
    pool[found].count += 1
    state.accumulator[row].pool = found


@kernel
def _free_pool(state: Tables, row: int) -> None:
    pool = state.accumulator_pool
    pool[row] = pool[0]
    free_row(state, pool, _POOL, row)


@kernel
def _leave_pool(state: Tables, row: int) -> None:
    """Reckon an accumulator by itself."""
    pool = state.accumulator_pool
    left = state.accumulator[row].pool
    state.accumulator[row].pool = 0
    pool[left].count -= 1
    if pool[left].count > 0:
        return
    following, group = pool[left].next, pool[left].group
    before, found = 0, state.electric_group[group].first_pool
    while found != left:
        before, found = found, pool[found].next
    if before > 0:
        pool[before].next = following
    else:
        state.electric_group[group].first_pool = following
    _free_pool(state, left)


@kernel
def check_pools(state: Tables) -> None:
    """Look which accumulators were charged or emptied from outside."""
    accumulator = state.accumulator
    for row in range(1, state.count[_ACCUMULATOR]):
        pool = accumulator[row].pool
        if pool > 0:
            source = state.entity[accumulator[row].entity].electric
            if not _fits(state, pool, source):
                _leave_pool(state, row)
                join_pool(state, row)


@kernel
def add_up_pools(state: Tables, group: int) -> tuple[float, float]:
    """What the accumulators of a group could give and take in this tick, joules."""
    stored = charge = 0.0
    row = state.electric_group[group].first_pool
    while row > 0:
        pool = state.accumulator_pool[row]
        stored += pool.count * min(pool.output_limit_joules, pool.buffer_joules)
        missing = pool.capacity_joules - pool.buffer_joules
        charge += pool.count * min(pool.input_limit_joules, missing)
        row = pool.next
    return stored, charge


@called_kernel
def _merge(state: Tables, row: int, following: int) -> None:
    """Put the accumulators of a pool into the one before it."""
    pool = state.accumulator_pool
    pool[row].count += pool[following].count
    pool[row].next = pool[following].next
    for each in range(1, state.count[_ACCUMULATOR]):
        if state.accumulator[each].pool == following:
            state.accumulator[each].pool = row
    _free_pool(state, following)


@kernel
def _are_alike(state: Tables, row: int, other: int) -> bool:
    a, b = state.accumulator_pool[row], state.accumulator_pool[other]
    return bool(
        a.buffer_joules == b.buffer_joules
        and a.capacity_joules == b.capacity_joules
        and a.input_limit_joules == b.input_limit_joules
        and a.output_limit_joules == b.output_limit_joules
        and a.flow_joules == b.flow_joules
    )


@kernel
def flow_in_pools(
    state: Tables, group: int, share: float, charge_share: float
) -> tuple[float, float]:
    """Charge and discharge the accumulators of a group.

    Args:
        state: ``World.state``, changed.
        group: of ``electric_group``.
        share: how much of what they could give is taken, 0 to 1.
        charge_share: how much of what they could take they get, 0 to 1.

    Returns:
        What they gave and what they took, joules.
    """
    pool = state.accumulator_pool
    given = taken = 0.0
    row = state.electric_group[group].first_pool
    while row > 0:
        missing = pool[row].capacity_joules - pool[row].buffer_joules
        gain = min(missing, pool[row].input_limit_joules) * charge_share
        loss = min(pool[row].output_limit_joules, pool[row].buffer_joules) * share
        held = pool[row].buffer_joules + gain - loss
        pool[row].flow_joules = gain - loss
        pool[row].buffer_joules = min(max(held, 0.0), pool[row].capacity_joules)
        given += pool[row].count * loss
        taken += pool[row].count * gain
        row = pool[row].next
    row = state.electric_group[group].first_pool
    while row > 0:
        following = pool[row].next
        if following > 0 and _are_alike(state, row, following):
            _merge(state, row, following)
        else:
            row = following
    return given, taken


@kernel
def settle_pools(state: Tables) -> None:
    """Write into the accumulators' own rows what they hold."""
    for row in range(1, state.count[_ACCUMULATOR]):
        pool = state.accumulator[row].pool
        if pool > 0:
            source = state.entity[state.accumulator[row].entity].electric
            held = state.accumulator_pool[pool].buffer_joules
            state.electric[source].buffer_joules = held
            flow = state.accumulator_pool[pool].flow_joules
            state.electric[source].flow_joules = flow
