"""The names that programs find without importing them, as text: types and constants.

Everything is read off the classes themselves, so that it cannot say anything else.
"""

import inspect
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import MISSING, Field, fields, is_dataclass
from enum import Enum
from types import FunctionType
from typing import Any, Final, cast

from fle_marl.errors import ToolError
from fle_marl.lua.types import Prototype, RecipeName, Technology, agent_vocabulary

__all__ = ["constant_lines", "type_lines", "type_stubs"]

_WHERE_FROM: Final = re.compile(r"\b(?:fle_marl|typing|collections)\.(?:\w+\.)*")
"""Where a class comes from, as Python shows it in annotations."""
_QUOTED: Final = re.compile(r"'([A-Z]\w*(?: \| None)?)'")
"""An annotation that the source writes as a string."""
_FIELD: Final = re.compile(r"^    (\w+): (.*(?:\n        .*)*)", flags=re.MULTILINE)
"""A field and what it is, in the section of a docstring about attributes."""
_GAME_NAMES_DO: Final = (RecipeName, Technology)
"""Enumerations in whose place tools take any name of the game."""
_FEW: Final = 11


def type_stubs() -> str:
    """All types with their fields, members and methods, as Python writes them."""
    return "\n\n".join(_stub(kind) for kind in (*_enums(), *_records()))


def type_lines() -> str:
    """All types in a line each: bases, and fields, methods or members by name."""
    lines = [f"`{_head(kind)}`: {', '.join(_names(kind))}" for kind in _records()]
    lines += [f"`{_head(kind)}`: {', '.join(_shown(kind))}" for kind in _enums()]
    return "\n".join(f"* {line.removesuffix(': ')}" for line in lines)


def constant_lines() -> str:
    """What else has a name: directions in short, tables by name, mathematics."""
    types = {kind.__name__ for kind in (*_records(), *_enums(), ToolError)}
    groups: dict[str, list[str]] = {}
    for name, value in agent_vocabulary().items():
        if name not in types and name not in Prototype.__members__:
            groups.setdefault(_meaning(value), []).append(f"`{name}`")
    return "\n".join(
        f"* {', '.join(names)}: {meaning}" for meaning, names in groups.items()
    )


def _enums() -> list[type[Enum]]:
    return [kind for kind in _types() if issubclass(kind, Enum)]


def _records() -> list[type]:
    """Classes in the order of their names, each after its bases."""
    records = [kind for kind in _types() if not issubclass(kind, Enum)]
    return sorted(records, key=lambda kind: (len(kind.__mro__), kind.__name__))


def _types() -> list[type]:
    """Each type once: programs find some under names of prototypes as well."""
    named = {
        value.__name__: value
        for value in agent_vocabulary().values()
        if isinstance(value, type) and value.__module__ != "typing"
    }
    return [kind for kind in named.values() if kind is not ToolError]


def _stub(kind: type) -> str:
    description, told = _read_docstring(kind)
    body = [f'"""{description}"""']
    if issubclass(kind, Enum):
        body += _member_lines(kind)
    body += [_field_line(entry, told) for entry in _own_fields(kind)]
    body += [
        f"{name}: {_signature(get).partition('-> ')[2]}  # {_summary(get)}"
        for name, get in _properties(kind)
    ]
    body += [
        f"def {name}{_signature(method)}: ...  # {_summary(method)}"
        for name, method in _methods(kind)
    ]
    return "\n".join([f"class {_head(kind)}:", *(f"    {line}" for line in body)])


def _head(kind: type) -> str:
    bases = [base.__name__ for base in kind.__bases__ if base is not object]
    return kind.__name__ + (f"({', '.join(bases)})" if bases else "")


def _read_docstring(kind: type) -> tuple[str, Mapping[str, str]]:
    """What a class is, in one paragraph, and what each of its fields is."""
    what, _, rest = (inspect.getdoc(kind) or "").partition("\nAttributes:\n")
    what, _, _ = what.partition("\nArgs:\n")
    told = {name: _in_one_line(meaning) for name, meaning in _FIELD.findall(rest)}
    return _in_one_line(what), told


def _in_one_line(text: str) -> str:
    return " ".join(text.split())


def _member_lines(kind: type[Enum]) -> Iterator[str]:
    for member in kind:
        names = [name for name, same in kind.__members__.items() if same is member]
        yield f"{' = '.join(names)} = {_value(member.value)}{_size(member)}"


def _value(value: object) -> str:
    if isinstance(value, tuple):
        return f"({', '.join(map(_value, value))})"
    return value.__name__ if isinstance(value, type) else repr(value)


def _size(member: Enum) -> str:
    try:
        width, height = cast(Prototype, member).WIDTH, cast(Prototype, member).HEIGHT
    except AttributeError:  # what is no prototype, and what cannot be placed
        return ""
    return f"  # {width}x{height} tiles"


def _shown(kind: type[Enum]) -> Iterator[str]:
    """The members of an enumeration that are worth their room in a short text."""
    names = list(kind.__members__)
    if kind not in _GAME_NAMES_DO:
        yield from names
        return
    yield from names[:_FEW]
    yield f"... ({len(names)}; tools take names in the game as well)"


def _names(kind: type) -> Iterator[str]:
    yield from (entry.name for entry in _own_fields(kind))
    yield from (name for name, _ in _properties(kind))
    for name, method in _methods(kind):
        given = [
            each for each in inspect.signature(method).parameters if each != "self"
        ]
        yield f"{name}({', '.join(given)})"


def _own_fields(kind: type) -> list[Field[Any]]:
    """The fields that a class adds to those of its bases, or changes."""
    own = vars(kind).get("__annotations__", {})
    if not is_dataclass(kind):
        return []
    return [entry for entry in fields(cast(Any, kind)) if entry.name in own]


def _field_line(entry: Field[Any], told: Mapping[str, str]) -> str:
    default = ""
    if entry.default is not MISSING:
        default = f" = {entry.default!r}"
    elif entry.default_factory is not MISSING:
        default = f" = {entry.default_factory()!r}"
    meaning = f"  # {told[entry.name]}" if entry.name in told else ""
    annotation = _short(inspect.formatannotation(entry.type))
    return f"{entry.name}: {annotation}{default}{meaning}"


def _properties(kind: type) -> Iterator[tuple[str, Callable[..., object]]]:
    for name, member in vars(kind).items():
        if isinstance(member, property) and member.fget and not name.startswith("_"):
            yield name, member.fget


def _methods(kind: type) -> Iterator[tuple[str, Callable[..., object]]]:
    for name, member in vars(kind).items():
        is_method = isinstance(member, FunctionType | classmethod)
        if is_method and not name.startswith("_"):
            yield name, getattr(kind, name)


def _signature(method: Callable[..., object]) -> str:
    return _short(str(inspect.signature(method)))


def _summary(documented: object) -> str:
    return (inspect.getdoc(documented) or "").partition("\n")[0]


def _short(annotation: str) -> str:
    return _QUOTED.sub(r"\1", _WHERE_FROM.sub("", annotation))


def _meaning(value: object) -> str:
    if isinstance(value, Enum):
        return f"`{value!r}`"
    if isinstance(value, Mapping):
        kind = type(next(iter(value.values()))).__name__
        return f"each `{kind}` by its name in the game"
    is_number = isinstance(value, float) or getattr(value, "__module__", "") == "math"
    return f"from `{'math' if is_number else 'typing'}`"
