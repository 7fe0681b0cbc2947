"""Where in the world an item on a belt is, for hands that reach for it.

On straight pieces the lanes run 60/256 of a tile beside the middle. In curves they run
on arcs around the tile's inner corner.

Source: factory-sim 0.3.0, recorded from the game: all places of all eight curves. For
splitters, which were not recorded, an input line is drawn together into the half tile
before the middle, and an output line is the half tile behind it; this is a choice.
"""

import math
from typing import Final

from fle_marl.sim._jit import Tables, kernel
from fle_marl.sim.components import BELT_KIND_SPLITTER
from fle_marl.sim.kernels.splitter import FIRST_OUTPUT_LINE
from fle_marl.sim.kernels.transport_line import step_x, step_y

__all__ = ["place_of_item"]

_HALF_TILE: Final = 128
_LANE_ASIDE: Final = 60
"""Middle of a lane beside the middle of a straight belt, 1/256 tile."""
_LANE_ASIDE_IN_CURVE: Final = 60.16
"""The same in a curve: 0.235 tiles."""
_FROM_LEFT: Final = 1  # belt.shape


@kernel
def place_of_item(
    state: Tables, piece: int, which: int, position: int
) -> tuple[int, int]:
    """Where an item on a belt piece is.

    Args:
        state: ``World.state``.
        piece: row of ``belt``.
        which: place of its line among the piece's lines.
        position: of its front edge, 1/256 tile from the start of the line.

    Returns:
        x and y, 1/256 tile.
    """
    belt = state.belt
    length = int(state.transport_line[belt[piece].lines[which]].length)
    shape = int(belt[piece].shape)
    is_right = which % 2 == 1
    along = position - _HALF_TILE
    aside = _LANE_ASIDE if is_right else -_LANE_ASIDE
    if belt[piece].kind == BELT_KIND_SPLITTER:
        along = position
        if which < FIRST_OUTPUT_LINE:
            along = (position - length) * _HALF_TILE // length
        is_right_belt = which % FIRST_OUTPUT_LINE >= 2
        aside += _HALF_TILE if is_right_belt else -_HALF_TILE
    elif shape > 0:
        to_corner = -1 if shape == _FROM_LEFT else 1
        is_outer = is_right == (shape == _FROM_LEFT)
        radius = _HALF_TILE - _LANE_ASIDE_IN_CURVE
        if is_outer:
            radius = _HALF_TILE + _LANE_ASIDE_IN_CURVE
        angle = (length - position) / length * (math.pi / 2.0)
        along = _HALF_TILE - int(radius * math.sin(angle))
        aside = to_corner * (_HALF_TILE - int(radius * math.cos(angle)))
    facing = int(belt[piece].direction)
    to_right = (facing + 2) % 8
    x = int(belt[piece].x) + along * step_x(facing) + aside * step_x(to_right)
    y = int(belt[piece].y) + along * step_y(facing) + aside * step_y(to_right)
    return x, y
