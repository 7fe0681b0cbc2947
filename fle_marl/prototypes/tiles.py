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
        needs_correction: whether its edges are corrected when it is laid.
        can_be_part_of_blueprint: whether blueprints may hold it.
        check_collision_with_entities: whether entities are in its way.
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
    needs_correction: bool
    can_be_part_of_blueprint: bool
    check_collision_with_entities: bool
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
    table = read_table("tiles")
    builders: dict[str, list[ItemCount]] = {}
    for item in items.values():
        tile = item.place_as_tile.result if item.place_as_tile else None
        # the same item lays what the tile is rotated to
        while tile is not None and ItemCount(item.name, 1) not in builders.get(
            tile, ()
        ):
            builders.setdefault(tile, []).append(ItemCount(item.name, 1))
            tile = table[tile].get("next_direction")
    for number, (name, row) in enumerate(table.items(), start=1):
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
            needs_correction=row.pop("needs_correction", True),
            can_be_part_of_blueprint=row.pop("can_be_part_of_blueprint", True),
            check_collision_with_entities=row.pop(
                "check_collision_with_entities", False
            ),
            order=row.pop("order", ""),
            properties=row,
        )
