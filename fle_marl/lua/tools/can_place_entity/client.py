"""The `can_place_entity` tool as agents call it."""

from fle_marl.lua.client import Door, tool
from fle_marl.lua.types import Direction, Position, Prototype, decode, encode

__all__ = ["can_place_entity"]


@tool
def can_place_entity(
    call: Door,
    entity: Prototype | str,
    direction: Direction = Direction.UP,
    position: Position = Position(x=0, y=0),
) -> bool:
    """Ask whether `place_entity` would succeed; nothing moves.

    Args:
        entity: what you would place out of your inventory, perhaps by name.
        direction: where it would face.
        position: where its middle would be.

    Returns:
        True if you have it, the place is within your reach, and nothing is in the way.

    Raises:
        ToolError: `not-placeable`, there is no such entity at all; `not-simulated`.
    """
    arguments = {
        "entity": encode(entity),
        "direction": encode(direction),
        "position": encode(position),
    }
    return decode(bool, call("can_place_entity", arguments))
