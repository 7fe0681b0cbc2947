"""The arrays of a world under examination, and how a finding about them is told."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final, Never

import numpy as np
from numpy.typing import NDArray

from fle_marl.errors import SaveError
from fle_marl.sim.components import AWAKE_TABLES, FREE_RUNS, TABLE_NAMES
from fle_marl.sim.tables import fixed_rows, prototype_tables

__all__ = ["INCONSISTENT", "WHOLE_TABLES", "Array", "Column", "Contents", "refuse"]

Array = NDArray[Any]

INCONSISTENT: Final = "inconsistent-save"

WHOLE_TABLES: Final = frozenset(
    {*filter(fixed_rows, TABLE_NAMES), *AWAKE_TABLES.values()}
)
"""Tables whose rows are all in use, row 0 as well."""


@dataclass(slots=True)
class Contents:
    """The used part of every table and layer of a world, by name.

    Attributes:
        arrays: as `World.snapshot` copies them; their shapes are right.
        prototypes: the tables of `tables.prototype_tables`.
    """

    arrays: Mapping[str, Array]
    prototypes: Mapping[str, Array] = field(default_factory=prototype_tables)
    _in_use: dict[str, NDArray[np.bool_]] = field(default_factory=dict)

    def count(self, table: str) -> int:
        """Rows of a table, the empty row 0 included."""
        return len(self.arrays[table])

    def in_use(self, table: str) -> NDArray[np.bool_]:
        """Which rows of a table hold something, bool[rows]."""
        if table not in self._in_use:
            self._in_use[table] = self._find_in_use(table)
        return self._in_use[table]

    def _find_in_use(self, table: str) -> NDArray[np.bool_]:
        array = self.arrays[table]
        if table in WHOLE_TABLES:
            return np.ones(len(array), np.bool_)
        if table in FREE_RUNS:
            used = np.ones(len(array), np.bool_)
        else:
            used = array[array.dtype.names[0]] > 0  # type: ignore[index]
        used[:1] = False
        return used

    def rows(self, table: str) -> NDArray[np.int64]:
        """Numbers of the rows that hold something."""
        return np.flatnonzero(self.in_use(table))

    def column(self, table: str, name: str) -> "Column":
        """A field of a table, in the rows that hold something."""
        rows = self.rows(table)
        return Column(self, table, name, rows, self.arrays[table][name][rows])

    def layer(self, name: str) -> "Column":
        """A layer, as a field with a row for each tile of each chunk."""
        values = self.arrays[name].reshape(-1)
        return Column(self, name, "", np.arange(len(values)), values)


@dataclass(slots=True)
class Column:
    """A field of a table in some of its rows.

    Attributes:
        contents: what it belongs to.
        table: name.
        name: of the field.
        rows: int64[n], row numbers.
        values: the numbers, [n], or [n, places] where a row holds several.
    """

    contents: Contents
    table: str
    name: str
    rows: NDArray[np.int64]
    values: Array

    @property
    def integers(self) -> NDArray[np.int64]:
        """The numbers as int64, so that no comparison or sum of them wraps around."""
        return self.values.astype(np.int64)

    def beside(self, name: str) -> Array:
        """Another field of the same rows."""
        return self.contents.arrays[self.table][name][self.rows]

    def along(self, each: Array) -> Array:
        """One number for each row, in a shape that goes with `values`."""
        return each.reshape(len(each), *(1,) * (self.values.ndim - 1))

    def refuse_any(self, is_wrong: NDArray[np.bool_], allowed: str) -> None:
        """Raise an error about the first number that is wrong, if there is one.

        Args:
            is_wrong: bool, in the shape of `values` or [n].
            allowed: what the number may be, in words.

        Raises:
            SaveError: `inconsistent-save`.
        """
        if is_wrong.any():
            place = tuple(np.argwhere(is_wrong)[0])
            row, value = self.rows[place[0]], self.values[place]
            refuse(self.table, self.name, int(row), value.tolist(), allowed)


def refuse(table: str, name: str, row: int, value: object, allowed: str) -> Never:
    """Say what is wrong with a world.

    Raises:
        SaveError: `inconsistent-save`, always.
    """
    where = f"{table}.{name}" if name else table
    raise SaveError(
        f"the saved world is inconsistent: {where} of row {row} is {value!r}, it "
        f"must be {allowed}",
        code=INCONSISTENT,
        details={"table": table, "field": name, "row": row, "value": value},
    )
