"""Which belt piece feeds which: shapes of belts, and where lines lead.

When a piece was built, turned or removed, only those around it are looked at again
(`join_belt`, `part_belt`): the shapes of belts beside it, and where pieces lead that
are at most two tiles away. In what order lines are moved then is found before the next
tick (`kernels.line_chains`).

A piece feeds the tile that it faces. Straight on, left lane goes to left lane. A belt
with a feeder at one side and none behind is a curve, and takes that feeder straight
on. Any other feeder from the side fills the lane that is near to it, its own two lanes
at different places. Of the half tile that an underground shows, the feeder from the
side reaches only the lane beside it. Splitters are fed from behind only, and belts that
face each other not at all.

Source: wiki, Transport belts, Underground belts and Splitters; lengths from wiki,
Transport belts/Physics; shapes, lanes and places of side-loading on belts from
factory-sim 0.3.0, recorded from the game.
"""

from typing import Final

from fle_marl.sim._jit import Tables, called_kernel, kernel
from fle_marl.sim.components import (
    BELT_KIND_BELT,
    BELT_KIND_SPLITTER,
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
    tile_ahead,
)
from fle_marl.sim.kernels.space import first_link_at, tiles_of
from fle_marl.sim.kernels.splitter import FIRST_OUTPUT_LINE
from fle_marl.sim.kernels.transport_line import step_x, step_y
from fle_marl.sim.kernels.underground import (
    is_underground,
    pair_around,
    pair_on_tile,
    part_pair,
)

__all__ = ["LONGEST_LINE", "STRAIGHT_LENGTH", "join_belt", "part_belt"]

STRAIGHT_LENGTH: Final = 256
LONGEST_LINE: Final = 295
"""Of the outer lane of a curve, 1/256 tile. Source: wiki, Transport belts/Physics."""
_INNER_LENGTH: Final = 106

_EARLY_ENTRY: Final = 68
_LATE_ENTRY: Final = 189
"""Where the two lanes of a feeder from the side come onto a lane: 188 and 67 before its
end. Source: factory-sim 0.3.0, recorded from the game."""

# belt.shape
_STRAIGHT: Final = 0
_FROM_LEFT: Final = 1
_FROM_RIGHT: Final = 2

_LINK_REACH: Final = 2
"""How far away a piece may be, tiles by single steps, whose way a piece changes: it
leads to a belt whose shape the piece has changed."""


@kernel
def join_belt(state: Tables, entity: int) -> None:
    """Lead a belt piece that was built or turned into those around it, and vice versa.

    Args:
        state: ``World.state``, changed.
        entity: row; it is entered in its tiles.
    """
    box = tiles_of(state, entity)
    _pair_in(state, box)
    _renew_around(state, box)


@kernel
def part_belt(state: Tables, entity: int) -> None:
    """Let a belt piece that goes or turns lead nowhere, and nothing lead into it.

    Args:
        state: ``World.state``, changed.
        entity: row; it has left its tiles, all else is as it was.
    """
    box = tiles_of(state, entity)
    row = int(state.entity[entity].component)
    if is_underground(state, row):
        part_pair(state, row)
        pair_around(state, row)
    for place in range(state.belt[row].line_count):
        cut_line(state, state.belt[row].lines[place])
    _pair_in(state, box)
    _renew_around(state, box)


@kernel
def _pair_in(state: Tables, box: tuple[int, int, int, int]) -> None:
    left, top, right, bottom = box
    for tile_y in range(top, bottom):
        for tile_x in range(left, right):
            pair_on_tile(state, tile_x, tile_y)


@called_kernel
def _renew_around(state: Tables, box: tuple[int, int, int, int]) -> None:
    """Find the shapes of belts on and beside some tiles again, and what they change."""
    state.clock[0].belts_dirty = True
    left, top, right, bottom = box
    # shapes need to know all pieces, links need to know all shapes
    for step in range(3):
        reach = 1 if step == 0 else _LINK_REACH
        for tile_y in range(top - reach, bottom + reach):
            aside = max(top - tile_y, tile_y - bottom + 1, 0)
            for tile_x in range(left - reach + aside, right + reach - aside):
                _renew_tile(state, tile_x, tile_y, step)


@called_kernel
def _renew_tile(state: Tables, tile_x: int, tile_y: int, step: int) -> None:
    """Find shapes (step 0), cut ways (1) or lead on (2) the pieces on a tile."""
    link = first_link_at(state, tile_x, tile_y)
    while link > 0:
        row = piece_of(state, state.cell_link[link].entity)
        link = state.cell_link[link].next_in_cell
        # where an entrance leads is a matter of its pair alone
        if row == 0 or state.belt[row].kind == BELT_KIND_UNDERGROUND_INPUT:
            continue
        if step == 0:
            if state.belt[row].kind == BELT_KIND_BELT:
                _find_shape(state, row)
        elif step == 1:
            for place in range(state.belt[row].line_count):
                cut_line(state, state.belt[row].lines[place])
        else:
            _link(state, row)


# --- shapes of belts


@kernel
def _is_fed_from(state: Tables, row: int, side: int) -> bool:
    """Whether a piece on the tile in a direction from a belt faces the belt."""
    belt = state.belt
    x = int(belt[row].x) + TILE * step_x(side)
    y = int(belt[row].y) + TILE * step_y(side)
    feeder = belt_at(state, x, y)
    if feeder == 0 or belt[feeder].kind == BELT_KIND_UNDERGROUND_INPUT:
        return False
    return bool(belt[feeder].direction == (side + 4) % 8)


@called_kernel
def _find_shape(state: Tables, row: int) -> None:
    belt = state.belt
    facing = int(belt[row].direction)
    feeders = 0  # bits: from the left, from the right, from behind
    for bit, turn in enumerate((6, 2, 4)):
        side = (facing + turn) % 8
        if _is_fed_from(state, row, side):
            feeders += 1 << bit
    belt[row].shape = feeders if feeders in (_FROM_LEFT, _FROM_RIGHT) else _STRAIGHT
    left_length, right_length = STRAIGHT_LENGTH, STRAIGHT_LENGTH
    if feeders == _FROM_LEFT:
        left_length, right_length = _INNER_LENGTH, LONGEST_LINE
    elif feeders == _FROM_RIGHT:
        left_length, right_length = LONGEST_LINE, _INNER_LENGTH
    set_length(state, belt[row].lines[0], left_length)
    set_length(state, belt[row].lines[1], right_length)


# --- links


@called_kernel
def _link(state: Tables, row: int) -> None:
    """Lead the lanes of a piece onto what stands on the tiles that it feeds."""
    halves = 2 if state.belt[row].kind == BELT_KIND_SPLITTER else 1
    for half in range(halves):
        x, y = tile_ahead(state, row, half)
        target = belt_at(state, x, y)
        if target > 0:
            _link_half(state, row, half, target, x, y)


@kernel
def _link_half(state: Tables, row: int, half: int, target: int, x: int, y: int) -> None:
    """Lead the lanes of a piece, or half of a splitter, onto another piece."""
    belt = state.belt
    facing = int(belt[row].direction)
    goal_facing = int(belt[target].direction)
    kind = belt[target].kind
    first = 0
    if belt[row].kind == BELT_KIND_SPLITTER:
        first = FIRST_OUTPUT_LINE + 2 * half
    if facing == goal_facing:
        if kind == BELT_KIND_UNDERGROUND_OUTPUT:
            return
    elif (facing + 4) % 8 == goal_facing or kind == BELT_KIND_SPLITTER:
        return
    elif kind != BELT_KIND_BELT or belt[target].shape == _STRAIGHT:
        _link_side(state, row, first, target)
        return
    goal = 0
    if kind == BELT_KIND_SPLITTER:
        to_right = (goal_facing + 2) % 8
        aside = (x - int(belt[target].x)) * step_x(to_right)
        aside += (y - int(belt[target].y)) * step_y(to_right)
        goal = 2 if aside > 0 else 0
    for lane in range(2):
        line = int(belt[row].lines[first + lane])
        lead_on(state, line, int(belt[target].lines[goal + lane]))


@kernel
def _link_side(state: Tables, row: int, first: int, target: int) -> None:
    """Lead the lanes of a piece onto the near lane of one that it meets from aside."""
    belt = state.belt
    transport_line = state.transport_line
    goal_facing = int(belt[target].direction)
    comes_from_left = (goal_facing + 2) % 8 == belt[row].direction
    near = belt[target].lines[0 if comes_from_left else 1]
    kind = belt[target].kind
    for lane in range(2):
        is_late = (lane == 0) == comes_from_left
        # an entrance shows its back half, an exit its front half
        if kind == BELT_KIND_UNDERGROUND_INPUT and is_late:
            continue
        if kind == BELT_KIND_UNDERGROUND_OUTPUT and not is_late:
            continue
        line = belt[row].lines[first + lane]
        transport_line[line].next_line = near
        transport_line[line].next_position = _LATE_ENTRY if is_late else _EARLY_ENTRY
