"""What of a table's memory must be empty: rows not in use, gaps between fields.

Rows that are handed out inside a tick are taken to be zeros but for their link.
"""

from functools import cache

import numpy as np
from numpy.typing import NDArray

from fle_marl.sim.components import TABLES
from fle_marl.sim.integrity.contents import WHOLE_TABLES, Contents, refuse

__all__ = ["check_memory"]


@cache
def _bytes_of_fields(table: str) -> NDArray[np.int64]:
    """Of each byte of a row, the place of its field from 1; 0 for gaps."""
    dtype = TABLES[table]
    owner = np.zeros(dtype.itemsize, np.int64)
    for place, name in enumerate(dtype.names or (), start=1):
        field, offset = dtype.fields[name][:2]  # type: ignore[index]
        owner[offset : offset + field.itemsize] = place
    return owner


def check_memory(contents: Contents) -> None:
    """Refuse a world with something where nothing can be.

    Raises:
        SaveError: `inconsistent-save`.
    """
    for table in TABLES:
        array = contents.arrays[table]
        raw = array.view(np.uint8).reshape(len(array), -1)
        fields = _bytes_of_fields(table)
        _refuse_bytes(table, raw, np.arange(len(raw)), fields == 0)
        if table in WHOLE_TABLES:
            continue
        # the first field of a free row is its link, that of row 0 nothing
        _refuse_bytes(table, raw, np.arange(1), fields > 0)
        free = np.flatnonzero(~contents.in_use(table))
        _refuse_bytes(table, raw, free, fields > 1)


def _refuse_bytes(
    table: str,
    raw: NDArray[np.uint8],
    rows: NDArray[np.int64],
    is_meant: NDArray[np.bool_],
) -> None:
    if not is_meant.any():
        return
    is_filled = raw[rows][:, is_meant].any(axis=1)
    if is_filled.any():
        row = int(rows[is_filled.argmax()])
        place = int(_bytes_of_fields(table)[is_meant & (raw[row] > 0)][0])
        name = (TABLES[table].names or ())[place - 1] if place else "(between fields)"
        refuse(table, name, row, raw[row].tobytes().hex(), "empty there")
