"""The `nearest` tool as agents call it."""

from fle_marl.lua.client import Door, tool
from fle_marl.lua.types import Position, Prototype, Resource, decode, encode

__all__ = ["nearest"]


@tool
def nearest(call: Door, type: Prototype | Resource) -> Position:
    """Find the resource or building of a kind that is nearest to you.

    Args:
        type: a `Resource`, or the `Prototype` of something that stands on the map.
            `Resource.Wood` finds trees.

    Returns:
        Its middle; for water that of the tile.

    Raises:
        ToolError: `nothing-found` within 500 tiles, `no-such-prototype`.
    """
    return decode(Position, call("nearest", {"type": encode(type)}))
