"""Which rows of a table have something to do; all others cost nothing.

Machines that cannot do anything until something around them changes go to sleep. Each
table of such machines has a bitmap of its awake rows, and the update of a system goes
over the bits that are set, in the order of rows, just as if it looked at all of them.
A row may sleep only when its update would change nothing. What it waits for is marked
(``is_watched``), and whatever changes a marked thing wakes those around it (`touch`,
`touch_line`); they look again, and go back to sleep if it was nothing for them. Whether
it has energy matters to nobody but itself (`touch_energy`).

Python may change anything between ticks, so the engine wakes all rows whenever it is
called (`wake_all`).
"""

from typing import Final

import numpy as np

from fle_marl.sim._jit import (
    Table,
    Tables,
    called_kernel,
    highest_bit,
    kernel,
    lowest_bit,
)
from fle_marl.sim.components import KINDS, TABLE_INDEX

__all__ = [
    "fall_asleep",
    "is_awake",
    "next_awake",
    "previous_awake",
    "touch",
    "touch_energy",
    "touch_line",
    "wake_all",
    "wake_row",
    "watch",
    "watch_target",
]

_ROWS_PER_WORD: Final = 64
_WORD_SHIFT: Final = 6
_WORD_MASK: Final = _ROWS_PER_WORD - 1
_ALL: Final = np.uint64(0xFFFF_FFFF_FFFF_FFFF)
_ONE: Final = np.uint64(1)
_NONE: Final = np.uint64(0)

_INSERTER: Final = KINDS.index("inserter")
_MACHINE: Final = KINDS.index("crafting_machine")
_DRILL: Final = KINDS.index("mining_drill")
_LAB: Final = KINDS.index("lab")
_BEACON: Final = KINDS.index("beacon")
_BELT: Final = KINDS.index("belt")
_INSERTER_WORDS: Final = TABLE_INDEX["inserter_awake"]
_MACHINE_WORDS: Final = TABLE_INDEX["crafting_machine_awake"]
_DRILL_WORDS: Final = TABLE_INDEX["mining_drill_awake"]
_LAB_WORDS: Final = TABLE_INDEX["lab_awake"]
_GATE_WORDS: Final = TABLE_INDEX["gate_awake"]
_HEAT_BUFFER: Final = TABLE_INDEX["heat_buffer"]
_FLUID_SYSTEM: Final = TABLE_INDEX["fluid_system"]


@kernel
def next_awake(words: Table, rows: int, row: int) -> int:
    """The awake row that comes next.

    Args:
        words: the bitmap of a table.
        rows: of that table in use, ``world.count``; bits beyond stand for nothing.
        row: the row before; 0 to begin.

    Returns:
        0 at the end.
    """
    following = row + 1
    if following >= rows:
        return 0
    word = following >> _WORD_SHIFT
    bits = words[word].rows & (_ALL << np.uint64(following & _WORD_MASK))
    while bits == _NONE:
        word += 1
        if word << _WORD_SHIFT >= rows:
            return 0
        bits = words[word].rows
    following = int((word << _WORD_SHIFT) + lowest_bit(bits))
    return following if following < rows else 0


@kernel
def previous_awake(words: Table, row: int) -> int:
    """The awake row that comes before one; 0 at the end.

    Args:
        words: the bitmap of a table.
        row: the row behind; ``world.count`` of the table to begin.
    """
    before = row - 1
    word = before >> _WORD_SHIFT
    bits = words[word].rows & (_ALL >> np.uint64(_WORD_MASK - (before & _WORD_MASK)))
    while bits == _NONE:
        word -= 1
        if word < 0:
            return 0
        bits = words[word].rows
    return int((word << _WORD_SHIFT) + highest_bit(bits))


@kernel
def is_awake(words: Table, row: int) -> bool:
    """Whether a row is looked at when its turn comes next."""
    bit = _ONE << np.uint64(row & _WORD_MASK)
    return bool(words[row >> _WORD_SHIFT].rows & bit != _NONE)


@kernel
def wake_row(words: Table, row: int) -> None:
    """Have a row looked at when its turn comes next."""
    words[row >> _WORD_SHIFT].rows |= _ONE << np.uint64(row & _WORD_MASK)


@kernel
def fall_asleep(words: Table, row: int) -> None:
    """Have a row looked at no more until it is woken."""
    words[row >> _WORD_SHIFT].rows &= ~(_ONE << np.uint64(row & _WORD_MASK))


@kernel
def _fill(words: Table, word_count: int) -> None:
    for word in range(word_count):
        words[word].rows = _ALL


@called_kernel
def wake_all(state: Tables) -> None:
    """Wake all machines; who has nothing to do goes to sleep again in this tick."""
    state.clock[0].is_disturbed = False
    count = state.count
    _fill(state.inserter_awake, count[_INSERTER_WORDS])
    _fill(state.crafting_machine_awake, count[_MACHINE_WORDS])
    _fill(state.mining_drill_awake, count[_DRILL_WORDS])
    _fill(state.lab_awake, count[_LAB_WORDS])
    _fill(state.gate_awake, count[_GATE_WORDS])
    state.clock[0].is_heat_flowing = count[_HEAT_BUFFER] > 1
    for system in range(1, count[_FLUID_SYSTEM]):
        state.fluid_system[system].is_awake = True


@kernel
def watch(state: Tables, row: int) -> None:
    """Mark an entity, so that what changes it wakes those around it; 0 is nothing."""
    if row > 0:
        state.entity[row].is_watched = True


@kernel
def watch_target(state: Tables, row: int) -> None:
    """Mark what stands where an inserter or a drill works; a belt by its lines.

    What happens on bare ground (0) disturbs the whole world; it is rare.
    """
    if state.entity[row].kind != _BELT:
        watch(state, row)
        return
    belt = state.belt
    piece = state.entity[row].component
    for place in range(belt[piece].line_count):
        state.transport_line[belt[piece].lines[place]].is_watched = True


@kernel
def touch(state: Tables, row: int) -> None:
    """Say that something in an entity has changed.

    It wakes if it sleeps, and so do inserters and drills that work on it.
    """
    if state.entity[row].is_watched:
        _wake_around(state, row)


@kernel
def touch_energy(state: Tables, row: int) -> None:
    """Say that an entity has got energy, or has none left; it wakes if it sleeps.

    It stays marked, since those around may wait for something else.
    """
    if state.entity[row].is_watched:
        _wake_itself(state, row)


@kernel
def touch_line(state: Tables, line: int) -> None:
    """Say that something on a transport line has changed or moved."""
    if state.transport_line[line].is_watched:
        state.transport_line[line].is_watched = False
        _wake_workers(state, state.transport_line[line].entity)


@called_kernel
def _wake_around(state: Tables, row: int) -> None:
    state.entity[row].is_watched = False
    _wake_itself(state, row)
    _wake_workers(state, row)


@called_kernel
def _wake_itself(state: Tables, row: int) -> None:
    kind = state.entity[row].kind
    component = state.entity[row].component
    if kind == _MACHINE:
        wake_row(state.crafting_machine_awake, component)
    elif kind == _INSERTER:
        wake_row(state.inserter_awake, component)
    elif kind == _DRILL:
        wake_row(state.mining_drill_awake, component)
    elif kind == _LAB:
        wake_row(state.lab_awake, component)
    elif kind == _BEACON:
        state.clock[0].beacons_dirty = True


@called_kernel
def _wake_workers(state: Tables, row: int) -> None:
    """Wake all inserters that take from an entity, and all that bring to it."""
    inserter = state.inserter
    other = state.entity[row].first_taker
    while other > 0:
        wake_row(state.inserter_awake, other)
        other = inserter[other].next_taker
    other = state.entity[row].first_giver
    while other > 0:
        wake_row(state.inserter_awake, other)
        other = inserter[other].next_giver
    other = state.entity[row].first_drill
    while other > 0:
        wake_row(state.mining_drill_awake, other)
        other = state.mining_drill[other].next_drill
