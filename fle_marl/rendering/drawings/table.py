"""Which function draws which type of entity: the one place to add a drawing.

A new drawing is a function in a module of this folder and one line here. The symbol is
what the text map shows: one sign, or four for facing north, east, south and west.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum
from types import MappingProxyType
from typing import Final

from fle_marl.rendering.drawings import (
    belts,
    fluids,
    inserters,
    machines,
    nature,
    others,
    power,
    storage,
)
from fle_marl.rendering.drawings.shapes import Draw

__all__ = ["DRAWINGS", "Drawing", "Layer", "drawing_of"]


class Layer(IntEnum):
    """What is drawn later covers what is drawn earlier."""

    FLOOR = 0
    BUILDING = 1
    ARM = 2
    OVERHEAD = 3


@dataclass(frozen=True)
class Drawing:
    """How a type of entity is shown.

    Attributes:
        draw: draws it on a canvas whose zero is the entity's centre.
        symbol: on the text map; four signs go by direction; a space shows nothing.
        layer: when it is drawn.
        is_natural: nobody built it, so it neither widens an automatic area nor
            stands in the legend.
    """

    draw: Draw
    symbol: str
    layer: Layer = Layer.BUILDING
    is_natural: bool = False


_FLOOR, _ARM, _OVERHEAD = Layer.FLOOR, Layer.ARM, Layer.OVERHEAD

DRAWINGS: Final[Mapping[str, Drawing]] = MappingProxyType(
    {
        "transport-belt": Drawing(belts.draw_transport_belt, "^>v<", _FLOOR),
        "underground-belt": Drawing(belts.draw_underground_belt, "u", _FLOOR),
        "splitter": Drawing(belts.draw_splitter, "Y", _FLOOR),
        "loader": Drawing(belts.draw_loader, "l", _FLOOR),
        "loader-1x1": Drawing(belts.draw_loader, "l", _FLOOR),
        "pipe": Drawing(fluids.draw_pipe, "+", _FLOOR),
        "infinity-pipe": Drawing(fluids.draw_pipe, "+", _FLOOR),
        "pipe-to-ground": Drawing(fluids.draw_pipe_to_ground, "x", _FLOOR),
        "heat-pipe": Drawing(fluids.draw_heat_pipe, "h", _FLOOR),
        "straight-rail": Drawing(others.draw_rail, "#", _FLOOR),
        "curved-rail": Drawing(others.draw_rail, "#", _FLOOR),
        "item-entity": Drawing(storage.draw_item_on_ground, "*", _FLOOR),
        "mining-drill": Drawing(machines.draw_mining_drill, "D"),
        "furnace": Drawing(machines.draw_furnace, "F"),
        "assembling-machine": Drawing(machines.draw_assembling_machine, "A"),
        "rocket-silo": Drawing(machines.draw_rocket_silo, "O"),
        "lab": Drawing(machines.draw_lab, "L"),
        "beacon": Drawing(others.draw_beacon, "b"),
        "container": Drawing(storage.draw_chest, "C"),
        "logistic-container": Drawing(storage.draw_chest, "C"),
        "infinity-container": Drawing(storage.draw_chest, "C"),
        "boiler": Drawing(fluids.draw_boiler, "B"),
        "generator": Drawing(fluids.draw_generator, "E"),
        "burner-generator": Drawing(fluids.draw_generator, "E"),
        "offshore-pump": Drawing(fluids.draw_offshore_pump, "P"),
        "pump": Drawing(fluids.draw_pump, "p"),
        "storage-tank": Drawing(fluids.draw_storage_tank, "T"),
        "solar-panel": Drawing(power.draw_solar_panel, "H"),
        "accumulator": Drawing(power.draw_accumulator, "K"),
        "reactor": Drawing(power.draw_reactor, "N"),
        "lamp": Drawing(power.draw_lamp, "o"),
        "radar": Drawing(others.draw_radar, "R"),
        "wall": Drawing(others.draw_wall, "="),
        "gate": Drawing(others.draw_wall, "="),
        "ammo-turret": Drawing(others.draw_turret, "G"),
        "electric-turret": Drawing(others.draw_turret, "G"),
        "fluid-turret": Drawing(others.draw_turret, "G"),
        # the direction of an inserter is where it takes from: the arrow is the way of
        # the items
        "inserter": Drawing(inserters.draw_inserter, "↓←↑→", _ARM),
        "electric-pole": Drawing(power.draw_electric_pole, "|", _OVERHEAD),
        "tree": Drawing(nature.draw_tree, "t", _OVERHEAD, is_natural=True),
        "simple-entity": Drawing(nature.draw_rock, "r", is_natural=True),
        "cliff": Drawing(nature.draw_cliff, "/", is_natural=True),
        "fish": Drawing(nature.draw_fish, ",", is_natural=True),
        # shown by other means: figures, the ground, nothing
        "character": Drawing(others.draw_nothing, " ", is_natural=True),
        "resource": Drawing(others.draw_nothing, " ", is_natural=True),
    }
)
"""By prototype type."""

FALLBACK: Final = Drawing(others.draw_labelled_box, "?")


def drawing_of(entity_type: str) -> Drawing:
    """The drawing of a type; a labelled box for a type that is not in the table."""
    return DRAWINGS.get(entity_type, FALLBACK)
