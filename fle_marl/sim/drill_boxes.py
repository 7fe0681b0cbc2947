"""Which fluid boxes a mining drill has.

A drill for wells has a box that fluid leaves it by. A drill for ore has one for the
fluid that its ore needs, which lets fluid pass on to its neighbours; it has none when
no ore in its area needs a fluid as it is built. That is a choice: the prototype has the
box in any case, and drills on other ore would draw water from pipes that pass by.

Source: prototype ``output_fluid_box``, ``input_fluid_box``.
"""

from typing import Any

import numpy as np

from fle_marl.prototypes import EntityPrototype
from fle_marl.sim.cells import find_cells
from fle_marl.sim.parts import add_fluidbox
from fle_marl.sim.world import World

__all__ = ["add_drill_boxes", "required_fluid"]


def add_drill_boxes(world: World, entity: int, prototype: EntityPrototype) -> None:
    """Give a drill, whose area is known, its fluid boxes."""
    outlet: Any = prototype.properties.get("output_fluid_box")
    if outlet:
        add_fluidbox(world, entity, {"production_type": "output", **outlet})
    inlet: Any = prototype.properties.get("input_fluid_box")
    fluid = required_fluid(world, entity) if inlet else 0
    if fluid:
        add_fluidbox(world, entity, inlet, fluid=fluid)


def required_fluid(world: World, entity: int) -> int:
    """The fluid that the first ore in a drill's area needs that needs any; 0 for none.

    Args:
        world: not changed.
        entity: row of a mining drill.
    """
    drill = world.tables["mining_drill"][int(world.entity["component"][entity])]
    y, x = np.mgrid[
        int(drill["area_top"]) : int(drill["area_bottom"]),
        int(drill["area_left"]) : int(drill["area_right"]),
    ]
    cells = find_cells(world.chunk_index, x, y)
    ores = world.tables["ore"][cells.only(cells.chunk >= 0)]
    components = world.entity["component"][ores[ores > 0]]
    resources = world.tables["resource"][components]
    is_minable = int(drill["categories"]) >> resources["category"].astype(np.int64) & 1
    fluids = resources["required_fluid"][is_minable > 0]
    needed = fluids[fluids > 0]
    return int(needed[0]) if len(needed) else 0
