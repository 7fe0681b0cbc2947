"""How a hand finds an item on a belt, follows it, and takes it.

An empty hand on its way back looks for an item on the belt piece at its pickup place:
on one lane first, and there the one that came onto the piece last. It then follows just
this item, wherever that moves on the piece, and takes it when it gets there. When the
item is gone, left or taken by another, it looks again; over the piece's own tile that
costs it a tick.

A followed item carries a mark, a number that no other item on its line has; marks stay
behind when an item goes on to another line.

Source: factory-sim 0.3.0, recorded from the game.
"""

import math
from typing import Final

from fle_marl.sim._jit import Tables, called_kernel, kernel
from fle_marl.sim.components import BELT_KIND_BELT, BELT_KIND_SPLITTER
from fle_marl.sim.kernels.arm import aim_at, move_hand
from fle_marl.sim.kernels.belt_place import place_of_item
from fle_marl.sim.kernels.splitter import FIRST_OUTPUT_LINE
from fle_marl.sim.kernels.transport_line import (
    position_on_line,
    remove_from_line,
    step_x,
    step_y,
)
from fle_marl.sim.kernels.wanting import wants

__all__ = [
    "CAUGHT",
    "RESTS",
    "UNDERWAY",
    "chase",
    "has_come_from_behind",
    "is_wanted_on_belt",
    "is_wanted_on_chains",
]

# what came of a tick of chasing
UNDERWAY: Final = 0
CAUGHT: Final = 1
RESTS: Final = 2

_LANES: Final = 2
_HALF_TILE: Final = 128
_MARKS: Final = 65_535


@kernel
def _first_lane(state: Tables, row: int, piece: int) -> int:
    """The lane on which a hand looks first: 0 left, 1 right."""
    belt = state.belt
    towards = (int(state.entity[state.inserter[row].entity].direction) + 4) % 8
    is_straight = belt[piece].kind != BELT_KIND_BELT or belt[piece].shape == 0
    return 1 if is_straight and (int(belt[piece].direction) + 2) % 8 == towards else 0


@kernel
def _line_place(state: Tables, row: int, piece: int, choice: int) -> int:
    """Place among a piece's lines of the n-th that a hand looks on; -1 at the end.

    Splitters are looked at where the pickup place is, behind the middle last.
    """
    belt = state.belt
    lane = _first_lane(state, row, piece)
    if belt[piece].kind != BELT_KIND_SPLITTER:
        return (lane + choice) % _LANES if choice < _LANES else -1
    if choice >= 2 * _LANES:
        return -1
    part = choice % 2
    place = (lane + choice // 2) % _LANES + part * FIRST_OUTPUT_LINE
    to_right = (int(belt[piece].direction) + 2) % 8
    from_x = int(state.inserter[row].pickup_x) - int(belt[piece].x)
    from_y = int(state.inserter[row].pickup_y) - int(belt[piece].y)
    is_right = from_x * step_x(to_right) + from_y * step_y(to_right) > 0
    return place + _LANES if is_right else place


@called_kernel
def _look(state: Tables, row: int) -> tuple[int, int]:
    """Find the item on the pickup belt that a hand goes for.

    Returns:
        Line and place among its items; (0, 0) when none is wanted.
    """
    belt = state.belt
    transport_line = state.transport_line
    piece = int(state.entity[state.inserter[row].pickup_target].component)
    choice = 0
    place = _line_place(state, row, piece, choice)
    while place >= 0:
        line = int(belt[piece].lines[place])
        first = int(transport_line[line].first_item)
        refused = 0
        for index in range(transport_line[line].count - 1, -1, -1):
            item = int(state.line_item[first + index].item)
            if item == refused:
                continue
            if wants(state, row, item):
                return line, index
            refused = item
        choice += 1
        place = _line_place(state, row, piece, choice)
    return 0, 0


@kernel
def is_wanted_on_belt(state: Tables, row: int) -> bool:
    """Whether anything on the pickup belt is wanted."""
    line, _ = _look(state, row)
    return line > 0


@called_kernel
def is_wanted_on_chains(state: Tables, row: int) -> bool:
    """Whether anything wanted is on the chains of lines through the pickup belt."""
    belt = state.belt
    piece = int(state.entity[state.inserter[row].pickup_target].component)
    for place in range(belt[piece].line_count):
        line = int(belt[piece].lines[place])
        if _is_wanted_on_chain(state, row, int(state.transport_line[line].chain_front)):
            return True
    return False


@kernel
def _is_wanted_on_chain(state: Tables, row: int, front: int) -> bool:
    transport_line = state.transport_line
    line = front
    refused = 0
    while line > 0:
        first = int(transport_line[line].first_item)
        for index in range(transport_line[line].count):
            item = int(state.line_item[first + index].item)
            if item == refused:
                continue
            if wants(state, row, item):
                return True
            refused = item
        line = int(transport_line[line].previous_line)
        if line == front:
            break
    return False


@kernel
def has_come_from_behind(state: Tables, row: int) -> bool:
    """Whether the item to go for moved onto the pickup belt in this tick.

    It was put there otherwise, unless somebody put it at its very back.
    """
    line, index = _look(state, row)
    if line == 0:
        return False
    step = int(state.transport_line[line].speed)
    return position_on_line(state, line, index) <= step


@kernel
def _find_mark(state: Tables, line: int, mark: int) -> int:
    """Place of a marked item on its line; -1 when it is gone."""
    first = state.transport_line[line].first_item
    for index in range(state.transport_line[line].count):
        if state.line_item[first + index].mark == mark:
            return index
    return -1


@kernel
def _mark(state: Tables, line: int, index: int) -> int:
    """The mark of an item, a new one if it has none."""
    transport_line = state.transport_line
    item = transport_line[line].first_item + index
    while state.line_item[item].mark == 0:
        mark = int(transport_line[line].last_mark) % _MARKS + 1
        transport_line[line].last_mark = mark
        if _find_mark(state, line, mark) < 0:
            state.line_item[item].mark = mark
    return int(state.line_item[item].mark)


@kernel
def _is_over_pickup_tile(state: Tables, row: int) -> bool:
    """Whether the hand is within half a tile of its pickup place."""
    inserter = state.inserter
    length = inserter[row].extension * 2 * _HALF_TILE
    angle = inserter[row].orientation * 2.0 * math.pi
    hand_x, hand_y = length * math.sin(angle), -length * math.cos(angle)
    owner = inserter[row].entity
    way_x = state.entity[owner].x + hand_x - inserter[row].pickup_x
    way_y = state.entity[owner].y + hand_y - inserter[row].pickup_y
    return bool(abs(way_x) <= _HALF_TILE and abs(way_y) <= _HALF_TILE)


@called_kernel
def chase(state: Tables, row: int) -> int:
    """Follow an item on the pickup belt for a tick, or go back to rest.

    Returns:
        ``CAUGHT`` when an item was taken into the hand, ``RESTS`` when the hand is at
        its pickup place and nothing is wanted, else ``UNDERWAY``.
    """
    inserter = state.inserter
    piece = int(state.entity[inserter[row].pickup_target].component)
    line = int(inserter[row].chased_line)
    index = -1
    if line > 0:
        # belts may have been built anew since
        if state.transport_line[line].belt == piece:
            index = _find_mark(state, line, int(inserter[row].chased_mark))
        if index < 0:
            inserter[row].chased_line = 0
            if _is_over_pickup_tile(state, row):
                return UNDERWAY
    if index < 0:
        line, index = _look(state, row)
        if line == 0:
            aim, length = (
                inserter[row].pickup_orientation,
                inserter[row].pickup_extension,
            )
            return RESTS if move_hand(state, row, aim, length) else UNDERWAY
        inserter[row].chased_line = line
        inserter[row].chased_mark = _mark(state, line, index)
    if not _follow(state, row, piece, line, index):
        return UNDERWAY
    inserter[row].chased_line = 0
    inserter[row].hand_item = remove_from_line(state, line, index)
    inserter[row].hand_count += 1
    return CAUGHT


@kernel
def _follow(state: Tables, row: int, piece: int, line: int, index: int) -> bool:
    """Move the hand towards an item; says whether it is there."""
    which = 0
    while state.belt[piece].lines[which] != line:
        which += 1
    position = position_on_line(state, line, index)
    x, y = place_of_item(state, piece, which, position)
    aim, length = aim_at(state, row, x, y)
    return move_hand(state, row, aim, length)
