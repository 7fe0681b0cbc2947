"""Members of LuaEntity about characters that systems do not need."""

from typing import TYPE_CHECKING, Final

from fle_marl.errors import LuaApiMissing
from fle_marl.sim.components import KINDS
from fle_marl.sim.lua_api.arguments import read_count
from fle_marl.sim.lua_api.control_bonuses import character_record, character_row
from fle_marl.sim.lua_api.errors import fail, shown
from fle_marl.sim.lua_api.inventories import CursorStack
from fle_marl.sim.lua_api.lua_class import LuaClass, LuaValue
from fle_marl.sim.lua_api.notes import ABOUT_ENTITY
from fle_marl.sim.lua_api.pointing import select

if TYPE_CHECKING:
    from fle_marl.sim.lua_api.runtime import LuaApi

__all__ = ["declare"]

_CHARACTER: Final = KINDS.index("character")
_GHOST: Final = KINDS.index("ghost")
_CATEGORIES: Final = "character_additional_mining_categories"
_FOREVER_TICKS: Final = 0xFFFF_FFFF
"""Source: runtime API, LuaEntity.time_to_live: a ghost that does not expire."""


def _cursor_stack(api: "LuaApi", handle: int) -> LuaValue:
    # one without a player has it too: nil is for spectators. Source: runtime API
    character_row(api, handle, "cursor_stack")
    return api.object("LuaItemStack", CursorStack(handle))


def _clear_selected_entity(api: "LuaApi", handle: int) -> None:
    select(api, character_row(api, handle, "clear_selected_entity"), 0)


# --- what it can mine besides


def _additional_categories(api: "LuaApi", handle: int) -> LuaValue:
    character_row(api, handle, _CATEGORIES)
    return api.table(api.notes.get(ABOUT_ENTITY, handle, _CATEGORIES) or [])


def _set_additional_categories(api: "LuaApi", handle: int, given: LuaValue) -> None:
    # it changes nothing: the game's only other category is that of fluids, which no
    # hand can mine
    character_row(api, handle, _CATEGORIES)
    names = api.list_of(given)
    for name in names:
        if name not in api.prototypes.constants["resource-category"]:
            fail(f"Unknown resource category name: {shown(name)}.")
    api.notes.put(ABOUT_ENTITY, handle, _CATEGORIES, names or None)


# --- being hurt; nobody shoots


def _in_combat(api: "LuaApi", handle: int) -> bool:
    record = character_record(api, handle, "in_combat")
    row = api.row(handle)
    is_hurt = api.world.entity["health"][row] < api.prototype_of(row).max_health
    since = api.world.tick - int(record["hurt_tick"])
    return bool(is_hurt and since <= record["combat_ticks"])


def _tick_of_last_damage(api: "LuaApi", handle: int) -> int:
    return int(character_record(api, handle, "tick_of_last_damage")["hurt_tick"])


def _set_tick_of_last_damage(api: "LuaApi", handle: int, tick: object) -> None:
    record = character_record(api, handle, "tick_of_last_damage")
    record["hurt_tick"] = min(read_count(tick, "tick_of_last_damage"), _FOREVER_TICKS)


def _tick_of_last_attack(api: "LuaApi", handle: int) -> int:
    character_row(api, handle, "tick_of_last_attack")
    return int(api.notes.get(ABOUT_ENTITY, handle, "tick_of_last_attack", 0))


def _set_tick_of_last_attack(api: "LuaApi", handle: int, tick: object) -> None:
    character_row(api, handle, "tick_of_last_attack")
    count = read_count(tick, "tick_of_last_attack")
    api.notes.put(ABOUT_ENTITY, handle, "tick_of_last_attack", count)


def _get_damage_to_be_taken(api: "LuaApi", handle: int) -> float | None:
    # nothing is on its way to anything
    return 0.0 if api.prototype_of(api.row(handle)).max_health else None


# --- ghosts, which stay


def _time_to_live(api: "LuaApi", handle: int) -> int:
    _ghost(api, handle)
    return _FOREVER_TICKS


def _ghost(api: "LuaApi", handle: int) -> None:
    if int(api.world.entity["kind"][api.row(handle)]) != _GHOST:
        fail("LuaEntity.time_to_live: not for entities of this type.")


def _set_time_to_live(api: "LuaApi", handle: int, ticks: object) -> None:
    _ghost(api, handle)
    if read_count(ticks, "time_to_live") != _FOREVER_TICKS:
        raise LuaApiMissing(
            "LuaEntity.time_to_live: ghosts of the embedded simulator do not expire",
            details={"class": "LuaEntity", "member": "time_to_live"},
        )


def declare(entity: LuaClass) -> None:
    """Add the members of this topic to LuaEntity."""
    entity.methods |= {
        "clear_selected_entity": _clear_selected_entity,
        "get_damage_to_be_taken": _get_damage_to_be_taken,
    }
    entity.getters |= {
        _CATEGORIES: _additional_categories,
        "cursor_stack": _cursor_stack,
        "in_combat": _in_combat,
        "tick_of_last_attack": _tick_of_last_attack,
        "tick_of_last_damage": _tick_of_last_damage,
        "time_to_live": _time_to_live,
    }
    entity.setters |= {
        _CATEGORIES: _set_additional_categories,
        "tick_of_last_attack": _set_tick_of_last_attack,
        "tick_of_last_damage": _set_tick_of_last_damage,
        "time_to_live": _set_time_to_live,
    }
