"""Reading the properties of a prototype that have no attribute of their own."""

from collections.abc import Mapping, Sequence
from typing import TypeVar

from fle_marl.errors import PrototypeError
from fle_marl.geometry import MapPosition
from fle_marl.units import parse_energy_joules, parse_power_watts

__all__ = ["PropertyReader"]

T = TypeVar("T")


class PropertyReader:
    """Typed access to raw properties, for prototypes that have many.

    Each method takes the property's name in the prototype API docs and, where the game
    has a default, that default; all raise `PrototypeError` (``no-such-property``) if
    the prototype has no such property of that type and no default was given.
    """

    __slots__ = ()

    name: str
    properties: Mapping[str, object]

    def number(self, key: str, default: float | None = None) -> float:
        """A plain number."""
        value = self.properties.get(key, default)
        # in Python, though not in Lua, true is a number
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise self._missing(key, "a number", value)
        return value

    def text(self, key: str, default: str | None = None) -> str:
        """A string, such as the name of another prototype."""
        value = self.properties.get(key, default)
        if not isinstance(value, str):
            raise self._missing(key, "a string", value)
        return value

    def joules(self, key: str, default: float | None = None) -> float:
        """An energy, such as ``energy_per_rotation`` of an inserter."""
        if default is not None and key not in self.properties:
            return default
        return parse_energy_joules(self.text(key))

    def watts(self, key: str, default: float | None = None) -> float:
        """A power, such as ``energy_usage`` of a machine."""
        if default is not None and key not in self.properties:
            return default
        return parse_power_watts(self.text(key))

    def vector(self, key: str) -> MapPosition:
        """Coordinates in tiles, such as ``pickup_position`` of an inserter."""
        value = self.properties.get(key)
        if not isinstance(value, Sequence) or len(value) != 2:
            raise self._missing(key, "a vector", value)
        return MapPosition.from_json(value)

    def names(self, key: str) -> tuple[str, ...]:
        """A list of names, such as ``crafting_categories``; empty if it is absent."""
        value = self.properties.get(key, ())
        if isinstance(value, str) or not isinstance(value, Sequence):
            raise self._missing(key, "a list", value)
        return tuple(value)

    def _missing(self, key: str, wanted: str, value: object) -> PrototypeError:
        return PrototypeError(
            f"property {key!r} of {self.name!r} is {value!r}, not {wanted}",
            code="no-such-property",
            details={"name": self.name, "property": key},
        )
