"""Lines whose items all move freely, which nobody looks at until they may be held up.

Such a line glides: it sleeps, ``glide`` says in which tick it began to, and where its
front item is now follows from that (`front_of`). It has set an alarm for the tick in
which its front item comes to where it may be held up, at the latest to the end of the
line. Only on the last bit of the way, an item's length, does that depend on the line
ahead. An item may glide over it if that line is empty, glides, or is awake: when it
then does not move by its full speed, it has the line behind it looked at in the same
tick, and so does whoever puts something onto it (`transport_line.wake`).

What changes the items of a line has it `land` before. Lines of which each move is
watched do not glide, nor do those of rings, whose front goes by the back. At the end of
a call of ``schedule.advance`` all land (`settle_belts`), so nobody else needs to know
of it.
"""

from typing import Final

import numpy as np

from fle_marl.sim._jit import Tables, called_kernel, kernel
from fle_marl.sim.components import BITS_PER_WORD, GLIDE_TICKS, TABLE_INDEX
from fle_marl.sim.kernels.awake import (
    fall_asleep,
    is_awake,
    is_each_move_watched,
    wake_row,
)

__all__ = [
    "front_of",
    "glide",
    "is_standing",
    "land",
    "note_standing",
    "settle_belts",
    "wake_due_lines",
]

_CHAIN: Final = TABLE_INDEX["line_chain"]
_WORDS: Final = TABLE_INDEX["transport_line_awake"]
_ITEM_LENGTH: Final = 64  # of transport_line, which knows this module
_PERIOD: Final = 2 * GLIDE_TICKS
"""Ticks after which the numbers of ``transport_line.glide`` come again."""
_ONE: Final = np.uint64(1)
_NONE: Final = np.uint64(0)


@kernel
def front_of(state: Tables, line: int) -> int:
    """Where the front item of a line is, 1/256 tile from its start."""
    front = int(state.transport_line[line].front)
    began = int(state.transport_line[line].glide)
    if began == 0:
        return front
    now = int(state.clock[0].tick)
    if state.transport_line[line].order > state.clock[0].moved_chains:
        now -= 1  # its move of this tick is still ahead
    moves = (now - (began - 1)) & (_PERIOD - 1)
    return front + moves * int(state.transport_line[line].speed)


@kernel
def land(state: Tables, line: int) -> None:
    """Write down where the items of a line are, and have it looked at, if it glides."""
    transport_line = state.transport_line
    if transport_line[line].glide == 0:
        return
    transport_line[line].front = front_of(state, line)
    transport_line[line].glide = 0
    state.line_chain[transport_line[line].order].gliding_count -= 1
    wake_row(state.transport_line_awake, transport_line[line].place)


@kernel
def glide(state: Tables, line: int, chain_front: int) -> None:
    """Let a line glide as far as it can; all on it has had its move of this tick.

    Args:
        state: ``World.state``, changed.
        line: row, with items, none of which overlap.
        chain_front: front line of its chain, which is no ring.
    """
    transport_line = state.transport_line
    awake = state.transport_line_awake
    if is_each_move_watched(state, line):
        return
    place = int(transport_line[line].place)
    speed = int(transport_line[line].speed)
    way = int(transport_line[line].length) - int(transport_line[line].front)
    following = transport_line[line].next_line
    is_free = (
        line != chain_front
        and transport_line[following].speed >= speed
        and (
            transport_line[following].count == 0
            or transport_line[following].glide > 0
            or is_awake(awake, place - 1)
        )
    )
    if not is_free:
        way -= _ITEM_LENGTH
    if way < speed:
        return
    moves = min(way // speed, GLIDE_TICKS - 2)
    now = int(state.clock[0].tick)
    bit = _ONE << np.uint64(place % BITS_PER_WORD)
    awake[place // BITS_PER_WORD].alarms[(now + moves + 1) % GLIDE_TICKS] |= bit
    fall_asleep(awake, place)
    transport_line[line].glide = 1 + now % _PERIOD
    state.line_chain[transport_line[line].order].gliding_count += 1


@kernel
def is_standing(state: Tables, place: int) -> bool:
    """Whether the line at a place has stood still when it was looked at last."""
    bit = _ONE << np.uint64(place % BITS_PER_WORD)
    word = place // BITS_PER_WORD
    return bool(state.transport_line_awake[word].stands & bit != _NONE)


@kernel
def note_standing(state: Tables, place: int, stands: bool) -> None:
    """Note whether the items of the line at a place are held up."""
    bit = _ONE << np.uint64(place % BITS_PER_WORD)
    word = place // BITS_PER_WORD
    if stands:
        state.transport_line_awake[word].stands |= bit
    else:
        state.transport_line_awake[word].stands &= ~bit


@kernel
def wake_due_lines(state: Tables) -> None:
    """Have those lines looked at whose alarm is set for this tick."""
    awake = state.transport_line_awake
    slot = int(state.clock[0].tick) % GLIDE_TICKS
    for word in range(state.count[_WORDS]):
        due = awake[word].alarms[slot]
        if due != _NONE:
            awake[word].rows |= due
            awake[word].alarms[slot] = _NONE


@called_kernel
def settle_belts(state: Tables) -> None:
    """Have all lines land, after a tick, and forget all alarms."""
    awake = state.transport_line_awake
    for word in range(state.count[_WORDS]):
        for slot in range(GLIDE_TICKS):
            awake[word].alarms[slot] = _NONE
    place = 1
    for chain in range(1, state.count[_CHAIN]):
        last = int(state.line_chain[chain].last_place)
        if state.line_chain[chain].gliding_count > 0:
            for each in range(place, last + 1):
                land(state, state.line_place[each].line)
        place = last + 1
