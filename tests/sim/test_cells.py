"""Where tiles and chunks are in the layers of a world."""

import numpy as np
import pytest

from fle_marl.sim.cells import (
    NO_CHUNK,
    chunk_bounds,
    chunk_row,
    find_cell,
    find_cells,
)
from fle_marl.sim.components import CHUNK_TILES, DIRECTORY_CHUNKS
from fle_marl.sim.world import World

CHUNKS = [(-1, -1), (0, -1), (0, 0)]
"""The chunk at (-1, 0) is missing."""
EDGE = DIRECTORY_CHUNKS // 2 * CHUNK_TILES


@pytest.fixture(scope="module")
def world() -> World:
    world = World()
    for number, (x, y) in enumerate(CHUNKS, start=1):
        world.add_chunk(x, y, np.full((CHUNK_TILES, CHUNK_TILES), number, np.uint8))
    return world


@pytest.mark.parametrize(
    ("x", "y", "cell"),
    [
        (0, 0, (2, 0, 0)),
        (31, 5, (2, 5, 31)),
        (-1, -1, (0, 31, 31)),
        (-32, -31, (0, 1, 0)),
        (7, -32, (1, 0, 7)),
        (-1, 0, None),
        (32, 0, None),
        (-EDGE - 1, 0, None),
        (0, EDGE, None),
        (10**9, -(10**9), None),
    ],
)
def test_where_a_tile_is(world, x, y, cell):
    assert find_cell(world.chunk_index, x, y) == cell
    cells = find_cells(world.chunk_index, np.array([x]), np.array([y], np.int32))
    assert bool(cells.chunk[0] == NO_CHUNK) == (cell is None)
    if cell is not None:
        assert tuple(int(each[0]) for each in cells) == cell
        assert world.tables["tile"][cells] == cell[0] + 1


def test_chunks(world):
    rows = [chunk_row(world.chunk_index, x, y) for x, y in CHUNKS]
    assert rows == [0, 1, 2]
    assert chunk_row(world.chunk_index, -1, 0) == NO_CHUNK
    assert chunk_row(world.chunk_index, DIRECTORY_CHUNKS, 0) == NO_CHUNK
    assert chunk_bounds(world.chunk_index) == (-1, -1, 1, 1)
    assert chunk_bounds(World().chunk_index) is None
