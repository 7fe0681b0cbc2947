"""Splitters: which item goes from which input to which output.

A splitter's lines end and begin at its middle. The two lanes are dealt out
independently of each other; an item keeps its lane. Outputs take turns, and so do
inputs when there is room for one only; what one output has no room for goes to the
other. A priority makes one side the first always, a filter one output the only one for
its item and the other the only one for all else.

Source: changelog 0.16.16 (lanes), 0.16.17 (priorities, filter); wiki, Splitters.
"""

from typing import Final

from fle_marl.sim._jit import Tables, kernel
from fle_marl.sim.kernels.gliding import front_of
from fle_marl.sim.kernels.transport_line import (
    ITEM_LENGTH,
    push_back,
    remove_from_line,
    wake,
)

__all__ = ["FIRST_OUTPUT_LINE", "pass_through_splitter"]

FIRST_OUTPUT_LINE: Final = 4
"""Place among a splitter's lines: first the inputs, left belt before right, left lane
before right, then the outputs. Source: ``defines.transport_line``."""


@kernel
def pass_through_splitter(state: Tables, splitter: int, lane: int) -> None:
    """Move items of one lane from the inputs to the outputs, for one tick.

    Args:
        state: ``World.state``, changed.
        splitter: row of ``belt``.
        lane: 0 left, 1 right.
    """
    belt = state.belt
    if not _has_work(state, splitter, lane):
        return
    side = int(belt[splitter].input_turn[lane])
    if belt[splitter].input_priority > 0:
        side = int(belt[splitter].input_priority) - 1
    for _ in range(2):
        if _pass_from(state, splitter, lane, side):
            belt[splitter].input_turn[lane] = 1 - side
        side = 1 - side


@kernel
def _has_work(state: Tables, splitter: int, lane: int) -> bool:
    """Whether there are items to pass, and an input or an output has changed."""
    belt = state.belt
    transport_line = state.transport_line
    has_items = False
    has_changed = False
    for side in range(2):
        source = belt[splitter].lines[2 * side + lane]
        if transport_line[source].count > 0:
            has_items = True
            chain = transport_line[source].order
            has_changed = has_changed or state.line_chain[chain].is_awake
        goal = belt[splitter].lines[FIRST_OUTPUT_LINE + 2 * side + lane]
        chain = transport_line[goal].order
        has_changed = has_changed or state.line_chain[chain].was_awake
    return bool(has_items and has_changed)


@kernel
def _pass_from(state: Tables, splitter: int, lane: int, side: int) -> bool:
    """Move the front item of one input on, if it has come to the middle."""
    belt = state.belt
    transport_line = state.transport_line
    line = int(belt[splitter].lines[2 * side + lane])
    if transport_line[line].count == 0:
        return False
    reached = front_of(state, line) + int(transport_line[line].speed)
    way = reached - int(transport_line[line].length)
    if way <= 0:
        return False
    item = int(state.line_item[transport_line[line].first_item].item)
    output = int(belt[splitter].output_turn[lane])
    if belt[splitter].output_priority > 0:
        output = int(belt[splitter].output_priority) - 1
    choices = 2
    if belt[splitter].filter > 0:
        choices = 1
        if belt[splitter].filter != item:
            output = 1 - output
    for _ in range(choices):
        goal = int(belt[splitter].lines[FIRST_OUTPUT_LINE + 2 * output + lane])
        if _send(state, line, goal, way, item):
            belt[splitter].output_turn[lane] = 1 - output
            remove_from_line(state, line, 0)
            return True
        output = 1 - output
    return False


@kernel
def _send(state: Tables, line: int, goal: int, way: int, item: int) -> bool:
    """Put an item onto an output, so far from its start; False without room."""
    transport_line = state.transport_line
    count = int(transport_line[goal].count)
    if count >= transport_line[goal].capacity:
        return False
    lowest = 1
    position = way
    if transport_line[goal].order >= transport_line[line].order:
        # in a circle: this output has its move still ahead of it in this tick
        lowest -= int(transport_line[goal].speed)
        position -= int(transport_line[goal].speed)
    if count > 0:
        last = front_of(state, goal) - int(transport_line[goal].span)
        position = min(position, last - ITEM_LENGTH)
    if position < lowest:
        return False
    push_back(state, goal, position, item)
    wake(state, goal)
    return True
