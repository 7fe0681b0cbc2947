"""The names that a program can use besides tools and Python's own."""

import math
import typing
from collections.abc import Mapping
from typing import Final

from fle_marl.errors import ToolError
from fle_marl.lua.types import (
    agents,
    directions,
    entities,
    entity,
    groups,
    inventory,
    networks,
    positions,
    prototypes,
    recipes,
    resources,
    statuses,
    technologies,
)

__all__ = ["agent_vocabulary"]

_MODULES: Final = (
    agents,
    directions,
    entities,
    entity,
    groups,
    inventory,
    networks,
    positions,
    prototypes,
    recipes,
    resources,
    statuses,
    technologies,
)
_MATH_NAMES: Final = ("sqrt", "sin", "cos", "tan", "pi", "floor", "ceil")
_TYPING_NAMES: Final = (
    "Any",
    "Callable",
    "Dict",
    "List",
    "Optional",
    "Set",
    "Tuple",
    "Union",
)
_DIRECTION_NAMES: Final[Mapping[str, directions.Direction]] = {
    **dict.fromkeys(("UP", "ABOVE", "TOP", "NORTH"), directions.Direction.UP),
    **dict.fromkeys(("RIGHT", "EAST"), directions.Direction.RIGHT),
    **dict.fromkeys(("DOWN", "BELOW", "BOTTOM", "SOUTH"), directions.Direction.DOWN),
    **dict.fromkeys(("LEFT", "WEST"), directions.Direction.LEFT),
}
_HOUSE_NAMES: Final = frozenset({"record_type"})


def agent_vocabulary() -> dict[str, object]:
    """Everything that programs find without importing it, by name.

    These are the agents' types, a class for each placeable `Prototype` under the
    prototype's name, `ToolError`, short names for directions, and some of `math` and
    `typing`, as in the Factorio Learning Environment.
    """
    names: dict[str, object] = {
        member.name: member.entity_class
        for member in prototypes.Prototype
        if member.entity_class is not None
    }
    for module in _MODULES:
        names |= {name: getattr(module, name) for name in module.__all__}
    names |= {name: getattr(math, name) for name in _MATH_NAMES}
    names |= {name: getattr(typing, name) for name in _TYPING_NAMES}
    names |= _DIRECTION_NAMES
    names["ToolError"] = ToolError
    return {name: value for name, value in names.items() if name not in _HOUSE_NAMES}
