"""The `get_resource_patch` tool as agents call it."""

from fle_marl.lua.client import Door, tool
from fle_marl.lua.types import Position, Resource, ResourcePatch, decode, encode

__all__ = ["get_resource_patch"]


@tool
def get_resource_patch(
    call: Door, resource: Resource, position: Position, radius: float = 30
) -> ResourcePatch:
    """Measure the patch of a resource.

    Args:
        resource: what to look for.
        position: where.
        radius: how far from there the patch may begin, tiles; 0 means that the tile
            itself must be part of it.

    Returns:
        How much there is (units of ore or oil, tiles of water, trees) and the rectangle
        around it.

    Raises:
        ToolError: `nothing-found`, `bad-argument`.
    """
    arguments = {
        "resource": encode(resource),
        "position": encode(position),
        "radius": radius,
    }
    return decode(ResourcePatch, call("get_resource_patch", arguments))
