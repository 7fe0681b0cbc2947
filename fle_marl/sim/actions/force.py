"""What research gives to a force and to all its entities.

Source: runtime API, LuaForce (its modifiers and bonuses), LuaTechnology.researched,
LuaTechnology.level; prototype technology, ``effects``.
"""

from collections.abc import Mapping
from typing import Any, Final

import numpy as np

from fle_marl.prototypes import TechnologyPrototype, load
from fle_marl.sim.actions.inventory_bonus import set_inventory_bonus
from fle_marl.sim.components import (
    FORCE_PLAYER,
    MOST_INSERTER_BONUS,
    MOST_INVENTORY_BONUS,
    MOST_TECHNOLOGY_LEVEL,
    TABLES,
)
from fle_marl.sim.systems.inserter import update_hand_limit
from fle_marl.sim.world import World

__all__ = [
    "inserter_bonus",
    "last_level",
    "research_all",
    "reset_bonuses",
    "reset_effects",
    "reset_force",
    "set_inserter_bonus",
    "set_level",
    "set_researched",
    "technology_level",
    "times_researched",
]

_HAND_EFFECTS: Final = {
    "inserter-stack-size-bonus": False,
    "stack-inserter-capacity-bonus": True,
}
"""Effects of technologies on hands, and whether on those of stack inserters."""

_MODIFIERS: Final = {
    "laboratory-speed": "laboratory_speed_modifier",
    "laboratory-productivity": "laboratory_productivity_bonus",
    "mining-drill-productivity-bonus": "mining_drill_productivity_bonus",
    "character-mining-speed": "manual_mining_speed_modifier",
    "character-crafting-speed": "manual_crafting_speed_modifier",
    "worker-robot-speed": "worker_robots_speed_modifier",
    "worker-robot-storage": "worker_robots_storage_bonus",
    "worker-robot-battery": "worker_robots_battery_modifier",
    "follower-robot-lifetime": "following_robots_lifetime_modifier",
    "maximum-following-robots-count": "maximum_following_robot_count",
    "train-braking-force-bonus": "train_braking_force_bonus",
    "artillery-range": "artillery_range_modifier",
    "ghost-time-to-live": "ghost_time_to_live",
    "character-logistic-trash-slots": "character_trash_slot_count",
}
"""Field of ``force`` that an effect adds to. Source: prototype API, Modifier."""

_OF_CHARACTERS: Final = [
    name for name in TABLES["force"].names or () if name.startswith("character_")
]

_DIGITS: Final = 9
"""Decimals that sums of modifiers keep, so that none is left over when all are taken
back; those of the prototypes have two."""


# --- technologies


def technology_level(world: World, technology: TechnologyPrototype) -> int:
    """The level that is researched next, or the last. Source: LuaTechnology.level."""
    reached = int(world.tables["force_technology"]["level"][technology.id])
    return max(reached, technology.level)


def last_level(technology: TechnologyPrototype) -> int:
    """The highest level that a technology can have here."""
    return min(technology.max_level, MOST_TECHNOLOGY_LEVEL)


def times_researched(world: World, technology: TechnologyPrototype) -> int:
    """How many levels of a technology have been researched."""
    researched = world.tables["force_technology"]["researched"][technology.id]
    levels = technology_level(world, technology) - technology.level
    return levels + int(researched)


def set_researched(
    world: World, technology: TechnologyPrototype, *, is_researched: bool
) -> None:
    """Give the player force what a technology gives, or take it away again.

    One of several levels goes up by a level, and counts as researched with the last.
    Source: runtime API, LuaTechnology.researched: switching it off reverses the
    effects; that of several levels all are reversed is a choice.
    """
    record = world.tables["force_technology"][technology.id]
    if bool(record["researched"]) == is_researched:
        return
    record["progress"] = 0.0
    if not is_researched:
        _apply_effects(world, technology, -times_researched(world, technology))
        record["researched"] = False
        record["level"] = 0
        return
    level = technology_level(world, technology)
    if level < last_level(technology):
        record["level"] = level + 1
    else:
        record["researched"] = True
    _apply_effects(world, technology, 1)


def set_level(world: World, technology: TechnologyPrototype, level: int) -> None:
    """Have a technology of several levels researched up to a level, exclusive.

    Source: runtime API, LuaTechnology.level: like researching the previous level, and
    enables the technology.

    Args:
        world: changed.
        technology: which.
        level: from the prototype's to `last_level`.
    """
    before = times_researched(world, technology)
    record = world.tables["force_technology"][technology.id]
    record["researched"] = False
    record["enabled"] = True
    record["level"] = level
    record["progress"] = 0.0
    _apply_effects(world, technology, times_researched(world, technology) - before)


def research_all(world: World, *, include_disabled: bool) -> None:
    """Research all technologies that are not.

    Of those without an end it is one level, unless one is researched already; that is a
    choice. Source: runtime API, LuaForce.research_all_technologies.

    Args:
        world: changed.
        include_disabled: also those that the prototypes disable.
    """
    for technology in load().technologies.values():
        is_meant = technology.enabled or include_disabled
        if is_meant and not times_researched(world, technology):
            set_researched(world, technology, is_researched=True)


# --- what they give


def _apply_effects(world: World, technology: TechnologyPrototype, times: int) -> None:
    """Give the effects of so many levels; take them when it is less than 0.

    Effects on what does not exist here are nothing.
    """
    if times:
        for effect in technology.effects:
            _apply_effect(world, effect, times)


def _apply_effect(world: World, effect: Mapping[str, Any], times: int) -> None:
    kind = effect["type"]
    force = world.tables["force"][FORCE_PLAYER]
    if kind == "unlock-recipe":
        recipe = load().recipes[effect["recipe"]].id
        world.tables["force_recipe"]["enabled"][recipe] = times > 0
    elif kind in _HAND_EFFECTS:
        is_stack = _HAND_EFFECTS[kind]
        bonus = inserter_bonus(world, FORCE_PLAYER, is_stack=is_stack)
        bonus += int(effect["modifier"]) * times
        # scripts may have set it to anything that it may be
        bonus = min(max(bonus, 0), MOST_INSERTER_BONUS)
        set_inserter_bonus(world, FORCE_PLAYER, bonus, is_stack=is_stack)
    elif kind == "character-inventory-slots-bonus":
        slots = int(force["character_inventory_slots_bonus"])
        slots += int(effect["modifier"]) * times
        slots = min(max(slots, 0), MOST_INVENTORY_BONUS)
        set_inventory_bonus(world, FORCE_PLAYER, slots)
    elif kind == "character-logistic-requests":
        force["character_logistic_requests"] = times > 0
    elif kind in _MODIFIERS:
        total = float(force[_MODIFIERS[kind]]) + effect["modifier"] * times
        total = round(total, _DIGITS)
        # scripts may have set less than 0, but not for drills
        is_of_drills = kind == "mining-drill-productivity-bonus"
        force[_MODIFIERS[kind]] = max(total, 0.0) if is_of_drills else total


def reset_bonuses(world: World) -> None:
    """Set all modifiers of the player force to what they are without research."""
    for name in set(_MODIFIERS.values()):
        world.tables["force"][name][FORCE_PLAYER] = 0
    for name in _OF_CHARACTERS:
        world.tables["force"][name][FORCE_PLAYER] = 0
    set_inventory_bonus(world, FORCE_PLAYER, 0)
    for is_stack in (False, True):
        set_inserter_bonus(world, FORCE_PLAYER, 0, is_stack=is_stack)


def reset_effects(world: World) -> None:
    """Give anew what has been researched, and nothing else.

    Source: runtime API, LuaForce.reset_technology_effects.
    """
    start = world.prototypes["recipe_prototype"]["enabled"]
    world.tables["force_recipe"]["enabled"] = start
    reset_bonuses(world)
    for technology in load().technologies.values():
        _apply_effects(world, technology, times_researched(world, technology))


def reset_force(world: World) -> None:
    """Have nothing researched, and everything as at the start but for the queue.

    Source: runtime API, LuaForce.reset.
    """
    table = world.tables["force_technology"]
    table[:] = np.zeros((), table.dtype)
    for name in ("enabled", "visible_when_disabled"):
        table[name] = world.prototypes["technology_prototype"][name]
    reset_effects(world)


# --- hands of inserters


def _field(*, is_stack: bool) -> str:
    return "stack_inserter_capacity_bonus" if is_stack else "inserter_stack_size_bonus"


def inserter_bonus(world: World, force: int, *, is_stack: bool) -> int:
    """How many items more than one a force's inserters take at a time.

    Args:
        world: read.
        force: LuaForce.index.
        is_stack: of stack inserters, or of all others.
    """
    return int(world.tables["force"][_field(is_stack=is_stack)][force])


def set_inserter_bonus(world: World, force: int, bonus: int, *, is_stack: bool) -> None:
    """Have a force's inserters take more at a time, those that stand and new ones.

    Args:
        world: changed.
        force: LuaForce.index.
        bonus: items beyond one.
        is_stack: of stack inserters, or of all others.
    """
    world.tables["force"][_field(is_stack=is_stack)][force] = bonus
    entities = world.tables["inserter"]["entity"]
    for entity in entities[entities > 0]:
        if world.entity["force"][entity] == force:
            update_hand_limit(world, int(entity))
