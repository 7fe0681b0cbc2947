"""Charting chunks for the player force."""

from typing import Final

from fle_marl.sim._jit import Tables, called_kernel
from fle_marl.sim.components import CHUNK_TILES
from fle_marl.sim.kernels.space import chunk_at

__all__ = ["CHUNKS_AROUND_CHARACTERS", "chart_around"]

CHUNKS_AROUND_CHARACTERS: Final = 3
"""Chunks to each side of a character that it charts: as far as players see on their
maps. A choice: the game does not document it."""

_TILE_SHIFT: Final = 8


@called_kernel
def chart_around(state: Tables, x: int, y: int, distance: int) -> None:
    """Chart the chunks around a place that are there; others are passed over.

    Args:
        state: ``World.state``, changed.
        x: 1/256 tile.
        y: likewise.
        distance: chunks to each side of the place's own.
    """
    tile_x, tile_y = x >> _TILE_SHIFT, y >> _TILE_SHIFT
    for down in range(-distance, distance + 1):
        for across in range(-distance, distance + 1):
            chunk = chunk_at(
                state, tile_x + across * CHUNK_TILES, tile_y + down * CHUNK_TILES
            )
            if chunk >= 0:
                state.chunk_chart[chunk + 1].is_charted = True
                state.chunk_chart[chunk + 1].charted_tick = state.clock[0].tick
