"""LuaSurface: the one surface, nauvis."""

import math
from typing import TYPE_CHECKING, Final, NoReturn

from fle_marl.defines import BuildCheckType
from fle_marl.errors import LuaApiMissing, PrototypeError
from fle_marl.prototypes import EntityPrototype
from fle_marl.sim.actions.build import create_entity, nearest_free, placed_position
from fle_marl.sim.actions.fast_replace import find_replaceable
from fle_marl.sim.actions.ghosts import (
    create_ghost,
    create_tile_ghost,
    placed_box,
    remove_ghosts_in,
)
from fle_marl.sim.actions.ground import spill_items
from fle_marl.sim.components import FORCE_NEUTRAL
from fle_marl.sim.lua_api import (
    absent,
    entity_marks,
    surface_chunks,
    surface_clones,
    surface_day,
    surface_marks,
    surface_pollution,
    surface_search,
    surface_tiles,
)
from fle_marl.sim.lua_api.arguments import (
    read_direction,
    read_number,
)
from fle_marl.sim.lua_api.create import (
    apply_options,
    check_options,
    ghost_settings,
    placement_is_possible,
    replace_entity,
)
from fle_marl.sim.lua_api.entity_cliffs import orientation
from fle_marl.sim.lua_api.entity_types import has_force, possible_direction
from fle_marl.sim.lua_api.errors import fail, shown
from fle_marl.sim.lua_api.filters import find_rows
from fle_marl.sim.lua_api.forces import force_index
from fle_marl.sim.lua_api.ghost_filters import GHOST_PROTOTYPES, has_ghosts
from fle_marl.sim.lua_api.lua_class import LuaClass, LuaValue
from fle_marl.sim.lua_api.lua_tile_prototype import read_tile
from fle_marl.sim.lua_api.request_path import request_path
from fle_marl.sim.lua_api.stacks import read_stack
from fle_marl.sim.lua_api.surface_argument import SURFACE_NAME
from fle_marl.sim.lua_api.surface_search import FINEST_STEP_TILES
from fle_marl.units import tiles_to_units, units_to_tiles

if TYPE_CHECKING:
    from fle_marl.sim.lua_api.runtime import LuaApi

__all__ = ["LUA_SURFACE"]

LUA_SURFACE: Final = LuaClass("LuaSurface")
absent.declare(LUA_SURFACE)
entity_marks.declare_for_surfaces(LUA_SURFACE)
surface_chunks.declare(LUA_SURFACE)
surface_clones.declare(LUA_SURFACE)
surface_day.declare(LUA_SURFACE)
surface_marks.declare(LUA_SURFACE)
surface_search.declare(LUA_SURFACE)
surface_pollution.declare(LUA_SURFACE)
surface_tiles.declare(LUA_SURFACE)

_MOST_STEPS: Final = 200
"""Rings of places that are searched; the game goes on for ever, all others waiting.
They are 161,000 places."""
_WIDEST_SEARCH_TILES: Final = 100.0
"""The game searches without end for a radius of 0; this is wider than any crowd."""


@LUA_SURFACE.getter("name")
def _name(_api: "LuaApi", _self: int) -> str:
    return SURFACE_NAME


@LUA_SURFACE.setter("name")
def _set_name(_api: "LuaApi", _self: int, _name: str) -> None:
    # it is the default one. Source: runtime API
    fail(f"The surface {SURFACE_NAME} cannot be renamed.")


@LUA_SURFACE.getter("index")
def _index(_api: "LuaApi", _self: int) -> int:
    return 1


@LUA_SURFACE.getter("valid")
def _valid(_api: "LuaApi", _self: int) -> bool:
    return True


@LUA_SURFACE.getter("daytime")
def _daytime(api: "LuaApi", _self: int) -> float:
    return float(api.world.clock["daytime"][0])


@LUA_SURFACE.setter("daytime")
def _set_daytime(api: "LuaApi", _self: int, value: object) -> None:
    api.world.clock["daytime"] = read_number(value, "daytime") % 1.0


@LUA_SURFACE.getter("always_day")
def _always_day(api: "LuaApi", _self: int) -> bool:
    return bool(api.world.clock["always_day"][0])


@LUA_SURFACE.setter("always_day")
def _set_always_day(api: "LuaApi", _self: int, is_day: bool) -> None:
    api.world.clock["always_day"] = is_day


# --- finding


@LUA_SURFACE.method("find_entities_filtered")
def _find_entities_filtered(api: "LuaApi", _self: int, filters: LuaValue) -> LuaValue:
    return api.entities(find_rows(api, filters))


@LUA_SURFACE.method("count_entities_filtered")
def _count_entities_filtered(api: "LuaApi", _self: int, filters: LuaValue) -> int:
    return len(find_rows(api, filters))


@LUA_SURFACE.method("find_entities")
def _find_entities(api: "LuaApi", _self: int, area: object = None) -> LuaValue:
    return api.entities(find_rows(api, api.lua.table_from({"area": area})))


@LUA_SURFACE.method("find_entity")
def _find_entity(
    api: "LuaApi",
    _self: int,
    entity: str,
    position: object,
) -> LuaValue:
    filters = {"name": entity, "position": position, "limit": 1}
    rows = find_rows(api, api.lua.table_from(filters))
    return api.entity(int(rows[0])) if len(rows) else None


# --- building


def _entity_prototype(api: "LuaApi", name: object) -> EntityPrototype:
    try:
        return api.prototypes.entities[str(name)]
    except PrototypeError:
        fail(f"Unknown entity name: {shown(name)}.")


def _stand(
    api: "LuaApi", prototype: EntityPrototype, given: LuaValue
) -> tuple[int, int, int]:
    """Where an entity is to stand, 1/256 tile, and its direction.

    Of a cliff that is its orientation.
    """
    place = api.xy(given["position"])
    if prototype.type == "cliff":
        return *placed_position(prototype, *place, 0), orientation(given)
    direction = possible_direction(prototype, read_direction(given["direction"]))
    return *placed_position(prototype, *place, direction), direction


_MANUAL_CHECKS: Final = (BuildCheckType.manual, BuildCheckType.manual_ghost)


@LUA_SURFACE.method("can_place_entity")
def _can_place_entity(api: "LuaApi", _self: int, given: LuaValue) -> bool:
    # of a ghost it is asked whether its entity could stand there; a choice
    name = given["name"] if given["name"] != "entity-ghost" else given["inner_name"]
    prototype = _entity_prototype(api, name)
    x, y, direction = _stand(api, prototype, given)
    is_manual = given["build_check_type"] in _MANUAL_CHECKS
    return placement_is_possible(
        api.world, prototype, x, y, direction, is_manual=is_manual
    )


@LUA_SURFACE.method("create_entity")
def _create_entity(api: "LuaApi", _self: int, given: LuaValue) -> LuaValue:
    prototype = _entity_prototype(api, given["name"])
    x, y, direction = _stand(api, prototype, given)
    force = given["force"]
    # the default is neutral. Source: runtime API, LuaSurface.create_entity
    force = force_index(api, "neutral" if force is None else force)
    if not has_force(prototype):  # whatever a script says
        force = FORCE_NEUTRAL
    if prototype.id in GHOST_PROTOTYPES:
        return _create_ghost(api, prototype.name, given, direction, force)
    check_options(api, prototype, given)
    old = find_replaceable(api.world, prototype, x, y) if given["fast_replace"] else 0
    if old:
        spill = given["spill"] is None or bool(given["spill"])
        row = replace_entity(api.world, old, prototype.name, direction, force, spill)
    else:
        row = create_entity(
            api.world, prototype.name, x, y, direction=direction, force=force
        )
    apply_options(api, row, prototype, given)
    if has_ghosts(api):
        record = api.world.entity[row]
        at = int(record["x"]), int(record["y"])
        remove_ghosts_in(api.world, placed_box(prototype, *at, direction))
    return api.entity(row)


def _create_ghost(
    api: "LuaApi", name: str, given: LuaValue, direction: int, force: int
) -> LuaValue:
    """Make the ghost of an entity or a tile, with the options of its type."""
    inner_name = given["inner_name"]
    x, y = api.xy(given["position"])
    if name == "tile-ghost":
        inner_tile = read_tile(api, inner_name)
        tile_x, tile_y = math.floor(x), math.floor(y)
        return api.entity(
            create_tile_ghost(api.world, inner_tile, tile_x, tile_y, force=force)
        )
    inner = _entity_prototype(api, inner_name)
    check_options(api, inner, given)
    direction = possible_direction(inner, direction)
    at_x, at_y = placed_position(inner, x, y, direction)
    row = create_ghost(
        api.world,
        inner,
        at_x,
        at_y,
        direction=direction,
        force=force,
        settings=ghost_settings(api, inner, given),
    )
    return api.entity(row)


@LUA_SURFACE.method("can_fast_replace")
def _can_fast_replace(api: "LuaApi", _self: int, given: LuaValue) -> bool:
    prototype = _entity_prototype(api, given["name"])
    direction = read_direction(given["direction"])
    x, y = placed_position(prototype, *api.xy(given["position"]), direction)
    return find_replaceable(api.world, prototype, x, y) > 0


@LUA_SURFACE.method("find_non_colliding_position")
def _find_non_colliding_position(
    api: "LuaApi",
    _self: int,
    name: str,
    center: object,
    radius: object,
    precision: object,
    force_to_tile_center: bool = False,
) -> LuaValue:
    prototype = _entity_prototype(api, name)
    x, y = api.xy(center)
    if force_to_tile_center:
        x, y = math.floor(x) + 0.5, math.floor(y) + 0.5
    step = max(read_number(precision, "precision"), FINEST_STEP_TILES)
    reach = read_number(radius, "radius")
    reach = reach if reach > 0 else _WIDEST_SEARCH_TILES
    searched = min(reach, _MOST_STEPS * step)
    place = nearest_free(api.world, prototype, x, y, reach=searched, precision=step)
    if place is not None:
        return api.position(*map(units_to_tiles, place))
    if searched < reach:
        fail(
            f"No free place within {searched:g} tiles, and no more than {_MOST_STEPS} "
            f"steps of {step:g} are searched around a center here."
        )
    return None


@LUA_SURFACE.method("spill_item_stack")
def _spill_item_stack(
    api: "LuaApi",
    _self: int,
    position: object,
    items: object,
    enable_looted: object = None,
    force: object = None,
    allow_belts: object = None,
) -> LuaValue:
    x, y = api.xy(position)
    item, count = read_stack(api, items)
    for name, value in (("enable_looted", enable_looted), ("force", force)):
        if value:
            _spilling_with(name)
    # belts are allowed unless told otherwise. Source: runtime API
    rows = spill_items(
        api.world,
        tiles_to_units(x),
        tiles_to_units(y),
        {item: count},
        onto_belts=allow_belts is None or bool(allow_belts),
    )
    return api.entities(rows)


def _spilling_with(name: str) -> NoReturn:
    raise LuaApiMissing(
        f"LuaSurface.spill_item_stack: {name} is not there in the embedded simulator, "
        "which has neither looting nor deconstruction",
        details={"class": "LuaSurface", "member": "spill_item_stack"},
    )


@LUA_SURFACE.method("request_path")
def _request_path(api: "LuaApi", _self: int, given: LuaValue) -> int:
    return request_path(api, given)
