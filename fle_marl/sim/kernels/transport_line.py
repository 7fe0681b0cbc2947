"""Items on transport lines: putting them on, taking them off, dropping onto a belt.

A transport line is one lane of one belt piece. Its items are a run of ``line_item``
rows, the front item first; a position is where an item's front edge is, counted from
the start of the line, from 1 to the line's length. An item is 64 long, a quarter of a
tile. One that has reached the length of its line is at its end.

Only the front item's position is kept; the others are noted by their distance to it, so
that a line moves by one number, and not even that changes while all of them move freely
(`kernels.gliding`). Positions are read with `position_on_line`.

**Squashing.** Whoever puts an item between two others needs only a gap, not a gap of
its size: the item keeps its distance from the one ahead and overlaps the one behind,
which then waits until it is clear.

Source: changelog 0.16.25 (gaps are squashed into); positions and order of steps from
factory-sim 0.3.0, recorded from the game tick by tick.
"""

from typing import Final

from fle_marl.sim._jit import Tables, kernel
from fle_marl.sim.components import (
    BELT_KIND_BELT,
    BELT_KIND_SPLITTER,
)
from fle_marl.sim.kernels.awake import touch_line, wake_row
from fle_marl.sim.kernels.gliding import front_of, land

__all__ = [
    "ITEM_LENGTH",
    "close_up",
    "count_on_belt",
    "drop_on_belt",
    "end_of_way",
    "insert_on_line",
    "place_on_line",
    "position_on_line",
    "push_back",
    "remove_from_line",
    "squash_in",
    "step_x",
    "step_y",
    "wake",
]

ITEM_LENGTH: Final = 64
"""Length of an item on a belt, 1/256 tile. Source: wiki, Transport belts/Physics."""

_TILE: Final = 256
_LEFT: Final = 0
_RIGHT: Final = 1


@kernel
def step_x(direction: int) -> int:
    """Where a direction leads eastwards: 1, 0 or -1; it is 0, 2, 4 or 6."""
    if direction == 2:
        return 1
    return -1 if direction == 6 else 0


@kernel
def step_y(direction: int) -> int:
    """Where a direction leads southwards: 1, 0 or -1; it is 0, 2, 4 or 6."""
    if direction == 4:
        return 1
    return -1 if direction == 0 else 0


@kernel
def wake(state: Tables, line: int) -> None:
    """Have a line looked at in the next update: something on it has changed."""
    touch_line(state, line)
    transport_line = state.transport_line
    wake_row(state.transport_line_awake, transport_line[line].place)
    behind = transport_line[line].previous_line
    if behind > 0 and transport_line[behind].glide > 0:
        # its way may have become shorter
        wake_row(state.transport_line_awake, transport_line[behind].place)
    # after builds all chains are found anew and awake, and this front may be gone
    if not state.clock[0].belts_dirty:
        state.line_chain[transport_line[line].order].is_awake = True


@kernel
def position_on_line(state: Tables, line: int, index: int) -> int:
    """Where an item is, 1/256 tile from the start of its line; the front item is 0."""
    transport_line = state.transport_line
    distance = state.line_item[transport_line[line].first_item + index].distance
    return int(front_of(state, line)) - int(distance)


@kernel
def end_of_way(state: Tables, line: int) -> int:
    """How far the front item of a line can go now.

    Returns:
        1/256 tile from the start of the line; beyond its length if the item can go on
        to the next line. Side-loading and splitters are not ways on.
    """
    transport_line = state.transport_line
    length = int(transport_line[line].length)
    following = transport_line[line].next_line
    if following == 0 or transport_line[line].next_position > 0:
        return length
    count = int(transport_line[following].count)
    if count == 0:
        return length + ITEM_LENGTH
    last = front_of(state, following) - int(transport_line[following].span)
    free = last - ITEM_LENGTH
    if count >= transport_line[following].capacity:
        free = min(free, 0)
    return length + free


@kernel
def place_on_line(state: Tables, line: int, position: int, step: int) -> int:
    """Where an item would come to lie that is put on a line.

    It is put between the items ahead of the wanted position and those that have not
    passed it, keeps its length from the one ahead, must have some gap before the one
    behind, and then makes a step.

    Args:
        state: ``World.state``.
        line: row.
        position: wanted, 1/256 tile from the start of the line.
        step: how far it moves at once if the way is free, 1/256 tile.

    Returns:
        Its place, from 1; beyond the line's length when the step leads on to the next
        line; 0 when there is no room.
    """
    transport_line = state.transport_line
    count = int(transport_line[line].count)
    length = int(transport_line[line].length)
    if count >= transport_line[line].capacity or position > length:
        return 0
    limit = end_of_way(state, line)
    index = 0
    behind = -ITEM_LENGTH
    while index < count:
        behind = position_on_line(state, line, index)
        if behind <= position:
            break
        limit = behind - ITEM_LENGTH
        index += 1
    place = min(position, limit)
    if index < count and place <= behind:
        return 0
    return max(0, min(place + step, limit))


@kernel
def push_back(state: Tables, line: int, position: int, item: int) -> None:
    """Add an item behind all others of a line; the caller has seen that it fits."""
    transport_line = state.transport_line
    line_item = state.line_item
    count = transport_line[line].count
    if count == 0:
        transport_line[line].front = position
    distance = front_of(state, line) - position
    row = transport_line[line].first_item + count
    line_item[row].item = item
    line_item[row].mark = 0
    line_item[row].distance = distance
    transport_line[line].span = distance
    transport_line[line].count += 1
    if transport_line[line].glide == 0:
        wake_row(state.transport_line_awake, transport_line[line].place)
    touch_line(state, line)


@kernel
def squash_in(state: Tables, line: int, position: int, step: int, item: int) -> bool:
    """Put an item on a line at `place_on_line`.

    Args:
        state: ``World.state``, changed.
        line: row.
        position: wanted, 1/256 tile from the start of the line.
        step: how far it moves at once if the way is free, 1/256 tile.
        item: what.

    Returns:
        False when there is no room; nothing has changed then.
    """
    transport_line = state.transport_line
    place = place_on_line(state, line, position, step)
    if place < 1:
        return False
    length = int(transport_line[line].length)
    if place > length:
        line = int(transport_line[line].next_line)
        push_back(state, line, place - length, item)
        wake(state, line)
        return True
    land(state, line)
    index = int(transport_line[line].count)
    while index > 0:
        behind = position_on_line(state, line, index - 1)
        if behind >= place:
            break
        if behind > place - ITEM_LENGTH:
            transport_line[line].is_squashed = True
        index -= 1
    _open_up(state, line, index, place)
    state.line_item[transport_line[line].first_item + index].item = item
    state.line_item[transport_line[line].first_item + index].mark = 0
    wake(state, line)
    return True


@kernel
def _open_up(state: Tables, line: int, index: int, position: int) -> None:
    """Make a row in a line's run for an item at a position; the item is to be set."""
    transport_line = state.transport_line
    line_item = state.line_item
    first = transport_line[line].first_item
    count = transport_line[line].count
    for row in range(first + count, first + index, -1):
        line_item[row].item = line_item[row - 1].item
        line_item[row].mark = line_item[row - 1].mark
        line_item[row].distance = line_item[row - 1].distance
    if index == 0:
        further = position - int(transport_line[line].front)
        transport_line[line].front = position
        for row in range(first + 1, first + count + 1):
            line_item[row].distance += further
    distance = int(transport_line[line].front) - position
    line_item[first + index].distance = distance
    transport_line[line].count += 1
    transport_line[line].span = line_item[first + count].distance


@kernel
def insert_on_line(state: Tables, line: int, position: int, item: int) -> bool:
    """Put one item on a line, as machines and scripts do.

    It moves with the line in the same tick: it is put down after belts have moved.

    Args:
        state: ``World.state``, changed.
        line: row.
        position: wanted, 1/256 tile from the start of the line; 0 is its back end.
        item: what.

    Returns:
        False when there is no room; nothing has changed then.

    Source: factory-sim 0.3.0, recorded from the game.
    """
    step = int(state.transport_line[line].speed)
    return squash_in(state, line, position, step, item)


@kernel
def remove_from_line(state: Tables, line: int, index: int) -> int:
    """Take an item off a line.

    Args:
        state: ``World.state``, changed.
        line: row.
        index: place among the line's items, the front item is 0.

    Returns:
        The item; 0 when the line has no such place.
    """
    transport_line = state.transport_line
    if index < 0 or index >= transport_line[line].count:
        return 0
    land(state, line)
    item = int(state.line_item[transport_line[line].first_item + index].item)
    close_up(state, line, index)
    wake(state, line)
    return item


@kernel
def close_up(state: Tables, line: int, index: int) -> None:
    """Take an item's row out of a line's run, without waking anyone."""
    transport_line = state.transport_line
    line_item = state.line_item
    first = transport_line[line].first_item
    last = first + transport_line[line].count - 1
    for row in range(first + index, last):
        line_item[row].item = line_item[row + 1].item
        line_item[row].mark = line_item[row + 1].mark
        line_item[row].distance = line_item[row + 1].distance
    line_item[last].item = 0
    line_item[last].mark = 0
    line_item[last].distance = 0
    transport_line[line].count -= 1
    if last == first:
        transport_line[line].front = 0
        transport_line[line].span = 0
        return
    if index == 0:
        back = line_item[first].distance
        transport_line[line].front -= back
        for row in range(first, last):
            line_item[row].distance -= back
    transport_line[line].span = line_item[last - 1].distance


@kernel
def count_on_belt(state: Tables, belt_row: int, item: int) -> int:
    """How many of an item lie on all lines of a belt piece.

    Args:
        state: ``World.state``.
        belt_row: row of ``belt``.
        item: what; 0 for all items.
    """
    belt = state.belt
    transport_line = state.transport_line
    total = 0
    for which in range(belt[belt_row].line_count):
        line = belt[belt_row].lines[which]
        first = transport_line[line].first_item
        for index in range(first, first + transport_line[line].count):
            if item == 0 or state.line_item[index].item == item:
                total += 1
    return total


@kernel
def drop_on_belt(
    state: Tables,
    belt_row: int,
    x: int,
    y: int,
    direction: int,
    far_lane: bool,
    item: int,
) -> bool:
    """Put down one item on a belt piece, as inserters and mining drills do.

    Across a belt it goes onto the far or the near lane, along it onto the right one; a
    curve counts as the belt that enters it or leaves it, whichever the drop crosses.
    Undergrounds and splitters take it on their right lane, splitters before their
    middle.

    Args:
        state: ``World.state``, changed.
        belt_row: row of ``belt``.
        x: drop position, 1/256 tile.
        y: drop position, 1/256 tile.
        direction: from who drops to the belt, 0, 2, 4 or 6.
        far_lane: True for inserters, False for mining drills.
        item: what.

    Returns:
        False when there is no room; nothing has changed then.

    Source: changelog 0.16.46; wiki, Inserters; lanes and places on belts and curves
    from factory-sim 0.3.0, recorded from the game.
    """
    belt = state.belt
    facing = int(belt[belt_row].direction)
    kind = belt[belt_row].kind
    shape = int(belt[belt_row].shape)
    across = facing
    if shape > 0 and (facing - direction) % 4 == 0:
        # a curve from the left (1) is entered towards the right of where it faces
        across = (facing + 2) % 8 if shape == 1 else (facing + 6) % 8
    lane = _RIGHT
    if kind == BELT_KIND_BELT and (across - direction) % 4 != 0:
        goes_to_right = (across + 2) % 8 == direction
        lane = _RIGHT if goes_to_right == far_lane else _LEFT
    from_x, from_y = x - int(belt[belt_row].x), y - int(belt[belt_row].y)
    along = from_x * step_x(facing) + from_y * step_y(facing)
    position = max(1, min(_TILE // 2 + along, _TILE))
    if kind == BELT_KIND_SPLITTER:
        position = min(position, _TILE // 2)
        to_right = (facing + 2) % 8
        if from_x * step_x(to_right) + from_y * step_y(to_right) > 0:
            lane += 2
    line = int(belt[belt_row].lines[lane])
    if shape > 0:
        length = int(state.transport_line[line].length)
        position = length - length // 2
    return insert_on_line(state, line, position, item)
