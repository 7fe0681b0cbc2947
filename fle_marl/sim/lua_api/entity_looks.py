"""Members of LuaEntity about how entities look: notes, since nothing is drawn here.

Source: runtime API, LuaEntity.color and LuaEntity.graphics_variation, which name the
types that have them. What they are before a script sets them is a choice.
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from fle_marl.sim.lua_api.arguments import read_count
from fle_marl.sim.lua_api.colors import read_color
from fle_marl.sim.lua_api.errors import fail
from fle_marl.sim.lua_api.lua_class import LuaClass, LuaValue
from fle_marl.sim.lua_api.notes import ABOUT_ENTITY

if TYPE_CHECKING:
    from fle_marl.sim.lua_api.runtime import LuaApi

__all__ = ["declare"]

_OF_TYPES: Final[Mapping[str, frozenset[str]]] = {
    "color": frozenset({"character", "character-corpse", "simple-entity-with-owner"}),
    "graphics_variation": frozenset(
        {
            "simple-entity",
            "simple-entity-with-force",
            "simple-entity-with-owner",
            "tree",
        }
    ),
}
_UNPAINTED: Final = {"r": 0.869, "g": 0.5, "b": 0.13, "a": 0.5}
"""Before a script paints it: the base game's first colour of players
(utility-constants, player_colors), as it is not documented and nobody is a player."""
_FIRST_VARIATION: Final = 1
_MOST_VARIATIONS: Final = 255  # uint8. Source: runtime API


def _has(api: "LuaApi", handle: int, member: str) -> bool:
    return api.prototype_of(api.row(handle)).type in _OF_TYPES[member]


def _color(api: "LuaApi", handle: int) -> LuaValue:
    if not _has(api, handle, "color"):
        return None
    return api.table(api.notes.get(ABOUT_ENTITY, handle, "color", _UNPAINTED))


def _set_color(api: "LuaApi", handle: int, value: LuaValue) -> None:
    if not _has(api, handle, "color"):
        fail("LuaEntity.color: the entity has no color of its own.")
    color = None if value is None else read_color(api, value)
    api.notes.put(ABOUT_ENTITY, handle, "color", color)


def _variation(api: "LuaApi", handle: int) -> int | None:
    if not _has(api, handle, "graphics_variation"):
        return None
    variation: int = api.notes.get(
        ABOUT_ENTITY, handle, "graphics_variation", _FIRST_VARIATION
    )
    return variation


def _set_variation(api: "LuaApi", handle: int, value: LuaValue) -> None:
    if not _has(api, handle, "graphics_variation"):
        fail("LuaEntity.graphics_variation: the entity has no variations.")
    variation = read_count(value, "graphics_variation")
    if variation > _MOST_VARIATIONS:
        fail(f"graphics_variation must be 0 to {_MOST_VARIATIONS}, not {variation}.")
    api.notes.put(ABOUT_ENTITY, handle, "graphics_variation", variation)


def declare(entity: LuaClass) -> None:
    """Add the members of this topic to LuaEntity."""
    entity.getters |= {"color": _color, "graphics_variation": _variation}
    entity.setters |= {"color": _set_color, "graphics_variation": _set_variation}
