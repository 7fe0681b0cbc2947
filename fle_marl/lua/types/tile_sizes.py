"""How many tiles the prototypes take that agents know by name.

A copy of a few numbers of the prototype tables, so that an agent's process need not
load those; a test compares the two.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

__all__ = ["TILE_SIZES"]

_NAMES_BY_SIZE: Final = {
    (1, 1): (
        "burner-inserter",
        "inserter",
        "long-handed-inserter",
        "fast-inserter",
        "filter-inserter",
        "stack-inserter",
        "stack-filter-inserter",
        "transport-belt",
        "fast-transport-belt",
        "express-transport-belt",
        "underground-belt",
        "fast-underground-belt",
        "express-underground-belt",
        "pipe",
        "pipe-to-ground",
        "heat-pipe",
        "offshore-pump",
        "wooden-chest",
        "iron-chest",
        "steel-chest",
        "small-electric-pole",
        "medium-electric-pole",
        "stone-wall",
        "gate",
        "small-lamp",
    ),
    (2, 1): ("splitter", "fast-splitter", "express-splitter"),
    (1, 2): ("pump",),
    (2, 2): (
        "burner-mining-drill",
        "stone-furnace",
        "steel-furnace",
        "big-electric-pole",
        "accumulator",
        "gun-turret",
        "rail",
    ),
    (3, 2): ("boiler", "heat-exchanger"),
    (3, 3): (
        "assembling-machine-1",
        "assembling-machine-2",
        "assembling-machine-3",
        "centrifuge",
        "electric-mining-drill",
        "electric-furnace",
        "pumpjack",
        "chemical-plant",
        "solar-panel",
        "storage-tank",
        "lab",
        "radar",
    ),
    (3, 5): ("steam-engine",),
    (5, 5): ("oil-refinery", "nuclear-reactor"),
    (9, 9): ("rocket-silo",),
}

TILE_SIZES: Final[Mapping[str, tuple[int, int]]] = MappingProxyType(
    {name: size for size, names in _NAMES_BY_SIZE.items() for name in names}
)
"""Width and height in tiles, facing north, by name of the item that is placed.

Source: prototype tile_width and tile_height, else the collision box rounded up; for
``rail`` that of ``straight-rail``.
"""
