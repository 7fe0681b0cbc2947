"""LuaForce; holds the force's index.

Its members about research and its modifiers are in `force_research` and
`force_modifiers`.
"""

from typing import TYPE_CHECKING, Final

from fle_marl.sim.lua_api import force_modifiers, force_research
from fle_marl.sim.lua_api.lua_class import LuaClass, LuaValue
from fle_marl.sim.lua_api.lua_flow_statistics import flow_statistics
from fle_marl.sim.lua_api.lua_game_script import FORCES
from fle_marl.sim.lua_api.lua_prototype_table import CustomTable, custom_table

if TYPE_CHECKING:
    from fle_marl.sim.lua_api.runtime import LuaApi

__all__ = ["LUA_FORCE"]

LUA_FORCE: Final = LuaClass("LuaForce")
_NAMES: Final = {index: name for name, index in FORCES.items()}

force_research.declare(LUA_FORCE)
force_modifiers.declare(LUA_FORCE)


@LUA_FORCE.getter("name")
def _name(_api: "LuaApi", index: int) -> str:
    return _NAMES[index]


@LUA_FORCE.getter("index")
def _index(_api: "LuaApi", index: int) -> int:
    return index


@LUA_FORCE.getter("valid")
def _valid(_api: "LuaApi", _index: int) -> bool:
    return True


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


LUA_FORCE.getters |= force_research.of_player_force({"recipes": _recipes})


@LUA_FORCE.getter("item_production_statistics")
def _item_statistics(api: "LuaApi", index: int) -> LuaValue:
    return flow_statistics(api, "item", index)


@LUA_FORCE.getter("fluid_production_statistics")
def _fluid_statistics(api: "LuaApi", index: int) -> LuaValue:
    return flow_statistics(api, "fluid", index)


@LUA_FORCE.getter("kill_count_statistics")
def _kill_statistics(api: "LuaApi", index: int) -> LuaValue:
    return flow_statistics(api, "kill", index)


@LUA_FORCE.getter("rockets_launched")
def _rockets_launched(_api: "LuaApi", _index: int) -> int:
    # silos build no rockets here
    return 0
