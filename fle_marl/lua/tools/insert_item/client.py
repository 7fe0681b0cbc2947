"""The `insert_item` tool as agents call it."""

from typing import cast

from fle_marl.errors import ToolError
from fle_marl.lua.client import Door, tool
from fle_marl.lua.types import (
    BeltGroup,
    Entity,
    EntityGroup,
    Prototype,
    decode_entity,
    encode,
)

__all__ = ["insert_item"]


@tool
def insert_item(
    call: Door, entity: Prototype | str, target: Entity | EntityGroup, quantity: int = 5
) -> Entity:
    """Put items from your inventory into an entity.

    Args:
        entity: the item, perhaps by its name in the game.
        target: what to put it into; of a group of belts the first.
        quantity: how many, at least 1; fewer go in when there is no more room.

    Returns:
        The target as it is now.

    Raises:
        ToolError: `item-missing`, `out-of-reach`, `no-such-entity`, `not-accepted`,
            `not-operable`, `no-such-item`, `bad-argument`.
    """
    if isinstance(target, EntityGroup):
        if not isinstance(target, BeltGroup) or not target.belts:
            raise ToolError(
                f"items cannot be put into a {target.name}; give one entity",
                code="bad-argument",
            )
        target = target.belts[0]
    record = call(
        "insert_item",
        {"entity": encode(entity), "target": encode(target), "quantity": quantity},
    )
    return cast(Entity, decode_entity(record))
