"""What walls and gates are joined to."""

from typing import Final

from fle_marl.defines import Direction
from fle_marl.prototypes import load
from fle_marl.sim._jit import Tables, entry_point
from fle_marl.sim.components import COLLISION_LAYERS
from fle_marl.sim.kernels.space import entity_at
from fle_marl.sim.world import World
from fle_marl.units import POSITION_UNITS_PER_TILE

__all__ = ["WALL_TYPES", "wall_neighbours"]

WALL_TYPES: Final = frozenset({"gate", "wall"})
"""Types that are joined to each other."""

_STEPS: Final = {
    Direction.north: (0, -1),
    Direction.east: (1, 0),
    Direction.south: (0, 1),
    Direction.west: (-1, 0),
}
_OBJECTS: Final = 1 << COLLISION_LAYERS.index("object-layer")


def wall_neighbours(world: World, entity: int) -> dict[Direction, int]:
    """Walls and gates of the same force that a wall or a gate is joined to.

    Walls are joined to all four sides, gates to the two along which they bar the way:
    a gate that faces north stands between walls to its north and its south. Source: the
    pictures of prototype gate, ``vertical_animation`` of those that face north.

    Args:
        world: read.
        entity: row of a wall or gate.

    Returns:
        By side, of those sides at which there is one.
    """
    record = world.entity[entity]
    found = {}
    for side, (x, y) in _STEPS.items():
        other = int(
            _find(
                world.state,
                int(record["x"]) + x * POSITION_UNITS_PER_TILE,
                int(record["y"]) + y * POSITION_UNITS_PER_TILE,
            )
        )
        is_own = bool(other) and world.entity["force"][other] == record["force"]
        if is_own and _joins(world, entity, side) and _joins(world, other, side):
            found[side] = other
    return found


def _joins(world: World, entity: int, side: Direction) -> bool:
    prototype = load().entities.by_id(int(world.entity["prototype"][entity]))
    if prototype.type == "gate":
        return int(world.entity["direction"][entity]) % 4 == side % 4
    return prototype.type in WALL_TYPES


@entry_point
def _find(state: Tables, x: int, y: int) -> int:
    return entity_at(state, x, y, _OBJECTS)
