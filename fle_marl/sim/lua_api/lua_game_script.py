"""LuaGameScript (``game``)."""

import json
from math import isfinite
from typing import TYPE_CHECKING, Final, NoReturn, TypeGuard, cast

from fle_marl.sim.actions.script_inventories import (
    create_script_inventory,
    script_inventories,
)
from fle_marl.sim.components import FORCE_PLAYER
from fle_marl.sim.lua_api import absent, game_facts
from fle_marl.sim.lua_api.arguments import read_count
from fle_marl.sim.lua_api.errors import fail, shown
from fle_marl.sim.lua_api.forces import (
    create_force,
    force_index,
    force_names,
    merge_forces,
)
from fle_marl.sim.lua_api.inventories import (
    MOD_NAME,
    MOST_SLOTS,
    script_inventory_object,
)
from fle_marl.sim.lua_api.lua_class import LuaClass, LuaValue
from fle_marl.sim.lua_api.lua_flow_statistics import flow_statistics
from fle_marl.sim.lua_api.lua_profiler import create_profiler
from fle_marl.sim.lua_api.lua_prototype_table import (
    CustomTable,
    custom_table,
    empty_table,
)
from fle_marl.sim.lua_api.lua_random_generator import create_random_generator
from fle_marl.sim.lua_api.pace import SLOWEST
from fle_marl.sim.lua_api.printing import print_line
from fle_marl.sim.lua_api.prototype_filters import declare_filters
from fle_marl.sim.lua_api.small_prototypes import declare_tables
from fle_marl.sim.lua_api.surface_argument import SURFACE_NAME

if TYPE_CHECKING:
    from fle_marl.sim.lua_api.runtime import LuaApi

__all__ = ["LUA_GAME_SCRIPT"]

LUA_GAME_SCRIPT: Final = LuaClass("LuaGameScript")
absent.declare(LUA_GAME_SCRIPT)
game_facts.declare(LUA_GAME_SCRIPT)
declare_filters(LUA_GAME_SCRIPT)
declare_tables(LUA_GAME_SCRIPT)
LUA_GAME_SCRIPT.methods |= {
    "create_profiler": create_profiler,
    "create_random_generator": create_random_generator,
}

_SAFE_DIGITS: Final = 16
_MOST_TICKS: Final = (1 << 32) - 1


def _prototypes(api: "LuaApi", table: str, class_name: str) -> LuaValue:
    prototypes = getattr(api.prototypes, table)
    return custom_table(
        api,
        CustomTable(
            class_name,
            lambda: prototypes,
            lambda key: prototypes[key].id if key in prototypes else None,
        ),
    )


@LUA_GAME_SCRIPT.getter("entity_prototypes")
def _entity_prototypes(api: "LuaApi", _self: int) -> LuaValue:
    return _prototypes(api, "entities", "LuaEntityPrototype")


@LUA_GAME_SCRIPT.getter("item_prototypes")
def _item_prototypes(api: "LuaApi", _self: int) -> LuaValue:
    return _prototypes(api, "items", "LuaItemPrototype")


@LUA_GAME_SCRIPT.getter("fluid_prototypes")
def _fluid_prototypes(api: "LuaApi", _self: int) -> LuaValue:
    return _prototypes(api, "fluids", "LuaFluidPrototype")


@LUA_GAME_SCRIPT.getter("recipe_prototypes")
def _recipe_prototypes(api: "LuaApi", _self: int) -> LuaValue:
    return _prototypes(api, "recipes", "LuaRecipePrototype")


@LUA_GAME_SCRIPT.getter("technology_prototypes")
def _technology_prototypes(api: "LuaApi", _self: int) -> LuaValue:
    return _prototypes(api, "technologies", "LuaTechnologyPrototype")


@LUA_GAME_SCRIPT.getter("tile_prototypes")
def _tile_prototypes(api: "LuaApi", _self: int) -> LuaValue:
    return _prototypes(api, "tiles", "LuaTilePrototype")


@LUA_GAME_SCRIPT.getter("tick")
@LUA_GAME_SCRIPT.getter("ticks_played")
def _tick(api: "LuaApi", _self: int) -> int:
    return api.world.tick


# --- the pace of time


@LUA_GAME_SCRIPT.getter("speed")
def _speed(api: "LuaApi", _self: int) -> float:
    return api.pace.speed


@LUA_GAME_SCRIPT.setter("speed")
def _set_speed(api: "LuaApi", _self: int, value: object) -> None:
    if not _is_number(value) or value < SLOWEST:
        fail(f"Invalid game speed: {shown(value)}, it is {SLOWEST} or more.")
    api.pace.speed = float(value)


@LUA_GAME_SCRIPT.getter("tick_paused")
def _tick_paused(api: "LuaApi", _self: int) -> bool:
    return api.pace.is_paused


@LUA_GAME_SCRIPT.setter("tick_paused")
def _set_tick_paused(api: "LuaApi", _self: int, is_paused: bool) -> None:
    api.pace.is_paused = is_paused


@LUA_GAME_SCRIPT.getter("ticks_to_run")
def _ticks_to_run(api: "LuaApi", _self: int) -> int:
    return api.pace.ticks_to_run


@LUA_GAME_SCRIPT.setter("ticks_to_run")
def _set_ticks_to_run(api: "LuaApi", _self: int, value: object) -> None:
    if not _is_number(value) or not 0 <= value <= _MOST_TICKS:
        fail(f"Invalid number of ticks: {shown(value)}.")
    api.pace.ticks_to_run = int(value)


def _is_number(value: object) -> TypeGuard[float]:
    return type(value) in (int, float) and isfinite(cast("float", value))


# --- the server


@LUA_GAME_SCRIPT.method("server_save")
def _server_save(api: "LuaApi", _self: int, name: str | None = None) -> None:
    api.wanted_saves.append(None if name is None else str(name))


@LUA_GAME_SCRIPT.getter("surfaces")
def _surfaces(api: "LuaApi", _self: int) -> LuaValue:
    return custom_table(
        api,
        CustomTable(
            "LuaSurface",
            lambda: [SURFACE_NAME],
            lambda key: 1 if key in (1, SURFACE_NAME) else None,
        ),
    )


@LUA_GAME_SCRIPT.getter("pollution_statistics")
def _pollution_statistics(api: "LuaApi", _self: int) -> LuaValue:
    return flow_statistics(api, "pollution", FORCE_PLAYER)


@LUA_GAME_SCRIPT.getter("max_beacon_supply_area_distance")
def _max_beacon_supply_area_distance(api: "LuaApi", _self: int) -> float:
    return max(
        prototype.number("supply_area_distance")
        for prototype in api.prototypes.entities.values()
        if prototype.type == "beacon"
    )


@LUA_GAME_SCRIPT.getter("max_gate_activation_distance")
def _max_gate_activation_distance(api: "LuaApi", _self: int) -> float:
    return max(
        prototype.number("activation_distance")
        for prototype in api.prototypes.entities.values()
        if prototype.type == "gate"
    )


@LUA_GAME_SCRIPT.method("get_surface")
def _get_surface(api: "LuaApi", _self: int, surface: object) -> LuaValue:
    return api.object("LuaSurface", 1) if surface in (1, SURFACE_NAME) else None


@LUA_GAME_SCRIPT.getter("forces")
def _forces(api: "LuaApi", _self: int) -> LuaValue:
    return custom_table(
        api,
        CustomTable(
            "LuaForce",
            lambda: force_names(api),
            lambda key: _force(api, key),
        ),
    )


def _force(api: "LuaApi", key: object) -> int | None:
    names = force_names(api)
    if isinstance(key, int) and key in names.values():
        return key
    return names.get(str(key))


@LUA_GAME_SCRIPT.method("create_force")
def _create_force(api: "LuaApi", _self: int, name: str) -> LuaValue:
    return api.object("LuaForce", create_force(api, name))


@LUA_GAME_SCRIPT.method("merge_forces")
def _merge_forces(
    api: "LuaApi", _self: int, source: object, destination: object
) -> None:
    merge_forces(api, force_index(api, source), force_index(api, destination))


# --- inventories that belong to no entity


@LUA_GAME_SCRIPT.method("create_inventory")
def _create_inventory(api: "LuaApi", _self: int, size: object) -> LuaValue:
    slots = read_count(size, "size")
    if slots > MOST_SLOTS:
        fail(f"size must be 0 to {MOST_SLOTS}, not {slots}.")
    row = create_script_inventory(api.world, slots)
    return script_inventory_object(api, row)


@LUA_GAME_SCRIPT.method("get_script_inventories")
def _get_script_inventories(api: "LuaApi", _self: int, mod: object = None) -> LuaValue:
    found = api.lua.table()
    rows = script_inventories(api.world).values() if mod in (None, MOD_NAME) else ()
    if rows:
        found[MOD_NAME] = api.lua.table_from(
            [script_inventory_object(api, row) for row in rows]
        )
    return found


# --- players: a headless server that nobody joined


@LUA_GAME_SCRIPT.getter("players")
def _players(api: "LuaApi", _self: int) -> LuaValue:
    return empty_table(api)


@LUA_GAME_SCRIPT.getter("connected_players")
def _connected_players(api: "LuaApi", _self: int) -> LuaValue:
    return api.lua.table()


@LUA_GAME_SCRIPT.method("get_player")
def _get_player(_api: "LuaApi", _self: int, player: object) -> None:
    if type(player) not in (int, str):
        fail(f"A player is named by index or name, not by {shown(player)}.")


# --- mods: there are none, so there are no settings of theirs


@LUA_GAME_SCRIPT.getter("mod_setting_prototypes")
def _mod_setting_prototypes(api: "LuaApi", _self: int) -> LuaValue:
    return empty_table(api)


@LUA_GAME_SCRIPT.method("get_filtered_mod_setting_prototypes")
def _get_filtered_mod_settings(
    api: "LuaApi", _self: int, _filters: LuaValue
) -> LuaValue:
    return empty_table(api)


@LUA_GAME_SCRIPT.method("print")
def _print(api: "LuaApi", _self: int, message: object, *_color: object) -> None:
    print_line(api, message)


@LUA_GAME_SCRIPT.method("table_to_json")
def _table_to_json(api: "LuaApi", _self: int, table: object) -> str:
    return api.to_json(table)


@LUA_GAME_SCRIPT.method("json_to_table")
def _json_to_table(api: "LuaApi", _self: int, text: str) -> LuaValue:
    try:
        value = json.loads(text, parse_int=_number, parse_constant=_refuse_constant)
    except (ValueError, RecursionError):
        # the game gives nil for what is not JSON
        return None
    return api.table(value) if isinstance(value, dict | list) else value


def _number(digits: str) -> int | float:
    # numbers of Lua are float64, which hold integers up to 2 ** 53
    return int(digits) if len(digits) < _SAFE_DIGITS else float(digits)


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is not JSON")


LUA_GAME_SCRIPT.kept |= {
    "forces",
    "surfaces",
    *(name for name in LUA_GAME_SCRIPT.getters if name.endswith("_prototypes")),
}
