"""Which end of an underground belt is which: entrance ("input") or exit ("output").

How ends find each other and carry items is in `transport_belt` and its kernels.

Source: LuaEntity.belt_to_ground_type, LuaSurface.create_entity; wiki, Underground
belts.
"""

from typing import Final

import numpy as np

from fle_marl.defines import Direction
from fle_marl.geometry import MapPosition, rotate_vector
from fle_marl.prototypes import EntityPrototype
from fle_marl.sim.components import (
    BELT_KIND_UNDERGROUND_INPUT,
    BELT_KIND_UNDERGROUND_OUTPUT,
    TABLE_INDEX,
)
from fle_marl.sim.surroundings import enter_surroundings, leave_surroundings
from fle_marl.sim.world import World
from fle_marl.units import POSITION_UNITS_PER_TILE

__all__ = [
    "belt_to_ground_type",
    "fitting_belt_to_ground_type",
    "other_end",
    "set_belt_to_ground_type",
]

_KIND_OF_TYPE: Final = {
    "input": BELT_KIND_UNDERGROUND_INPUT,
    "output": BELT_KIND_UNDERGROUND_OUTPUT,
}
_NORTHWARDS: Final = MapPosition(0.0, -1.0)
_TYPE_OF_KIND: Final = {kind: name for name, kind in _KIND_OF_TYPE.items()}


def belt_to_ground_type(world: World, entity: int) -> str:
    """Which end an underground belt is.

    Returns:
        ``"input"``, where items go down, or ``"output"``.
    """
    row = int(world.entity["component"][entity])
    return _TYPE_OF_KIND[int(world.tables["belt"]["kind"][row])]


def set_belt_to_ground_type(world: World, entity: int, end: str) -> None:
    """Make an underground belt an entrance or an exit, as LuaSurface.create_entity may.

    Args:
        world: changed.
        entity: row of an underground belt.
        end: ``"input"`` or ``"output"``.

    Raises:
        ValueError: the end is neither.
    """
    if end not in _KIND_OF_TYPE:
        raise ValueError(
            f"an underground belt is 'input' or 'output', it cannot be {end!r}"
        )
    row = int(world.entity["component"][entity])
    leave_surroundings(world, entity)
    world.tables["belt"]["kind"][row] = _KIND_OF_TYPE[end]
    enter_surroundings(world, entity)


def other_end(world: World, entity: int) -> int:
    """The underground belt that an underground belt is joined to.

    Returns:
        Its entity; 0 when it has none.
    """
    belts = world.tables["belt"]
    other = int(belts["other_end"][world.entity["component"][entity]])
    return int(belts["entity"][other]) if other else 0


def fitting_belt_to_ground_type(
    world: World, prototype: EntityPrototype, x: int, y: int, direction: int
) -> str:
    """Which end a player would build at a place.

    Args:
        world: not changed.
        prototype: of an underground belt.
        x: centre, 1/256 tile.
        y: centre, 1/256 tile.
        direction: where items shall go, 0, 2, 4 or 6.

    Returns:
        ``"output"`` when the nearest end of its kind behind it that faces the same way,
        within reach, is an entrance; else ``"input"``. Source: wiki, Underground belts.
    """
    belts = world.tables["belt"][: world.count[TABLE_INDEX["belt"]]]
    ahead = rotate_vector(_NORTHWARDS, Direction(direction))
    way_x, way_y = x - belts["x"], y - belts["y"]
    along = way_x * ahead.x + way_y * ahead.y
    aside = way_x * ahead.y - way_y * ahead.x
    reach = int(prototype.number("max_distance")) * POSITION_UNITS_PER_TILE
    entities = np.maximum(belts["entity"], 0)
    is_same = world.entity["prototype"][entities] == prototype.id
    is_same &= (belts["entity"] > 0) & (belts["direction"] == direction)
    is_same &= (aside == 0) & (along > 0) & (along <= reach)
    rows = np.flatnonzero(is_same)
    if not len(rows):
        return "input"
    nearest = rows[np.argmin(along[rows])]
    is_entrance = belts["kind"][nearest] == BELT_KIND_UNDERGROUND_INPUT
    return "output" if is_entrance else "input"
