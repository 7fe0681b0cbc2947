"""LuaEntity.color: what scripts paint, and nothing here draws."""

from typing import TYPE_CHECKING, Final

from fle_marl.sim.lua_api.colors import read_color
from fle_marl.sim.lua_api.errors import fail
from fle_marl.sim.lua_api.lua_class import LuaClass, LuaValue
from fle_marl.sim.lua_api.notes import ABOUT_ENTITY

if TYPE_CHECKING:
    from fle_marl.sim.lua_api.runtime import LuaApi

__all__ = ["declare"]

_PAINTED_TYPES: Final = frozenset(
    {"character", "character-corpse", "simple-entity-with-owner"}
)
"""Source: runtime API, LuaEntity.color, without what is not simulated (vehicles,
trains, floating text)."""
_UNPAINTED: Final = {"r": 0.869, "g": 0.5, "b": 0.13, "a": 0.5}
"""Before a script paints it: the base game's first colour of players
(utility-constants, player_colors), as it is not documented and nobody is a player."""


def _color(api: "LuaApi", handle: int) -> LuaValue:
    if api.prototype_of(api.row(handle)).type not in _PAINTED_TYPES:
        return None
    return api.table(api.notes.get(ABOUT_ENTITY, handle, "color", _UNPAINTED))


def _set_color(api: "LuaApi", handle: int, value: object) -> None:
    prototype = api.prototype_of(api.row(handle))
    if prototype.type not in _PAINTED_TYPES:
        fail(f"LuaEntity.color: not for entities of this type ({prototype.type}).")
    color = None if value is None else read_color(api, value)
    api.notes.put(ABOUT_ENTITY, handle, "color", color)


def declare(entity: LuaClass) -> None:
    """Add the members of this topic to LuaEntity."""
    entity.getters["color"] = _color
    entity.setters["color"] = _set_color
