"""Entities that come and go inside a tick: rows of the ``entity`` table.

Builds and removals happen in Python (`fle_marl.sim.actions.build`). Two things cannot
wait for it: a resource that a drill has emptied, and items that machines drop on the
ground or pick up from it.
"""

from typing import Final

from fle_marl.sim._jit import Tables, kernel
from fle_marl.sim.components import TABLE_INDEX

__all__ = ["free_entity_row", "take_entity_row"]

_ENTITY: Final = TABLE_INDEX["entity"]


@kernel
def take_entity_row(state: Tables) -> int:
    """Take a row for an entity that comes into being now.

    Returns:
        The row, 0 when the table is full. It is all zeros but for its serial number;
        the caller must set ``prototype`` at once.
    """
    clock = state.clock
    entity = state.entity
    count = state.count
    free_head = state.free_head
    row = int(free_head[_ENTITY])
    if row > 0:
        free_head[_ENTITY] = -entity[row].prototype
        entity[row].prototype = 0
    else:
        row = int(count[_ENTITY])
        if row >= entity.shape[0]:
            return 0
        count[_ENTITY] = row + 1
    entity[row].serial = clock[0].next_serial
    clock[0].next_serial += 1
    return row


@kernel
def free_entity_row(state: Tables, row: int) -> None:
    """Give the row of an entity back that has left space and has no parts left."""
    entity = state.entity
    free_head = state.free_head
    entity[row] = entity[0]
    entity[row].prototype = -free_head[_ENTITY]
    free_head[_ENTITY] = row
