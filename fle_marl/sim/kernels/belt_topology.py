"""Which belt piece feeds which: shapes, pairs of undergrounds, and where lines lead.

Everything here is found anew from where pieces stand, when one was built, turned or
removed (`connect_belts`).

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

from fle_marl.sim._jit import Tables, kernel
from fle_marl.sim.components import (
    BELT_KIND_BELT,
    BELT_KIND_SPLITTER,
    BELT_KIND_UNDERGROUND_INPUT,
    BELT_KIND_UNDERGROUND_OUTPUT,
    COLLISION_LAYERS,
    KINDS,
    TABLE_INDEX,
)
from fle_marl.sim.kernels.space import entity_at
from fle_marl.sim.kernels.splitter import FIRST_OUTPUT_LINE
from fle_marl.sim.kernels.transport_line import position_on_line, step_x, step_y

__all__ = [
    "FIRST_UNDERGROUND_LINE",
    "LONGEST_LINE",
    "STRAIGHT_LENGTH",
    "connect_belts",
]

FIRST_UNDERGROUND_LINE: Final = 2
"""Place among an underground's lines. Source: ``defines.transport_line``."""

STRAIGHT_LENGTH: Final = 256
LONGEST_LINE: Final = 295
"""Of the outer lane of a curve, 1/256 tile. Source: wiki, Transport belts/Physics."""
_INNER_LENGTH: Final = 106

_EARLY_ENTRY: Final = 68
_LATE_ENTRY: Final = 189
"""Where the two lanes of a feeder from the side come onto a lane: 188 and 67 before its
end. Source: factory-sim 0.3.0, recorded from the game."""

_TILE: Final = 256
_BELT: Final = TABLE_INDEX["belt"]
_LINE: Final = TABLE_INDEX["transport_line"]
_BELT_KIND: Final = KINDS.index("belt")
_BELT_LAYER: Final = 1 << COLLISION_LAYERS.index("transport-belt-layer")

# belt.shape
_STRAIGHT: Final = 0
_FROM_LEFT: Final = 1
_FROM_RIGHT: Final = 2


@kernel
def connect_belts(state: Tables) -> None:
    """Find the shapes and pairs of all belt pieces and where their lines lead."""
    belt = state.belt
    transport_line = state.transport_line
    count = state.count
    for line in range(1, count[_LINE]):
        transport_line[line].next_line = 0
        transport_line[line].next_position = 0
        transport_line[line].previous_line = 0
    for row in range(1, count[_BELT]):
        belt[row].other_end = 0
    # shapes need to know all pieces, links need to know all shapes
    for row in range(1, count[_BELT]):
        if belt[row].entity <= 0:
            continue
        if belt[row].kind == BELT_KIND_UNDERGROUND_INPUT:
            _pair_underground(state, row)
        elif belt[row].kind == BELT_KIND_BELT:
            _find_shape(state, row)
    for row in range(1, count[_BELT]):
        if belt[row].entity <= 0:
            continue
        if belt[row].kind == BELT_KIND_UNDERGROUND_INPUT:
            _link_underground(state, row)
            continue
        halves = 2 if belt[row].kind == BELT_KIND_SPLITTER else 1
        for half in range(halves):
            x, y = _tile_ahead(state, row, half)
            target = _belt_at(state, x, y)
            if target > 0:
                _link(state, row, half, target, x, y)


@kernel
def _belt_at(state: Tables, x: int, y: int) -> int:
    """Row of the belt piece at a point; 0 when there is none."""
    entity = state.entity
    found = entity_at(state, x, y, _BELT_LAYER)
    if found > 0 and entity[found].kind == _BELT_KIND:
        return int(entity[found].component)
    return 0


@kernel
def _tile_ahead(state: Tables, row: int, half: int) -> tuple[int, int]:
    """Middle of the tile that a piece feeds; of a splitter's left (0) or right half."""
    belt = state.belt
    facing = int(belt[row].direction)
    x = int(belt[row].x) + _TILE * step_x(facing)
    y = int(belt[row].y) + _TILE * step_y(facing)
    if belt[row].kind == BELT_KIND_SPLITTER:
        aside = _TILE // 2 if half == 1 else -(_TILE // 2)
        to_right = (facing + 2) % 8
        x += aside * step_x(to_right)
        y += aside * step_y(to_right)
    return x, y


@kernel
def _set_length(state: Tables, line: int, length: int) -> None:
    """Change a line's length; items on it keep their order and share of the way."""
    transport_line = state.transport_line
    before = int(transport_line[line].length)
    transport_line[line].length = length
    if before == length or before == 0:
        return
    first = transport_line[line].first_item
    front = max(1, int(transport_line[line].front) * length // before)
    distance = 0
    for index in range(transport_line[line].count):
        position = position_on_line(state, line, index)
        distance = front - max(1, position * length // before)
        state.line_item[first + index].distance = distance
    if transport_line[line].count > 0:
        transport_line[line].front = front
        transport_line[line].span = distance
        transport_line[line].is_squashed = True


# --- pairs of undergrounds


@kernel
def _pair_underground(state: Tables, row: int) -> None:
    """Find the exit of an entrance: the nearest of its kind that faces as it does.

    Another entrance on the way takes whatever is behind it.
    """
    entity = state.entity
    belt = state.belt
    facing = int(belt[row].direction)
    own = entity[belt[row].entity].prototype
    for distance in range(1, int(belt[row].maximum_distance) + 1):
        x = int(belt[row].x) + distance * _TILE * step_x(facing)
        y = int(belt[row].y) + distance * _TILE * step_y(facing)
        other = _belt_at(state, x, y)
        if other == 0 or belt[other].direction != facing:
            continue
        if entity[belt[other].entity].prototype != own:
            continue
        if belt[other].kind == BELT_KIND_UNDERGROUND_INPUT:
            return
        belt[row].other_end = other
        belt[other].other_end = row
        for lane in range(2):
            line = belt[row].lines[FIRST_UNDERGROUND_LINE + lane]
            _set_length(state, line, (distance - 1) * _TILE)
        return


@kernel
def _link_underground(state: Tables, row: int) -> None:
    """Lead an entrance's lanes below the ground and on to its exit."""
    belt = state.belt
    transport_line = state.transport_line
    other = belt[row].other_end
    if other == 0:
        return
    for lane in range(2):
        below = int(belt[row].lines[FIRST_UNDERGROUND_LINE + lane])
        line = int(belt[row].lines[lane])
        # ends side by side have nothing between them, unless items from before
        if transport_line[below].length > 0 or transport_line[below].count > 0:
            _lead_on(state, line, below)
            line = below
        _lead_on(state, line, int(belt[other].lines[lane]))


@kernel
def _lead_on(state: Tables, line: int, goal: int) -> None:
    """Lead a line straight on into another, which has only one such line.

    There could be more only where scripts build one piece over another.
    """
    transport_line = state.transport_line
    if transport_line[goal].previous_line > 0:
        return
    transport_line[line].next_line = goal
    transport_line[goal].previous_line = line


# --- shapes of belts


@kernel
def _is_fed_from(state: Tables, row: int, side: int) -> bool:
    """Whether a piece on the tile in a direction from a belt faces the belt."""
    belt = state.belt
    x = int(belt[row].x) + _TILE * step_x(side)
    y = int(belt[row].y) + _TILE * step_y(side)
    feeder = _belt_at(state, x, y)
    if feeder == 0 or belt[feeder].kind == BELT_KIND_UNDERGROUND_INPUT:
        return False
    return bool(belt[feeder].direction == (side + 4) % 8)


@kernel
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
    _set_length(state, belt[row].lines[0], left_length)
    _set_length(state, belt[row].lines[1], right_length)


# --- links


@kernel
def _link(state: Tables, row: int, half: int, target: int, x: int, y: int) -> None:
    """Lead the lanes of a piece onto the piece on the tile that it feeds."""
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
        _lead_on(state, line, int(belt[target].lines[goal + lane]))


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
