"""What research gives to a force and to all its entities.

Source: runtime API, LuaForce.inserter_stack_size_bonus, stack_inserter_capacity_bonus;
prototype technology, ``effects``.
"""

from typing import Final

from fle_marl.prototypes import TechnologyPrototype, load
from fle_marl.sim.components import FORCE_PLAYER, MOST_INSERTER_BONUS
from fle_marl.sim.systems.inserter import update_hand_limit
from fle_marl.sim.world import World

__all__ = ["inserter_bonus", "set_inserter_bonus", "set_researched"]

_HAND_EFFECTS: Final = {
    "inserter-stack-size-bonus": False,
    "stack-inserter-capacity-bonus": True,
}
"""Effects of technologies on hands, and whether on those of stack inserters."""


def set_researched(
    world: World, technology: TechnologyPrototype, *, is_researched: bool
) -> None:
    """Give the player force what a technology gives, or take it away again.

    Effects on what does not exist here are nothing. Source: runtime API,
    LuaTechnology.researched: switching it off reverses the effects.
    """
    researched = world.tables["force_technology"]["researched"]
    if researched[technology.id] == is_researched:
        return
    researched[technology.id] = is_researched
    for effect in technology.effects:
        kind = effect["type"]
        if kind == "unlock-recipe":
            recipe = load().recipes[effect["recipe"]].id
            world.tables["force_recipe"]["enabled"][recipe] = is_researched
        elif kind in _HAND_EFFECTS:
            is_stack = _HAND_EFFECTS[kind]
            bonus = inserter_bonus(world, FORCE_PLAYER, is_stack=is_stack)
            bonus += int(effect["modifier"]) * (1 if is_researched else -1)
            # scripts may have set it to anything that it may be
            bonus = min(max(bonus, 0), MOST_INSERTER_BONUS)
            set_inserter_bonus(world, FORCE_PLAYER, bonus, is_stack=is_stack)


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
