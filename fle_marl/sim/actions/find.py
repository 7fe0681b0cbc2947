"""Finding entities and tiles by what scripts ask for, in compiled code."""

import math
from dataclasses import dataclass
from typing import Annotated, Final

import numpy as np
from numpy.typing import NDArray

from fle_marl.sim._jit import Table, Tables, entry_point, kernel
from fle_marl.sim.cells import find_cells
from fle_marl.sim.components import KINDS, MOST_FORCES, TABLE_INDEX
from fle_marl.sim.kernels.cliff_box import is_on_cliff
from fle_marl.sim.kernels.space import (
    collision_box,
    first_link_at,
    ore_at,
    tile_at,
    tiles_of,
)
from fle_marl.sim.world import World

__all__ = [
    "EntityQuery",
    "connected_tiles",
    "count_tiles",
    "find_entities",
    "find_tiles",
]

_ENTITY: Final = TABLE_INDEX["entity"]
_LINK: Final = TABLE_INDEX["cell_link"]
_CLIFF: Final = KINDS.index("cliff")
_EVERYWHERE: Final = 1 << 30
_BESIDE: Final = np.array([(0, -1), (1, 0), (0, 1), (-1, 0)])
_AROUND: Final = np.array([*_BESIDE, (1, -1), (1, 1), (-1, 1), (-1, -1)])


@dataclass(slots=True, kw_only=True)
class EntityQuery:
    """What is looked for.

    Nobody changes one; it is not frozen since one is made for each search, and those
    take longer.

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

    Small areas are looked through tile by tile, large ones entity by entity.

    Returns:
        int32[n] rows, in the order of the rows.
    """
    entities = world.count.item(_ENTITY)
    # an entity is in each of its tiles once, and a character up to four times
    found = np.empty(entities + world.count.item(_LINK), np.int32)
    area = _tile_area(query)
    is_small = (area[2] - area[0]) * (area[3] - area[1]) < entities
    # one field of a table is strided, which would be compiled as another signature
    prototypes = np.ascontiguousarray(query.prototypes)
    where = query.forces, query.box, query.center, query.radius
    if is_small:
        count = _find_by_tiles(world.state, prototypes, where, area, found)
        if count >= 0:
            rows = found[:count]
            rows.sort()
            return rows[: query.limit] if query.limit else rows
    limit = query.limit or entities
    return found[: _find_by_rows(world.state, prototypes, where, limit, found)]


def _tile_area(query: EntityQuery) -> tuple[int, int, int, int]:
    """Left, top, right, bottom, the last two exclusive, of where to look."""
    if query.radius >= 0:
        x, y = query.center
        reach = math.ceil(min(query.radius, _EVERYWHERE))
        left, top, right, bottom = x - reach, y - reach, x + reach, y + reach
    else:
        left, top, right, bottom = query.box
    # what ends at a border between tiles is only in the one before, and touches
    return (left - 1) >> 8, (top - 1) >> 8, (right >> 8) + 1, (bottom >> 8) + 1


@entry_point
def _find_by_rows(
    state: Tables,
    prototypes: NDArray[np.bool_],
    where: tuple[int, tuple[int, int, int, int], tuple[int, int], float],
    limit: int,
    found: NDArray[np.int32],
) -> int:
    count = 0
    for row in range(1, state.count[_ENTITY]):
        if _meets(state, row, prototypes, where):
            found[count] = row
            count += 1
            if count >= limit:
                break
    return count


@entry_point
def _find_by_tiles(
    state: Tables,
    prototypes: NDArray[np.bool_],
    where: tuple[int, tuple[int, int, int, int], tuple[int, int], float],
    area: tuple[int, int, int, int],
    found: NDArray[np.int32],
) -> int:
    """Look where entities are listed by tiles: on the map.

    Returns:
        How many were found; -1 when some of the area is off the map.
    """
    left, top, right, bottom = area
    count = 0
    for tile_y in range(top, bottom):
        for tile_x in range(left, right):
            if tile_at(state, tile_x, tile_y) == 0:
                return -1
            ore = ore_at(state, tile_x, tile_y)
            if ore > 0 and _meets(state, ore, prototypes, where):
                found[count] = ore
                count += 1
            before = count
            link = first_link_at(state, tile_x, tile_y)
            while link > 0:
                row = state.cell_link[link].entity
                link = state.cell_link[link].next_in_cell
                # only in the first of its tiles
                first_x, first_y, _, _ = tiles_of(state, row)
                is_new = max(first_x, left) == tile_x and max(first_y, top) == tile_y
                for index in range(before, count):
                    is_new = is_new and found[index] != row
                if is_new and _meets(state, row, prototypes, where):
                    found[count] = row
                    count += 1
    return count


@kernel
def _meets(
    state: Tables,
    row: int,
    prototypes: Table,
    where: tuple[int, tuple[int, int, int, int], tuple[int, int], float],
) -> bool:
    """Whether an entity is there and is what is looked for, where it is."""
    entity = state.entity
    forces, box, center, radius = where
    prototype = entity[row].prototype
    if prototype <= 0 or not prototypes[prototype]:
        return False
    if not (forces >> int(entity[row].force)) & 1:
        return False
    x, y = entity[row].x, entity[row].y
    if radius >= 0:
        away_x, away_y = float(x - center[0]), float(y - center[1])
        return away_x * away_x + away_y * away_y <= radius * radius
    left, top, right, bottom = box
    turned = entity[row].direction
    e_left, e_top, e_right, e_bottom = collision_box(state, prototype, x, y, turned)
    if e_left > right or e_right < left or e_top > bottom or e_bottom < top:
        return False
    return entity[row].kind != _CLIFF or is_on_cliff(state, turned, x, y, box)


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
