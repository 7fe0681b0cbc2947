"""Where chunks and tiles are in the layers of a world, for code outside of kernels.

Kernels have the same in `fle_marl.sim.kernels.space`. A directory is
``World.chunk_index``, or that of a world that is still being examined.
"""

from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from fle_marl.sim.components import CHUNK_TILES, DIRECTORY_CHUNKS

__all__ = ["NO_CHUNK", "Cells", "chunk_bounds", "chunk_row", "find_cell", "find_cells"]

NO_CHUNK: Final = -1

_HALF: Final = DIRECTORY_CHUNKS // 2

Directory = NDArray[np.int32]


class Cells(NamedTuple):
    """Places in the layers, ``layer[cells]``.

    Attributes:
        chunk: int64, `NO_CHUNK` where nothing was generated.
        row: int64, 0 to 31, from the north.
        column: int64, 0 to 31, from the west.
    """

    chunk: NDArray[np.int64]
    row: NDArray[np.int64]
    column: NDArray[np.int64]

    def only(self, chosen: NDArray[np.bool_]) -> "Cells":
        """Some of these places."""
        return Cells(self.chunk[chosen], self.row[chosen], self.column[chosen])


def find_cells(directory: Directory, x: NDArray[Any], y: NDArray[Any]) -> Cells:
    """Where tiles are in the layers.

    Args:
        directory: not changed.
        x: integers, whole tiles, of any shape.
        y: likewise, of the same shape.
    """
    x, y = x.astype(np.int64), y.astype(np.int64)
    column, row = x // CHUNK_TILES + _HALF, y // CHUNK_TILES + _HALF
    is_off = (column < 0) | (column >= DIRECTORY_CHUNKS)
    is_off |= (row < 0) | (row >= DIRECTORY_CHUNKS)
    found = directory[np.where(is_off, 0, row), np.where(is_off, 0, column)]
    chunk = np.where(is_off, NO_CHUNK, found.astype(np.int64))
    return Cells(chunk, y % CHUNK_TILES, x % CHUNK_TILES)


def find_cell(directory: Directory, x: int, y: int) -> tuple[int, int, int] | None:
    """Where one tile is in the layers; None where nothing was generated."""
    chunk = chunk_row(directory, x // CHUNK_TILES, y // CHUNK_TILES)
    if chunk == NO_CHUNK:
        return None
    return chunk, y % CHUNK_TILES, x % CHUNK_TILES


def chunk_row(directory: Directory, chunk_x: int, chunk_y: int) -> int:
    """Row of a chunk in the layers; `NO_CHUNK` if it was not generated."""
    column, row = chunk_x + _HALF, chunk_y + _HALF
    if not (0 <= column < DIRECTORY_CHUNKS and 0 <= row < DIRECTORY_CHUNKS):
        return NO_CHUNK
    return directory.item(row, column)


def chunk_bounds(directory: Directory) -> tuple[int, int, int, int] | None:
    """Around all chunks: left, top, right, bottom, the last two exclusive."""
    rows, columns = np.nonzero(directory >= 0)
    if not len(rows):
        return None
    return (
        int(columns.min()) - _HALF,
        int(rows.min()) - _HALF,
        int(columns.max()) - _HALF + 1,
        int(rows.max()) - _HALF + 1,
    )
