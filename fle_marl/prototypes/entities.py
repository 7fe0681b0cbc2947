"""Entities: what stands, moves and lies on the map."""

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from fle_marl.geometry import BoundingBox
from fle_marl.prototypes.collision import read_collision_mask
from fle_marl.prototypes.data_files import read_table
from fle_marl.prototypes.items import ItemPrototype
from fle_marl.prototypes.products import ItemCount, Minable, read_minable
from fle_marl.prototypes.properties import PropertyReader
from fle_marl.prototypes.table import PrototypeTable

__all__ = ["EntityPrototype", "load_entities"]

_NO_BOX = ((0.0, 0.0), (0.0, 0.0))
"""Box of an entity that has none. Source: EntityPrototype of the prototype API."""


@dataclass(frozen=True, slots=True, eq=False)
class EntityPrototype(PropertyReader):
    """An entity.

    Attributes:
        id: number within the table, from 1.
        name: the game's name.
        type: kind of entity, such as ``"transport-belt"``; systems go by it.
        collision_box: around its position when it faces north, tiles.
        selection_box: what a pointer hits, around its position facing north, tiles.
        tile_width: tiles from west to east that it takes when it faces north; given, or
            else the width of the collision box rounded up. Where it is odd, the
            position is in the middle of a tile, otherwise on an edge.
        tile_height: the same from north to south.
        flags: the game's entity flags, such as ``"player-creation"``.
        collision_mask: names of layers; two things that share one collide. What the
            prototype leaves out is the game's default for its type.
        collision_flags: what modifies that; see `collision.COLLISION_FLAGS`.
        max_health: hit points; 0 for what cannot be damaged.
        minable: how it is mined; None if it cannot be.
        items_to_place_this: items of which any builds it.
        fast_replaceable_group: entities of one group can be built over each other; None
            for none.
        next_upgrade: entity that the upgrade planner makes of it; None for none.
        energy_source: raw, with ``type`` electric, burner, heat, fluid or void; None if
            it has none under this name (vehicles have a ``burner`` in `properties`).
        subgroup: item subgroup; None for that of the item that builds it.
        order: where it stands among others; empty for that of the item.
        properties: everything else that the prototype has, under the game's names.
            Fluid boxes of crafting machines are a list in ``fluid_boxes``, and the flag
            that Lua has beside them is ``fluid_boxes_off_when_no_fluid_recipe``.
    """

    id: int
    name: str
    type: str
    collision_box: BoundingBox
    selection_box: BoundingBox
    tile_width: int
    tile_height: int
    flags: frozenset[str]
    collision_mask: frozenset[str]
    collision_flags: frozenset[str]
    max_health: float
    minable: Minable | None
    items_to_place_this: tuple[ItemCount, ...]
    fast_replaceable_group: str | None
    next_upgrade: str | None
    energy_source: Mapping[str, Any] | None
    subgroup: str | None
    order: str
    properties: Mapping[str, object]


def load_entities(
    items: PrototypeTable[ItemPrototype],
) -> PrototypeTable[EntityPrototype]:
    """Read the entities, resources, trees and the character among them.

    Args:
        items: to know which of them build entities.
    """
    return PrototypeTable("entity", _read_entities(items))


def _read_entities(items: PrototypeTable[ItemPrototype]) -> Iterator[EntityPrototype]:
    builders: dict[str, list[ItemCount]] = {}
    for item in items.values():
        if item.place_result is not None:
            builders.setdefault(item.place_result, []).append(ItemCount(item.name, 1))
    for number, (name, row) in enumerate(read_table("entities").items(), start=1):
        collision_box = BoundingBox.from_json(row.pop("collision_box", _NO_BOX))
        layers, flags = read_collision_mask(row.pop("collision_mask"))
        placeable_by = row.pop("placeable_by", None)
        if placeable_by is not None:
            builders[name] = [ItemCount(placeable_by["item"], placeable_by["count"])]
        yield EntityPrototype(
            id=number,
            name=name,
            type=row.pop("type"),
            collision_box=collision_box,
            selection_box=BoundingBox.from_json(row.pop("selection_box", _NO_BOX)),
            tile_width=row.pop("tile_width", math.ceil(collision_box.width)),
            tile_height=row.pop("tile_height", math.ceil(collision_box.height)),
            flags=frozenset(row.pop("flags", ())),
            collision_mask=layers,
            collision_flags=flags,
            max_health=row.pop("max_health", 0),
            minable=read_minable(row.pop("minable", None)),
            items_to_place_this=tuple(builders.get(name, ())),
            fast_replaceable_group=row.pop("fast_replaceable_group", None),
            next_upgrade=row.pop("next_upgrade", None),
            energy_source=row.pop("energy_source", None),
            subgroup=row.pop("subgroup", None),
            order=row.pop("order", ""),
            properties=row,
        )
