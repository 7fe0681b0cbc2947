"""The smallest parts of what is saved of a namespace.

Values with nothing in them, names, and the order of the members of sets.
"""

import dataclasses
from enum import Enum
from types import FunctionType
from typing import Any, Final, cast

from fle_marl.programs.saved_namespace import LONGEST_NAME

__all__ = [
    "DEEPEST",
    "CannotSaveError",
    "atom_of",
    "has_slots",
    "identifier",
    "order_of",
    "plain_name",
    "shown",
]

DEEPEST: Final = 100
"""Of tuples and frozensets in each other; what can change is not nested when saved."""
_LONGEST_REASON: Final = 300
Value = list[Any]


class CannotSaveError(Exception):
    """A value cannot be saved; the message says why."""


def atom_of(value: object) -> Value | None:
    """The saved form of a value with nothing in it."""
    kind = type(value)
    if value is None:
        return ["none"]
    if kind is bool:
        return ["bool", value]
    if kind is int:
        return ["int", format(value, "x")]
    if kind is float:
        assert isinstance(value, float)
        return ["float", value.hex()]
    if kind is bytes:
        assert isinstance(value, bytes)
        return ["bytes", value.hex()]
    if kind is str:
        assert isinstance(value, str)
        try:
            value.encode()
        except UnicodeEncodeError:
            return ["surrogates", value.encode("utf-8", "surrogatepass").hex()]
        return ["str", value]
    return None


def order_of(value: object, depth: int) -> tuple[str, ...]:
    """What the members of sets are sorted by."""
    atom = atom_of(value)
    if atom is not None:
        return tuple(str(part) for part in atom)
    kind = type(value)
    if depth > DEEPEST:
        raise CannotSaveError(f"it is nested more than {DEEPEST} deep")
    if issubclass(kind, Enum):
        return ("enum", kind.__name__, str(object.__getattribute__(value, "_name_")))
    if issubclass(kind, tuple):
        items = tuple.__iter__(cast(tuple[object, ...], value))
        return ("tuple", repr([order_of(item, depth + 1) for item in items]))
    if kind is frozenset:
        assert isinstance(value, frozenset)
        return ("set", repr(sorted(order_of(part, depth + 1) for part in value)))
    if dataclasses.is_dataclass(kind) and not has_slots(kind):
        attributes = object.__getattribute__(value, "__dict__").values()
        parts = [order_of(attribute, depth + 1) for attribute in attributes]
        return ("record", kind.__name__, repr(parts))
    name = value.__name__ if isinstance(value, type | FunctionType) else ""
    return ("object", kind.__name__, name)


def has_slots(kind: type) -> bool:
    """Whether instances of a class have places for attributes besides a dictionary."""
    return any("__slots__" in vars(base) for base in kind.__mro__)


def identifier(name: object) -> str:
    """A name that Python could have.

    Raises:
        CannotSaveError: it is another, or too long.
    """
    if type(name) is not str or not name.isidentifier() or len(name) > LONGEST_NAME:
        text = shown(repr(name) if type(name) is str else name)
        raise CannotSaveError(f"{text} is no name that can be saved")
    return name


def plain_name(name: str) -> str:
    """The name of a function, which may be nearly anything.

    Raises:
        CannotSaveError: it cannot be shown, or is too long.
    """
    if not 0 < len(name) <= LONGEST_NAME or not name.isprintable():
        raise CannotSaveError(f"a function is called {shown(repr(name))}")
    return name


def shown(text: object) -> str:
    """A text of the agent's as messages show it."""
    if type(text) is not str:
        return f"a {type(text).__name__}"
    return text[:_LONGEST_REASON].encode("utf-8", "replace").decode()
