"""The `place_entity_next_to` tool as agents call it."""

from typing import cast

from fle_marl.lua.client import Door, tool
from fle_marl.lua.types import (
    Direction,
    Entity,
    Position,
    Prototype,
    decode_entity,
    encode,
)

__all__ = ["place_entity_next_to"]


@tool
def place_entity_next_to(
    call: Door,
    entity: Prototype,
    reference_position: Position = Position(x=0, y=0),
    direction: Direction = Direction.RIGHT,
    spacing: int = 0,
) -> Entity:
    """Build an entity from your inventory beside another one.

    Args:
        entity: what to build.
        reference_position: any place on the entity to build beside; with nothing built
            there, the tile itself.
        direction: on which side of it; the new entity also faces that way.
        spacing: free tiles between the two, 0 or more.

    Returns:
        The entity as it stands: beside the middle of that side, never on another side.

    Raises:
        ToolError: `item-missing`, `out-of-reach`, `blocked`, `not-placeable`,
            `not-simulated`, `bad-argument`.
    """
    record = call(
        "place_entity_next_to",
        {
            "entity": encode(entity),
            "reference_position": encode(reference_position),
            "direction": encode(direction),
            "spacing": spacing,
        },
    )
    return cast(Entity, decode_entity(record))
