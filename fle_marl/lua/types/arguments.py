"""Checking what programs pass to tools, by the annotations of the tools' parameters.

An annotation says what a parameter takes: a type of the agents, ``int``, ``float``,
``str``, ``bool``, ``None``, ``set[...]``, ``list[...]`` or ``dict[str, object]``, or a
union of such. Some near misses are taken as what they mean: a pair of numbers as a
`Position`, a whole float as an ``int``, a single value where a set is wanted.
"""

import types
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from functools import cache
from typing import Any, Final, Union, get_args, get_origin

from fle_marl.errors import ToolError
from fle_marl.lua.types.positions import Position

__all__ = ["check_argument"]

_GIVEN_SHOWN: Final = 120
_MEMBERS_SHOWN: Final = 8

_Convert = Callable[[object], object]


class _NotAllowedError(ValueError):
    """A value is not what an annotation allows."""


@dataclass(frozen=True, slots=True)
class _Check:
    """What an annotation allows, in words, and how a value is made to fit it."""

    allowed: str
    convert: _Convert


def check_argument(tool: str, parameter: str, annotation: object, value: object) -> Any:  # noqa: ANN401 - of the annotation's type
    """Make a value fit the annotation of a tool's parameter.

    Args:
        tool: name of the tool, for the message.
        parameter: name of the parameter, for the message.
        annotation: a type, a union of types, or ``set``, ``list`` or ``dict`` of them.
        value: what the program passed.

    Returns:
        The value, of a type that the annotation names.

    Raises:
        ToolError: `bad-argument`; the message says which parameter, what was given and
            what is allowed.
    """
    check = _check_for(annotation)
    try:
        return check.convert(value)
    except _NotAllowedError:
        pass
    given = f"{repr(value)[:_GIVEN_SHOWN]} (of type {type(value).__name__})"
    raise ToolError(
        f"{tool}: {parameter} must be {check.allowed}, not {given}",
        code="bad-argument",
        details={
            "tool": tool,
            "parameter": parameter,
            "given": given,
            "allowed": check.allowed,
        },
    )


@cache
def _check_for(annotation: Any) -> _Check:  # noqa: ANN401 - annotations are any object
    if annotation in (Any, object):
        return _Check("anything", lambda value: value)
    origin = get_origin(annotation)
    if origin in (Union, types.UnionType):
        return _union_check([_check_for(arm) for arm in get_args(annotation)])
    if origin in (set, frozenset):
        return _set_check(_check_for(get_args(annotation)[0]))
    if origin is list:
        return _list_check(_check_for(get_args(annotation)[0]))
    if annotation is dict or origin is dict:
        return _Check("a dictionary with strings as keys", _convert_dict)
    return _PLAIN_CHECKS.get(annotation) or _instance_check(annotation)


def _union_check(arms: list[_Check]) -> _Check:
    def convert(value: object) -> object:
        for arm in arms:
            try:
                return arm.convert(value)
            except _NotAllowedError:
                continue
        raise _NotAllowedError

    return _Check(" or ".join(arm.allowed for arm in arms), convert)


def _set_check(item: _Check) -> _Check:
    def convert(value: object) -> object:
        if isinstance(value, set | frozenset | list | tuple):
            return {item.convert(entry) for entry in value}
        return {item.convert(value)}

    return _Check(f"a set of which each is {item.allowed}", convert)


def _list_check(item: _Check) -> _Check:
    def convert(value: object) -> object:
        if isinstance(value, list | tuple):
            return [item.convert(entry) for entry in value]
        raise _NotAllowedError

    return _Check(f"a list of which each is {item.allowed}", convert)


def _instance_check(kind: type) -> _Check:
    def convert(value: object) -> object:
        if isinstance(value, kind):
            return value
        raise _NotAllowedError

    return _Check(_in_words(kind), convert)


def _in_words(kind: type) -> str:
    article = "an" if kind.__name__[0] in "AEIOU" else "a"
    words = f"{article} {kind.__name__}"
    if not issubclass(kind, Enum):
        return words
    members = list(kind.__members__)
    if len(members) <= _MEMBERS_SHOWN:
        return f"{words} ({', '.join(members)})"
    return f"{words}, such as {kind.__name__}.{members[0]}"


def _convert_dict(value: object) -> object:
    if isinstance(value, dict) and all(isinstance(key, str) for key in value):
        return value
    raise _NotAllowedError


def _convert_none(value: object) -> object:
    if value is None:
        return None
    raise _NotAllowedError


def _convert_float(value: object) -> object:
    if isinstance(value, int | float) and not isinstance(value, bool):
        return float(value)
    raise _NotAllowedError


def _convert_int(value: object) -> object:
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    if isinstance(value, float) and value.is_integer():
        return int(value)
    raise _NotAllowedError


def _convert_position(value: object) -> object:
    if isinstance(value, Position):
        return value
    if isinstance(value, list | tuple) and len(value) == 2:
        return Position(*[_finite(part) for part in value])
    raise _NotAllowedError


def _finite(value: object) -> float:
    if isinstance(value, int | float) and abs(value) < float("inf"):
        return float(value)
    raise _NotAllowedError


_PLAIN_CHECKS: Final[dict[object, _Check]] = {
    None: _Check("None", _convert_none),
    type(None): _Check("None", _convert_none),
    bool: _Check("True or False", _instance_check(bool).convert),
    str: _Check("a string", _instance_check(str).convert),
    int: _Check("a whole number", _convert_int),
    float: _Check("a number", _convert_float),
    Position: _Check("a Position", _convert_position),
}
