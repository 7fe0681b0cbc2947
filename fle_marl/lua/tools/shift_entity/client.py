"""The `shift_entity` tool as agents call it."""

from typing import cast

from fle_marl.lua.client import Door, tool
from fle_marl.lua.types import Direction, Entity, decode_entity, encode

__all__ = ["shift_entity"]


@tool
def shift_entity(
    call: Door, entity: Entity, direction: Direction, distance: int = 1
) -> Entity:
    """Move what is built; what is in it goes into your inventory.

    Args:
        entity: what to move.
        direction: where to.
        distance: by how many tiles, at least 1.

    Returns:
        The entity at its new place, facing as before and with its recipe.

    Raises:
        ToolError: `no-such-entity`, `out-of-reach`, `not-minable`, `inventory-full`,
            `blocked`, `bad-argument`.
    """
    arguments = {
        "name": entity.name,
        "position": encode(entity.position),
        "direction": encode(direction),
        "distance": distance,
    }
    return cast(Entity, decode_entity(call("shift_entity", arguments)))
