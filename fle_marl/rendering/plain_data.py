"""Reading plain data from outside, with errors that name the place.

A scene comes from a server, so from Lua tables sent as JSON: an empty table may arrive
as ``[]`` or as ``{}``, and anything may be missing or broken. Every refusal is a
`ScenarioError` with code ``unreadable-scene`` and the path of the value.
"""

import reprlib
from collections.abc import Mapping, Sequence
from typing import Final

from fle_marl.errors import ScenarioError

__all__ = ["Record"]

LARGEST_NUMBER: Final = 1e18

_MISSING: Final = object()


class Record:
    """A mapping from outside and where in the scene it stands.

    Args:
        value: the mapping; ``[]`` stands for an empty one.
        path: of the value for messages, such as ``entities[3]``.

    Raises:
        ScenarioError: `unreadable-scene`: the value is no mapping.
    """

    def __init__(self, value: object, path: str) -> None:
        if _is_empty(value):
            value = {}
        if not isinstance(value, Mapping):
            raise _unreadable(path, value, "an object with named fields")
        self._fields: Mapping[object, object] = value
        self._path = path

    def has(self, name: str) -> bool:
        """Whether the field is there and holds more than nothing."""
        value = self._fields.get(name)
        return value is not None and not _is_empty(value)

    def number(
        self,
        name: str,
        *,
        default: float | None = None,
        at_least: float = -LARGEST_NUMBER,
        at_most: float = LARGEST_NUMBER,
    ) -> float:
        """A finite number within bounds.

        Raises:
            ScenarioError: `unreadable-scene`: missing without a default, no number,
                not finite, or out of bounds.
        """
        value = self._get(name, default)
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise _unreadable(self._at(name), value, "a number")
        if not at_least <= value <= at_most:  # nor is a number that is none
            allowed = f"a finite number from {at_least:g} to {at_most:g}"
            raise _unreadable(self._at(name), value, allowed)
        return float(value)

    def text(self, name: str, *, default: str | None = None) -> str:
        """A text that is not empty.

        Raises:
            ScenarioError: `unreadable-scene`: missing without a default, no text, or
                empty.
        """
        value = self._get(name, default)
        if not isinstance(value, str) or not value:
            raise _unreadable(self._at(name), value, "a text that is not empty")
        return value

    def optional_text(self, name: str) -> str | None:
        """A text, or None where there is none.

        Raises:
            ScenarioError: `unreadable-scene`: there is something that is no text.
        """
        return self.text(name) if self.has(name) and self._fields[name] != "" else None

    def record(self, name: str) -> "Record":
        """The mapping in a field; empty where the field is missing.

        Raises:
            ScenarioError: `unreadable-scene`: the field holds no mapping.
        """
        value = self._fields.get(name)
        return Record({} if value is None else value, self._at(name))

    def records(self, name: str) -> list["Record"]:
        """The mappings in a list; none where the field is missing or empty.

        Raises:
            ScenarioError: `unreadable-scene`: no list, or an entry is no mapping.
        """
        value = self._fields.get(name)
        if value is None or _is_empty(value):
            return []
        if isinstance(value, str | bytes) or not isinstance(value, Sequence):
            raise _unreadable(self._at(name), value, "a list")
        return [
            Record(entry, f"{self._at(name)}[{index}]")
            for index, entry in enumerate(value)
        ]

    def counts(self, name: str) -> tuple[tuple[str, float], ...]:
        """Names with amounts, in the order of the names.

        Raises:
            ScenarioError: `unreadable-scene`: no mapping from names to numbers of at
                least 0.
        """
        inner = self.record(name)
        names = [str(key) for key in inner._fields]
        return tuple((key, inner.number(key, at_least=0.0)) for key in sorted(names))

    def _get(self, name: str, default: object) -> object:
        value = self._fields.get(name, _MISSING)
        if value is not _MISSING and value is not None:
            return value
        if default is None:
            raise _unreadable(self._at(name), None, "a value: the field is missing")
        return default

    def _at(self, name: str) -> str:
        return f"{self._path}.{name}" if self._path else name


def _is_empty(value: object) -> bool:
    """Whether this is an empty Lua table, which JSON writes as a list or an object."""
    return isinstance(value, Sequence | Mapping) and len(value) == 0


def _unreadable(path: str, value: object, allowed: str) -> ScenarioError:
    shown = _shown(value)
    return ScenarioError(
        f"the scene cannot be drawn: {path or 'the scene'} is {shown}; "
        f"allowed is {allowed}",
        code="unreadable-scene",
        details={"path": path, "value": shown},
    )


def _shown(value: object) -> str:
    try:
        return reprlib.repr(value)
    except ValueError:  # Python writes no integers of thousands of digits
        return f"a very large {type(value).__name__}"
