"""Finding entities and tiles by what scripts ask for, in compiled code."""

from dataclasses import dataclass
from typing import Annotated, Final

import numpy as np
from numpy.typing import NDArray

from fle_marl.sim._jit import Tables, entry_point
from fle_marl.sim.cells import find_cells
from fle_marl.sim.components import KINDS, MOST_FORCES, TABLE_INDEX
from fle_marl.sim.kernels.cliff_box import is_on_cliff
from fle_marl.sim.kernels.space import collision_box, tile_at
from fle_marl.sim.world import World

__all__ = [
    "EntityQuery",
    "connected_tiles",
    "count_tiles",
    "find_entities",
    "find_tiles",
]

_ENTITY: Final = TABLE_INDEX["entity"]
_CLIFF: Final = KINDS.index("cliff")
_EVERYWHERE: Final = 1 << 30
_BESIDE: Final = np.array([(0, -1), (1, 0), (0, 1), (-1, 0)])
_AROUND: Final = np.array([*_BESIDE, (1, -1), (1, 1), (-1, 1), (-1, -1)])


@dataclass(frozen=True, slots=True, kw_only=True)
class EntityQuery:
    """What is looked for.

    Attributes:
        prototypes: bool[entity prototypes + 1], which ones count.
        forces: bits, 1 << force.
        box: left, top, right, bottom in 1/256 tile; collision boxes must touch it.
        center: x, y in 1/256 tile for the radius.
        radius: 1/256 tile from the centre to the entity's position; negative for any.
        limit: at most so many; 0 for all.
    """

    prototypes: NDArray[np.bool_]
    forces: int = (1 << MOST_FORCES) - 1
    box: tuple[int, int, int, int] = (
        -_EVERYWHERE,
        -_EVERYWHERE,
        _EVERYWHERE,
        _EVERYWHERE,
    )
    center: tuple[int, int] = (0, 0)
    radius: float = -1.0
    limit: int = 0


def find_entities(world: World, query: EntityQuery) -> NDArray[np.int32]:
    """Entities that a query asks for.

    Returns:
        int32[n] rows, in the order of the rows.
    """
    found = np.empty(int(world.count[_ENTITY]), np.int32)
    count = _find_entities(
        world.state,
        # one field of a table is strided, which would be compiled as another signature
        np.ascontiguousarray(query.prototypes),
        query.forces,
        query.box,
        query.center,
        query.radius,
        query.limit or len(found),
        found,
    )
    return found[:count]


@entry_point
def _find_entities(  # noqa: PLR0913 - one argument for each part of the query
    state: Tables,
    prototypes: NDArray[np.bool_],
    forces: int,
    box: tuple[int, int, int, int],
    center: tuple[int, int],
    radius: float,
    limit: int,
    found: NDArray[np.int32],
) -> int:
    entity = state.entity
    left, top, right, bottom = box
    center_x, center_y = center
    count = 0
    for row in range(1, state.count[_ENTITY]):
        prototype = entity[row].prototype
        if prototype <= 0 or not prototypes[prototype]:
            continue
        if not (forces >> int(entity[row].force)) & 1:
            continue
        x, y = entity[row].x, entity[row].y
        if radius >= 0:
            away_x, away_y = float(x - center_x), float(y - center_y)
            if away_x * away_x + away_y * away_y > radius * radius:
                continue
        else:
            e_left, e_top, e_right, e_bottom = collision_box(
                state, prototype, x, y, entity[row].direction
            )
            if e_left > right or e_right < left or e_top > bottom or e_bottom < top:
                continue
            turned = entity[row].direction
            if entity[row].kind == _CLIFF and not is_on_cliff(state, turned, x, y, box):
                continue
        found[count] = row
        count += 1
        if count >= limit:
            break
    return count


def find_tiles(
    world: World,
    wanted: NDArray[np.bool_],
    area: tuple[int, int, int, int],
    limit: int = 0,
) -> NDArray[np.int32]:
    """Tiles of wanted prototypes in an area.

    Args:
        world: not changed.
        wanted: bool[tile prototypes + 1].
        area: left, top, right, bottom in whole tiles, right and bottom exclusive.
        limit: at most so many; 0 for all.

    Returns:
        int32[n, 3]: x, y, tile prototype; by rows from the north.
    """
    left, top, right, bottom = area
    size = max(0, right - left) * max(0, bottom - top)
    found = np.empty((size, 3), np.int32)
    count = _find_tiles(world.state, wanted, area, limit or max(size, 1), found)
    return found[:count]


def count_tiles(
    world: World, wanted: NDArray[np.bool_], area: tuple[int, int, int, int]
) -> int:
    """How many tiles of wanted prototypes are in an area; see `find_tiles`."""
    return len(find_tiles(world, wanted, area))


def connected_tiles(
    world: World,
    wanted: NDArray[np.bool_],
    start: tuple[int, int],
    area: tuple[int, int, int, int],
    *,
    is_diagonal: bool,
) -> NDArray[np.int64]:
    """Tiles of wanted prototypes that are joined to one by others of them.

    Args:
        world: not changed.
        wanted: bool[tile prototypes + 1].
        start: x, y of a tile.
        area: left, top, right, bottom in whole tiles, right and bottom exclusive, that
            is not left.
        is_diagonal: whether tiles are joined at their corners, too.

    Returns:
        int64[n, 2]: x, y; by rows from the north. None when the first is not wanted.
    """
    left, top, right, bottom = area
    tiles = world.tables["tile"]
    is_found = np.zeros(tiles.shape, np.bool_)
    steps = _AROUND if is_diagonal else _BESIDE
    edge, found = np.array([start], np.int64), [np.empty((0, 2), np.int64)]
    while len(edge):
        x, y = edge[:, 0], edge[:, 1]
        cells = find_cells(world.chunk_index, x, y)
        is_there = (cells.chunk >= 0) & (x >= left) & (x < right)
        is_there &= (y >= top) & (y < bottom)
        edge, cells = edge[is_there], cells.only(is_there)
        is_new = wanted[tiles[cells]] & ~is_found[cells]
        is_found[cells] |= is_new
        found.append(edge[is_new])
        edge = np.unique((edge[is_new, np.newaxis] + steps).reshape(-1, 2), axis=0)
    places = np.concatenate(found)
    ordered: NDArray[np.int64] = places[np.lexsort(places.T)]
    return ordered


@entry_point
def _find_tiles(
    state: Tables,
    wanted: NDArray[np.bool_],
    area: tuple[int, int, int, int],
    limit: int,
    found: Annotated[NDArray[np.int32], 2],
) -> int:
    left, top, right, bottom = area
    count = 0
    for y in range(top, bottom):
        for x in range(left, right):
            prototype = tile_at(state, x, y)
            if prototype == 0 or not wanted[prototype]:
                continue
            found[count, 0] = x
            found[count, 1] = y
            found[count, 2] = prototype
            count += 1
            if count >= limit:
                return count
    return count
