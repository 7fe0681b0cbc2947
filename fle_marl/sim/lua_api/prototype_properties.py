"""Members of prototypes that are properties of the game's data, as they stand there.

Most attributes of prototypes are one property under the same or another name. Such a
member is a `Property`: where it is read from, how it is turned into a value of Lua, and
what it is for prototypes that do not have it.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from fle_marl.prototypes import EntityPrototype, ItemPrototype
from fle_marl.sim.lua_api.lua_class import LuaClass, LuaValue
from fle_marl.units import TICKS_PER_SECOND, parse_energy_joules, parse_power_watts

if TYPE_CHECKING:
    from fle_marl.sim.lua_api.runtime import LuaApi

__all__ = [
    "Property",
    "as_is",
    "box",
    "color",
    "declare_properties",
    "entity",
    "flags",
    "fluid",
    "items",
    "joules",
    "per_tick",
    "resistances",
    "table",
    "vector",
]

Reader = Callable[["LuaApi", Any], LuaValue]
Prototype = EntityPrototype | ItemPrototype
_MOST_SHARE: Final = 1
_MOST_BYTE: Final = 255


@dataclass(frozen=True, slots=True)
class Property:
    """Where a member comes from.

    Attributes:
        name: of the member.
        key: of the property; empty for the same name.
        read: makes a value of Lua of what stands there.
        default: for prototypes without the property, as a plain value.
        types: types of prototype that have the default; empty for all. The others have
            nothing, unless they have the property.
        only: types of prototype that have the member at all; empty for all.
    """

    name: str
    key: str = ""
    read: Reader | None = None
    default: Any = None
    types: tuple[str, ...] = ()
    only: tuple[str, ...] = ()


def declare_properties(
    lua_class: LuaClass,
    of: Callable[["LuaApi", int], Prototype],
    properties: Iterable[Property],
) -> None:
    """Declare members that are properties.

    Args:
        lua_class: of prototypes, whose objects hold their numbers.
        of: the prototype of a number.
        properties: the members.
    """
    for each in properties:
        lua_class.getters[each.name] = partial(_get, of=of, each=each)


def _get(
    api: "LuaApi",
    number: int,
    *,
    of: Callable[["LuaApi", int], Prototype],
    each: Property,
) -> LuaValue:
    prototype = of(api, number)
    if each.only and prototype.type not in each.only:
        return None
    value: Any = prototype.properties.get(each.key or each.name)
    if value is None:
        if each.types and prototype.type not in each.types:
            return None
        value = each.default
        return api.table(value) if isinstance(value, dict | list) else value
    return as_is(api, value) if each.read is None else each.read(api, value)


# --- values


def as_is(_api: "LuaApi", value: object) -> LuaValue:
    """A number, a text or a flag."""
    return value


def table(api: "LuaApi", value: Any) -> LuaValue:  # noqa: ANN401 - raw data
    """A table of the data."""
    return api.table(value)


def flags(api: "LuaApi", names: Iterable[str]) -> LuaValue:
    """Names as a table in which each is true."""
    return api.table(dict.fromkeys(sorted(names), True))


def joules(_api: "LuaApi", text: str) -> float:
    """An energy."""
    return parse_energy_joules(text)


def per_tick(_api: "LuaApi", text: str) -> float:
    """A power; scripts see joules a tick."""
    return parse_power_watts(text) / TICKS_PER_SECOND


def vector(api: "LuaApi", place: Any) -> LuaValue:  # noqa: ANN401 - raw data
    """A vector: a list of two numbers."""
    return api.table([float(place[0]), float(place[1])])


def box(api: "LuaApi", corners: Any) -> LuaValue:  # noqa: ANN401 - raw data
    """A BoundingBox."""
    (left, top), (right, bottom) = corners[0], corners[1]
    return api.box(float(left), float(top), float(right), float(bottom))


def color(api: "LuaApi", given: Any) -> LuaValue:  # noqa: ANN401 - raw data
    """A Color with parts of 0 to 1."""
    if isinstance(given, Mapping):
        parts = {name: float(given.get(name, 0)) for name in "rgb"}
        alpha = given.get("a")
    else:
        parts = dict(zip("rgb", map(float, given[:3]), strict=True))
        alpha = given[3] if len(given) > 3 else None
    most = max(*parts.values(), alpha or 0)
    scale = _MOST_SHARE if most <= _MOST_SHARE else _MOST_BYTE
    parts = {name: part / scale for name, part in parts.items()}
    return api.table({**parts, "a": 1.0 if alpha is None else float(alpha) / scale})


def entity(api: "LuaApi", name: str) -> LuaValue:
    """An entity prototype by its name; nil when the data has none."""
    entities = api.prototypes.entities
    if name not in entities:
        return None
    return api.object("LuaEntityPrototype", entities[name].id)


def fluid(api: "LuaApi", name: str) -> LuaValue:
    """A fluid prototype by its name."""
    return api.object("LuaFluidPrototype", api.prototypes.fluids[name].id)


def items(api: "LuaApi", names: Iterable[str]) -> LuaValue:
    """Item prototypes by their names, as a table from name to prototype."""
    found = api.lua.table()
    for name in names:
        found[name] = api.object("LuaItemPrototype", api.prototypes.items[name].id)
    return found


def resistances(api: "LuaApi", given: Iterable[Mapping[str, Any]]) -> LuaValue:
    """Resistances by type of damage. Source: runtime API, Resistance."""
    return api.table(
        {
            each["type"]: {
                "decrease": float(each.get("decrease", 0)),
                "percent": each.get("percent", 0) / 100,
            }
            for each in given
        }
    )
