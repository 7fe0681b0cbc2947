"""The ground changes: scripts lay tiles, ghosts of tiles are revived, floors are mined.

A floor is a tile that can be mined. The ground that it is laid on is hidden below it
and comes back when it is mined; a floor on a floor takes its place and hides what that
one hid. Other tiles hide nothing.

Chosen, as it is not documented: of several tiles laid on one place the last one counts;
edges are not corrected, whatever tiles ask for; a character that could not stand on the
new ground is moved to the nearest place where it can, and stays if there is none.

Source: runtime API, LuaSurface.set_tiles, LuaTile.hidden_tile.
"""

from collections.abc import Iterator
from functools import cache
from typing import Final, Literal

import numpy as np
from numpy.typing import NDArray

from fle_marl.prototypes import PlaceAsTile, TilePrototype, load
from fle_marl.sim.actions.build import destroy_entity, nearest_free
from fle_marl.sim.actions.character import main_inventory, teleport_character
from fle_marl.sim.actions.inventory import can_hold, insert_items
from fle_marl.sim.actions.mining import drawn_products
from fle_marl.sim.cells import Cells, find_cell, find_cells
from fle_marl.sim.components import KINDS
from fle_marl.sim.world import World
from fle_marl.units import units_to_tiles

__all__ = [
    "Collisions",
    "hidden_tile_at",
    "lay_tiles",
    "may_lie",
    "mine_tile",
    "set_hidden_tile",
    "tile_at",
]

Collisions = Literal["remove", "abort", "keep"]
"""What to do when entities could not stand on new ground: remove them, lay nothing at
all, or not care."""

_CHARACTER: Final = KINDS.index("character")
_SEARCH_TILES: Final = 100.0
"""How far a character is moved at most, along each axis."""


def tile_at(world: World, x: int, y: int) -> int:
    """Tile prototype at a tile; 0 where nothing was generated."""
    cell = find_cell(world.chunk_index, x, y)
    return 0 if cell is None else int(world.tables["tile"][cell])


def hidden_tile_at(world: World, x: int, y: int) -> int:
    """Tile prototype that is hidden below a tile; 0 for none."""
    cell = find_cell(world.chunk_index, x, y)
    return 0 if cell is None else int(world.tables["hidden_tile"][cell])


def set_hidden_tile(world: World, x: int, y: int, tile: int) -> None:
    """Hide a tile prototype below a tile, 0 for none; where there is a chunk."""
    cell = find_cell(world.chunk_index, x, y)
    if cell is not None:
        world.tables["hidden_tile"][cell] = tile


def may_lie(world: World, tile: TilePrototype, x: int, y: int) -> bool:
    """Whether the item that lays a tile may lay it somewhere.

    Never where nothing was generated. A tile that no item lays may lie anywhere else.

    Source: prototype API, PlaceAsTile; with a size of 2 the tile is the first of the
    square, a choice that no prototype shows.
    """
    rule = _rule_of(tile)
    side = rule.condition_size if rule else 1
    refused = rule.condition if rule else frozenset()
    rows, columns = np.mgrid[:side, :side] - (side - 1) // 2
    cells = find_cells(world.chunk_index, columns + x, rows + y)
    if (cells.chunk < 0).any():
        return False
    below = np.unique(world.tables["tile"][cells]).tolist()
    tiles = load().tiles
    return all(refused.isdisjoint(tiles.by_id(each).collision_mask) for each in below)


def _rule_of(tile: TilePrototype) -> PlaceAsTile | None:
    """The rule of the first item that lays a tile; None when no item does."""
    for maker in tile.items_to_place_this[:1]:
        return load().items[maker.name].place_as_tile
    return None


def lay_tiles(
    world: World,
    places: NDArray[np.int64],
    tiles: int | NDArray[np.uint8],
    *,
    collisions: Collisions = "remove",
) -> NDArray[np.bool_]:
    """Lay tiles; where nothing was generated there is no ground, and none is laid.

    What entities have in them goes with those that are removed. Items of floors that
    were there are gone.

    Args:
        world: changed.
        places: int64[n, 2], x and y.
        tiles: uint8[n], a tile prototype for each place, or one for all.
        collisions: with entities that stand there.

    Returns:
        bool[n], where a tile was laid.
    """
    cells = find_cells(world.chunk_index, places[:, 0], places[:, 1])
    is_laid = cells.chunk >= 0
    is_laid &= _is_last(places)
    cells = cells.only(is_laid)
    new = np.broadcast_to(tiles, len(places))[is_laid]
    colliding = [] if collisions == "keep" else _colliding(world, cells, new)
    if colliding and collisions == "abort":
        return np.zeros_like(is_laid)
    old, hidden = world.tables["tile"][cells], world.tables["hidden_tile"]
    kept = np.where(_is_floor()[old], hidden[cells], old)
    hidden[cells] = np.where(_is_floor()[new], kept, 0)
    world.tables["tile"][cells] = new
    for row in colliding:
        _clear_away(world, row)
    return is_laid


def mine_tile(world: World, character: int, x: int, y: int) -> bool:
    """Take a floor into a character's inventory, at once; the ground comes back.

    Args:
        world: changed.
        character: entity row; how far it is from there is not asked.
        x: whole tiles.
        y: whole tiles.

    Returns:
        False, and nothing has changed, when the tile cannot be mined, hides no ground,
        what it gives does not fit, or something stands there that could not stand on
        what it hides. That the last two refuse is a choice.

    Source: runtime API, LuaControl.mine_tile.
    """
    floor, hidden = tile_at(world, x, y), hidden_tile_at(world, x, y)
    if not hidden or not _is_floor()[floor]:
        return False
    inventory = main_inventory(world, character)
    products = drawn_products(world, load().tiles.by_id(floor).minable)
    if not can_hold(world, inventory, products):
        return False
    place = np.array([(x, y)])
    if not lay_tiles(world, place, hidden, collisions="abort").all():
        return False
    # also when a script has hidden a floor
    set_hidden_tile(world, x, y, 0)
    for item, count in products.items():
        insert_items(world, inventory, item, count)
    return True


def _is_last(places: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Which places do not come again later."""
    is_last = np.zeros(len(places), np.bool_)
    _, from_the_end = np.unique(places[::-1], axis=0, return_index=True)
    is_last[len(places) - 1 - from_the_end] = True
    return is_last


@cache
def _is_floor() -> NDArray[np.bool_]:
    """By tile prototype: whether it can be mined. Do not change it."""
    is_floor = np.zeros(len(load().tiles) + 1, np.bool_)
    for tile in load().tiles.values():
        is_floor[tile.id] = tile.minable is not None
    return is_floor


def _colliding(world: World, cells: Cells, tiles: NDArray[np.uint8]) -> list[int]:
    """Entities that collide with tiles that are to be laid below them, by rows."""
    layers = world.prototypes["tile_prototype"]["collision_mask"][tiles]
    masks = world.prototypes["entity_prototype"]["collision_mask"]
    ores, heads = world.tables["ore"][cells], world.tables["cell"][cells]
    found = set()
    for place in np.flatnonzero((ores > 0) | (heads > 0)).tolist():
        standing = [*_linked(world, int(heads[place])), int(ores[place])]
        for row in standing:
            if row and masks[world.entity["prototype"][row]] & layers[place]:
                found.add(row)
    return sorted(found)


def _linked(world: World, link: int) -> Iterator[int]:
    """Entities in the list of a tile."""
    links = world.tables["cell_link"]
    while link:
        yield int(links["entity"][link])
        link = int(links["next_in_cell"][link])


def _clear_away(world: World, row: int) -> None:
    if world.entity["kind"][row] != _CHARACTER:
        destroy_entity(world, row)
        return
    prototype = load().entities.by_id(int(world.entity["prototype"][row]))
    x, y = (units_to_tiles(int(world.entity[axis][row])) for axis in "xy")
    place = nearest_free(world, prototype, x, y, reach=_SEARCH_TILES, precision=1.0)
    if place is not None:
        teleport_character(world, row, *place)
