"""Members of LuaGameScript about the program, its settings and the data."""

import base64
import binascii
import zlib
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from fle_marl.prototypes import EntityPrototype
from fle_marl.sim.actions.health import damage_types
from fle_marl.sim.components import AWAKE_TABLES
from fle_marl.sim.lua_api.arguments import read_direction
from fle_marl.sim.lua_api.expressions import evaluate
from fle_marl.sim.lua_api.lua_class import LuaClass, LuaValue
from fle_marl.sim.lua_api.lua_group import group_names, group_number
from fle_marl.sim.lua_api.lua_prototype_table import CustomTable, custom_table
from fle_marl.sim.lua_api.surface_argument import check_surface
from fle_marl.sim.lua_api.surface_chunks import map_gen_settings

if TYPE_CHECKING:
    from fle_marl.sim.lua_api.runtime import LuaApi

__all__ = ["declare"]

_DIRECTIONS: Final = (
    "north",
    "northeast",
    "east",
    "southeast",
    "south",
    "southwest",
    "west",
    "northwest",
)
_LARGEST_TEXT: Final = 1 << 24
"""Bytes of a decoded string; more is refused. A limit of this simulator."""
_STRONGEST: Final = 9


# --- what the data says at the most


def _longest(
    api: "LuaApi", _self: int, *, of: Callable[[EntityPrototype], float]
) -> float:
    return max(map(of, api.prototypes.entities.values()))


def _of_type(kind: str, key: str) -> Callable[[EntityPrototype], float]:
    return lambda each: each.number(key, 0.0) if each.type == kind else 0.0


def _reach(each: EntityPrototype) -> float:
    if each.type != "inserter":
        return 0.0
    places: Any = [each.properties[f"{end}_position"] for end in ("pickup", "insert")]
    return float(max(max(abs(x), abs(y)) for x, y in places))


def _pipe_distance(each: EntityPrototype) -> float:
    if each.type != "pipe-to-ground":
        return 0.0
    box: Any = each.properties["fluid_box"]
    parts = box["pipe_connections"]
    return float(max(part.get("max_underground_distance", 0) for part in parts))


_LONGEST: Final = {
    "max_electric_pole_connection_distance": _of_type(
        "electric-pole", "maximum_wire_distance"
    ),
    "max_electric_pole_supply_area_distance": _of_type(
        "electric-pole", "supply_area_distance"
    ),
    "max_gate_activation_distance": _of_type("gate", "activation_distance"),
    "max_inserter_reach_distance": _reach,
    "max_pipe_to_ground_distance": _pipe_distance,
    "max_underground_belt_distance": _of_type("underground-belt", "max_distance"),
}


# --- what kind of game it is


def _reset_game_state(_api: "LuaApi", _self: int) -> None:
    # the game is never won or lost here, so nothing is to be taken back
    return None


def _nobody(_api: "LuaApi", _self: int) -> None:
    # a headless server that nobody joined
    return None


def _no(_api: "LuaApi", _self: int) -> bool:
    return False


def _yes(_api: "LuaApi", _self: int) -> bool:
    return True


def _active_mods(api: "LuaApi", _self: int) -> LuaValue:
    return api.table({"base": "1.1.110"})


def _difficulty(api: "LuaApi", _self: int) -> int:
    return int(api.prototypes.defines["difficulty"]["normal"])


def _map_settings(api: "LuaApi", _self: int) -> LuaValue:
    settings = dict(api.prototypes.constants["map-settings"]["map-settings"])
    del settings["difficulty_settings"]
    return api.table(settings)


def _difficulty_settings(api: "LuaApi", _self: int) -> LuaValue:
    settings = api.prototypes.constants["map-settings"]["map-settings"]
    return api.table(settings["difficulty_settings"])


def _map_gen_presets(api: "LuaApi", _self: int) -> LuaValue:
    return api.table(api.prototypes.constants["map-gen-presets"]["default"])


def _get_entity_by_tag(_api: "LuaApi", _self: int, _tag: str) -> None:
    # only the map editor tags entities
    return None


def _get_active_entities_count(
    api: "LuaApi", _self: int, surface: object = None
) -> int:
    """Entities that are awake; belts count by their lines. A choice."""
    if surface is not None:
        check_surface(api, surface)
    tables = api.world.tables
    return sum(
        int(word).bit_count()
        for name in AWAKE_TABLES.values()
        for word in tables[name]["rows"]
    )


# --- helpers of scripts


def _direction_to_string(_api: "LuaApi", _self: int, direction: object) -> str:
    return _DIRECTIONS[read_direction(direction)]


def _encode_string(_api: "LuaApi", _self: int, text: str) -> str:
    packed = zlib.compress(text.encode(), _STRONGEST)
    return base64.b64encode(packed).decode()


def _decode_string(_api: "LuaApi", _self: int, text: str) -> str | None:
    """Nil for what is not such a string. Source: runtime API."""
    stream = zlib.decompressobj()
    try:
        packed = base64.b64decode(text, validate=True)
        data = stream.decompress(packed, _LARGEST_TEXT)
        return data.decode() if stream.eof else None
    except (binascii.Error, ValueError, zlib.error):
        return None


def _evaluate_expression(
    _api: "LuaApi", _self: int, expression: str, variables: LuaValue = None
) -> float:
    if variables is None:
        return evaluate(expression, {})
    return evaluate(expression, dict(variables.items()))


# --- tables of prototypes


def _groups(api: "LuaApi", _self: int, *, is_subgroup: bool) -> LuaValue:
    return custom_table(
        api,
        CustomTable(
            "LuaGroup",
            lambda: group_names(is_subgroup=is_subgroup),
            lambda key: group_number(key, is_subgroup=is_subgroup),
        ),
    )


def _damage_prototypes(api: "LuaApi", _self: int) -> LuaValue:
    names = sorted(damage_types())
    return custom_table(
        api,
        CustomTable(
            "LuaDamagePrototype",
            lambda: names,
            lambda key: names.index(str(key)) if key in names else None,
        ),
    )


def declare(game: LuaClass) -> None:
    """Add the members of this topic to LuaGameScript."""
    for name, of in _LONGEST.items():
        game.getters[name] = partial(_longest, of=of)
    game.getters |= {
        "active_mods": _active_mods,
        "console_command_used": _no,
        "damage_prototypes": _damage_prototypes,
        "difficulty": _difficulty,
        "difficulty_settings": _difficulty_settings,
        "finished": _no,
        "finished_but_continuing": _no,
        "item_group_prototypes": partial(_groups, is_subgroup=False),
        "item_subgroup_prototypes": partial(_groups, is_subgroup=True),
        "map_gen_presets": _map_gen_presets,
        "map_settings": _map_settings,
        "player": _nobody,
    }
    game.getters["default_map_gen_settings"] = map_gen_settings
    game.methods |= {
        "decode_string": _decode_string,
        "direction_to_string": _direction_to_string,
        "encode_string": _encode_string,
        "evaluate_expression": _evaluate_expression,
        "get_active_entities_count": _get_active_entities_count,
        "get_entity_by_tag": _get_entity_by_tag,
        "is_demo": _no,
        "is_multiplayer": _yes,
        "reset_game_state": _reset_game_state,
    }
