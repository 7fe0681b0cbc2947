"""What an agent's class is made of: its text in a program, and what came later."""

from enum import Enum
from types import FunctionType
from typing import Final

from fle_marl.programs.sources import (
    class_lines,
    kept_programs,
    number_of,
    source_of,
)

__all__ = ["class_variables", "find_class", "is_put_in"]

_MACHINERY: Final = frozenset(
    [
        "__dict__",
        "__weakref__",
        "__module__",
        "__doc__",
        "__qualname__",
        "__annotations__",
        "__slots__",
        "__firstlineno__",
        "__static_attributes__",
        "__parameters__",
        "__orig_bases__",
        "__abstractmethods__",
        "__match_args__",
        "__hash__",
        "__dataclass_fields__",
        "__dataclass_params__",
        "_abc_impl",
        "_is_protocol",
        "_is_runtime_protocol",
        "__protocol_attrs__",
        "__non_callable_proto_members__",
    ]
)
"""Attributes of classes that running their text makes again."""


def find_class(kind: type) -> tuple[int, int] | None:
    """Program and line of the text of a class."""
    programs: dict[int, set[int]] = {}
    for member in vars(kind).values():
        function = getattr(member, "__func__", member)
        if type(function) is FunctionType and (
            (number := number_of(function.__code__.co_filename)) is not None
            and not is_put_in(function, kind)
        ):
            programs.setdefault(number, set()).add(function.__code__.co_firstlineno)
    if programs:
        return _class_around(kind.__name__, programs)
    return _newest_class(kind.__name__)


def _class_around(name: str, programs: dict[int, set[int]]) -> tuple[int, int] | None:
    for number, lines in sorted(programs.items()):
        for first, last in class_lines(source_of(number) or "", name):
            if all(first <= line <= last for line in lines):
                return number, first
    return None


def _newest_class(name: str) -> tuple[int, int] | None:
    for number in kept_programs():
        found = class_lines(source_of(number) or "", name)
        if found:
            return number, found[-1][0]
    return None


def class_variables(kind: type) -> dict[str, object]:
    """What a class holds besides what is written in it as code."""
    if issubclass(kind, Enum):
        return {}
    return {
        name: value
        for name, value in vars(kind).items()
        if name not in _MACHINERY
        and (is_put_in(value, kind) if callable(value) else _is_data(value))
    }


def _is_data(value: object) -> bool:
    return not hasattr(type(value), "__get__")


def is_put_in(value: object, kind: type) -> bool:
    """Whether a function of the agent was written elsewhere than in the class."""
    return (
        type(value) is FunctionType
        and number_of(value.__code__.co_filename) is not None
        and not value.__code__.co_qualname.startswith(f"{kind.__qualname__}.")
    )
