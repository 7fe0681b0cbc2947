"""The `nearest_buildable` tool as agents call it."""

from fle_marl.lua.client import Door, tool
from fle_marl.lua.types import (
    BoundingBox,
    BuildingBox,
    Position,
    Prototype,
    decode,
    encode,
)

__all__ = ["nearest_buildable"]


@tool
def nearest_buildable(
    call: Door,
    entity: Prototype,
    building_box: BuildingBox,
    center_position: Position,
) -> BoundingBox:
    """Find the nearest free ground to build on.

    Args:
        entity: what you will build; a mining drill needs one resource under the whole
            box, a pumpjack a well.
        building_box: how much ground, in tiles, at least as large as the entity.
        center_position: the middle of the ground is to be near here.

    Returns:
        The ground, in whole tiles. Place one entity at its ``center``, several from
        its ``left_top`` on.

    Raises:
        ToolError: `nothing-found` within 30 tiles, `not-placeable`, `not-simulated`,
            `bad-argument`.
    """
    arguments = {
        "entity": encode(entity),
        "building_box": encode(building_box),
        "center_position": encode(center_position),
    }
    return decode(BoundingBox, call("nearest_buildable", arguments))
