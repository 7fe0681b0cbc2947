"""The `get_entity` tool as agents call it."""

from fle_marl.lua.client import Door, tool
from fle_marl.lua.types import (
    Entity,
    EntityGroup,
    Position,
    Prototype,
    decode_entity,
    encode,
)

__all__ = ["get_entity"]


@tool
def get_entity(
    call: Door, entity: Prototype, position: Position
) -> Entity | EntityGroup:
    """Look at one entity as it is now.

    Args:
        entity: what it is; `BeltGroup`, `PipeGroup` or `ElectricityGroup` give the
            whole group that the place is part of.
        position: where it is, to within one tile.

    Returns:
        The entity or group. What you keep of it does not change with the world: look
        again for fresh values.

    Raises:
        ToolError: `no-such-entity`, `no-such-prototype`.
    """
    arguments = {"entity": encode(entity), "position": encode(position)}
    return decode_entity(call("get_entity", arguments))
