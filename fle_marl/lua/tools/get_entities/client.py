"""The `get_entities` tool as agents call it."""

from typing import cast

from fle_marl.lua.client import Door, tool
from fle_marl.lua.types import (
    Entity,
    EntityGroup,
    Position,
    Prototype,
    decode_entity,
    encode,
)

__all__ = ["get_entities"]


@tool
def get_entities(
    call: Door,
    entities: set[Prototype] | Prototype | None = None,
    position: Position | None = None,
    radius: float = 1000,
    prototype: Prototype | None = None,
    name: str | None = None,
    type: str | None = None,
) -> list[Entity | EntityGroup]:
    """List what has been built around a place.

    Args:
        entities: only these kinds; none means all. `BeltGroup`, `PipeGroup` and
            `ElectricityGroup` ask for groups.
        position: where to look; around yourself if not given.
        radius: how far from there, tiles.
        prototype: one more kind.
        name: one more kind, by the game's name, such as ``"iron-chest"``.
        type: all kinds of one of the game's types, such as ``"furnace"``.

    Returns:
        Entities in the order in which they were built, then groups. Belts, pipes, poles
        and walls come as groups, except where you ask for single kinds without a
        position.

    Raises:
        ToolError: `no-such-prototype`, `bad-argument`.
    """
    given = entities if isinstance(entities, set) else {entities}
    names = {
        cast(str, encode(kind)) for kind in {*given, prototype} if kind is not None
    }
    if name is not None:
        names.add(name)
    arguments = {
        "entities": sorted(names),
        "position": encode(position),
        "radius": radius,
        "type": type,
    }
    records = cast(list[object], call("get_entities", arguments) or [])
    return [decode_entity(record) for record in records]
