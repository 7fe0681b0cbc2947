"""Joining new chunks to what is there: who stands on which of their tiles.

A tree on the border of a chunk reaches into the next one, which may come later. So
whenever chunks are added, everything whose box touches them is entered into their
tiles: what is new on them, what stood beside them, and characters at their edge.
"""

from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from fle_marl.sim.cells import find_cells
from fle_marl.sim.components import (
    CHUNK_TILES,
    KINDS,
    TABLE_INDEX,
)
from fle_marl.sim.world import World
from fle_marl.units import POSITION_UNITS_PER_TILE

__all__ = ["enter_tiles"]

_RESOURCE: Final = KINDS.index("resource")
_CLIFF: Final = KINDS.index("cliff")
_CHARACTER: Final = KINDS.index("character")

Rows = NDArray[np.int64]


def enter_tiles(world: World, new: Rows, first_chunk: int) -> None:
    """Enter entities into the lists of tiles that they touch.

    Args:
        world: changed.
        new: int64[n], rows of simple entities that are in no list at all.
        first_chunk: row of the first chunk that was just added; all after it were too.
    """
    _enter_links_there(world, first_chunk)
    old = _old_near(world, new, first_chunk)
    for rows, first in ((old, first_chunk), (new, 0)):
        entities, x, y = _tiles_of(world, rows)
        chunk = find_cells(world.chunk_index, x, y).chunk
        is_wanted = chunk >= first
        _add_links(world, entities[is_wanted], x[is_wanted], y[is_wanted])


def _enter_links_there(world: World, first_chunk: int) -> None:
    """Characters have links off the map too; those on new chunks are on it now."""
    used = world.tables["cell_link"][: world.count[TABLE_INDEX["cell_link"]]]
    links = np.flatnonzero(used["entity"] > 0)
    tile_x, tile_y = used["tile_x"][links], used["tile_y"][links]
    chunk = find_cells(world.chunk_index, tile_x, tile_y).chunk
    _push(world, links[chunk >= first_chunk])


def _old_near(world: World, new: Rows, first_chunk: int) -> Rows:
    """Entities that were there before and may reach into new chunks."""
    used = world.entity[: world.count[TABLE_INDEX["entity"]]]
    is_old = used["prototype"] > 0
    is_old &= (used["kind"] != _RESOURCE) & (used["kind"] != _CHARACTER)
    is_old[new] = False
    rows = np.flatnonzero(is_old)
    left, top, right, bottom = _boxes(world, rows)
    is_near = np.zeros(len(rows), np.bool_)
    for x in (left, right):
        for y in (top, bottom):
            # boxes are smaller than chunks, so one that touches a chunk has a corner in
            # it or in one beside it
            chunk = find_cells(world.chunk_index, x, y).chunk
            is_near |= chunk >= first_chunk
    near: Rows = rows[is_near]
    return near


def _boxes(world: World, rows: Rows) -> tuple[Rows, Rows, Rows, Rows]:
    """First and last tiles that boxes touch: left, top, right, bottom, inclusive."""
    entity = world.entity[rows]
    box = world.prototypes["entity_prototype"][entity["prototype"]]
    sides = [box[side].astype(np.int64) for side in ("left", "top", "right", "bottom")]
    for turn in range(1, 4):
        turned = entity["direction"] // 2 >= turn
        left, top, right, bottom = sides
        sides = [
            np.where(turned, after, before)
            for before, after in zip(sides, (-bottom, left, -top, right), strict=True)
        ]
    is_cliff = entity["kind"] == _CLIFF
    if is_cliff.any():
        orientation = entity["direction"][is_cliff].astype(np.int64) + 1
        own = world.prototypes["cliff_orientation"][orientation]
        for side, name in zip(sides, ("left", "top", "right", "bottom"), strict=True):
            side[is_cliff] = own[name]
    x, y = entity["x"].astype(np.int64), entity["y"].astype(np.int64)
    unit = POSITION_UNITS_PER_TILE
    return (
        (x + sides[0]) // unit,
        (y + sides[1]) // unit,
        (x + sides[2] - 1) // unit,
        (y + sides[3] - 1) // unit,
    )


def _tiles_of(world: World, rows: Rows) -> tuple[Rows, Rows, Rows]:
    """Every tile that each entity touches: entity, x, y, in the order of rows."""
    left, top, right, bottom = _boxes(world, rows)
    width, height = right - left + 1, bottom - top + 1
    sizes = np.maximum(width, 0) * np.maximum(height, 0)
    index = np.repeat(np.arange(len(rows)), sizes)
    place = np.arange(len(index)) - np.repeat(np.cumsum(sizes) - sizes, sizes)
    x = left[index] + place % width[index]
    y = top[index] + place // width[index]
    return rows[index], x, y


def _add_links(world: World, entities: Rows, x: Rows, y: Rows) -> None:
    """Make a link for each tile of each entity, and enter it."""
    if not len(entities):
        return
    world.reserve("cell_link", len(entities))
    index = TABLE_INDEX["cell_link"]
    first = int(world.count[index])
    world.count[index] = first + len(entities)
    links = np.arange(first, first + len(entities))
    table = world.tables["cell_link"]
    table["entity"][links] = entities
    table["tile_x"][links] = x
    table["tile_y"][links] = y
    _chain(table["next_of_entity"], world.entity["first_link"], links, entities)
    _push(world, links)


def _push(world: World, links: Rows) -> None:
    """Enter links into the lists of their tiles."""
    table = world.tables["cell_link"]
    cells = find_cells(
        world.chunk_index, table["tile_x"][links], table["tile_y"][links]
    )
    place = (cells.chunk * CHUNK_TILES + cells.row) * CHUNK_TILES + cells.column
    _chain(table["next_in_cell"], world.tables["cell"].reshape(-1), links, place)


def _chain(
    following: NDArray[Any], heads: NDArray[Any], links: Rows, lists: Rows
) -> None:
    """Put links at the heads of lists.

    Args:
        following: field that names the next link of a list; changed.
        heads: first link of each list; changed.
        links: int64[n], new links.
        lists: int64[n], the list that each belongs to.
    """
    order = np.argsort(lists, kind="stable")
    links, lists = links[order], lists[order]
    if not len(links):
        return
    is_first = np.ones(len(links), np.bool_)
    is_first[1:] = lists[1:] != lists[:-1]
    following[links[1:]] = np.where(is_first[1:], heads[lists[1:]], links[:-1])
    following[links[0]] = heads[lists[0]]
    is_last = np.roll(is_first, -1)
    heads[lists[is_last]] = links[is_last]
