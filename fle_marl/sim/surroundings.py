"""How an entity takes its place among others, and how it leaves it.

Whatever depends on what stands beside what is brought up to date here at once, and only
around the entity: tiles, belts and undergrounds, who works on whom, joined fluid boxes.
What depends on all that is joined (the order of belts, electric networks, fluid
systems) is noted in the clock and found later, `fle_marl.sim.schedule.refreshed`.
"""

import math
from functools import cache
from typing import Final

from fle_marl.prototypes import load
from fle_marl.sim._jit import Tables, called_kernel, entry_point, kernel
from fle_marl.sim.components import KINDS
from fle_marl.sim.kernels.belt_topology import join_belt, part_belt
from fle_marl.sim.kernels.fluid_ports import join_ports, part_ports
from fle_marl.sim.kernels.space import (
    collision_box,
    link_corners,
    link_entity,
    set_ore,
    unlink_entity,
)
from fle_marl.sim.kernels.targets import aim, aim_those_around, drop_aims, lose_aims
from fle_marl.sim.tables import prototype_tables
from fle_marl.sim.world import World
from fle_marl.units import POSITION_UNITS_PER_TILE

__all__ = ["enter_surroundings", "leave_surroundings"]

_BELT: Final = KINDS.index("belt")
_CHARACTER: Final = KINDS.index("character")


def enter_surroundings(world: World, entity: int) -> None:
    """Let an entity take its place; all that it has must be there already."""
    world.reserve("cell_link", _most_tiles(world.entity["prototype"].item(entity)))
    _enter(world.state, entity)


@cache
def _most_tiles(prototype: int) -> int:
    """How many tiles an entity can touch: along an axis one more than its box is long.

    It is the box that counts: that of an offshore pump is longer than the pump's tiles.
    """
    entity = load().entities.by_id(prototype)
    if entity.type == "cliff":
        return _most_tiles_of_cliffs()
    box = entity.collision_box
    width = math.ceil(box.right_bottom.x - box.left_top.x)
    height = math.ceil(box.right_bottom.y - box.left_top.y)
    return (width + 1) * (height + 1)


def _most_tiles_of_cliffs() -> int:
    table = prototype_tables()["cliff_orientation"]
    sides = (table["right"] - table["left"], table["bottom"] - table["top"])
    width, height = (int(each.max()) // POSITION_UNITS_PER_TILE + 2 for each in sides)
    return width * height


def leave_surroundings(world: World, entity: int) -> None:
    """Take an entity that goes or turns out of its place, before anything changes."""
    _leave(world.state, entity)


@called_kernel
def _enter_tiles(state: Tables, row: int) -> None:
    entity = state.entity
    x, y = entity[row].x, entity[row].y
    box = collision_box(state, entity[row].prototype, x, y, entity[row].direction)
    if entity[row].kind == _CHARACTER:
        link_corners(state, row, box)
    else:
        link_entity(state, row, box)


@kernel
def _note_electricity(state: Tables, row: int) -> None:
    """Where it stands decides which poles supply an entity."""
    if state.entity[row].electric > 0:
        state.clock[0].electric_dirty = True


@entry_point
def _enter(state: Tables, row: int) -> None:
    entity = state.entity
    if state.entity_prototype[entity[row].prototype].is_resource:
        set_ore(state, entity[row].x >> 8, entity[row].y >> 8, row)
        return
    _enter_tiles(state, row)
    if entity[row].kind == _BELT:
        join_belt(state, row)
    aim(state, row)
    aim_those_around(state, row)
    join_ports(state, row)
    _note_electricity(state, row)


@entry_point
def _leave(state: Tables, row: int) -> None:
    entity = state.entity
    if state.entity_prototype[entity[row].prototype].is_resource:
        set_ore(state, entity[row].x >> 8, entity[row].y >> 8, 0)
        return
    drop_aims(state, row)
    unlink_entity(state, row)
    if entity[row].kind == _BELT:
        part_belt(state, row)
    lose_aims(state, row)
    part_ports(state, row)
    _note_electricity(state, row)
