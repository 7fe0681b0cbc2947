"""LuaTechnology of the player force; holds the technology's number."""

import re
from typing import TYPE_CHECKING, Final

from fle_marl.sim.actions.force import set_researched
from fle_marl.sim.lua_api.errors import fail, shown
from fle_marl.sim.lua_api.lua_class import LuaClass, LuaValue

if TYPE_CHECKING:
    from fle_marl.sim.lua_api.runtime import LuaApi

__all__ = ["LUA_TECHNOLOGY"]

LUA_TECHNOLOGY: Final = LuaClass("LuaTechnology")

_LEFT_OUT_TIMES: Final = re.compile(r"(?<=[\dL)])(?=[(L])")
"""Where a formula multiplies without saying so."""


@LUA_TECHNOLOGY.getter("name")
def _name(api: "LuaApi", number: int) -> str:
    return api.prototypes.technologies.by_id(number).name


@LUA_TECHNOLOGY.getter("researched")
def _researched(api: "LuaApi", number: int) -> bool:
    return bool(api.world.tables["force_technology"]["researched"][number])


@LUA_TECHNOLOGY.setter("researched")
def _set_researched(api: "LuaApi", number: int, value: object) -> None:
    if not isinstance(value, bool):
        fail(f"researched must be true or false, not {shown(value)}.")
    technology = api.prototypes.technologies.by_id(number)
    set_researched(api.world, technology, is_researched=value)


@LUA_TECHNOLOGY.getter("enabled")
def _enabled(api: "LuaApi", number: int) -> bool:
    return bool(api.world.tables["force_technology"]["enabled"][number])


@LUA_TECHNOLOGY.getter("level")
def _level(api: "LuaApi", number: int) -> int:
    # of those that have one level it is the number in their name, 1 without one
    reached = int(api.world.tables["force_technology"]["level"][number])
    return max(reached, api.prototypes.technologies.by_id(number).level)


@LUA_TECHNOLOGY.getter("prerequisites")
def _prerequisites(api: "LuaApi", number: int) -> LuaValue:
    technologies = api.prototypes.technologies
    table = api.lua.table()
    for name in technologies.by_id(number).prerequisites:
        table[name] = api.object("LuaTechnology", technologies[name].id)
    return table


@LUA_TECHNOLOGY.getter("research_unit_count")
def _unit_count(api: "LuaApi", number: int) -> int:
    technology = api.prototypes.technologies.by_id(number)
    if technology.unit_count_formula is None:
        return int(technology.unit_count or 0)
    # of the level L, such as 1000(L-3); Source: prototype API, Unit.count_formula
    formula = _LEFT_OUT_TIMES.sub("*", technology.unit_count_formula)
    return int(api.lua.eval(f"function(L) return {formula} end")(_level(api, number)))


@LUA_TECHNOLOGY.getter("research_unit_energy")
def _unit_energy(api: "LuaApi", number: int) -> float:
    # in ticks. Source: runtime API, LuaTechnology.research_unit_energy
    return api.prototypes.technologies.by_id(number).unit_time_seconds * 60


@LUA_TECHNOLOGY.getter("research_unit_ingredients")
def _unit_ingredients(api: "LuaApi", number: int) -> LuaValue:
    technology = api.prototypes.technologies.by_id(number)
    return api.table(
        [
            {"type": "item", "name": part.name, "amount": part.amount}
            for part in technology.ingredients
        ]
    )


@LUA_TECHNOLOGY.getter("valid")
def _valid(_api: "LuaApi", _number: int) -> bool:
    return True


@LUA_TECHNOLOGY.getter("force")
def _force(api: "LuaApi", _number: int) -> LuaValue:
    return api.object("LuaForce", 1)
