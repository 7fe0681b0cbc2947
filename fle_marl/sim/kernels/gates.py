"""Waking the gates around a character that has moved."""

import math
from typing import Final

from fle_marl.prototypes import load
from fle_marl.sim._jit import Tables, called_kernel
from fle_marl.sim.components import KINDS
from fle_marl.sim.kernels.awake import wake_row
from fle_marl.sim.kernels.space import first_link_at

__all__ = ["FARTHEST_GATE_TILES", "wake_gates_around"]

FARTHEST_GATE_TILES: Final = math.ceil(
    max(
        prototype.number("activation_distance")
        for prototype in load().entities.values()
        if prototype.type == "gate"
    )
)
"""From which a gate opens at the most, tiles."""

_GATE: Final = KINDS.index("gate")


@called_kernel
def wake_gates_around(state: Tables, x: int, y: int) -> None:
    """Have gates look who is near.

    Args:
        state: ``World.state``, changed.
        x: where a character is, 1/256 tile.
        y: likewise.
    """
    reach = FARTHEST_GATE_TILES
    for tile_y in range((y >> 8) - reach, (y >> 8) + reach + 1):
        for tile_x in range((x >> 8) - reach, (x >> 8) + reach + 1):
            link = first_link_at(state, tile_x, tile_y)
            while link > 0:
                other = state.cell_link[link].entity
                if state.entity[other].kind == _GATE:
                    wake_row(state.gate_awake, state.entity[other].component)
                link = state.cell_link[link].next_in_cell
