"""Entities are hurt, heal and die; all of it by scripts, as there are no enemies.

What dies is gone with all that is in it; a character leaves a corpse that holds what it
carried, and what its crafting queue held. Nothing is left of other entities, and no
ghost takes their place: remnants are only seen, and ghosts after a death are for
robots.

Source: wiki, Damage (resistances); runtime API, LuaEntity.damage, die; prototype
``resistances``, ``character_corpse``, ``healing_per_tick``,
``ticks_to_stay_in_combat``.
"""

from collections.abc import Mapping
from functools import cache
from typing import Any, Final

from fle_marl.defines import Inventory
from fle_marl.prototypes import EntityPrototype, load
from fle_marl.sim.actions.build import (
    create_entity,
    destroy_entity,
    entity_contents,
)
from fle_marl.sim.actions.inventory import inventory_slots
from fle_marl.sim.components import KINDS, ROLE_STORAGE
from fle_marl.sim.parts import add_inventory
from fle_marl.sim.world import World

__all__ = [
    "damage_entity",
    "damage_types",
    "kill_entity",
    "resisted_damage",
    "set_health",
]

_CHARACTER: Final = KINDS.index("character")
_LEAST_DAMAGE: Final = 1.0
"""Below it a flat resistance takes off less and less. Source: wiki, Damage."""


def _resistances(prototype: EntityPrototype) -> list[Mapping[str, Any]]:
    resistances: Any = prototype.properties.get("resistances")
    return resistances or []


@cache
def damage_types() -> frozenset[str]:
    """Names of all types of damage that any entity resists."""
    return frozenset(
        resistance["type"]
        for prototype in load().entities.values()
        for resistance in _resistances(prototype)
    )


def resisted_damage(prototype: EntityPrototype, damage: float, kind: str) -> float:
    """What is left of damage after an entity's resistances.

    The flat part comes off first; where it would leave less than 1, it leaves
    ``1 / (flat part - damage + 2)``. Then the percentage comes off.

    Args:
        prototype: of what is hurt.
        damage: health points, 0 or more.
        kind: one of `damage_types`.
    """
    for resistance in _resistances(prototype):
        if resistance["type"] != kind:
            continue
        flat = float(resistance.get("decrease") or 0.0)
        if flat and damage:
            left = damage - flat
            damage = left if left >= _LEAST_DAMAGE else 1.0 / (flat - damage + 2.0)
        return damage * (1.0 - float(resistance.get("percent") or 0.0) / 100.0)
    return damage


def set_health(world: World, entity: int, health: float) -> None:
    """Set the health of an entity, within what its prototype allows; it stays."""
    most = load().entities.by_id(int(world.entity["prototype"][entity])).max_health
    world.entity["health"][entity] = min(max(health, 0.0), most or 0.0)


def damage_entity(world: World, entity: int, damage: float, kind: str) -> float:
    """Hurt an entity. It is not taken away at 0 health: see `kill_entity`.

    Args:
        world: changed.
        entity: row of an entity with health.
        damage: health points, 0 or more.
        kind: one of `damage_types`.

    Returns:
        The damage after resistances, which may be more than the health that it had.
    """
    number = int(world.entity["prototype"][entity])
    final = resisted_damage(load().entities.by_id(number), damage, kind)
    if final > 0.0:
        set_health(world, entity, float(world.entity["health"][entity]) - final)
        if world.entity["kind"][entity] == _CHARACTER:
            row = int(world.entity["component"][entity])
            world.tables["character"]["hurt_tick"][row] = world.tick
    return final


def kill_entity(world: World, entity: int) -> int:
    """Let an entity die: it goes, and what is in it.

    Args:
        world: changed.
        entity: row.

    Returns:
        The corpse that a character with belongings leaves; 0 for none.
    """
    corpse = 0
    if world.entity["kind"][entity] == _CHARACTER:
        corpse = _leave_corpse(world, entity)
    destroy_entity(world, entity)
    return corpse


def _leave_corpse(world: World, character: int) -> int:
    record = world.entity[character]
    prototype = load().entities.by_id(int(record["prototype"]))
    stacks = _stacks(entity_contents(world, character))
    if not stacks:
        return 0
    corpse = create_entity(
        world,
        prototype.text("character_corpse"),
        int(record["x"]),
        int(record["y"]),
        force=int(record["force"]),
    )
    store = add_inventory(
        world, corpse, Inventory.character_corpse, ROLE_STORAGE, len(stacks)
    )
    slots = inventory_slots(world, store)
    for slot, (item, count) in zip(slots, stacks, strict=True):
        slot["item"], slot["count"] = item, count
    return corpse


def _stacks(contents: dict[int, int]) -> list[tuple[int, int]]:
    """Items as full stacks and what is left: item, count."""
    stacks = []
    for item, count in contents.items():
        most = load().items.by_id(item).stack_size
        full, rest = divmod(count, most)
        stacks += [(item, most)] * full + ([(item, rest)] if rest else [])
    return stacks
