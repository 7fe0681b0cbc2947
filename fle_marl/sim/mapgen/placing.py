"""Putting ground and many resources into a world at once."""

from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from fle_marl.prototypes import load
from fle_marl.sim.actions.build import create_entity
from fle_marl.sim.cells import find_cells
from fle_marl.sim.components import (
    CHUNK_TILES,
    FORCE_NEUTRAL,
    TABLE_INDEX,
)
from fle_marl.sim.surroundings import leave_surroundings
from fle_marl.sim.systems.resource import set_amount
from fle_marl.sim.world import World
from fle_marl.units import POSITION_UNITS_PER_TILE

__all__ = ["lay_ground", "place_resources", "place_simple", "tile_numbers"]

_HALF_TILE: Final = POSITION_UNITS_PER_TILE // 2


def lay_ground(world: World, tiles: NDArray[np.uint8], left: int, top: int) -> None:
    """Lay the ground of a map.

    Args:
        world: changed.
        tiles: uint8[height, width], tile prototypes; both sizes are whole chunks.
        left: tile of the first column, on the border of a chunk.
        top: tile of the first row, on the border of a chunk.
    """
    height, width = tiles.shape
    for row in range(0, height, CHUNK_TILES):
        for column in range(0, width, CHUNK_TILES):
            world.add_chunk(
                (left + column) // CHUNK_TILES,
                (top + row) // CHUNK_TILES,
                tiles[row : row + CHUNK_TILES, column : column + CHUNK_TILES],
            )


def place_resources(
    world: World, name: str, tiles: NDArray[Any], amount: int | NDArray[np.int64]
) -> list[int]:
    """Put a resource into the middle of each of many tiles.

    The first is made as any entity is; the others are copies of its rows.

    Args:
        world: changed.
        name: of a resource.
        tiles: int64[n, 2], x and y of different tiles on the map, without a resource.
        amount: of each one; one number for all, or int64[n].

    Returns:
        Entity rows.
    """
    if not len(tiles):
        return []
    first_x, first_y = tiles[0].tolist()
    unit = POSITION_UNITS_PER_TILE
    first = create_entity(
        world, name, first_x * unit + _HALF_TILE, first_y * unit + _HALF_TILE
    )
    amounts = np.broadcast_to(amount, len(tiles))
    set_amount(world, first, int(amounts[0]))
    entities = _copy_rows(world, "entity", first, len(tiles) - 1)
    resources = _copy_rows(
        world, "resource", int(world.entity["component"][first]), len(tiles) - 1
    )
    rest = tiles[1:]
    world.entity["x"][entities] = rest[:, 0] * unit + _HALF_TILE
    world.entity["y"][entities] = rest[:, 1] * unit + _HALF_TILE
    world.entity["component"][entities] = resources
    world.tables["resource"]["entity"][resources] = entities
    if world.tables["resource"]["initial_amount"][resources].any():
        for entity, first_amount in zip(entities, amounts[1:], strict=True):
            set_amount(world, int(entity), int(first_amount))
    else:
        world.tables["resource"]["amount"][resources] = amounts[1:]
    _number(world, entities)
    _enter_ore_layer(world, rest, entities)
    return [first, *entities.tolist()]


def place_simple(
    world: World,
    prototype: int,
    x: NDArray[np.int64],
    y: NDArray[np.int64],
    *,
    direction: int = 0,
) -> NDArray[np.int64]:
    """Put many trees, rocks or the like of one kind into the world.

    They are in no tile's list yet.

    Args:
        world: changed; `enter_tiles` is to follow.
        prototype: of entities without behaviour, parts or a unit number.
        x: int64[n], 1/256 tile; at least one.
        y: int64[n], 1/256 tile.
        direction: of all of them; of cliffs their orientation.

    Returns:
        int64[n], entity rows.
    """
    name = load().entities.by_id(prototype).name
    model = create_entity(
        world,
        name,
        int(x[0]),
        int(y[0]),
        direction=direction,
        force=FORCE_NEUTRAL,
    )
    leave_surroundings(world, model)
    rest = _copy_rows(world, "entity", model, len(x) - 1)
    world.entity["x"][rest] = x[1:]
    world.entity["y"][rest] = y[1:]
    _number(world, rest)
    return np.concatenate([[model], rest])


def _number(world: World, entities: NDArray[np.int64]) -> None:
    """Give new entities their serials."""
    serial = int(world.clock["next_serial"][0])
    world.entity["serial"][entities] = np.arange(serial, serial + len(entities))
    world.clock["next_serial"] += len(entities)


def _copy_rows(world: World, name: str, row: int, copies: int) -> NDArray[np.int64]:
    """Take new rows at the end of a table and fill them like a row; return them."""
    world.reserve(name, copies)
    start = int(world.count[TABLE_INDEX[name]])
    world.count[TABLE_INDEX[name]] = start + copies
    table = world.tables[name]
    table[start : start + copies] = table[row]
    return np.arange(start, start + copies)


def _enter_ore_layer(
    world: World, tiles: NDArray[Any], entities: NDArray[np.int64]
) -> None:
    cells = find_cells(world.chunk_index, tiles[:, 0], tiles[:, 1])
    world.tables["ore"][cells] = entities


def tile_numbers(names: tuple[str, ...]) -> NDArray[np.uint8]:
    """Numbers of tile prototypes."""
    return np.array([load().tiles[name].id for name in names], np.uint8)
