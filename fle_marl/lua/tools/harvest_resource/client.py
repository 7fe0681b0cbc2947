"""The `harvest_resource` tool as agents call it."""

from typing import cast

from fle_marl.lua.client import Door, tool
from fle_marl.lua.types import Position, encode

__all__ = ["harvest_resource"]


@tool
def harvest_resource(
    call: Door, position: Position, quantity: int = 1, radius: float = 10
) -> int:
    """Mine ore, trees or rocks by hand.

    Args:
        position: of what to mine; the kind nearest to it is mined.
        quantity: items wanted, at least 1; a tree or rock gives all that is in it.
        radius: how far around the position to look, tiles.

    Returns:
        How many items came into your inventory.

    Raises:
        ToolError: `no-resource`, `out-of-reach`, `inventory-full`, `bad-argument`.
    """
    harvested = call(
        "harvest_resource",
        {"position": encode(position), "quantity": quantity, "radius": radius},
    )
    return cast(int, harvested)
