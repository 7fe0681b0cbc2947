"""Members of LuaBootstrap by which scripts raise events themselves.

Source: runtime API, LuaBootstrap. That an entity is gone is told in the first tick
after it, in the order of registering. Events raised by scripts reach the one handler
that there is for an event; there are no other mods.
"""

from typing import TYPE_CHECKING, Any, Final

from fle_marl.sim.lua_api.errors import fail, shown
from fle_marl.sim.lua_api.inventories import MOD_NAME
from fle_marl.sim.lua_api.lua_class import LuaClass, LuaValue
from fle_marl.sim.lua_api.notes import ABOUT_GAME

if TYPE_CHECKING:
    from fle_marl.sim.lua_api.runtime import LuaApi

__all__ = ["ENTITY_DESTROYED", "declare", "has_registered", "tell_of_the_destroyed"]

ENTITY_DESTROYED: Final = "on_entity_destroyed"
_REGISTERED: Final = "registered_entities"
_ENTITY_EVENTS: Final = {
    "raise_biter_base_built": "on_biter_base_built",
    "raise_script_built": "script_raised_built",
    "raise_script_destroy": "script_raised_destroy",
    "raise_script_revive": "script_raised_revive",
    "raise_script_teleported": "script_raised_teleported",
}
_RAISED_BY_SCRIPTS: Final = frozenset(
    {
        *_ENTITY_EVENTS.values(),
        "on_console_chat",
        "on_market_item_purchased",
        "on_player_crafted_item",
        "on_player_fast_transferred",
        "script_raised_set_tiles",
    }
)
"""Besides their own. Source: runtime API, LuaBootstrap.raise_event."""


# --- events of scripts' own


def _generate_event_name(api: "LuaApi", _self: int) -> int:
    return api.events.generate()


def _get_event_handler(api: "LuaApi", _self: int, event: object) -> LuaValue:
    return api.events.handler(_read_event(api, event))


def _read_event(api: "LuaApi", event: object) -> int:
    if type(event) is not int or not api.events.is_event(event):
        fail(f"Invalid event: {shown(event)}.")
    return event


def _get_event_filter(api: "LuaApi", _self: int, event: object) -> LuaValue:
    return api.events.filters(_read_event(api, event))


def _set_event_filter(
    api: "LuaApi", _self: int, event: object, filters: LuaValue = None
) -> None:
    """Filter what is told; listening to the event anew forgets it, as in the game."""
    api.events.filter(_read_event(api, event), filters)


def _raise_event(api: "LuaApi", _self: int, event: object, data: LuaValue) -> None:
    number = _read_event(api, event)
    name = api.events.name(number)
    if name is not None and name not in _RAISED_BY_SCRIPTS:
        fail(f"{name} cannot be raised by scripts.")
    told = {key: each for key, each in data.items() if isinstance(key, str)}
    api.events.raise_now(number, {**told, "mod_name": MOD_NAME})


def _raise_of_entity(api: "LuaApi", given: LuaValue, member: str, *keys: str) -> None:
    api.row_of(given["entity"])
    told: dict[str, Any] = {"entity": given["entity"], "mod_name": MOD_NAME}
    for key in keys:
        told[key] = given[key]
    api.events.tell(_ENTITY_EVENTS[member], told)


def _raise_biter_base_built(api: "LuaApi", _self: int, given: LuaValue) -> None:
    _raise_of_entity(api, given, "raise_biter_base_built")


def _raise_script_built(api: "LuaApi", _self: int, given: LuaValue) -> None:
    _raise_of_entity(api, given, "raise_script_built")


def _raise_script_destroy(api: "LuaApi", _self: int, given: LuaValue) -> None:
    _raise_of_entity(api, given, "raise_script_destroy")


def _raise_script_revive(api: "LuaApi", _self: int, given: LuaValue) -> None:
    _raise_of_entity(api, given, "raise_script_revive", "tags")


def _raise_script_teleported(api: "LuaApi", _self: int, given: LuaValue) -> None:
    keys = ("old_position", "old_surface_index")
    _raise_of_entity(api, given, "raise_script_teleported", *keys)


def _raise_script_set_tiles(api: "LuaApi", _self: int, given: LuaValue) -> None:
    told = {"surface_index": given["surface_index"], "tiles": given["tiles"]}
    api.events.tell("script_raised_set_tiles", {**told, "mod_name": MOD_NAME})


# --- entities that will be gone


def _registered(api: "LuaApi") -> dict[str, Any]:
    kept: dict[str, Any] = api.notes.get(ABOUT_GAME, 0, _REGISTERED) or {}
    return kept


def _register_on_entity_destroyed(api: "LuaApi", _self: int, entity: object) -> int:
    """The number under which it is told; the same when it was registered before."""
    row = api.row_of(entity)
    handle = api.handle(row)
    kept = _registered(api)
    for key, (known, _) in kept.items():
        if known == handle:
            return int(key)
    number = int(api.notes.get(ABOUT_GAME, 0, "last_registration", 0)) + 1
    api.notes.put(ABOUT_GAME, 0, "last_registration", number)
    unit_number = int(api.world.entity["unit_number"][row])
    entry = {str(number): [handle, unit_number]}
    api.notes.put(ABOUT_GAME, 0, _REGISTERED, {**kept, **entry})
    return number


def has_registered(api: "LuaApi") -> bool:
    """Whether scripts are to be told of an entity's end."""
    return bool(_registered(api))


def tell_of_the_destroyed(api: "LuaApi") -> None:
    """Raise the events about registered entities that are gone by now."""
    kept = _registered(api)
    gone = {number: each for number, each in kept.items() if not api.find_row(each[0])}
    if not gone:
        return
    left = {number: each for number, each in kept.items() if number not in gone}
    api.notes.put(ABOUT_GAME, 0, _REGISTERED, left or None)
    for number in sorted(gone, key=int):
        unit_number = gone[number][1] or None
        told = {"registration_number": int(number), "unit_number": unit_number}
        api.events.tell(ENTITY_DESTROYED, told)


# --- facts


def _get_event_order(_api: "LuaApi", _self: int) -> str:
    # there is one mod
    return MOD_NAME


def _level(api: "LuaApi", _self: int) -> LuaValue:
    return api.table(
        {"is_simulation": False, "is_tutorial": False, "level_name": MOD_NAME}
    )


def declare(bootstrap: LuaClass) -> None:
    """Add the members of this topic to LuaBootstrap."""
    bootstrap.getters["level"] = _level
    bootstrap.methods |= {
        "generate_event_name": _generate_event_name,
        "get_event_filter": _get_event_filter,
        "get_event_handler": _get_event_handler,
        "get_event_order": _get_event_order,
        "set_event_filter": _set_event_filter,
        "raise_biter_base_built": _raise_biter_base_built,
        "raise_event": _raise_event,
        "raise_script_built": _raise_script_built,
        "raise_script_destroy": _raise_script_destroy,
        "raise_script_revive": _raise_script_revive,
        "raise_script_set_tiles": _raise_script_set_tiles,
        "raise_script_teleported": _raise_script_teleported,
        "register_on_entity_destroyed": _register_on_entity_destroyed,
    }
