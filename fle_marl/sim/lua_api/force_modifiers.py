"""Members of LuaForce that are modifiers and bonuses."""

from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from fle_marl.prototypes import TechnologyPrototype
from fle_marl.sim.actions.character import DISTANCES
from fle_marl.sim.actions.force import (
    inserter_bonus,
    set_inserter_bonus,
    times_researched,
)
from fle_marl.sim.actions.inventory_bonus import fit_characters, set_inventory_bonus
from fle_marl.sim.components import (
    MOST_DISTANCE_BONUS,
    MOST_INSERTER_BONUS,
    MOST_INVENTORY_BONUS,
    MOST_MODIFIER,
    MOST_WALKING_MODIFIER,
)
from fle_marl.sim.lua_api.arguments import read_count, read_number
from fle_marl.sim.lua_api.control_bonuses import read_bonus, read_modifier
from fle_marl.sim.lua_api.errors import fail, shown
from fle_marl.sim.lua_api.lua_class import LuaClass
from fle_marl.sim.lua_api.notes import ABOUT_FORCE

if TYPE_CHECKING:
    from fle_marl.sim.lua_api.runtime import LuaApi

__all__ = ["declare"]

_NUMBERS: Final = (
    "laboratory_speed_modifier",
    "laboratory_productivity_bonus",
    "manual_mining_speed_modifier",
    "manual_crafting_speed_modifier",
    "worker_robots_speed_modifier",
    "worker_robots_storage_bonus",
    "worker_robots_battery_modifier",
    "following_robots_lifetime_modifier",
    "train_braking_force_bonus",
    "artillery_range_modifier",
    "character_trash_slot_count",
)
"""Modifiers that may be less than 0."""
_POSITIVE_NUMBERS: Final = ("mining_drill_productivity_bonus",)
_DISTANCES: Final = tuple(f"character_{bonus}" for _, bonus in DISTANCES.values())
_COUNTS: Final = ("maximum_following_robot_count", "ghost_time_to_live")
_FLAGS: Final = ("character_logistic_requests",)


def _get(api: "LuaApi", index: int, *, name: str, shown_as: type) -> object:
    return shown_as(api.world.tables["force"][name][index])


def _set_number(
    api: "LuaApi", index: int, value: object, *, name: str, least: float
) -> None:
    number = read_number(value, name)
    if not least <= number <= MOST_MODIFIER:
        fail(f"{name} must be {least} to {MOST_MODIFIER}, not {number}.")
    api.world.tables["force"][name][index] = number


def _set_count(api: "LuaApi", index: int, value: object, *, name: str) -> None:
    api.world.tables["force"][name][index] = read_count(value, name)


def _set_flag(api: "LuaApi", index: int, flag: bool, *, name: str) -> None:
    api.world.tables["force"][name][index] = flag


# --- those that change what stands


def _inserter_bonus(api: "LuaApi", index: int) -> int:
    return inserter_bonus(api.world, index, is_stack=False)


def _set_inserter_bonus(api: "LuaApi", index: int, bonus: object) -> None:
    bonus = read_bonus(bonus, "inserter_stack_size_bonus", MOST_INSERTER_BONUS)
    set_inserter_bonus(api.world, index, bonus, is_stack=False)


def _stack_inserter_bonus(api: "LuaApi", index: int) -> int:
    return inserter_bonus(api.world, index, is_stack=True)


def _set_stack_inserter_bonus(api: "LuaApi", index: int, bonus: object) -> None:
    bonus = read_bonus(bonus, "stack_inserter_capacity_bonus", MOST_INSERTER_BONUS)
    set_inserter_bonus(api.world, index, bonus, is_stack=True)


def _slots_bonus(api: "LuaApi", index: int) -> int:
    return int(api.world.tables["force"]["character_inventory_slots_bonus"][index])


def _set_slots_bonus(api: "LuaApi", index: int, bonus: object) -> None:
    name = "character_inventory_slots_bonus"
    bonus = read_bonus(bonus, name, MOST_INVENTORY_BONUS)
    set_inventory_bonus(api.world, index, bonus)


# --- those of characters


def _set_distance(api: "LuaApi", index: int, value: object, *, name: str) -> None:
    bonus = read_bonus(value, name, MOST_DISTANCE_BONUS)
    api.world.tables["force"][name][index] = bonus


def _set_running_speed(api: "LuaApi", index: int, value: object) -> None:
    name = "character_running_speed_modifier"
    modifier = read_modifier(value, name, MOST_WALKING_MODIFIER)
    api.world.tables["force"][name][index] = modifier


def _set_health_bonus(api: "LuaApi", index: int, value: object) -> None:
    _set_number(api, index, value, name="character_health_bonus", least=0.0)
    fit_characters(api.world, index)


# --- damage and speed of weapons, which follow from the technologies


def _modifier(
    api: "LuaApi", index: int, subject: object, *, effect: str, key: str, of: str
) -> float:
    """What technologies give, and what a script has added to it."""
    known = api.prototypes.constants.get(of) or api.prototypes.entities
    if not isinstance(subject, str) or subject not in known:
        fail(f"Unknown {key}: {shown(subject)}.")
    technologies = api.prototypes.technologies.values()
    note = f"{effect} {subject}"
    # summed up in whole millionths, which are exact
    total = sum(
        round(1e6 * given) * times_researched(api.world, technology)
        for technology in technologies
        for given in _given(technology, effect, key, subject)
    )
    added: float = api.notes.get(ABOUT_FORCE, index, note, 0.0)
    return total / 1e6 + added


def _set_modifier(
    api: "LuaApi",
    index: int,
    subject: object,
    value: object,
    *,
    effect: str,
    key: str,
    of: str,
) -> None:
    """Have it be a number now; what is researched later adds to it."""
    before = _modifier(api, index, subject, effect=effect, key=key, of=of)
    note = f"{effect} {subject}"
    added = read_number(value, "modifier") - before
    added += api.notes.get(ABOUT_FORCE, index, note, 0.0)
    api.notes.put(ABOUT_FORCE, index, note, added)


def _given(
    technology: TechnologyPrototype, effect: str, key: str, subject: str
) -> list[float]:
    return [
        float(each["modifier"])
        for each in technology.effects
        if each["type"] == effect and each[key] == subject
    ]


_WEAPONS: Final[Mapping[str, Mapping[str, Any]]] = {
    "ammo_damage": {
        "effect": "ammo-damage",
        "key": "ammo_category",
        "of": "ammo-category",
    },
    "gun_speed": {"effect": "gun-speed", "key": "ammo_category", "of": "ammo-category"},
    "turret_attack": {"effect": "turret-attack", "key": "turret_id", "of": ""},
}
"""Effect of technologies, the key of its subject and where subjects are, by member."""


def declare(force: LuaClass) -> None:
    """Add the members of this topic to LuaForce."""
    for name in (*_NUMBERS, *_POSITIVE_NUMBERS):
        least = 0.0 if name in _POSITIVE_NUMBERS else -MOST_MODIFIER
        force.getters[name] = partial(_get, name=name, shown_as=float)
        force.setters[name] = partial(_set_number, name=name, least=least)
    for name in _DISTANCES:
        force.getters[name] = partial(_get, name=name, shown_as=int)
        force.setters[name] = partial(_set_distance, name=name)
    for name in ("character_running_speed_modifier", "character_health_bonus"):
        force.getters[name] = partial(_get, name=name, shown_as=float)
    for name in _COUNTS:
        force.getters[name] = partial(_get, name=name, shown_as=int)
        force.setters[name] = partial(_set_count, name=name)
    for name in _FLAGS:
        force.getters[name] = partial(_get, name=name, shown_as=bool)
        force.setters[name] = partial(_set_flag, name=name)
    force.getters |= {
        "inserter_stack_size_bonus": _inserter_bonus,
        "stack_inserter_capacity_bonus": _stack_inserter_bonus,
        "character_inventory_slots_bonus": _slots_bonus,
    }
    force.setters |= {
        "inserter_stack_size_bonus": _set_inserter_bonus,
        "stack_inserter_capacity_bonus": _set_stack_inserter_bonus,
        "character_inventory_slots_bonus": _set_slots_bonus,
        "character_running_speed_modifier": _set_running_speed,
        "character_health_bonus": _set_health_bonus,
    }
    for name, where in _WEAPONS.items():
        force.methods |= {
            f"get_{name}_modifier": partial(_modifier, **where),
            f"set_{name}_modifier": partial(_set_modifier, **where),
        }
