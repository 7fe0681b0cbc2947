"""Prototypes of energy sources; their objects hold the entity prototype's number.

LuaBurnerPrototype, LuaElectricEnergySourcePrototype and LuaVoidEnergySourcePrototype.
Nothing in the game burns fluids or has another fluid energy source. Defaults are those
of the prototype API; powers are joules a tick for scripts.
"""

import sys
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

from fle_marl.prototypes import EntityPrototype, load
from fle_marl.sim.lua_api.lua_class import LuaClass, LuaValue
from fle_marl.sim.parts import drain_joules_of, fuel_categories_of
from fle_marl.units import TICKS_PER_SECOND, parse_energy_joules, parse_power_watts

if TYPE_CHECKING:
    from fle_marl.sim.lua_api.runtime import LuaApi

__all__ = [
    "LUA_BURNER_PROTOTYPE",
    "LUA_ELECTRIC_ENERGY_SOURCE_PROTOTYPE",
    "LUA_VOID_ENERGY_SOURCE_PROTOTYPE",
    "burner_of",
    "emissions_of",
]

LUA_BURNER_PROTOTYPE: Final = LuaClass("LuaBurnerPrototype")
LUA_ELECTRIC_ENERGY_SOURCE_PROTOTYPE: Final = LuaClass(
    "LuaElectricEnergySourcePrototype"
)
LUA_VOID_ENERGY_SOURCE_PROTOTYPE: Final = LuaClass("LuaVoidEnergySourcePrototype")
_EVERY: Final = (
    LUA_BURNER_PROTOTYPE,
    LUA_ELECTRIC_ENERGY_SOURCE_PROTOTYPE,
    LUA_VOID_ENERGY_SOURCE_PROTOTYPE,
)
_SECONDS_PER_MINUTE: Final = 60


def burner_of(prototype: EntityPrototype) -> Mapping[str, Any] | None:
    """The properties of a prototype's burner; vehicles have it under another name."""
    source: Any = prototype.energy_source
    if source is not None and source["type"] == "burner":
        return source  # type: ignore[no-any-return]
    other: Any = prototype.properties.get("burner")
    return other  # type: ignore[no-any-return]


def emissions_of(prototype: EntityPrototype, source: Mapping[str, Any]) -> float:
    """Pollution for each joule that the entity uses.

    Source: runtime API, LuaBurnerPrototype.emissions; that it is a minute's emissions
    by a minute's usage is a choice.
    """
    usage = 0.0
    for key in ("energy_usage", "energy_consumption", "consumption"):
        if key in prototype.properties:
            usage = prototype.watts(key)
    per_minute = float(source.get("emissions_per_minute", 0.0))
    return per_minute / (usage * _SECONDS_PER_MINUTE) if usage else 0.0


def _of(number: int) -> EntityPrototype:
    return load().entities.by_id(number)


def _burner(number: int) -> Mapping[str, Any]:
    burner = burner_of(_of(number))
    assert burner is not None, "objects are only made for prototypes that have one"
    return burner


def _source(number: int) -> Mapping[str, Any]:
    source: Any = _of(number).energy_source
    return burner_of(_of(number)) or {} if source is None else source


def _valid(_api: "LuaApi", _number: int) -> bool:
    return True


def _emissions(_api: "LuaApi", number: int) -> float:
    return emissions_of(_of(number), _source(number))


def _render_no_network_icon(_api: "LuaApi", number: int) -> bool:
    return bool(_source(number).get("render_no_network_icon", True))


def _render_no_power_icon(_api: "LuaApi", number: int) -> bool:
    return bool(_source(number).get("render_no_power_icon", True))


for _class in _EVERY:
    _class.getters |= {
        "valid": _valid,
        "emissions": _emissions,
        "render_no_network_icon": _render_no_network_icon,
        "render_no_power_icon": _render_no_power_icon,
    }


# --- burners


@LUA_BURNER_PROTOTYPE.getter("effectivity")
def _effectivity(_api: "LuaApi", number: int) -> float:
    return float(_burner(number).get("effectivity", 1.0))


@LUA_BURNER_PROTOTYPE.getter("fuel_inventory_size")
def _fuel_inventory_size(_api: "LuaApi", number: int) -> int:
    return int(_burner(number)["fuel_inventory_size"])


@LUA_BURNER_PROTOTYPE.getter("burnt_inventory_size")
def _burnt_inventory_size(_api: "LuaApi", number: int) -> int:
    return int(_burner(number).get("burnt_inventory_size", 0))


@LUA_BURNER_PROTOTYPE.getter("fuel_categories")
def _fuel_categories(api: "LuaApi", number: int) -> LuaValue:
    return api.table(dict.fromkeys(fuel_categories_of(_burner(number)), True))


# --- electric sources


@LUA_ELECTRIC_ENERGY_SOURCE_PROTOTYPE.getter("usage_priority")
def _usage_priority(_api: "LuaApi", number: int) -> str:
    return str(_source(number)["usage_priority"])


@LUA_ELECTRIC_ENERGY_SOURCE_PROTOTYPE.getter("buffer_capacity")
def _buffer_capacity(_api: "LuaApi", number: int) -> float:
    text = _source(number).get("buffer_capacity")
    return 0.0 if text is None else parse_energy_joules(text)


@LUA_ELECTRIC_ENERGY_SOURCE_PROTOTYPE.getter("drain")
def _drain(_api: "LuaApi", number: int) -> float:
    return drain_joules_of(_of(number))


@LUA_ELECTRIC_ENERGY_SOURCE_PROTOTYPE.getter("input_flow_limit")
def _input_flow_limit(_api: "LuaApi", number: int) -> float:
    return _limit(number, "input_flow_limit")


@LUA_ELECTRIC_ENERGY_SOURCE_PROTOTYPE.getter("output_flow_limit")
def _output_flow_limit(_api: "LuaApi", number: int) -> float:
    return _limit(number, "output_flow_limit")


def _limit(number: int, key: str) -> float:
    text = _source(number).get(key)
    if text is None:
        # "Max `double` value". Source: prototype API, ElectricEnergySource
        return sys.float_info.max
    return parse_power_watts(text) / TICKS_PER_SECOND
