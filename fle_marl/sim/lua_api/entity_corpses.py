"""Members of LuaEntity about corpses, those of characters above all.

Source: runtime API, LuaEntity. The cause of a death and the player are only told to
scripts; nobody plays, so that there is neither until a script says so. There are no
corpses but those of characters, so that what the game has of others is refused.
"""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any, Final, NoReturn

from lupa.lua52 import lua_type

from fle_marl.sim.components import KINDS
from fle_marl.sim.lua_api.arguments import read_count
from fle_marl.sim.lua_api.errors import fail
from fle_marl.sim.lua_api.lua_class import LuaClass, LuaValue
from fle_marl.sim.lua_api.notes import ABOUT_ENTITY
from fle_marl.sim.lua_api.printing import text_of

if TYPE_CHECKING:
    from fle_marl.sim.lua_api.runtime import LuaApi

__all__ = ["declare"]

_CORPSE: Final = KINDS.index("character_corpse")
_DEATH: Final = "character_corpse_tick_of_death"
_CAUSE: Final = "character_corpse_death_cause"
_PLAYER: Final = "character_corpse_player_index"
_OF_OTHERS: Final = ("corpse_expires", "corpse_immune_to_entity_placement")


def _corpse(api: "LuaApi", handle: int, member: str) -> LuaValue:
    record = api.world.entity[api.row(handle)]
    if int(record["kind"]) != _CORPSE:
        fail(f"LuaEntity.{member}: the entity is not the corpse of a character.")
    return api.world.tables["character_corpse"][int(record["component"])]


def _tick_of_death(api: "LuaApi", handle: int) -> int:
    return int(_corpse(api, handle, _DEATH)["death_tick"])


def _set_tick_of_death(api: "LuaApi", handle: int, value: object) -> None:
    _corpse(api, handle, _DEATH)["death_tick"] = read_count(value, _DEATH)


def _death_cause(api: "LuaApi", handle: int) -> LuaValue:
    _corpse(api, handle, _CAUSE)
    cause: Any = api.notes.get(ABOUT_ENTITY, handle, _CAUSE, "")
    return api.table(cause) if isinstance(cause, list) else cause


def _set_death_cause(api: "LuaApi", handle: int, value: LuaValue) -> None:
    _corpse(api, handle, _CAUSE)
    text_of(api, value)
    is_table = lua_type(value) == "table"
    api.notes.put(ABOUT_ENTITY, handle, _CAUSE, api.plain(value) if is_table else value)


def _player_index(api: "LuaApi", handle: int) -> int:
    _corpse(api, handle, _PLAYER)
    return int(api.notes.get(ABOUT_ENTITY, handle, _PLAYER, 0))


def _set_player_index(api: "LuaApi", handle: int, value: object) -> None:
    _corpse(api, handle, _PLAYER)
    api.notes.put(ABOUT_ENTITY, handle, _PLAYER, read_count(value, _PLAYER))


def _refuse(api: "LuaApi", handle: int, *_value: object, name: str) -> NoReturn:
    api.row(handle)
    fail(f"LuaEntity.{name}: the entity is not a corpse.")


def declare(entity: LuaClass) -> None:
    """Add the members of this topic to LuaEntity."""
    entity.getters |= {
        _CAUSE: _death_cause,
        _DEATH: _tick_of_death,
        _PLAYER: _player_index,
    }
    entity.setters |= {
        _CAUSE: _set_death_cause,
        _DEATH: _set_tick_of_death,
        _PLAYER: _set_player_index,
    }
    for name in _OF_OTHERS:
        refuse: Callable[..., NoReturn] = partial(_refuse, name=name)
        entity.getters[name] = entity.setters[name] = refuse
