"""Members of LuaSurface that look for things beyond `find_entities_filtered`."""

import math
from typing import TYPE_CHECKING, Final

import numpy as np

from fle_marl.sim.actions.build import can_place, destroy_entity
from fle_marl.sim.components import (
    CHUNK_TILES,
    DIRECTORY_CHUNKS,
    KINDS,
    TABLE_INDEX,
)
from fle_marl.sim.lua_api.arguments import read_direction, read_number
from fle_marl.sim.lua_api.entity_marks import read_entity_prototype
from fle_marl.sim.lua_api.errors import fail
from fle_marl.sim.lua_api.filters import find_rows
from fle_marl.sim.lua_api.forces import force_index
from fle_marl.sim.lua_api.lua_class import LuaClass, LuaValue
from fle_marl.sim.lua_api.printing import print_line
from fle_marl.sim.lua_api.random_numbers import draw_number
from fle_marl.units import tiles_to_units, units_to_tiles

if TYPE_CHECKING:
    from fle_marl.sim.lua_api.runtime import LuaApi

__all__ = ["FINEST_STEP_TILES", "declare"]

FINEST_STEP_TILES: Final = 0.01
"""Source: runtime API, LuaSurface.find_non_colliding_position."""
_MOST_PLACES: Final = 160_000
"""That are tried in a box; the game tries all, everybody else waiting."""
_ENTITY: Final = TABLE_INDEX["entity"]
_RESOURCE: Final = KINDS.index("resource")
_CHARACTER: Final = KINDS.index("character")
_HALF: Final = DIRECTORY_CHUNKS // 2


def _get_closest(
    api: "LuaApi", _self: int, position: object, entities: LuaValue
) -> LuaValue:
    x, y = (tiles_to_units(part) for part in api.xy(position))
    best, shortest = 0, math.inf
    for each in api.list_of(entities):
        row = api.row_of(each)
        record = api.world.entity[row]
        distance = math.hypot(int(record["x"]) - x, int(record["y"]) - y)
        if distance < shortest:
            best, shortest = row, distance
    return api.entity(best)


def _get_entities_with_force(
    api: "LuaApi", _self: int, position: object, force: object
) -> LuaValue:
    """Entities of one force, or of several, whose position is in a chunk."""
    x, y = (math.floor(part) * CHUNK_TILES for part in api.xy(position))
    wanted = [force_index(api, each) for each in api.list_of(force)]
    entity = api.world.entity[: int(api.world.count[_ENTITY])]
    is_it = (entity["prototype"] > 0) & np.isin(entity["force"], wanted)
    for part, first in (("x", x), ("y", y)):
        low, high = tiles_to_units(first), tiles_to_units(first + CHUNK_TILES)
        is_it &= (entity[part] >= low) & (entity[part] < high)
    return api.entities(is_it.nonzero()[0].tolist())


def _get_random_chunk(api: "LuaApi", _self: int) -> LuaValue:
    rows, columns = (api.world.chunk_index >= 0).nonzero()
    if not len(rows):
        fail("LuaSurface.get_random_chunk: no chunk is generated.")
    place = int(draw_number(api.world) * len(rows))
    return api.position(int(columns[place]) - _HALF, int(rows[place]) - _HALF)


def _get_resource_counts(api: "LuaApi", _self: int) -> LuaValue:
    entity = api.world.entity[: int(api.world.count[_ENTITY])]
    rows = ((entity["prototype"] > 0) & (entity["kind"] == _RESOURCE)).nonzero()[0]
    amounts = api.world.tables["resource"]["amount"][entity["component"][rows]]
    sums = np.bincount(entity["prototype"][rows], amounts)
    names = api.prototypes.entities
    found = np.unique(entity["prototype"][rows]).tolist()
    return api.table({names.by_id(each).name: int(sums[each]) for each in found})


def _find_in_box(
    api: "LuaApi",
    _self: int,
    name: object,
    search_space: object,
    precision: object,
    force_to_tile_center: object = False,
) -> LuaValue:
    """The first free place, row by row from the north-west; the order is a choice."""
    prototype = read_entity_prototype(api, name)
    left, top, right, bottom = api.corners(search_space)
    step = max(read_number(precision, "precision"), FINEST_STEP_TILES)
    if force_to_tile_center:
        step = max(math.ceil(step), 1)
        left, top = math.floor(left) + 0.5, math.floor(top) + 0.5
    tried = 0
    y = top
    while y <= bottom:
        x = left
        while x <= right:
            tried += 1
            if tried > _MOST_PLACES:
                fail(f"None of the first {_MOST_PLACES} places of the box is free.")
            units = tiles_to_units(x), tiles_to_units(y)
            if can_place(api.world, prototype, *units, 0):
                return api.position(units_to_tiles(units[0]), units_to_tiles(units[1]))
            x += step
        y += step
    return None


def _entity_prototype_collides(
    api: "LuaApi",
    _self: int,
    prototype: object,
    position: object,
    _use_map_generation_box: object,
    direction: object = None,
) -> bool:
    wanted = read_entity_prototype(api, prototype)
    x, y = (tiles_to_units(part) for part in api.xy(position))
    return not can_place(api.world, wanted, x, y, read_direction(direction))


def _clear(api: "LuaApi", _self: int, ignore_characters: object = False) -> None:
    """Take all entities away; the ground stays, while the game takes chunks away."""
    handles = [api.handle(int(row)) for row in find_rows(api, api.lua.table())]
    for handle in handles:
        row = api.find_row(handle)
        is_character = row and api.world.entity["kind"][row] == _CHARACTER
        if row and not (ignore_characters and is_character):
            destroy_entity(api.world, row)


def _print(
    api: "LuaApi", _self: int, message: object, _settings: object = None
) -> None:
    print_line(api, message)


def declare(surface: LuaClass) -> None:
    """Add the members of this topic to LuaSurface."""
    surface.methods |= {
        "clear": _clear,
        "entity_prototype_collides": _entity_prototype_collides,
        "find_non_colliding_position_in_box": _find_in_box,
        "get_closest": _get_closest,
        "get_entities_with_force": _get_entities_with_force,
        "get_random_chunk": _get_random_chunk,
        "get_resource_counts": _get_resource_counts,
        "print": _print,
    }
