"""Moving items along the lines of a chain, from its front to its back.

The front item goes as far as the item on the next line lets it, and each item behind
keeps an item's length to the one ahead; so all of a chain moves in one tick when its
front does. Where the next line is met from the side, the front item is squashed into
it.

Lines on which nothing can change sleep and are not looked at (`kernels.awake`; a line's
bit is that of its place in the order), nor are those on which all items move freely
(`kernels.gliding`). A line that is looked at has the one behind it looked at, too, if
that stands still, or if it holds up what may glide there.
"""

from typing import Final

from fle_marl.sim._jit import Tables, called_kernel, kernel
from fle_marl.sim.kernels.awake import (
    fall_asleep,
    is_awake,
    next_awake,
    touch_moved_line,
    wake_row,
)
from fle_marl.sim.kernels.gliding import glide, is_standing, land, note_standing
from fle_marl.sim.kernels.transport_line import (
    ITEM_LENGTH,
    close_up,
    end_of_way,
    push_back,
    squash_in,
)

__all__ = ["advance_chain", "is_chain_busy"]

# what the items of a line have done in a tick
_EMPTY: Final = 0
_STANDS: Final = 1
_CREEPS: Final = 2
_RUNS: Final = 3


@kernel
def is_chain_busy(state: Tables, chain: int) -> bool:
    """Whether anything on a chain may move in this tick.

    A chain that stands still can go on only when the one that it is side-loaded onto
    has changed.
    """
    line_chain = state.line_chain
    if line_chain[chain].is_awake:
        return True
    target = line_chain[chain].target
    if target == 0 or not line_chain[target].was_awake:
        return False
    return bool(state.transport_line[line_chain[chain].front].count > 0)


@kernel
def advance_chain(state: Tables, chain: int) -> bool:
    """Move everything on a chain for one tick.

    Args:
        state: ``World.state``, changed.
        chain: row of ``line_chain``.

    Returns:
        Whether anything has moved, or glides.
    """
    awake = state.transport_line_awake
    last = state.line_chain[chain].last_place
    front = state.line_chain[chain].front
    place = int(state.line_chain[chain - 1].last_place) + 1
    has_moved_any = False
    passing, by = 0, 0
    is_own_target = state.line_chain[chain].target == chain
    if is_own_target and state.transport_line[front].next_position == 0:
        passing, by = _find_at_seam(state, front)
    # what a side-loaded line or the back of a ring lets in may change unseen
    may_go_on = state.line_chain[chain].target > 0
    is_held_up = is_own_target
    while place <= last:
        was_awake = is_awake(awake, place)
        is_concerned = is_held_up or (may_go_on and is_standing(state, place))
        if not was_awake and not is_concerned:
            place = next_awake(awake, last + 1, place)
            if place == 0:
                break
            was_awake = True
        line = state.line_place[place].line
        if state.transport_line[line].glide > 0:
            was_awake = True
            land(state, line)
            # this tick's move is still ahead
            state.transport_line[line].front -= state.transport_line[line].speed
        outcome = _advance_line(state, line, front)
        note_standing(state, place, outcome == _STANDS)
        has_moved = outcome in (_RUNS, _CREEPS)
        if has_moved:
            wake_row(awake, place)
            touch_moved_line(state, line)
            has_moved_any = True
            if outcome == _RUNS and not is_own_target:
                _let_run(state, line, front)
        elif outcome == _STANDS and _glides_away(state, line, front):
            wake_row(awake, place)
        elif was_awake:
            fall_asleep(awake, place)
        may_go_on = has_moved or was_awake
        is_held_up = outcome == _CREEPS or (outcome == _STANDS and was_awake)
        place += 1
    if passing > 0:
        _pass_seam(state, int(state.transport_line[front].next_line), passing, by)
        has_moved_any = True
    return has_moved_any or state.line_chain[chain].gliding_count > 0


@kernel
def _glides_away(state: Tables, line: int, front: int) -> bool:
    """Whether what holds up a line makes room for it without being looked at."""
    following = state.transport_line[line].next_line
    return bool(line != front and state.transport_line[following].glide > 0)


@kernel
def _let_run(state: Tables, line: int, front: int) -> None:
    """Look at a line on which all moves freely only when that may come to an end."""
    if state.transport_line[line].count == 0:
        fall_asleep(state.transport_line_awake, state.transport_line[line].place)
    else:
        glide(state, line, front)


@kernel
def _advance_line(state: Tables, line: int, chain_front: int) -> int:
    """Move everything on a line for one tick.

    Returns:
        ``_EMPTY``, ``_STANDS`` when nothing has moved, ``_RUNS`` when everything has by
        its full speed, else ``_CREEPS``.
    """
    transport_line = state.transport_line
    count = int(transport_line[line].count)
    if count == 0:
        return _EMPTY
    speed = int(transport_line[line].speed)
    start = int(transport_line[line].front)
    reached = start + speed
    if reached > int(transport_line[line].length) - ITEM_LENGTH:
        reached = _advance_front(state, line, chain_front, start)
    # else nothing on the next line reaches back so far
    if reached >= start + speed and not transport_line[line].is_squashed:
        if transport_line[line].count > 0:
            transport_line[line].front += speed
        return _RUNS
    has_left = transport_line[line].count < count
    has_moved = _advance_each(state, line, start, reached, has_left)
    return _CREEPS if has_moved else _STANDS


@called_kernel
def _advance_each(
    state: Tables, line: int, start: int, reached: int, has_left: bool
) -> bool:
    """Move items one by one, where not all can move by the same way.

    Args:
        state: ``World.state``, changed.
        line: row.
        start: position of the front item before this tick.
        reached: its position now.
        has_left: whether it has left the line.

    Returns:
        Whether anything has moved.
    """
    transport_line = state.transport_line
    line_item = state.line_item
    speed = int(transport_line[line].speed)
    before = int(transport_line[line].front)
    first = int(transport_line[line].first_item)
    has_moved = reached > start
    is_squashed = False
    front = ahead = reached
    for index in range(transport_line[line].count):
        position = before - int(line_item[first + index].distance)
        if index == 0 and not has_left:
            position = reached
        elif position < ahead - ITEM_LENGTH:
            position = min(position + speed, ahead - ITEM_LENGTH)
            has_moved = True
        else:
            is_squashed = is_squashed or position > ahead - ITEM_LENGTH
        if index == 0:
            front = position
        line_item[first + index].distance = front - position
        ahead = position
    if transport_line[line].count > 0:
        transport_line[line].front = front
        transport_line[line].span = front - ahead
    transport_line[line].is_squashed = is_squashed
    return has_moved


@kernel
def _advance_front(state: Tables, line: int, chain_front: int, start: int) -> int:
    """See how far the front item of a line gets, and hand it on if it leaves.

    Returns:
        Where it is now, counted from the start of this line; those behind keep their
        distance to it. An item that stays is not yet moved.
    """
    transport_line = state.transport_line
    length = int(transport_line[line].length)
    wanted = start + int(transport_line[line].speed)
    following = int(transport_line[line].next_line)
    item = int(state.line_item[transport_line[line].first_item].item)
    if wanted > length and transport_line[line].next_position > 0:
        if _side_load(state, line, wanted - length, item):
            close_up(state, line, 0)
            # what has turned aside holds up nothing behind it
            return length + ITEM_LENGTH
        return length
    if line == chain_front and following > 0:
        return _leave_ring_front(state, line, wanted)
    wanted = min(wanted, end_of_way(state, line))
    if wanted <= start:
        return start
    if wanted > length:
        push_back(state, following, wanted - length, item)
        close_up(state, line, 0)
        chain = transport_line[line].order
        is_alone = transport_line[following].count == 1
        if (
            is_alone
            and not transport_line[following].is_squashed
            and state.line_chain[chain].target != chain
        ):
            glide(state, following, chain_front)
    return wanted


@kernel
def _side_load(state: Tables, line: int, way: int, item: int) -> bool:
    """Bring an item from the end of a line onto the side of another.

    Where lines of several chains run in a circle the other may have its own move still
    ahead of it in this tick; the item then goes where it is moved from.
    """
    transport_line = state.transport_line
    target = transport_line[line].next_line
    position = int(transport_line[line].next_position)
    if transport_line[target].order > transport_line[line].order:
        position -= int(transport_line[target].speed)
    return squash_in(state, target, position, way, item)


@kernel
def _leave_ring_front(state: Tables, line: int, wanted: int) -> int:
    """Take the front item off a ring's front line if it passes the seam."""
    length = int(state.transport_line[line].length)
    item, _ = _find_at_seam(state, line)
    if item == 0:
        return min(wanted, length)
    close_up(state, line, 0)
    return wanted


@called_kernel
def _find_at_seam(state: Tables, front: int) -> tuple[int, int]:
    """See what passes a ring's seam in this tick, from its front line to its back.

    Returns:
        The item and how far it passes by, 1/256 tile; (0, 0) when none does.
    """
    transport_line = state.transport_line
    following = int(transport_line[front].next_line)
    by = int(transport_line[front].front) + int(transport_line[front].speed)
    by -= int(transport_line[front].length)
    is_full = transport_line[following].count >= transport_line[following].capacity
    if transport_line[front].count == 0 or by <= 0 or is_full:
        return 0, 0
    return int(state.line_item[transport_line[front].first_item].item), by


@called_kernel
def _pass_seam(state: Tables, line: int, item: int, by: int) -> None:
    """Put an item behind a ring's seam, onto its back line, which has moved already.

    It goes on by once more what it passes the seam by, as far as there is a gap. It
    passes whether or not there is room: a closed ring turns even when it is full.

    Source: factory-sim 0.3.0, recorded from the game.
    """
    transport_line = state.transport_line
    position = 2 * by
    if transport_line[line].count > 0:
        last = int(transport_line[line].front) - int(transport_line[line].span)
        position = min(by + min(by, max(0, last - ITEM_LENGTH - by)), last)
        if last - position < ITEM_LENGTH:
            transport_line[line].is_squashed = True
    push_back(state, line, position, item)
