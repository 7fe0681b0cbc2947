"""The `rotate_entity` tool as agents call it."""

from typing import cast

from fle_marl.lua.client import Door, tool
from fle_marl.lua.types import Direction, Entity, decode_entity, encode

__all__ = ["rotate_entity"]


@tool
def rotate_entity(
    call: Door, entity: Entity, direction: Direction = Direction.UP
) -> Entity:
    """Turn an entity.

    Args:
        entity: what to turn.
        direction: where it shall face.

    Returns:
        The entity as it stands.

    Raises:
        ToolError: `no-such-entity`, `out-of-reach`, `not-rotatable`.
    """
    record = call(
        "rotate_entity", {"entity": encode(entity), "direction": encode(direction)}
    )
    return cast(Entity, decode_entity(record))
