"""LuaTechnology of the player force and LuaTechnologyPrototype; hold the number."""

from typing import TYPE_CHECKING, Final

from fle_marl.prototypes import TechnologyPrototype
from fle_marl.sim.actions.force import (
    last_level,
    set_level,
    set_researched,
    technology_level,
)
from fle_marl.sim.actions.research import settle_queue
from fle_marl.sim.lua_api.arguments import read_count
from fle_marl.sim.lua_api.errors import fail
from fle_marl.sim.lua_api.localised import declare_localised, localised
from fle_marl.sim.lua_api.lua_class import LuaClass, LuaValue
from fle_marl.sim.lua_api.world_events import watched
from fle_marl.units import TICKS_PER_SECOND

if TYPE_CHECKING:
    from fle_marl.sim.lua_api.runtime import LuaApi

__all__ = ["LUA_TECHNOLOGY", "LUA_TECHNOLOGY_PROTOTYPE"]

LUA_TECHNOLOGY_PROTOTYPE: Final = LuaClass("LuaTechnologyPrototype", is_constant=True)

_MOST_UNITS: Final = 2**32 - 1
"""Source: runtime API, LuaTechnology.research_unit_count is a uint."""


def _of(api: "LuaApi", number: int) -> TechnologyPrototype:
    return api.prototypes.technologies.by_id(number)


def _localised(api: "LuaApi", number: int, part: str) -> LuaValue:
    # all levels have one text. Source: the game's locale; that this is so is a choice
    name = _of(api, number).name.rstrip("0123456789").removesuffix("-")
    return localised(api, "technology", part, name)


declare_localised(LUA_TECHNOLOGY_PROTOTYPE, _localised)


# --- what both have


@LUA_TECHNOLOGY_PROTOTYPE.getter("name")
def _name(api: "LuaApi", number: int) -> str:
    return _of(api, number).name


@LUA_TECHNOLOGY_PROTOTYPE.getter("valid")
def _valid(_api: "LuaApi", _number: int) -> bool:
    return True


@LUA_TECHNOLOGY_PROTOTYPE.getter("order")
def _order(api: "LuaApi", number: int) -> str:
    return _of(api, number).order


@LUA_TECHNOLOGY_PROTOTYPE.getter("upgrade")
def _upgrade(api: "LuaApi", number: int) -> bool:
    return _of(api, number).upgrade


@LUA_TECHNOLOGY_PROTOTYPE.getter("effects")
def _effects(api: "LuaApi", number: int) -> LuaValue:
    return api.table([dict(effect) for effect in _of(api, number).effects])


@LUA_TECHNOLOGY_PROTOTYPE.getter("research_unit_count_formula")
def _unit_count_formula(api: "LuaApi", number: int) -> str | None:
    return _of(api, number).unit_count_formula


@LUA_TECHNOLOGY_PROTOTYPE.getter("research_unit_energy")
def _unit_energy(api: "LuaApi", number: int) -> float:
    # in ticks. Source: runtime API, LuaTechnology.research_unit_energy
    return _of(api, number).unit_time_seconds * TICKS_PER_SECOND


@LUA_TECHNOLOGY_PROTOTYPE.getter("research_unit_ingredients")
def _unit_ingredients(api: "LuaApi", number: int) -> LuaValue:
    return api.table(
        [
            {"type": "item", "name": part.name, "amount": part.amount}
            for part in _of(api, number).ingredients
        ]
    )


LUA_TECHNOLOGY: Final = LuaClass("LuaTechnology")
LUA_TECHNOLOGY.getters |= LUA_TECHNOLOGY_PROTOTYPE.getters


def _prerequisites(api: "LuaApi", number: int, class_name: str) -> LuaValue:
    technologies = api.prototypes.technologies
    table = api.lua.table()
    for name in technologies.by_id(number).prerequisites:
        table[name] = api.object(class_name, technologies[name].id)
    return table


# --- the prototype


@LUA_TECHNOLOGY_PROTOTYPE.getter("prerequisites")
def _prerequisite_prototypes(api: "LuaApi", number: int) -> LuaValue:
    return _prerequisites(api, number, "LuaTechnologyPrototype")


@LUA_TECHNOLOGY_PROTOTYPE.getter("enabled")
def _enabled_at_start(api: "LuaApi", number: int) -> bool:
    return _of(api, number).enabled


@LUA_TECHNOLOGY_PROTOTYPE.getter("hidden")
def _hidden(api: "LuaApi", number: int) -> bool:
    return _of(api, number).hidden


@LUA_TECHNOLOGY_PROTOTYPE.getter("visible_when_disabled")
def _visible_at_start(api: "LuaApi", number: int) -> bool:
    return _of(api, number).visible_when_disabled


@LUA_TECHNOLOGY_PROTOTYPE.getter("ignore_tech_cost_multiplier")
def _ignore_tech_cost_multiplier(api: "LuaApi", number: int) -> bool:
    return _of(api, number).ignore_tech_cost_multiplier


@LUA_TECHNOLOGY_PROTOTYPE.getter("level")
def _first_level(api: "LuaApi", number: int) -> int:
    return _of(api, number).level


@LUA_TECHNOLOGY_PROTOTYPE.getter("max_level")
def _max_level(api: "LuaApi", number: int) -> int:
    return _of(api, number).max_level


@LUA_TECHNOLOGY_PROTOTYPE.getter("research_unit_count")
def _unit_count_at_first(api: "LuaApi", number: int) -> int:
    technology = _of(api, number)
    return technology.unit_count_of_level(technology.level)


# --- what the force has made of it


@LUA_TECHNOLOGY.getter("prototype")
def _prototype(api: "LuaApi", number: int) -> LuaValue:
    return api.object("LuaTechnologyPrototype", number)


@LUA_TECHNOLOGY.getter("force")
def _force(api: "LuaApi", _number: int) -> LuaValue:
    return api.object("LuaForce", 1)


@LUA_TECHNOLOGY.getter("prerequisites")
def _prerequisite_technologies(api: "LuaApi", number: int) -> LuaValue:
    return _prerequisites(api, number, "LuaTechnology")


@LUA_TECHNOLOGY.getter("researched")
def _researched(api: "LuaApi", number: int) -> bool:
    return bool(api.world.tables["force_technology"]["researched"][number])


def _set_researched(api: "LuaApi", number: int, is_researched: bool) -> None:
    set_researched(api.world, _of(api, number), is_researched=is_researched)
    settle_queue(api.world)


@LUA_TECHNOLOGY.getter("level")
def _level(api: "LuaApi", number: int) -> int:
    return technology_level(api.world, _of(api, number))


def _set_level(api: "LuaApi", number: int, value: object) -> None:
    level, technology = read_count(value, "level"), _of(api, number)
    first, last = technology.level, last_level(technology)
    if not first <= level <= last:
        fail(f"The level of {technology.name} is {first} to {last}, not {level}.")
    set_level(api.world, technology, level)
    settle_queue(api.world)


@LUA_TECHNOLOGY.getter("research_unit_count")
def _unit_count(api: "LuaApi", number: int) -> int:
    technology = _of(api, number)
    units = technology.unit_count_of_level(technology_level(api.world, technology))
    return min(units, _MOST_UNITS)


@LUA_TECHNOLOGY.getter("enabled")
def _enabled(api: "LuaApi", number: int) -> bool:
    return bool(api.world.tables["force_technology"]["enabled"][number])


def _set_enabled(api: "LuaApi", number: int, is_enabled: bool) -> None:
    api.world.tables["force_technology"]["enabled"][number] = is_enabled
    settle_queue(api.world)


@LUA_TECHNOLOGY.getter("visible_when_disabled")
def _visible_when_disabled(api: "LuaApi", number: int) -> bool:
    return bool(api.world.tables["force_technology"]["visible_when_disabled"][number])


@LUA_TECHNOLOGY.setter("visible_when_disabled")
def _set_visible_when_disabled(api: "LuaApi", number: int, is_visible: bool) -> None:
    api.world.tables["force_technology"]["visible_when_disabled"][number] = is_visible


@LUA_TECHNOLOGY.method("reload")
def _reload(api: "LuaApi", number: int) -> None:
    # what prototypes say, research aside. Source: runtime API, LuaTechnology.reload
    for name in ("enabled", "visible_when_disabled"):
        start = api.world.prototypes["technology_prototype"][name][number]
        api.world.tables["force_technology"][name][number] = start
    settle_queue(api.world)


LUA_TECHNOLOGY.setters |= watched(
    {"researched": _set_researched, "level": _set_level, "enabled": _set_enabled}
)
