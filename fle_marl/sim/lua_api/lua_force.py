"""LuaForce; holds the force's index.

Its members about research, its modifiers and its chart are in `force_research`,
`force_modifiers` and `force_charts`.
"""

from typing import TYPE_CHECKING, Final

from fle_marl.sim.components import FORCE_PLAYER
from fle_marl.sim.lua_api import (
    absent,
    force_charts,
    force_modifiers,
    force_relations,
    force_research,
)
from fle_marl.sim.lua_api.arguments import read_count
from fle_marl.sim.lua_api.errors import fail
from fle_marl.sim.lua_api.forces import force_names
from fle_marl.sim.lua_api.lua_class import LuaClass, LuaValue
from fle_marl.sim.lua_api.lua_flow_statistics import flow_statistics
from fle_marl.sim.lua_api.lua_prototype_table import CustomTable, custom_table
from fle_marl.sim.lua_api.stacks import item_number
from fle_marl.sim.lua_api.surface_argument import check_surface
from fle_marl.units import tiles_to_units, units_to_tiles

if TYPE_CHECKING:
    from fle_marl.sim.lua_api.runtime import LuaApi

__all__ = ["LUA_FORCE"]

LUA_FORCE: Final = LuaClass("LuaForce")
_MOST_UINT: Final = 0xFFFF_FFFF
"""Source: runtime API, the type ``uint``."""

absent.declare(LUA_FORCE)
force_charts.declare(LUA_FORCE)
force_research.declare(LUA_FORCE)
force_modifiers.declare(LUA_FORCE)
force_relations.declare(LUA_FORCE)


@LUA_FORCE.getter("name")
def _name(api: "LuaApi", index: int) -> str:
    names = {each: name for name, each in force_names(api).items()}
    if index not in names:
        fail("LuaForce API call when LuaForce was invalid.")
    return names[index]


@LUA_FORCE.getter("index")
def _index(_api: "LuaApi", index: int) -> int:
    return index


@LUA_FORCE.getter("valid")
def _valid(api: "LuaApi", index: int) -> bool:
    return index in force_names(api).values()


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


@LUA_FORCE.getter("entity_build_count_statistics")
def _build_statistics(api: "LuaApi", index: int) -> LuaValue:
    # what players and robots build is counted, and there are none
    return flow_statistics(api, "build", index)


@LUA_FORCE.getter("rockets_launched")
def _rockets_launched(api: "LuaApi", index: int) -> int:
    return int(api.world.tables["force"]["rockets_launched"][index])


@LUA_FORCE.setter("rockets_launched")
def _set_rockets_launched(api: "LuaApi", index: int, value: object) -> None:
    count = read_count(value, "rockets_launched")
    if count > _MOST_UINT:
        fail(f"rockets_launched must be 0 to {_MOST_UINT}, not {count}.")
    api.world.tables["force"]["rockets_launched"][index] = count


@LUA_FORCE.getter("items_launched")
def _items_launched(api: "LuaApi", index: int) -> LuaValue:
    counts = api.world.tables["item_launched"]["count"]
    items = counts.nonzero()[0].tolist() if index == FORCE_PLAYER else []
    names = api.prototypes.items
    return api.table({names.by_id(item).name: int(counts[item]) for item in items})


@LUA_FORCE.method("get_item_launched")
def _get_item_launched(api: "LuaApi", index: int, item: object) -> int:
    number = item_number(api, item)
    if index != FORCE_PLAYER:
        return 0
    return int(api.world.tables["item_launched"]["count"][number])


@LUA_FORCE.method("set_item_launched")
def _set_item_launched(api: "LuaApi", index: int, item: object, count: object) -> None:
    number, launched = item_number(api, item), read_count(count, "count")
    if launched > _MOST_UINT:
        fail(f"count must be 0 to {_MOST_UINT}, not {launched}.")
    if index != FORCE_PLAYER:
        fail("Only the items that the player force launched are counted.")
    api.world.tables["item_launched"]["count"][number] = launched


@LUA_FORCE.method("get_spawn_position")
def _get_spawn_position(api: "LuaApi", index: int, surface: object) -> LuaValue:
    check_surface(api, surface)
    force = api.world.tables["force"][index]
    x, y = int(force["spawn_x"]), int(force["spawn_y"])
    return api.position(units_to_tiles(x), units_to_tiles(y))


@LUA_FORCE.method("set_spawn_position")
def _set_spawn_position(
    api: "LuaApi", index: int, position: object, surface: object
) -> None:
    check_surface(api, surface)
    x, y = api.xy(position)
    force = api.world.tables["force"][index]
    force["spawn_x"], force["spawn_y"] = tiles_to_units(x), tiles_to_units(y)
