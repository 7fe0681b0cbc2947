"""Members of LuaEntity about heat."""

from typing import TYPE_CHECKING

from fle_marl.sim.heat_buffers import heat_buffer_of
from fle_marl.sim.lua_api.errors import fail
from fle_marl.sim.lua_api.fluids import read_measure
from fle_marl.sim.lua_api.lua_class import LuaClass
from fle_marl.sim.schedule import HEAT_NETWORK, refreshed
from fle_marl.sim.systems.reactor import neighbour_bonus

if TYPE_CHECKING:
    from fle_marl.sim.lua_api.runtime import LuaApi

__all__ = ["declare"]


def _temperature(api: "LuaApi", handle: int) -> float | None:
    # nil for what has no heat. Source: runtime API
    buffer = heat_buffer_of(api.world, api.row(handle))
    if not buffer:
        return None
    return float(api.world.tables["heat_buffer"]["temperature"][buffer])


def _set_temperature(api: "LuaApi", handle: int, value: object) -> None:
    degrees = read_measure(value, "temperature")
    buffer = heat_buffer_of(api.world, api.row(handle))
    if not buffer:
        fail("LuaEntity.temperature: not for entities of this type.")
    api.world.tables["heat_buffer"]["temperature"][buffer] = degrees


def _neighbour_bonus(api: "LuaApi", handle: int) -> float:
    row = api.row(handle)
    if api.prototype_of(row).type != "reactor":
        fail("LuaEntity.neighbour_bonus: not for entities of this type.")
    return neighbour_bonus(refreshed(api.world, HEAT_NETWORK), row)


def declare(entity: LuaClass) -> None:
    """Add the members of this topic to LuaEntity."""
    entity.getters |= {
        "temperature": _temperature,
        "neighbour_bonus": _neighbour_bonus,
    }
    entity.setters["temperature"] = _set_temperature
