"""The `pickup_entity` tool as agents call it."""

from collections.abc import Sequence

from fle_marl.errors import ToolError
from fle_marl.lua.client import Door, tool
from fle_marl.lua.types import (
    BeltGroup,
    ElectricityGroup,
    Entity,
    EntityGroup,
    PipeGroup,
    Position,
    Prototype,
    WallGroup,
    encode,
)

__all__ = ["pickup_entity"]


@tool
def pickup_entity(
    call: Door,
    entity: Entity | Prototype | EntityGroup | str,
    position: Position | None = None,
) -> bool:
    """Take up what is built, or what lies on the ground, with all that is in it.

    Args:
        entity: an entity, a kind of entity or item, perhaps by its name in
            the game, or all of a group, along which you
            then walk.
        position: where it is; needed for a kind.

    Returns:
        True when everything is in your inventory.

    Raises:
        ToolError: `no-such-entity`, `out-of-reach`, `inventory-full`, `not-minable`,
            `bad-argument`.
    """
    walk = isinstance(entity, EntityGroup)
    return bool(
        call("pickup_entity", {"entities": _targets(entity, position), "walk": walk})
    )


def _targets(
    entity: Entity | Prototype | EntityGroup | str, position: Position | None
) -> list[object]:
    if isinstance(entity, Prototype | str):
        if position is None:
            raise ToolError(
                "pickup_entity needs the position of a prototype: "
                "pickup_entity(Prototype.X, position)",
                code="bad-argument",
            )
        return [{"name": encode(entity), "position": encode(position)}]
    if isinstance(entity, EntityGroup):
        return [_target(member) for member in _members(entity)]
    return [_target(entity)]


def _members(group: EntityGroup) -> Sequence[Entity]:
    if isinstance(group, BeltGroup):
        return group.belts
    if isinstance(group, PipeGroup):
        return group.pipes
    if isinstance(group, ElectricityGroup):
        return group.poles
    return group.entities if isinstance(group, WallGroup) else []


def _target(entity: Entity) -> dict[str, object]:
    return {"name": entity.name, "position": encode(entity.position)}
