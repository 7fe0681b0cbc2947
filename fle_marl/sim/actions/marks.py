"""Marks of entities that are to go, or to become something else.

Nobody carries them out, since there are no robots: they are only told to scripts.

Source: runtime API, LuaEntity.order_deconstruction, order_upgrade and what cancels
them. What can be upgraded to what follows the prototype API, EntityPrototype
``next_upgrade``: both have one fast replaceable group, collision box and collision
mask. That what is to go is no longer to be upgraded, that neutral entities can be
marked by everybody and others by their own force alone, and that neither resources nor
characters nor corpses are taken away, are choices.
"""

from typing import Final

from fle_marl.prototypes import EntityPrototype, load
from fle_marl.sim.actions.permissions import is_forbidden
from fle_marl.sim.components import FORBIDS_MINING, FORCE_NEUTRAL
from fle_marl.sim.world import World

__all__ = [
    "can_be_upgraded",
    "cancel_deconstruction",
    "cancel_upgrade",
    "order_deconstruction",
    "order_upgrade",
]

_STAYING_FLAG: Final = "not-deconstructable"
_UNCHANGING_FLAG: Final = "not-upgradable"
_STAYING_TYPES: Final = frozenset({"resource", "character", "character-corpse"})


def _prototype(world: World, entity: int) -> EntityPrototype:
    return load().entities.by_id(int(world.entity["prototype"][entity]))


def _may_mark(world: World, entity: int, force: int) -> bool:
    return int(world.entity["force"][entity]) in (force, FORCE_NEUTRAL)


def order_deconstruction(world: World, entity: int, force: int) -> bool:
    """Mark an entity as one that is to go.

    Returns:
        False when it cannot go, or not by this force; then nothing has changed.
    """
    prototype = _prototype(world, entity)
    if (
        prototype.minable is None
        or is_forbidden(world, entity, FORBIDS_MINING)
        or prototype.type in _STAYING_TYPES
        or _STAYING_FLAG in prototype.flags
        or not _may_mark(world, entity, force)
    ):
        return False
    world.entity["deconstruction_force"][entity] = force
    cancel_upgrade(world, entity, force)
    return True


def cancel_deconstruction(world: World, entity: int, force: int) -> bool:
    """Let an entity stay; whether it was to go by this force."""
    if int(world.entity["deconstruction_force"][entity]) != force:
        return False
    world.entity["deconstruction_force"][entity] = 0
    return True


def can_be_upgraded(prototype: EntityPrototype, target: EntityPrototype) -> bool:
    """Whether an entity can become another in place."""
    group = prototype.fast_replaceable_group
    return (
        group is not None
        and group == target.fast_replaceable_group
        and prototype.collision_box == target.collision_box
        and prototype.collision_mask == target.collision_mask
        and _UNCHANGING_FLAG not in prototype.flags
    )


def order_upgrade(
    world: World,
    entity: int,
    force: int,
    target: EntityPrototype,
    direction: int | None = None,
) -> bool:
    """Mark an entity as one that is to become another.

    Args:
        world: changed.
        entity: row.
        force: who wants it.
        target: what it is to become; it may only be turned, too.
        direction: which way it is to face then, 0 to 7; None as now.

    Returns:
        False when it cannot, or is that already; then nothing has changed.
    """
    record = world.entity[entity]
    turned = int(record["direction"]) if direction is None else direction
    prototype = _prototype(world, entity)
    is_same = prototype is target and turned == int(record["direction"])
    if (
        is_same
        or record["deconstruction_force"]
        or not can_be_upgraded(prototype, target)
        or not _may_mark(world, entity, force)
    ):
        return False
    record["upgrade_force"], record["upgrade_target"] = force, target.id
    record["upgrade_direction"] = turned
    return True


def cancel_upgrade(world: World, entity: int, force: int) -> bool:
    """Let an entity stay what it is; whether it was to become another by this force."""
    record = world.entity[entity]
    if int(record["upgrade_force"]) != force:
        return False
    for field in ("upgrade_force", "upgrade_target", "upgrade_direction"):
        record[field] = 0
    return True
