"""LuaTechnology of the player force; holds the technology's number."""

from typing import TYPE_CHECKING, Final

from fle_marl.sim.lua_api.lua_class import LuaClass, LuaValue

if TYPE_CHECKING:
    from fle_marl.sim.lua_api.runtime import LuaApi

__all__ = ["LUA_TECHNOLOGY"]

LUA_TECHNOLOGY: Final = LuaClass("LuaTechnology")


@LUA_TECHNOLOGY.getter("name")
def _name(api: "LuaApi", number: int) -> str:
    return api.prototypes.technologies.by_id(number).name


@LUA_TECHNOLOGY.getter("researched")
def _researched(api: "LuaApi", number: int) -> bool:
    return bool(api.world.tables["force_technology"]["researched"][number])


@LUA_TECHNOLOGY.getter("enabled")
def _enabled(api: "LuaApi", number: int) -> bool:
    return bool(api.world.tables["force_technology"]["enabled"][number])


@LUA_TECHNOLOGY.getter("level")
def _level(api: "LuaApi", number: int) -> int:
    return int(api.world.tables["force_technology"]["level"][number])


@LUA_TECHNOLOGY.getter("prerequisites")
def _prerequisites(api: "LuaApi", number: int) -> LuaValue:
    technologies = api.prototypes.technologies
    table = api.lua.table()
    for name in technologies.by_id(number).prerequisites:
        table[name] = api.object("LuaTechnology", technologies[name].id)
    return table


@LUA_TECHNOLOGY.getter("research_unit_count")
def _unit_count(api: "LuaApi", number: int) -> int:
    return int(api.prototypes.technologies.by_id(number).unit_count or 0)


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
