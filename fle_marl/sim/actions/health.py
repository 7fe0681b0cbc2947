"""Entities are hurt, heal and die; all of it by scripts, as there are no enemies.

What dies is gone with all that is in it; a character leaves a corpse that holds what it
carried, and what its crafting queue held. Nothing is left of other entities, and no
ghost takes their place: remnants are only seen, and ghosts after a death are for
robots.

Source: wiki, Damage (resistances); runtime API, LuaEntity.damage, die, destructible;
prototype ``resistances``, ``character_corpse``, ``healing_per_tick``,
``ticks_to_stay_in_combat``.
"""

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any, Final

from fle_marl.defines import Inventory
from fle_marl.prototypes import EntityPrototype, ItemPrototype, load
from fle_marl.sim._jit import Tables, entry_point
from fle_marl.sim.actions.build import (
    create_entity,
    destroy_entity,
    entity_contents,
)
from fle_marl.sim.actions.inventory import (
    add_wear_to,
    find_inventory,
    inventory_contents,
    inventory_slots,
    wear_of,
)
from fle_marl.sim.components import FORBIDS_DAMAGE, KINDS, ROLE_STORAGE
from fle_marl.sim.parts import add_inventory, inventories_of
from fle_marl.sim.systems.character import most_health as most_health_of_character
from fle_marl.sim.world import World

__all__ = [
    "damage_entity",
    "damage_types",
    "is_destructible",
    "kill_entity",
    "most_health",
    "resistances_of",
    "resisted_damage",
    "set_health",
]

_CHARACTER: Final = KINDS.index("character")
_LEAST_DAMAGE: Final = 1.0
"""Below it a flat resistance takes off less and less. Source: wiki, Damage."""


Resistances = Sequence[Mapping[str, Any]]


def _resistances(prototype: EntityPrototype | ItemPrototype) -> Resistances:
    resistances: Any = prototype.properties.get("resistances")
    return resistances or []


def resistances_of(world: World, entity: int) -> Resistances:
    """What an entity resists: as its prototype says, characters as what they wear.

    Source: prototype API, ArmorPrototype.resistances. That nothing but the armor counts
    for who wears one is a choice; the game's characters have none of their own.
    """
    if world.entity["kind"][entity] == _CHARACTER:
        armor = find_inventory(world, entity, Inventory.character_armor)
        for item in inventory_contents(world, armor):
            return _resistances(load().items.by_id(item))
    number = int(world.entity["prototype"][entity])
    return _resistances(load().entities.by_id(number))


@cache
def damage_types() -> frozenset[str]:
    """Names of all types of damage that any entity resists."""
    return frozenset(
        resistance["type"]
        for prototype in load().entities.values()
        for resistance in _resistances(prototype)
    )


def resisted_damage(resistances: Resistances, damage: float, kind: str) -> float:
    """What is left of damage after an entity's resistances.

    The flat part comes off first; where it would leave less than 1, it leaves
    ``1 / (flat part - damage + 2)``. Then the percentage comes off.

    Args:
        resistances: of what is hurt, `resistances_of`.
        damage: health points, 0 or more.
        kind: one of `damage_types`.
    """
    for resistance in resistances:
        if resistance["type"] != kind:
            continue
        flat = float(resistance.get("decrease") or 0.0)
        if flat and damage:
            left = damage - flat
            damage = left if left >= _LEAST_DAMAGE else 1.0 / (flat - damage + 2.0)
        return damage * (1.0 - float(resistance.get("percent") or 0.0) / 100.0)
    return damage


def set_health(world: World, entity: int, health: float) -> None:
    """Set the health of an entity, within what it can have; it stays."""
    world.entity["health"][entity] = min(max(health, 0.0), most_health(world, entity))


def most_health(world: World, entity: int) -> float:
    """The health of an entity that nothing has hurt; 0 for what has none."""
    if world.entity["kind"][entity] == _CHARACTER:
        return float(_most_health(world.state, int(world.entity["component"][entity])))
    prototype = load().entities.by_id(int(world.entity["prototype"][entity]))
    return prototype.max_health or 0.0


@entry_point
def _most_health(state: Tables, character: int) -> float:
    return most_health_of_character(state, character)


def is_destructible(world: World, entity: int) -> bool:
    """Whether an entity can be hurt; LuaEntity.destructible."""
    return not int(world.entity["forbidden"][entity]) & FORBIDS_DAMAGE


def damage_entity(world: World, entity: int, damage: float, kind: str) -> float:
    """Hurt an entity. It is not taken away at 0 health: see `kill_entity`.

    Args:
        world: changed.
        entity: row of an entity with health.
        damage: health points, 0 or more.
        kind: one of `damage_types`.

    Returns:
        The damage after resistances, which may be more than the health that it had; 0
        when scripts have forbidden to hurt it.
    """
    if not is_destructible(world, entity):
        return 0.0
    final = resisted_damage(resistances_of(world, entity), damage, kind)
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
    for inventory in inventories_of(world, character):
        add_wear_to(world, store, wear_of(world, inventory))
    return corpse


def _stacks(contents: dict[int, int]) -> list[tuple[int, int]]:
    """Items as full stacks and what is left: item, count."""
    stacks = []
    for item, count in contents.items():
        most = load().items.by_id(item).stack_size
        full, rest = divmod(count, most)
        stacks += [(item, most)] * full + ([(item, rest)] if rest else [])
    return stacks
