"""The order in which lines move: chains of lines, fronts first.

Lines that go straight on into each other are a chain. A chain is moved after the ones
that it feeds from the side or through a splitter, since it needs the room that they
make in the same tick; inside a chain lines are moved from its front to its back.

Where chains feed each other in a circle, and where a ring of belts has no front, the
search begins at the line with the lowest row, so the same builds give the same order
wherever they stand.
"""

from typing import Final

from fle_marl.sim._jit import Tables, kernel
from fle_marl.sim.components import BELT_KIND_SPLITTER, TABLE_INDEX
from fle_marl.sim.kernels.awake import wake_row
from fle_marl.sim.kernels.splitter import FIRST_OUTPUT_LINE

__all__ = ["order_chains"]

_LINE: Final = TABLE_INDEX["transport_line"]
_CHAIN: Final = TABLE_INDEX["line_chain"]
_PLACE: Final = TABLE_INDEX["line_place"]
_WORDS: Final = TABLE_INDEX["transport_line_awake"]

_DEPENDENCIES: Final = 3
"""The most chains that must be moved before one: a splitter's two outputs, and the
other input, which has the splitter served."""
_DONE: Final = _DEPENDENCIES + 2


@kernel
def order_chains(state: Tables) -> None:
    """Find the chains and their order from where lines lead, and wake them all."""
    transport_line = state.transport_line
    count = state.count
    for line in range(1, count[_LINE]):
        transport_line[line].chain_front = 0
        transport_line[line].visit = 0
        transport_line[line].place = 0
    for line in range(1, count[_LINE]):
        if transport_line[line].entity > 0 and _is_front(state, line):
            _name_chain(state, line)
    for line in range(1, count[_LINE]):
        # what has no front yet is in a ring
        if transport_line[line].entity > 0 and transport_line[line].chain_front == 0:
            _name_chain(state, _ring_front(state, line))
    count[_CHAIN] = 1
    for line in range(1, count[_LINE]):
        # rows that are not in use have no front
        if transport_line[line].chain_front != line or transport_line[line].visit > 0:
            continue
        _visit(state, line)
    for line in range(1, count[_LINE]):
        front = transport_line[line].chain_front
        transport_line[line].order = transport_line[front].order
    _list_places(state)


@kernel
def _list_places(state: Tables) -> None:
    """Give all lines their places, chain by chain, and wake them."""
    transport_line = state.transport_line
    line_chain = state.line_chain
    line_place = state.line_place
    count = state.count
    for word in range(count[_WORDS]):
        state.transport_line_awake[word].rows = 0
        state.transport_line_awake[word].stands = 0
    place = 0
    for row in range(1, count[_CHAIN]):
        front = line_chain[row].front
        target = transport_line[front].next_line
        line_chain[row].target = transport_line[target].order if target > 0 else 0
        line = front
        while line > 0:
            place += 1
            transport_line[line].place = place
            line_place[place].entity = 1
            line_place[place].line = line
            wake_row(state.transport_line_awake, place)
            line = transport_line[line].previous_line
            if line == front:
                break
        line_chain[row].last_place = place
    count[_PLACE] = place + 1


@kernel
def _is_front(state: Tables, line: int) -> bool:
    transport_line = state.transport_line
    following = transport_line[line].next_line
    return bool(following == 0 or transport_line[line].next_position > 0)


@kernel
def _ring_front(state: Tables, line: int) -> int:
    """Where a ring is cut: before a line that is not slower, so nothing piles up."""
    transport_line = state.transport_line
    front = line
    following = transport_line[front].next_line
    while transport_line[following].speed < transport_line[front].speed:
        following = front
        front = transport_line[front].previous_line
    return int(front)


@kernel
def _name_chain(state: Tables, front: int) -> None:
    """Tell every line of a chain its front line."""
    transport_line = state.transport_line
    line = front
    while line > 0 and transport_line[line].chain_front == 0:
        transport_line[line].chain_front = front
        line = transport_line[line].previous_line


@kernel
def _visit(state: Tables, start: int) -> None:
    """List a chain after all chains that it depends on, unless they wait for it."""
    transport_line = state.transport_line
    line_chain = state.line_chain
    count = state.count
    transport_line[start].visit = 1
    current = start
    while current > 0:
        step = int(transport_line[current].visit) - 1
        if step < _DEPENDENCIES:
            transport_line[current].visit = step + 2
            needed = _dependency(state, current, step)
            if needed > 0 and transport_line[needed].visit == 0:
                transport_line[needed].visit = 1
                transport_line[needed].place = current
                current = needed
            continue
        row = count[_CHAIN]
        count[_CHAIN] = row + 1
        line_chain[row].entity = 1
        line_chain[row].front = current
        line_chain[row].gliding_count = 0
        line_chain[row].is_awake = True
        line_chain[row].was_awake = False
        transport_line[current].order = row
        transport_line[current].visit = _DONE
        line_chain[row].splitter_lane = _splitter_lane(state, current)
        current = int(transport_line[current].place)


@kernel
def _dependency(state: Tables, front: int, which: int) -> int:
    """Front of the n-th chain that must be moved before one; 0 when there is none."""
    belt = state.belt
    transport_line = state.transport_line
    following = transport_line[front].next_line
    if following > 0:
        return int(transport_line[following].chain_front) if which == 0 else 0
    row = transport_line[front].belt
    place = _input_place(state, row, front)
    if place < 0:
        return 0
    lane = place % 2
    if which < 2:
        goal = belt[row].lines[FIRST_OUTPUT_LINE + 2 * which + lane]
        return int(transport_line[goal].chain_front)
    return int(belt[row].lines[lane]) if place != lane else 0


@kernel
def _input_place(state: Tables, row: int, line: int) -> int:
    """Place of a line among the inputs of a splitter; -1 when it is none of them."""
    belt = state.belt
    if belt[row].kind == BELT_KIND_SPLITTER:
        for place in range(FIRST_OUTPUT_LINE):
            if belt[row].lines[place] == line:
                return place
    return -1


@kernel
def _splitter_lane(state: Tables, front: int) -> int:
    """The lane of a splitter that is served before a chain is moved, from 1; or 0.

    It is served before the first of its two inputs.
    """
    transport_line = state.transport_line
    row = transport_line[front].belt
    place = _input_place(state, row, front)
    if place < 0:
        return 0
    lane = place % 2
    for side in range(2):
        other = state.belt[row].lines[2 * side + lane]
        if other != front and transport_line[other].visit == _DONE:
            return 0
    return int(lane + 1)
