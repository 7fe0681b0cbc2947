"""Tiles: the ground."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from fle_marl.prototypes.collision import read_collision_mask
from fle_marl.prototypes.data_files import read_table
from fle_marl.prototypes.items import ItemPrototype
from fle_marl.prototypes.products import ItemCount, Minable, read_minable
from fle_marl.prototypes.properties import PropertyReader
from fle_marl.prototypes.table import PrototypeTable

__all__ = ["TilePrototype", "load_tiles"]


@dataclass(frozen=True, slots=True, eq=False)
class TilePrototype(PropertyReader):
    """A kind of ground.

    Attributes:
        id: number within the table, from 1.
        name: the game's name.
        collision_mask: names of layers; what shares one with it cannot be on it.
        layer: which of two neighbours is drawn over the other.
        walking_speed_modifier: factor on the speed of characters.
        vehicle_friction_modifier: factor on the friction of vehicles.
        pollution_absorption_per_second: of one tile.
        minable: how it is mined; None if it cannot be.
        items_to_place_this: items of which any builds it.
        next_direction: tile that it becomes when it is rotated; None for itself.
        order: where it stands among others, compared as text.
        properties: everything else that the prototype has, under the game's names.
    """

    id: int
    name: str
    collision_mask: frozenset[str]
    layer: int
    walking_speed_modifier: float
    vehicle_friction_modifier: float
    pollution_absorption_per_second: float
    minable: Minable | None
    items_to_place_this: tuple[ItemCount, ...]
    next_direction: str | None
    order: str
    properties: Mapping[str, object]


def load_tiles(
    items: PrototypeTable[ItemPrototype],
) -> PrototypeTable[TilePrototype]:
    """Read the tiles.

    Args:
        items: to know which of them build tiles.
    """
    return PrototypeTable("tile", _read_tiles(items))


def _read_tiles(items: PrototypeTable[ItemPrototype]) -> Iterator[TilePrototype]:
    builders: dict[str, list[ItemCount]] = {}
    for item in items.values():
        if item.place_as_tile is not None:
            builders.setdefault(item.place_as_tile, []).append(ItemCount(item.name, 1))
    for number, (name, row) in enumerate(read_table("tiles").items(), start=1):
        yield TilePrototype(
            id=number,
            name=name,
            collision_mask=read_collision_mask(row.pop("collision_mask"))[0],
            layer=row.pop("layer"),
            walking_speed_modifier=row.pop("walking_speed_modifier", 1.0),
            vehicle_friction_modifier=row.pop("vehicle_friction_modifier", 1.0),
            pollution_absorption_per_second=row.pop("pollution_absorption_per_second"),
            minable=read_minable(row.pop("minable", None)),
            items_to_place_this=tuple(builders.get(name, ())),
            next_direction=row.pop("next_direction", None),
            order=row.pop("order", ""),
            properties=row,
        )
