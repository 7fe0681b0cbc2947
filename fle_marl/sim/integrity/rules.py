"""The words in which `declarations` says what the numbers of a field mean.

Each rule finds the numbers that break it, in all rows of a table at once.
"""

from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from fle_marl.sim.components import KINDS, TABLES
from fle_marl.sim.integrity.contents import Column

__all__ = [
    "Bits",
    "Component",
    "Flag",
    "FormerRow",
    "Free",
    "FromPrototype",
    "Link",
    "Places",
    "Prototype",
    "Remembered",
    "Row",
    "Rule",
    "Run",
    "Several",
    "UpTo",
    "Within",
]

_Broken = NDArray[np.bool_]


class Rule(Protocol):
    """What the numbers of a field may be."""

    def broken(self, column: Column) -> _Broken:
        """Which numbers break the rule, bool in the shape of ``column.values``."""

    def allowed(self, column: Column) -> str:
        """What a number may be, in words that go on after "it must be"."""


@dataclass(frozen=True, slots=True)
class Free:
    """A number that may be anything; those with a fraction must be finite all the same.

    Attributes:
        why: nothing can go wrong with it.
    """

    why: str

    def broken(self, column: Column) -> _Broken:
        return np.zeros(column.values.shape, np.bool_)

    def allowed(self, column: Column) -> str:
        return "a finite number"


@dataclass(frozen=True, slots=True)
class Flag:
    """Yes or no; compiled code takes no third value for either."""

    def broken(self, column: Column) -> _Broken:
        broken: _Broken = column.values.view(np.uint8) > 1
        return broken

    def allowed(self, column: Column) -> str:
        return "0 or 1"


@dataclass(frozen=True, slots=True)
class Within:
    """A number between two others, both included."""

    low: float
    high: float = np.inf

    def broken(self, column: Column) -> _Broken:
        values = column.values
        broken: _Broken = (values < self.low) | (values > self.high)
        return broken

    def allowed(self, column: Column) -> str:
        if self.high == np.inf:
            return f"{self.low} or more"
        return f"{self.low} to {self.high}"


@dataclass(frozen=True, slots=True)
class UpTo:
    """A number from 0 to what another field of the same row says."""

    limit: str

    def broken(self, column: Column) -> _Broken:
        values = column.integers
        broken: _Broken = (values < 0) | (values > column.beside(self.limit))
        return broken

    def allowed(self, column: Column) -> str:
        return f"0 to {column.table}.{self.limit} of the same row"


@dataclass(frozen=True, slots=True)
class Places:
    """How many of the places of another field of the same row are used."""

    field: str

    def broken(self, column: Column) -> _Broken:
        values = column.integers
        broken: _Broken = (values < 0) | (values > self._most(column))
        return broken

    def _most(self, column: Column) -> int:
        places: int = TABLES[column.table][self.field].shape[0]
        return places

    def allowed(self, column: Column) -> str:
        return f"0 to {self._most(column)}"


@dataclass(frozen=True, slots=True)
class Bits:
    """A set of the first so many bits."""

    count: int

    def broken(self, column: Column) -> _Broken:
        broken: _Broken = column.integers >> self.count != 0
        return broken

    def allowed(self, column: Column) -> str:
        return f"made of {self.count} bits"


@dataclass(frozen=True, slots=True)
class Prototype:
    """The number of a prototype.

    Attributes:
        table: of `components.PROTOTYPE_TABLES`.
        is_optional: 0 stands for none.
    """

    table: str
    is_optional: bool = True

    def broken(self, column: Column) -> _Broken:
        values = column.integers
        lowest = 0 if self.is_optional else 1
        broken: _Broken = (values < lowest) | (
            values >= len(column.contents.prototypes[self.table])
        )
        return broken

    def allowed(self, column: Column) -> str:
        last = len(column.contents.prototypes[self.table]) - 1
        return f"a row of {self.table}, {0 if self.is_optional else 1} to {last}"


@dataclass(frozen=True, slots=True)
class FromPrototype:
    """What the prototype of an entity says."""

    field: str

    def broken(self, column: Column) -> _Broken:
        prototypes = column.contents.prototypes["entity_prototype"]
        numbers = np.clip(column.beside("prototype"), 0, len(prototypes) - 1)
        broken: _Broken = column.values != prototypes[self.field][numbers]
        return broken

    def allowed(self, column: Column) -> str:
        return f"entity_prototype.{self.field} of its prototype"


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table that is in use.

    Attributes:
        table: of `components.TABLES`.
        is_optional: 0 stands for none.
        back: field of that row which names the row that refers to it.
        same: field that must be equal in both rows; most often the entity.
        kind: of `components.KINDS`, which the entity referred to must be of.
    """

    table: str
    is_optional: bool = True
    back: str = ""
    same: str = ""
    kind: str = ""

    def broken(self, column: Column) -> _Broken:
        target = column.contents.arrays[self.table]
        values = column.integers
        is_outside = (values < 0) | (values >= len(target))
        # what is outside is looked for in row 0, and refused anyway
        rows = np.where(is_outside, 0, values)
        broken: _Broken = ~column.contents.in_use(self.table)[rows]
        if self.back:
            broken |= target[self.back][rows] != column.along(column.rows)
        if self.same:
            broken |= target[self.same][rows] != column.along(column.beside(self.same))
        if self.kind:
            broken |= target["kind"][rows] != KINDS.index(self.kind)
        if self.is_optional:
            broken &= values != 0
        return broken | is_outside

    def allowed(self, column: Column) -> str:
        words = f"a row of {self.table} that is in use"
        if self.is_optional:
            words = f"0 or {words}"
        if self.back:
            words += f", whose {self.back} is this row"
        if self.same:
            words += f", whose {self.same} is the same as {column.table}.{self.same}"
        if self.kind:
            words += f", of the kind {self.kind}"
        return words


@dataclass(frozen=True, slots=True)
class FormerRow:
    """A row of a table that may be free by now, or be something else."""

    table: str

    def broken(self, column: Column) -> _Broken:
        values = column.integers
        broken: _Broken = (values < 0) | (values >= column.contents.count(self.table))
        return broken

    def allowed(self, column: Column) -> str:
        return f"0 to {column.contents.count(self.table) - 1}, a row of {self.table}"


@dataclass(frozen=True, slots=True)
class Link(Row):
    """A row that is the first or the next of a chain: see `chains.CHAINS`."""


@dataclass(frozen=True, slots=True)
class Run:
    """The first of neighbouring rows that belong to nobody else: see `runs`.

    Attributes:
        table: whose rows they are.
        length: field that says how many they are.
    """

    table: str
    length: str

    def broken(self, column: Column) -> _Broken:
        first = column.integers
        length = column.beside(self.length).astype(np.int64)
        is_empty = length == 0
        is_outside = (first < 1) | (first + length > column.contents.count(self.table))
        broken: _Broken = (length < 0) | np.where(is_empty, first != 0, is_outside)
        return broken

    def allowed(self, column: Column) -> str:
        return (
            f"the first of {column.table}.{self.length} rows of {self.table}, 0 for no "
            "rows"
        )


@dataclass(frozen=True, slots=True)
class Remembered:
    """An entity that may be gone by now, which its serial number tells.

    Attributes:
        kind: that it must be of as long as it is there; empty for any.
        serial: field with the entity's serial number.
    """

    serial: str
    kind: str = ""

    def broken(self, column: Column) -> _Broken:
        is_there = self._is_there(column)
        broken = Row("entity", kind=self.kind).broken(column)
        values = column.integers
        is_outside = (values < 0) | (values >= column.contents.count("entity"))
        return np.where(is_there, broken, is_outside)

    def _is_there(self, column: Column) -> _Broken:
        entity = column.contents.arrays["entity"]
        rows = np.clip(column.integers, 0, len(entity) - 1)
        is_there: _Broken = entity["serial"][rows] == column.beside(self.serial)
        return is_there

    def allowed(self, column: Column) -> str:
        kind = f" of the kind {self.kind}" if self.kind else ""
        return (
            f"0 or an entity{kind}, in use if its serial is still "
            f"{column.table}.{self.serial}"
        )


@dataclass(frozen=True, slots=True)
class Component:
    """The row of an entity in the table of its kind, which names the entity."""

    def broken(self, column: Column) -> _Broken:
        kinds = column.beside("kind")
        broken = column.values != 0
        for number, kind in enumerate(KINDS):
            if kind in TABLES:
                rule = Row(kind, is_optional=False, back="entity")
                broken = np.where(kinds == number, rule.broken(column), broken)
        return np.asarray(broken, np.bool_)

    def allowed(self, column: Column) -> str:
        return "the entity's row in the table of its kind, 0 if there is no such table"


@dataclass(frozen=True, slots=True)
class Several:
    """Numbers of which the first few obey a rule and the others are 0.

    Attributes:
        rule: for each of them.
        count: field that says how many they are; empty for all places.
        is_complete: together they name every row in use of their table, once.
    """

    rule: Rule
    count: str = ""
    is_complete: bool = False

    def broken(self, column: Column) -> _Broken:
        broken = self.rule.broken(column)
        if not self.count:
            return broken
        places = np.arange(column.values.shape[1])
        is_meant = places < column.along(column.beside(self.count).astype(np.int64))
        broken = np.where(is_meant, broken, column.values != 0)
        if self.is_complete and isinstance(self.rule, Row) and not broken.any():
            broken |= self._is_repeated(column)
        return broken

    def _is_repeated(self, column: Column) -> _Broken:
        """Where a row is named that another place names too, or one is left out."""
        assert isinstance(self.rule, Row)
        values = column.integers
        in_use = column.contents.in_use(self.rule.table)
        named = np.bincount(values.ravel(), minlength=len(in_use))
        if np.array_equal(named[1:], in_use[1:]):
            return np.zeros(values.shape, np.bool_)
        is_repeated = (named[values] > 1) & (values > 0)
        # rows that nobody names: there is no place to point at but the first
        is_repeated.flat[0] |= not is_repeated.any()
        return is_repeated

    def allowed(self, column: Column) -> str:
        words = self.rule.allowed(column)
        if self.count:
            words += f" at the first {column.table}.{self.count} places, else 0"
        if self.is_complete:
            words += "; together they name each row once"
        return words
