"""Finding a way on foot from one place to another."""

from dataclasses import dataclass
from typing import Annotated, Final

import numpy as np
from numpy.typing import NDArray

from fle_marl.prototypes import load
from fle_marl.sim._jit import Tables, entry_point
from fle_marl.sim.cells import chunk_bounds
from fle_marl.sim.components import (
    CHUNK_TILES,
    COLLISION_FRIEND_SHIFT,
    COLLISION_OPENER_SHIFT,
)
from fle_marl.sim.kernels.path import NODE_BITS, Window, search_path
from fle_marl.sim.tables import prototype_tables
from fle_marl.sim.world import World
from fle_marl.units import POSITION_UNITS_PER_TILE

__all__ = ["Walker", "character_walker", "find_path"]

_CHUNK_UNITS: Final = CHUNK_TILES * POSITION_UNITS_PER_TILE
_MARGIN_UNITS: Final = 2 * _CHUNK_UNITS
"""How far a way may lead around the rectangle of start and goal: two chunks."""
_TILE_SHIFT: Final = POSITION_UNITS_PER_TILE.bit_length() - 1
_WALKING_RESOLUTION: Final = 1
"""Half tiles for who walks, because machines stand on whole tiles: the middle of a gap
between two of them lies on a tile's edge or in its centre."""
_LEAST_HALF_UNITS: Final = 71
"""Smaller walkers are led as if they were this large. A character is 52 to each side
and walks in steps of 38, so it can only rely on gaps that leave it half a step on each
side: between two assembling machines, but not between two pipes, as in the game."""
_MAXIMUM_POINTS: Final = 200_000
"""Points that one search looks at; so it takes a few hundredths of a second at most."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Walker:
    """Who wants to go.

    Attributes:
        box: left, top, right, bottom around its position, 1/256 tile.
        mask: bits of collision layers that stop it.
        opener: force whose gates do not, since they open; 0 for none.
        friend: force of which nothing does; 0 for none.
        ignored: an entity that does not, itself for example; 0 for none.
    """

    box: tuple[int, int, int, int]
    mask: int
    opener: int = 0
    friend: int = 0
    ignored: int = 0


def character_walker(character: int = 0) -> Walker:
    """A character as a walker.

    Args:
        character: its entity row; 0 for one that is not in the world.
    """
    record = prototype_tables()["entity_prototype"][load().entities["character"].id]
    left, top, right, bottom = (
        int(record[side]) for side in ("left", "top", "right", "bottom")
    )
    return Walker(
        box=(left, top, right, bottom),
        mask=int(record["collision_mask"]),
        ignored=character,
    )


def find_path(
    world: World,
    start: tuple[int, int],
    goal: tuple[int, int],
    walker: Walker,
    *,
    radius: int = 0,
    resolution: int = _WALKING_RESOLUTION,
    maximum_points: int = _MAXIMUM_POINTS,
) -> list[tuple[int, int]] | None:
    """Find the shortest way on foot.

    Source: LuaSurface.request_path, whose answer this is.

    Args:
        world: not changed.
        start: x, y in 1/256 tile.
        goal: x, y in 1/256 tile.
        walker: who.
        radius: how near to the goal is enough, 1/256 tile; 0 to get right there.
        resolution: of the grid: one point a tile, in its centre, for 0, twice as many
            along each axis for every 1 more; as many as there is room for.
        maximum_points: points to look at before giving up.

    Returns:
        Where to turn, and at last where to stop, x, y in 1/256 tile; empty when the
        start is near enough. From one to the next it is straight or diagonal, except
        from a start and to a goal that are off the grid: there, the rectangle
        between the two is free if there is such a way. None when there is no way, or
        none that keeps within two chunks of the rectangle of start and goal.
    """
    window = _window(world, start, goal, _TILE_SHIFT - resolution)
    if window is None:
        return None
    points = window[2] * window[3]
    left, top, right, bottom = walker.box
    least = _LEAST_HALF_UNITS
    who = (
        min(left, -least),
        min(top, -least),
        max(right, least),
        max(bottom, least),
        walker.mask
        | walker.opener << COLLISION_OPENER_SHIFT
        | walker.friend << COLLISION_FRIEND_SHIFT,
        walker.ignored,
    )
    waypoints = np.empty((points + 2, 2), np.int32)
    count = int(
        _search(
            world.state,
            start,
            goal,
            radius,
            who,
            walker.box,
            window,
            maximum_points,
            # zeros that are not touched cost nothing
            np.zeros(points, np.int32),
            np.zeros(points, np.uint8),
            np.empty(2 * points + 8, np.int64),
            waypoints,
        )
    )
    if count < 0:
        return None
    path = [(x, y) for x, y in waypoints[:count].tolist()]
    return path[1:] if path[:1] == [start] else path


def _window(
    world: World, start: tuple[int, int], goal: tuple[int, int], shift: int
) -> Window | None:
    """The points to search, as dense as there is room for; None if off the map."""
    bounds = chunk_bounds(world.chunk_index)
    if bounds is None:
        return None
    low, high = [], []
    for axis in (0, 1):
        near = min(start[axis], goal[axis]) - _MARGIN_UNITS
        far = max(start[axis], goal[axis]) + _MARGIN_UNITS
        low.append(max(bounds[axis] * _CHUNK_UNITS, near))
        high.append(min(bounds[axis + 2] * _CHUNK_UNITS, far))
    if low[0] >= high[0] or low[1] >= high[1]:
        return None
    while True:
        left, top = (edge >> shift for edge in low)
        columns, rows = (high[0] >> shift) - left + 1, (high[1] >> shift) - top + 1
        if columns * rows < 1 << NODE_BITS:
            return left, top, columns, rows, shift
        shift += 1


@entry_point
def _search(  # noqa: PLR0913 - scratch memory comes from outside
    state: Tables,
    start: tuple[int, int],
    goal: tuple[int, int],
    radius: int,
    walker: tuple[int, int, int, int, int, int],
    body: tuple[int, int, int, int],
    window: Window,
    limit: int,
    length: NDArray[np.int32],
    mark: NDArray[np.uint8],
    heap: NDArray[np.int64],
    waypoints: Annotated[NDArray[np.int32], 2],
) -> int:
    return search_path(
        state,
        start,
        goal,
        radius,
        walker,
        body,
        window,
        limit,
        length,
        mark,
        heap,
        waypoints,
    )
