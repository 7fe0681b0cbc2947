"""Members of LuaControl that are distances, speeds and bonuses of a character."""

from functools import partial
from typing import TYPE_CHECKING, Final

from fle_marl.sim.actions.character import (
    DISTANCES,
    distance_of,
    walking_speed,
)
from fle_marl.sim.actions.inventory_bonus import fit_character
from fle_marl.sim.components import (
    KINDS,
    MOST_DISTANCE_BONUS,
    MOST_INVENTORY_BONUS,
    MOST_MODIFIER,
    MOST_WALKING_MODIFIER,
)
from fle_marl.sim.lua_api.arguments import read_count, read_number
from fle_marl.sim.lua_api.errors import fail
from fle_marl.sim.lua_api.lua_class import LuaClass, LuaValue

if TYPE_CHECKING:
    from fle_marl.sim.lua_api.runtime import LuaApi

__all__ = [
    "SPEED_LIMITS",
    "character_record",
    "character_row",
    "declare",
    "read_bonus",
    "read_modifier",
]

_CHARACTER: Final = KINDS.index("character")

SPEED_LIMITS: Final = {
    "running_speed_modifier": MOST_WALKING_MODIFIER,
    "mining_speed_modifier": MOST_MODIFIER,
    "crafting_speed_modifier": MOST_MODIFIER,
}
"""Modifiers of what a character does, and how large they may be.

Source: runtime API, LuaControl.character_running_speed_modifier: "The minimum value of
-1 reduces the movement speed by 100%". The largest are limits of this simulator."""
_LEAST_SPEED: Final = -1.0


def character_row(api: "LuaApi", handle: int, member: str) -> int:
    """Row of a LuaControl's character.

    Raises:
        ScriptError: it is not a character.
    """
    row = api.row(handle)
    if int(api.world.entity["kind"][row]) != _CHARACTER:
        fail(f"LuaControl.{member}: the entity is not a character.")
    return row


def character_record(api: "LuaApi", handle: int, member: str) -> LuaValue:
    """A LuaControl's row of ``character``.

    Raises:
        ScriptError: it is not a character.
    """
    row = character_row(api, handle, member)
    return api.world.tables["character"][int(api.world.entity["component"][row])]


def read_modifier(value: object, name: str, most: float) -> float:
    """A modifier of a speed, -1 or more.

    Raises:
        ScriptError: it is none.
    """
    modifier = read_number(value, name)
    if not _LEAST_SPEED <= modifier <= most:
        fail(f"{name} must be {_LEAST_SPEED:g} to {most:g}, not {modifier:g}.")
    return modifier


def read_bonus(value: object, name: str, most: int) -> int:
    """A whole bonus, 0 or more.

    Raises:
        ScriptError: it is none.
    """
    bonus = read_count(value, name)
    if bonus > most:
        fail(f"{name} must be 0 to {most}, not {bonus}.")
    return bonus


def _distance(api: "LuaApi", handle: int, *, name: str) -> float:
    return distance_of(api.world, character_row(api, handle, name), name)


def _get(api: "LuaApi", handle: int, *, field: str) -> float:
    value: float = character_record(api, handle, f"character_{field}")[field].item()
    return value


def _set_distance(api: "LuaApi", handle: int, value: object, *, field: str) -> None:
    name = f"character_{field}"
    record = character_record(api, handle, name)
    record[field] = read_bonus(value, name, MOST_DISTANCE_BONUS)


def _set_speed(api: "LuaApi", handle: int, value: object, *, field: str) -> None:
    name = f"character_{field}"
    record = character_record(api, handle, name)
    record[field] = read_modifier(value, name, SPEED_LIMITS[field])


def _set_slots(api: "LuaApi", handle: int, value: object) -> None:
    name = "character_inventory_slots_bonus"
    record = character_record(api, handle, name)
    record["inventory_slots_bonus"] = read_bonus(value, name, MOST_INVENTORY_BONUS)
    fit_character(api.world, api.row(handle))


def _set_health(api: "LuaApi", handle: int, value: object) -> None:
    name = "character_health_bonus"
    record = character_record(api, handle, name)
    bonus = read_number(value, name)
    if not 0.0 <= bonus <= MOST_MODIFIER:
        fail(f"{name} must be 0 to {MOST_MODIFIER:g}, not {bonus:g}.")
    record["health_bonus"] = bonus
    fit_character(api.world, api.row(handle))


def _running_speed(api: "LuaApi", handle: int) -> float:
    """Tiles per tick as it is now, effects of tiles included. Source: runtime API."""
    row = character_row(api, handle, "character_running_speed")
    return walking_speed(api.world, row)


def declare(control: LuaClass) -> None:
    """Add the members of this topic to LuaControl."""
    for name, (_, field) in DISTANCES.items():
        control.getters[name] = partial(_distance, name=name)
        control.getters[f"character_{field}"] = partial(_get, field=field)
        control.setters[f"character_{field}"] = partial(_set_distance, field=field)
    for field in SPEED_LIMITS:
        control.getters[f"character_{field}"] = partial(_get, field=field)
        control.setters[f"character_{field}"] = partial(_set_speed, field=field)
    control.getters |= {
        "character_inventory_slots_bonus": partial(_get, field="inventory_slots_bonus"),
        "character_health_bonus": partial(_get, field="health_bonus"),
        "character_running_speed": _running_speed,
    }
    control.setters |= {
        "character_inventory_slots_bonus": _set_slots,
        "character_health_bonus": _set_health,
    }
