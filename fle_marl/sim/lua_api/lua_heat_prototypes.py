"""LuaHeatBufferPrototype and LuaHeatEnergySourcePrototype; hold the entity's number.

Defaults are those of HeatBuffer and HeatEnergySource in the prototype API.
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

from fle_marl.prototypes import load
from fle_marl.sim.heat_buffers import (
    DEFAULT_TEMPERATURE,
    MINIMUM_GRADIENT,
    heat_source_of,
    transfer_watts,
)
from fle_marl.sim.lua_api.lua_class import LuaClass, LuaValue
from fle_marl.sim.lua_api.lua_energy_sources import emissions_of
from fle_marl.units import TICKS_PER_SECOND, parse_energy_joules

if TYPE_CHECKING:
    from fle_marl.sim.lua_api.runtime import LuaApi

__all__ = ["LUA_HEAT_BUFFER_PROTOTYPE", "LUA_HEAT_ENERGY_SOURCE_PROTOTYPE"]

LUA_HEAT_BUFFER_PROTOTYPE: Final = LuaClass("LuaHeatBufferPrototype")
LUA_HEAT_ENERGY_SOURCE_PROTOTYPE: Final = LuaClass("LuaHeatEnergySourcePrototype")


def _of(number: int) -> Mapping[str, Any]:
    source = heat_source_of(number)
    assert source is not None, "objects are only made for prototypes that have one"
    return source


@LUA_HEAT_ENERGY_SOURCE_PROTOTYPE.getter("emissions")
def _emissions(_api: "LuaApi", number: int) -> float:
    return emissions_of(load().entities.by_id(number), _of(number))


@LUA_HEAT_ENERGY_SOURCE_PROTOTYPE.getter("heat_buffer_prototype")
def _heat_buffer_prototype(api: "LuaApi", number: int) -> LuaValue:
    return api.object("LuaHeatBufferPrototype", number)


@LUA_HEAT_BUFFER_PROTOTYPE.getter("valid")
@LUA_HEAT_ENERGY_SOURCE_PROTOTYPE.getter("valid")
def _valid(_api: "LuaApi", _number: int) -> bool:
    return True


@LUA_HEAT_BUFFER_PROTOTYPE.getter("max_temperature")
@LUA_HEAT_ENERGY_SOURCE_PROTOTYPE.getter("max_temperature")
def _max_temperature(_api: "LuaApi", number: int) -> float:
    return float(_of(number)["max_temperature"])


@LUA_HEAT_BUFFER_PROTOTYPE.getter("default_temperature")
@LUA_HEAT_ENERGY_SOURCE_PROTOTYPE.getter("default_temperature")
def _default_temperature(_api: "LuaApi", number: int) -> float:
    return float(_of(number).get("default_temperature", DEFAULT_TEMPERATURE))


@LUA_HEAT_BUFFER_PROTOTYPE.getter("min_temperature_gradient")
@LUA_HEAT_ENERGY_SOURCE_PROTOTYPE.getter("min_temperature_gradient")
def _min_temperature_gradient(_api: "LuaApi", number: int) -> float:
    return float(_of(number).get("min_temperature_gradient", MINIMUM_GRADIENT))


@LUA_HEAT_BUFFER_PROTOTYPE.getter("min_working_temperature")
@LUA_HEAT_ENERGY_SOURCE_PROTOTYPE.getter("min_working_temperature")
def _min_working_temperature(_api: "LuaApi", number: int) -> float:
    return float(_of(number).get("min_working_temperature", DEFAULT_TEMPERATURE))


@LUA_HEAT_BUFFER_PROTOTYPE.getter("specific_heat")
@LUA_HEAT_ENERGY_SOURCE_PROTOTYPE.getter("specific_heat")
def _specific_heat(_api: "LuaApi", number: int) -> float:
    return parse_energy_joules(_of(number)["specific_heat"])


@LUA_HEAT_BUFFER_PROTOTYPE.getter("max_transfer")
@LUA_HEAT_ENERGY_SOURCE_PROTOTYPE.getter("max_transfer")
def _max_transfer(_api: "LuaApi", number: int) -> float:
    # powers are joules a tick for scripts
    return transfer_watts(_of(number)) / TICKS_PER_SECOND


@LUA_HEAT_BUFFER_PROTOTYPE.getter("connections")
@LUA_HEAT_ENERGY_SOURCE_PROTOTYPE.getter("connections")
def _connections(api: "LuaApi", number: int) -> LuaValue:
    return api.table(
        [
            {
                "position": dict(zip("xy", each["position"], strict=True)),
                "direction": each["direction"],
            }
            for each in _of(number)["connections"]
        ]
    )
