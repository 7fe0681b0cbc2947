"""Taking and giving back rows inside compiled code.

The Python twin is `World.allocate`, which can also grow a table. Kernels cannot: who
calls them makes room first (`World.reserve`), and they answer 0 when there is none.
"""

from fle_marl.sim._jit import Table, Tables, kernel

__all__ = ["free_row", "take_row"]


@kernel
def take_row(state: Tables, table: Table, index: int) -> int:
    """Take a row of a table whose first field is ``entity``.

    Args:
        state: ``World.state``.
        table: whose row is wanted.
        index: of the table, `components.TABLE_INDEX`.

    Returns:
        The row; 0 when the table is full. Fields keep what a zeroed row has; the
        caller must set ``entity`` to a positive number.
    """
    count = state.count
    free_head = state.free_head
    row = free_head[index]
    if row > 0:
        free_head[index] = -table[row].entity
        table[row].entity = 0
        return int(row)
    row = count[index]
    if row >= table.shape[0]:
        return 0
    count[index] = row + 1
    return int(row)


@kernel
def free_row(state: Tables, table: Table, index: int, row: int) -> None:
    """Give a row back; the caller has set its other fields to zero."""
    free_head = state.free_head
    table[row].entity = -free_head[index]
    free_head[index] = row
