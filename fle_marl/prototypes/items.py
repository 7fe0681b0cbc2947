"""Items: what lies in inventories and on belts."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from fle_marl.prototypes.collision import read_collision_mask
from fle_marl.prototypes.data_files import read_table
from fle_marl.prototypes.products import Product, read_products
from fle_marl.prototypes.properties import PropertyReader
from fle_marl.prototypes.table import PrototypeTable
from fle_marl.units import parse_energy_joules

__all__ = ["ItemPrototype", "PlaceAsTile", "load_items"]

_DEFAULT_SUBGROUP = "other"
"""Source: ItemPrototype.subgroup of the prototype API."""


@dataclass(frozen=True, slots=True)
class PlaceAsTile:
    """Which tile an item lays, and where it may.

    Attributes:
        result: the tile.
        condition: names of layers; it may not be laid on tiles that have one of them.
        condition_size: side of the square of tiles that must meet the condition.

    Source: prototype API, PlaceAsTile.
    """

    result: str
    condition: frozenset[str]
    condition_size: int


@dataclass(frozen=True, slots=True, eq=False)
class ItemPrototype(PropertyReader):
    """An item.

    Attributes:
        id: number within the table, from 1.
        name: the game's name.
        type: kind of item, such as ``"item"``, ``"tool"``, ``"ammo"``, ``"module"``.
        stack_size: items that fit into one slot.
        fuel_value_joules: energy of burning one; 0 if it does not burn.
        fuel_category: kind of burner that takes it; None if it does not burn.
        burnt_result: item that is left after burning; None for nothing.
        place_result: entity that it builds; None if it builds none.
        place_as_tile: how it lays tiles; None if it lays none.
        durability: uses of a tool, repair pack or science pack; None if it has none.
        group: item group, such as ``"production"``.
        subgroup: item subgroup, such as ``"smelting-machine"``.
        order: where it stands in its subgroup, compared as text.
        flags: the game's item flags, such as ``"hidden"``.
        module_effects: of a module: effect -> ``{"bonus": ...}``; empty for others.
        rocket_launch_products: what launching one in a rocket yields.
        properties: everything else that the prototype has, under the game's names.
    """

    id: int
    name: str
    type: str
    stack_size: int
    fuel_value_joules: float
    fuel_category: str | None
    burnt_result: str | None
    place_result: str | None
    place_as_tile: PlaceAsTile | None
    durability: float | None
    group: str
    subgroup: str
    order: str
    flags: frozenset[str]
    module_effects: Mapping[str, Mapping[str, float]]
    rocket_launch_products: tuple[Product, ...]
    properties: Mapping[str, object]


def load_items(
    subgroups: Mapping[str, Mapping[str, object]],
) -> PrototypeTable[ItemPrototype]:
    """Read the items.

    Args:
        subgroups: item subgroup -> its row, which names its ``group``.
    """
    return PrototypeTable("item", _read_items(subgroups))


def _read_items(
    subgroups: Mapping[str, Mapping[str, object]],
) -> Iterator[ItemPrototype]:
    for number, (name, row) in enumerate(read_table("items").items(), start=1):
        subgroup = row.pop("subgroup", _DEFAULT_SUBGROUP)
        yield ItemPrototype(
            id=number,
            name=name,
            type=row.pop("type"),
            stack_size=row.pop("stack_size"),
            fuel_value_joules=parse_energy_joules(row.pop("fuel_value", "0J")),
            fuel_category=row.pop("fuel_category", None),
            burnt_result=row.pop("burnt_result", None),
            place_result=row.pop("place_result", None),
            place_as_tile=_read_place_as_tile(row.pop("place_as_tile", None)),
            durability=row.pop("durability", None),
            group=str(subgroups[subgroup]["group"]),
            subgroup=subgroup,
            order=row.pop("order", ""),
            flags=frozenset(row.pop("flags", ())),
            module_effects=row.pop("effect", {}),
            rocket_launch_products=read_products(row.pop("rocket_launch_products", ())),
            properties=row,
        )


def _read_place_as_tile(row: Mapping[str, Any] | None) -> PlaceAsTile | None:
    if row is None:
        return None
    condition, _flags = read_collision_mask(row["condition"])
    return PlaceAsTile(row["result"], condition, row["condition_size"])
