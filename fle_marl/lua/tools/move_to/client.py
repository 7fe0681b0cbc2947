"""The `move_to` tool as agents call it."""

from fle_marl.lua.client import Door, tool
from fle_marl.lua.types import Position, decode, encode

__all__ = ["move_to"]


@tool
def move_to(call: Door, position: Position) -> Position:
    """Walk to a place around water and buildings.

    Args:
        position: where to go, tiles; a walk ends beside it when it is built on.

    Returns:
        Where you are afterwards.

    Raises:
        ToolError: `unreachable`, no way on foot leads there.
    """
    return decode(Position, call("move_to", {"position": encode(position)}))
