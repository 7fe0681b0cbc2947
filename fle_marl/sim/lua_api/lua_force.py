"""LuaForce; holds the force's index. Research state is the player force's."""

from typing import TYPE_CHECKING, Final

from fle_marl.sim.actions.force import (
    inserter_bonus,
    set_inserter_bonus,
    set_researched,
)
from fle_marl.sim.components import FORCE_PLAYER, MOST_INSERTER_BONUS
from fle_marl.sim.lua_api.arguments import read_count
from fle_marl.sim.lua_api.errors import fail, shown
from fle_marl.sim.lua_api.lua_class import LuaClass, LuaValue
from fle_marl.sim.lua_api.lua_flow_statistics import flow_statistics
from fle_marl.sim.lua_api.lua_game_script import FORCES
from fle_marl.sim.lua_api.lua_prototype_table import CustomTable, custom_table

if TYPE_CHECKING:
    from fle_marl.sim.lua_api.runtime import LuaApi

__all__ = ["LUA_FORCE"]

LUA_FORCE: Final = LuaClass("LuaForce")
_NAMES: Final = {index: name for name, index in FORCES.items()}


@LUA_FORCE.getter("name")
def _name(_api: "LuaApi", index: int) -> str:
    return _NAMES[index]


@LUA_FORCE.getter("index")
def _index(_api: "LuaApi", index: int) -> int:
    return index


@LUA_FORCE.getter("valid")
def _valid(_api: "LuaApi", _index: int) -> bool:
    return True


@LUA_FORCE.getter("recipes")
def _recipes(api: "LuaApi", _index: int) -> LuaValue:
    recipes = api.prototypes.recipes
    return custom_table(
        api,
        CustomTable(
            "LuaRecipe",
            lambda: recipes,
            lambda key: recipes[str(key)].id if key in recipes else None,
        ),
    )


@LUA_FORCE.getter("technologies")
def _technologies(api: "LuaApi", _index: int) -> LuaValue:
    technologies = api.prototypes.technologies
    return custom_table(
        api,
        CustomTable(
            "LuaTechnology",
            lambda: technologies,
            lambda key: technologies[str(key)].id if key in technologies else None,
        ),
    )


@LUA_FORCE.getter("item_production_statistics")
def _item_statistics(api: "LuaApi", index: int) -> LuaValue:
    return flow_statistics(api, "item", index)


@LUA_FORCE.getter("fluid_production_statistics")
def _fluid_statistics(api: "LuaApi", index: int) -> LuaValue:
    return flow_statistics(api, "fluid", index)


@LUA_FORCE.getter("current_research")
def _current_research(_api: "LuaApi", _index: int) -> None:
    # nothing can be queued while there are no laboratories
    return None


@LUA_FORCE.getter("research_progress")
def _research_progress(_api: "LuaApi", _index: int) -> float:
    return 0.0


@LUA_FORCE.getter("rockets_launched")
def _rockets_launched(_api: "LuaApi", _index: int) -> int:
    # silos build no rockets here
    return 0


@LUA_FORCE.getter("research_queue")
def _research_queue(api: "LuaApi", _index: int) -> LuaValue:
    return api.lua.table()


@LUA_FORCE.getter("inserter_stack_size_bonus")
def _inserter_bonus(api: "LuaApi", index: int) -> int:
    return inserter_bonus(api.world, index, is_stack=False)


@LUA_FORCE.setter("inserter_stack_size_bonus")
def _set_inserter_bonus(api: "LuaApi", index: int, bonus: object) -> None:
    bonus = _read_bonus(bonus, "inserter_stack_size_bonus")
    set_inserter_bonus(api.world, index, bonus, is_stack=False)


@LUA_FORCE.getter("stack_inserter_capacity_bonus")
def _stack_inserter_bonus(api: "LuaApi", index: int) -> int:
    return inserter_bonus(api.world, index, is_stack=True)


@LUA_FORCE.setter("stack_inserter_capacity_bonus")
def _set_stack_inserter_bonus(api: "LuaApi", index: int, bonus: object) -> None:
    bonus = _read_bonus(bonus, "stack_inserter_capacity_bonus")
    set_inserter_bonus(api.world, index, bonus, is_stack=True)


def _read_bonus(value: object, name: str) -> int:
    bonus = read_count(value, name)
    if bonus > MOST_INSERTER_BONUS:
        fail(f"{name} must be 0 to {MOST_INSERTER_BONUS}, not {bonus}.")
    return bonus


@LUA_FORCE.method("get_saved_technology_progress")
def _saved_progress(api: "LuaApi", _index: int, technology: object) -> float | None:
    number = api.self_of(technology, "LuaTechnology")
    if number is None:
        if technology not in api.prototypes.technologies:
            fail(f"Unknown technology name: {shown(technology)}.")
        number = api.prototypes.technologies[str(technology)].id
    progress = float(api.world.tables["force_technology"]["progress"][int(number)])
    return progress or None


@LUA_FORCE.method("research_all_technologies")
def _research_all(api: "LuaApi", _index: int, include_disabled: bool = False) -> None:
    for technology in api.prototypes.technologies.values():
        if technology.enabled or include_disabled:
            set_researched(api.world, technology, is_researched=True)


@LUA_FORCE.method("reset")
def _reset(api: "LuaApi", _index: int) -> None:
    for kind in ("recipe", "technology"):
        start = api.world.prototypes[f"{kind}_prototype"]["enabled"]
        api.world.tables[f"force_{kind}"]["enabled"] = start
    api.world.tables["force_technology"]["researched"] = False
    api.world.tables["force_technology"]["progress"] = 0
    for is_stack in (False, True):
        set_inserter_bonus(api.world, FORCE_PLAYER, 0, is_stack=is_stack)
