"""Members of LuaEntity that say what sort of entity it is."""

from typing import TYPE_CHECKING, Final

from fle_marl.prototypes import EntityPrototype
from fle_marl.sim.actions.ghosts import inner_prototype
from fle_marl.sim.components import KINDS
from fle_marl.sim.lua_api.entity_types import (
    has_backer_name,
    has_force,
    has_owner,
    is_military_target,
)
from fle_marl.sim.lua_api.errors import fail, shown
from fle_marl.sim.lua_api.localised import DESCRIPTION, NAME, localised_placed
from fle_marl.sim.lua_api.lua_class import LuaClass, LuaValue
from fle_marl.sim.lua_api.notes import ABOUT_ENTITY
from fle_marl.sim.lua_api.surface_argument import SURFACE_INDEX
from fle_marl.sim.parts import inventories_of
from fle_marl.units import units_to_tiles

if TYPE_CHECKING:
    from fle_marl.sim.lua_api.runtime import LuaApi

__all__ = ["declare"]

_GHOST: Final = KINDS.index("ghost")


def _prototype(api: "LuaApi", handle: int) -> EntityPrototype:
    return api.prototype_of(api.row(handle))


def _force_index(api: "LuaApi", handle: int) -> int:
    return int(api.world.entity["force"][api.row(handle)])


def _surface_index(api: "LuaApi", handle: int) -> int:
    api.row(handle)
    return SURFACE_INDEX


def _tile_width(api: "LuaApi", handle: int) -> int:
    # as the prototype has it, whichever way it faces. Source: runtime API
    return _prototype(api, handle).tile_width


def _tile_height(api: "LuaApi", handle: int) -> int:
    return _prototype(api, handle).tile_height


def _has_flag(api: "LuaApi", handle: int, flag: str) -> bool:
    prototype = _prototype(api, handle)
    return flag in prototype.flags


def _localised(api: "LuaApi", handle: int, part: str) -> LuaValue:
    return localised_placed(api, _prototype(api, handle), part)


def _localised_name(api: "LuaApi", handle: int) -> LuaValue:
    return _localised(api, handle, NAME)


def _localised_description(api: "LuaApi", handle: int) -> LuaValue:
    return _localised(api, handle, DESCRIPTION)


def _ghost_localised(api: "LuaApi", handle: int, part: str) -> LuaValue:
    row = api.row(handle)
    if int(api.world.entity["kind"][row]) != _GHOST:
        fail(f"LuaEntity.ghost_localised_{part}: the entity is not a ghost.")
    return localised_placed(api, inner_prototype(api.world, row), part)


def _ghost_localised_name(api: "LuaApi", handle: int) -> LuaValue:
    return _ghost_localised(api, handle, NAME)


def _ghost_localised_description(api: "LuaApi", handle: int) -> LuaValue:
    return _ghost_localised(api, handle, DESCRIPTION)


def _is_entity_with_force(api: "LuaApi", handle: int) -> bool:
    return has_force(_prototype(api, handle))


def _is_entity_with_owner(api: "LuaApi", handle: int) -> bool:
    return has_owner(_prototype(api, handle))


def _is_military_target(api: "LuaApi", handle: int) -> bool:
    return is_military_target(_prototype(api, handle))


def _is_player(api: "LuaApi", handle: int) -> bool:
    # characters are not players. Source: runtime API, LuaControl.is_player
    api.row(handle)
    return False


def _gps_tag(api: "LuaApi", handle: int) -> str:
    record = api.world.entity[api.row(handle)]
    x, y = units_to_tiles(int(record["x"])), units_to_tiles(int(record["y"]))
    return f"[gps={x:g},{y:g}]"


def _secondary_box(api: "LuaApi", handle: int) -> None:
    # only curved rails have a second box
    api.row(handle)


def _supports_backer_name(api: "LuaApi", handle: int) -> bool:
    return has_backer_name(_prototype(api, handle))


def _backer_name(api: "LuaApi", handle: int) -> str | None:
    # the game draws one of its backers' names, which are not in its data
    if not _supports_backer_name(api, handle):
        return None
    return str(api.notes.get(ABOUT_ENTITY, handle, "backer_name", ""))


def _set_backer_name(api: "LuaApi", handle: int, name: object) -> None:
    if not _supports_backer_name(api, handle):
        fail("LuaEntity.backer_name: not for entities of this type.")
    if not isinstance(name, str):
        fail(f"backer_name must be a string, not {shown(name)}.")
    api.notes.put(ABOUT_ENTITY, handle, "backer_name", name)


def _get_max_inventory_index(api: "LuaApi", handle: int) -> int:
    defines = api.world.tables["inventory"]["define"]
    rows = inventories_of(api.world, api.row(handle))
    return max((int(defines[row]) for row in rows), default=0)


def declare(entity: LuaClass) -> None:
    """Add the members of this topic to LuaEntity."""
    entity.methods |= {
        "has_flag": _has_flag,
        "is_player": _is_player,
        "supports_backer_name": _supports_backer_name,
        "get_max_inventory_index": _get_max_inventory_index,
    }
    entity.getters |= {
        "backer_name": _backer_name,
        "force_index": _force_index,
        "surface_index": _surface_index,
        "tile_width": _tile_width,
        "tile_height": _tile_height,
        "localised_name": _localised_name,
        "localised_description": _localised_description,
        "ghost_localised_name": _ghost_localised_name,
        "ghost_localised_description": _ghost_localised_description,
        "is_entity_with_force": _is_entity_with_force,
        "is_entity_with_owner": _is_entity_with_owner,
        "is_military_target": _is_military_target,
        "gps_tag": _gps_tag,
        "secondary_bounding_box": _secondary_box,
        "secondary_selection_box": _secondary_box,
    }
    entity.setters["backer_name"] = _set_backer_name
