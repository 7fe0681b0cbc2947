"""All classes of this room, and what the game's API has beyond them."""

import json
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any, Final

from fle_marl.sim.lua_api import (
    lua_bootstrap,
    lua_burner,
    lua_command_processor,
    lua_control,
    lua_damage_prototype,
    lua_energy_sources,
    lua_entity,
    lua_entity_prototype,
    lua_flow_statistics,
    lua_fluid_box,
    lua_fluid_box_prototype,
    lua_force,
    lua_game_script,
    lua_group,
    lua_heat_prototypes,
    lua_inventory,
    lua_item_prototype,
    lua_item_stack,
    lua_prototype_table,
    lua_random_generator,
    lua_recipe,
    lua_surface,
    lua_technology,
    lua_tile,
    lua_tile_prototype,
    lua_transport_line,
    small_prototypes,
    surface_chunks,
)
from fle_marl.sim.lua_api.lua_class import LuaClass

__all__ = ["CLASSES", "argument_checks", "known_names", "writable_names"]

CLASSES: Final[Sequence[LuaClass]] = (
    lua_bootstrap.LUA_BOOTSTRAP,
    lua_bootstrap.LUA_RCON,
    lua_bootstrap.LUA_REMOTE,
    lua_burner.LUA_BURNER,
    lua_energy_sources.LUA_BURNER_PROTOTYPE,
    lua_energy_sources.LUA_ELECTRIC_ENERGY_SOURCE_PROTOTYPE,
    lua_energy_sources.LUA_VOID_ENERGY_SOURCE_PROTOTYPE,
    lua_fluid_box_prototype.LUA_FLUID_BOX_PROTOTYPE,
    lua_group.LUA_GROUP,
    *(each.lua_class for each in small_prototypes.SMALL_PROTOTYPES),
    surface_chunks.LUA_CHUNK_ITERATOR,
    lua_command_processor.LUA_COMMAND_PROCESSOR,
    lua_control.LUA_CONTROL,
    lua_damage_prototype.LUA_DAMAGE_PROTOTYPE,
    lua_entity.LUA_ENTITY,
    lua_entity_prototype.LUA_ENTITY_PROTOTYPE,
    lua_flow_statistics.LUA_FLOW_STATISTICS,
    lua_fluid_box.LUA_FLUID_BOX,
    lua_force.LUA_FORCE,
    lua_game_script.LUA_GAME_SCRIPT,
    lua_heat_prototypes.LUA_HEAT_BUFFER_PROTOTYPE,
    lua_heat_prototypes.LUA_HEAT_ENERGY_SOURCE_PROTOTYPE,
    lua_inventory.LUA_INVENTORY,
    lua_item_prototype.LUA_FLUID_PROTOTYPE,
    lua_item_prototype.LUA_ITEM_PROTOTYPE,
    lua_item_stack.LUA_ITEM_STACK,
    lua_prototype_table.LUA_CUSTOM_TABLE,
    lua_random_generator.LUA_RANDOM_GENERATOR,
    lua_recipe.LUA_RECIPE,
    lua_recipe.LUA_RECIPE_PROTOTYPE,
    lua_surface.LUA_SURFACE,
    lua_technology.LUA_TECHNOLOGY,
    lua_technology.LUA_TECHNOLOGY_PROTOTYPE,
    lua_tile.LUA_TILE,
    lua_tile_prototype.LUA_TILE_PROTOTYPE,
    lua_transport_line.LUA_TRANSPORT_LINE,
)
"""Every class that scripts can meet, by name."""

_FILE: Final = Path(__file__).parent / "api_names.json"
_ARGUMENTS: Final = Path(__file__).parent / "api_arguments.json"
_LISTED_AS: Final = {"LuaCustomTableMembers": "LuaCustomTable"}
"""Classes that `api_names.json` calls otherwise than ``object_name`` does."""
_LENGTH: Final = "length"
"""What it calls the operator ``#``."""


@cache
def known_names() -> Mapping[str, frozenset[str]]:
    """Names of all members of the game's API, by class."""
    return _read("classes")


@cache
def writable_names() -> Mapping[str, frozenset[str]]:
    """Names of the attributes that scripts may write in the game, by class."""
    return _read("writable")


@cache
def argument_checks() -> Mapping[str, Mapping[str, Any]]:
    """What methods take, by class and method, as ``lua/checks.lua`` wants it."""
    raw: Mapping[str, Mapping[str, Any]] = json.loads(
        _ARGUMENTS.read_text(encoding="utf-8")
    )
    return raw


def _read(part: str) -> Mapping[str, frozenset[str]]:
    raw = json.loads(_FILE.read_text(encoding="utf-8"))[part]
    return {
        _LISTED_AS.get(name, name): frozenset(raw[name]) - {_LENGTH} for name in raw
    }
