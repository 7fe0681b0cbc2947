"""Members of LuaEntityPrototype about rocket silos and their rockets.

Source: runtime API, LuaEntityPrototype; defaults of the prototype API.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from fle_marl.prototypes import EntityPrototype
from fle_marl.sim.lua_api.lua_class import LuaClass, LuaValue
from fle_marl.units import TICKS_PER_SECOND

if TYPE_CHECKING:
    from fle_marl.sim.lua_api.runtime import LuaApi

__all__ = ["declare"]

_SILO: Final = "rocket-silo"
_ROCKET: Final = "rocket-silo-rocket"
_NUMBERS: Final[dict[str, dict[str, float | None]]] = {
    _SILO: {
        "light_blinking_speed": None,
        "door_opening_speed": None,
        "rocket_rising_delay": 30,
        "launch_wait_time": 120,
    },
    _ROCKET: {
        "rising_speed": None,
        "engine_starting_speed": None,
        "flying_speed": None,
        "flying_acceleration": None,
    },
}
"""Plain numbers by type, with what holds when the prototype does not say."""
_ENERGIES: Final = ("active_energy_usage", "lamp_energy_usage")


def _number(
    kind: str, name: str, default: float | None
) -> Callable[["LuaApi", int], float | None]:
    def read(api: "LuaApi", number: int) -> float | None:
        prototype = api.prototypes.entities.by_id(number)
        return prototype.number(name, default) if prototype.type == kind else None

    return read


def _energy(name: str) -> Callable[["LuaApi", int], float | None]:
    def read(api: "LuaApi", number: int) -> float | None:
        prototype: EntityPrototype = api.prototypes.entities.by_id(number)
        if prototype.type != _SILO:
            return None
        # joules per tick, as all energies of the API
        return prototype.watts(name, 0.0) / TICKS_PER_SECOND

    return read


def _rocket_entity_prototype(api: "LuaApi", number: int) -> LuaValue:
    prototype = api.prototypes.entities.by_id(number)
    if prototype.type != _SILO:
        return None
    rocket = api.prototypes.entities[prototype.text("rocket_entity")]
    return api.object("LuaEntityPrototype", rocket.id)


def declare(prototype: LuaClass) -> None:
    """Add the members of this topic to LuaEntityPrototype."""
    for kind, numbers in _NUMBERS.items():
        for name, default in numbers.items():
            prototype.getters[name] = _number(kind, name, default)
    for name in _ENERGIES:
        prototype.getters[name] = _energy(name)
    prototype.getters["rocket_entity_prototype"] = _rocket_entity_prototype
