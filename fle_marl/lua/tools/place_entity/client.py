"""The `place_entity` tool as agents call it."""

from typing import cast

from fle_marl.lua.client import Door, tool
from fle_marl.lua.types import (
    Direction,
    Entity,
    Position,
    Prototype,
    decode_entity,
    encode,
)

__all__ = ["place_entity"]


@tool
def place_entity(
    call: Door,
    entity: Prototype | str,
    direction: Direction = Direction.UP,
    position: Position = Position(x=0, y=0),
    exact: bool = True,
) -> Entity:
    """Build an entity from your inventory.

    Args:
        entity: what to build, perhaps by the item's name in the game.
        direction: where it faces: the way a belt runs, where a drill or an inserter
            drops.
        position: its centre, tiles; rounded to where the game lets it stand.
        exact: False takes the free place nearest to the position instead.

    Returns:
        The entity as it stands; for a floor a record with the name of the tile.

    Raises:
        ToolError: `item-missing`, `out-of-reach`, `blocked`, `not-placeable`,
            `not-simulated`.
    """
    record = call(
        "place_entity",
        {
            "entity": encode(entity),
            "direction": encode(direction),
            "position": encode(position),
            "exact": exact,
        },
    )
    return cast(Entity, decode_entity(record))
