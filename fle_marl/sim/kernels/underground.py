"""Pairs of underground belts: which exit an entrance leads to.

An entrance leads to the nearest end of its kind ahead that faces as it does, if that is
an exit; another entrance on the way takes whatever is behind it. So what is built,
turned or removed can only change the pairs of the entrances behind it.

Source: wiki, Underground belts; prototype ``max_distance``.
"""

from typing import Final

from fle_marl.sim._jit import Tables, called_kernel, kernel
from fle_marl.sim.components import (
    BELT_KIND_UNDERGROUND_INPUT,
    BELT_KIND_UNDERGROUND_OUTPUT,
)
from fle_marl.sim.kernels.belt_pieces import (
    TILE,
    belt_at,
    cut_line,
    lead_on,
    piece_of,
    set_length,
)
from fle_marl.sim.kernels.space import first_link_at
from fle_marl.sim.kernels.transport_line import step_x, step_y

__all__ = [
    "FIRST_UNDERGROUND_LINE",
    "is_underground",
    "nearest_end",
    "pair_around",
    "pair_on_tile",
    "part_pair",
]

FIRST_UNDERGROUND_LINE: Final = 2
"""Place among an underground's lines. Source: ``defines.transport_line``."""
_LANES: Final = 2


@kernel
def is_underground(state: Tables, row: int) -> bool:
    """Whether a belt piece is an end of an underground."""
    return state.belt[row].kind in (
        BELT_KIND_UNDERGROUND_INPUT,
        BELT_KIND_UNDERGROUND_OUTPUT,
    )


@called_kernel
def nearest_end(
    state: Tables, prototype: int, x: int, y: int, facing: int, towards: int, reach: int
) -> int:
    """The nearest underground of a prototype that faces some way.

    Args:
        state: ``World.state``.
        prototype: entity prototype of the undergrounds.
        x: where to look from, 1/256 tile.
        y: likewise.
        facing: how they must face, 0, 2, 4 or 6.
        towards: direction to look in.
        reach: how far, tiles.

    Returns:
        Belt row; 0 when there is none.
    """
    entity = state.entity
    for distance in range(1, reach + 1):
        found = belt_at(
            state,
            x + distance * TILE * step_x(towards),
            y + distance * TILE * step_y(towards),
        )
        is_like = entity[state.belt[found].entity].prototype == prototype
        if found > 0 and is_like and state.belt[found].direction == facing:
            return int(found)
    return 0


@kernel
def _exit_of(state: Tables, row: int) -> int:
    """The exit that an entrance leads to; 0 when there is none."""
    piece = state.belt[row]
    x, y, facing = int(piece.x), int(piece.y), int(piece.direction)
    if belt_at(state, x, y) != row:
        return 0  # something is built over it
    prototype = int(state.entity[piece.entity].prototype)
    reach = int(piece.maximum_distance)
    found = nearest_end(state, prototype, x, y, facing, facing, reach)
    is_exit = found > 0 and state.belt[found].kind == BELT_KIND_UNDERGROUND_OUTPUT
    return found if is_exit else 0


@called_kernel
def part_pair(state: Tables, row: int) -> None:
    """Part an end from its other end; what is below the ground stays with the entrance.

    The ends are as they were when they were paired.
    """
    belt = state.belt
    other = int(belt[row].other_end)
    if other == 0:
        return
    belt[row].other_end = 0
    belt[other].other_end = 0
    entrance = row if belt[row].kind == BELT_KIND_UNDERGROUND_INPUT else other
    for place in range(FIRST_UNDERGROUND_LINE + _LANES):
        cut_line(state, belt[entrance].lines[place])


@kernel
def _join_pair(state: Tables, row: int, other: int) -> None:
    """Lead an entrance's lanes below the ground and on to its exit."""
    belt = state.belt
    transport_line = state.transport_line
    belt[row].other_end = other
    belt[other].other_end = row
    way = abs(int(belt[other].x) - int(belt[row].x))
    way += abs(int(belt[other].y) - int(belt[row].y))
    for lane in range(_LANES):
        below = int(belt[row].lines[FIRST_UNDERGROUND_LINE + lane])
        line = int(belt[row].lines[lane])
        set_length(state, below, way - TILE)
        # ends side by side have nothing between them, unless items from before
        if transport_line[below].length > 0 or transport_line[below].count > 0:
            lead_on(state, line, below)
            line = below
        lead_on(state, line, int(belt[other].lines[lane]))


@called_kernel
def _pair_anew(state: Tables, row: int) -> None:
    """Find the exit of an entrance again."""
    other = _exit_of(state, row)
    if other == state.belt[row].other_end:
        return
    part_pair(state, row)
    if other > 0:
        part_pair(state, other)
        _join_pair(state, row, other)


@called_kernel
def pair_around(state: Tables, row: int) -> None:
    """Have all entrances look again that an end has come before, or has gone from."""
    belt = state.belt
    entity = state.entity
    facing = int(belt[row].direction)
    prototype = entity[belt[row].entity].prototype
    for distance in range(1, int(belt[row].maximum_distance) + 1):
        tile_x = (int(belt[row].x) >> 8) - distance * step_x(facing)
        tile_y = (int(belt[row].y) >> 8) - distance * step_y(facing)
        link = first_link_at(state, tile_x, tile_y)
        while link > 0:
            other = piece_of(state, state.cell_link[link].entity)
            link = state.cell_link[link].next_in_cell
            is_entrance = belt[other].kind == BELT_KIND_UNDERGROUND_INPUT
            if other == 0 or not is_entrance or belt[other].direction != facing:
                continue
            if entity[belt[other].entity].prototype == prototype:
                _pair_anew(state, other)


@called_kernel
def pair_on_tile(state: Tables, tile_x: int, tile_y: int) -> None:
    """Find the pairs of all undergrounds on a tile again, and of those behind them."""
    link = first_link_at(state, tile_x, tile_y)
    while link > 0:
        row = piece_of(state, state.cell_link[link].entity)
        link = state.cell_link[link].next_in_cell
        if row > 0 and is_underground(state, row):
            pair_around(state, row)
            if state.belt[row].kind == BELT_KIND_UNDERGROUND_INPUT:
                _pair_anew(state, row)
