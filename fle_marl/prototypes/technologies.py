"""Technologies: what research costs and gives."""

import ast
import operator
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from fle_marl.prototypes.data_files import read_table
from fle_marl.prototypes.recipes import Ingredient
from fle_marl.prototypes.table import PrototypeTable

__all__ = ["INFINITE_LEVEL", "TechnologyPrototype", "load_technologies"]

INFINITE_LEVEL: Final = 2**32 - 1
"""The ``max_level`` of a technology without an end, as the game's Lua shows it."""

_LEFT_OUT_TIMES: Final = re.compile(r"(?<=[\dL)])(?=[(L])")
"""Where a formula multiplies without saying so."""

_OPERATORS: Final[Mapping[type[ast.operator], Callable[[Any, Any], Any]]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Pow: operator.pow,
}

_LEVEL_IN_NAME: Final = re.compile(r"-([0-9]+)$")


@dataclass(frozen=True, slots=True, eq=False)
class TechnologyPrototype:
    """A technology.

    Attributes:
        id: number within the table, from 1.
        name: the game's name.
        prerequisites: technologies that must be researched before.
        unit_count: units of research; None if a formula gives it.
        unit_count_formula: the same in terms of the level L, such as
            ``"2^(L-6)*1000"``; None if a plain number gives it.
        ingredients: science packs that one unit takes.
        unit_time_seconds: that one unit takes in a lab of speed 1.
        effects: what it gives, as the prototype states it: ``{"type": ..., ...}``.
        level: of its first research: the number at the end of the name, or 1.
        max_level: up to which it can be researched; `INFINITE_LEVEL` for no end.
        enabled: whether it can be researched.
        hidden: whether players do not see it.
        visible_when_disabled: whether players see it though it is not enabled.
        upgrade: whether it is one of several levels that are shown as one.
        ignore_tech_cost_multiplier: whether the map's factor on costs leaves it out.
        order: where it stands among others, compared as text.
        properties: everything else that the prototype has, under the game's names.
    """

    id: int
    name: str
    prerequisites: tuple[str, ...]
    unit_count: int | None
    unit_count_formula: str | None
    ingredients: tuple[Ingredient, ...]
    unit_time_seconds: float
    effects: tuple[Mapping[str, Any], ...]
    level: int
    max_level: int
    enabled: bool
    hidden: bool
    visible_when_disabled: bool
    upgrade: bool
    ignore_tech_cost_multiplier: bool
    order: str
    properties: Mapping[str, object]

    def unit_count_of_level(self, level: int) -> int:
        """Units that researching a level takes.

        Source: prototype API, TechnologyUnit.count_formula.
        """
        if self.unit_count_formula is None:
            return self.unit_count or 0
        formula = _LEFT_OUT_TIMES.sub("*", self.unit_count_formula).replace("^", "**")
        return int(_value(ast.parse(formula, mode="eval").body, level))


def _value(node: ast.expr, level: int) -> int:
    """What a part of a formula in the level L comes to."""
    match node:
        case ast.BinOp(left, operation, right) if type(operation) in _OPERATORS:
            apply = _OPERATORS[type(operation)]
            return int(apply(_value(left, level), _value(right, level)))
        case ast.Constant(value=int(number)):
            return number
        case ast.Name(id="L"):
            return level
    raise ValueError(f"{ast.unparse(node)!r} cannot be in a formula of a technology")


def load_technologies() -> PrototypeTable[TechnologyPrototype]:
    """Read the technologies."""
    return PrototypeTable("technology", _read_technologies())


def _read_technologies() -> Iterator[TechnologyPrototype]:
    for number, (name, row) in enumerate(read_table("technologies").items(), start=1):
        unit = row.pop("unit")
        level = _level(name)
        yield TechnologyPrototype(
            id=number,
            name=name,
            prerequisites=tuple(row.pop("prerequisites", ())),
            unit_count=unit.get("count"),
            unit_count_formula=unit.get("count_formula"),
            ingredients=tuple(
                Ingredient("item", pack, amount) for pack, amount in unit["ingredients"]
            ),
            unit_time_seconds=unit["time"],
            effects=tuple(row.pop("effects", ())),
            level=level,
            max_level=_max_level(row.pop("max_level", level)),
            enabled=row.pop("enabled", True),
            hidden=row.pop("hidden", False),
            visible_when_disabled=row.pop("visible_when_disabled", False),
            upgrade=row.pop("upgrade", False),
            ignore_tech_cost_multiplier=row.pop("ignore_tech_cost_multiplier", False),
            order=row.pop("order", ""),
            properties=row,
        )


def _level(name: str) -> int:
    match = _LEVEL_IN_NAME.search(name)
    return int(match[1]) if match else 1


def _max_level(given: int | str) -> int:
    return INFINITE_LEVEL if given == "infinite" else int(given)
