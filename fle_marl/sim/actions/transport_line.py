"""Belts as scripts see them: what lies on a transport line, and who feeds whom.

A line is named by its row of ``transport_line``; the lines of an entity, in the order
of ``defines.transport_line``, are `lines_of_belt`. Positions are those of
LuaTransportLine: tiles from the front end of the line, so that 0 is where items leave
and a straight belt's back is at 1.

Source: LuaTransportLine and LuaEntity.belt_neighbours; which way positions count, and
that the back of an empty belt takes an item at 0.96875, from factory-sim 0.3.0,
recorded from the game.
"""

from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from fle_marl.sim._jit import Tables, entry_point
from fle_marl.sim.components import BELT_KIND_SPLITTER, TABLE_INDEX
from fle_marl.sim.kernels.splitter import FIRST_OUTPUT_LINE
from fle_marl.sim.kernels.transport_line import (
    insert_on_line,
    place_on_line,
    remove_from_line,
)
from fle_marl.sim.world import World
from fle_marl.units import tiles_to_units, units_to_tiles

__all__ = [
    "belt_neighbours",
    "can_insert_at",
    "can_insert_at_back",
    "clear_line",
    "input_lines",
    "insert_at",
    "insert_at_back",
    "items_on_line",
    "line_contents",
    "lines_of_belt",
    "output_lines",
    "remove_items_from_line",
]

_LINE: Final = TABLE_INDEX["transport_line"]
_BACK: Final = 0
_FIRST_INPUT_LINE: Final = 0


def lines_of_belt(world: World, entity: int) -> list[int]:
    """Rows of a belt piece's transport lines, in the order of get_transport_line."""
    record = world.tables["belt"][world.entity["component"][entity]]
    return [int(line) for line in record["lines"][: record["line_count"]]]


def items_on_line(world: World, line: int) -> list[tuple[int, float]]:
    """What lies on a line.

    Returns:
        (item, position) of each, the front item first; tiles from the line's front end.
    """
    record = world.tables["transport_line"][line]
    front = int(record["length"]) - int(record["front"])
    last = int(record["length"]) - 1  # what does not fit shows at the back end
    return [
        (int(row["item"]), units_to_tiles(min(front + int(row["distance"]), last)))
        for row in _items(world, line)
    ]


def line_contents(world: World, line: int) -> dict[int, int]:
    """Items on a line, {item: count}; LuaTransportLine.get_contents."""
    contents: dict[int, int] = {}
    for item in _items(world, line)["item"]:
        contents[int(item)] = contents.get(int(item), 0) + 1
    return contents


def _items(world: World, line: int) -> NDArray[Any]:
    record = world.tables["transport_line"][line]
    first = int(record["first_item"])
    return world.tables["line_item"][first : first + int(record["count"])]


# --- putting on


def can_insert_at_back(world: World, line: int) -> bool:
    """Whether an item fits at the back end of a line."""
    return bool(_can_insert(world.state, line, _BACK))


def insert_at_back(world: World, line: int, item: int) -> bool:
    """Put one item at the back end of a line.

    Returns:
        False when there is no room.
    """
    return bool(_insert(world.state, line, _BACK, item))


def can_insert_at(world: World, line: int, position: float) -> bool:
    """Whether an item fits at a position, tiles from the line's front end."""
    return bool(_can_insert(world.state, line, _from_back(world, line, position)))


def insert_at(world: World, line: int, position: float, item: int) -> bool:
    """Put one item on a line.

    Args:
        world: changed.
        line: row.
        position: tiles from the line's front end.
        item: what.

    Returns:
        False when there is no room.
    """
    return bool(_insert(world.state, line, _from_back(world, line, position), item))


def _from_back(world: World, line: int, position: float) -> int:
    """Position of a script as kernels count it; what is beyond the front is at it."""
    length = int(world.tables["transport_line"]["length"][line])
    return length - max(0, tiles_to_units(position))


@entry_point
def _can_insert(state: Tables, line: int, position: int) -> bool:
    if position < _BACK:
        return False
    step = int(state.transport_line[line].speed)
    place = place_on_line(state, line, position, step)
    return place > 0


@entry_point
def _insert(state: Tables, line: int, position: int, item: int) -> bool:
    if position < _BACK:
        return False
    return insert_on_line(state, line, position, item)


# --- taking off


def remove_items_from_line(world: World, line: int, item: int, count: int) -> int:
    """Take items off a line, from its front.

    Args:
        world: changed.
        line: row.
        item: what; 0 for whatever comes first.
        count: how many at the most.

    Returns:
        How many came off.
    """
    return int(_remove(world.state, line, item, count))


def clear_line(world: World, line: int) -> None:
    """Take everything off a line."""
    _remove(world.state, line, 0, int(world.tables["transport_line"]["count"][line]))


@entry_point
def _remove(state: Tables, line: int, item: int, count: int) -> int:
    transport_line, line_item = state.transport_line, state.line_item
    removed = 0
    index = 0
    while removed < count and index < transport_line[line].count:
        here = transport_line[line].first_item + index
        if item == 0 or line_item[here].item == item:
            remove_from_line(state, line, index)
            removed += 1
        else:
            index += 1
    return removed


# --- neighbours


def input_lines(world: World, line: int) -> list[int]:
    """Lines that lead onto a line; LuaTransportLine.input_lines.

    The outputs of a splitter are led onto by its inputs of the same lane.
    """
    if line in _splitter_lines(world, line, FIRST_OUTPUT_LINE):
        return _splitter_lines(world, line, _FIRST_INPUT_LINE)
    table = world.tables["transport_line"]
    used = table[: world.count[_LINE]]
    feeding = np.flatnonzero((used["entity"] > 0) & (used["next_line"] == line))
    return [int(row) for row in feeding]


def output_lines(world: World, line: int) -> list[int]:
    """Lines that a line leads onto; LuaTransportLine.output_lines."""
    if line in _splitter_lines(world, line, _FIRST_INPUT_LINE):
        return _splitter_lines(world, line, FIRST_OUTPUT_LINE)
    following = int(world.tables["transport_line"]["next_line"][line])
    return [following] if following else []


def _splitter_lines(world: World, line: int, first: int) -> list[int]:
    """A splitter's two lines of the same lane as one of its lines, in or out."""
    record = world.tables["transport_line"][line]
    belt = world.tables["belt"][record["belt"]]
    if belt["kind"] != BELT_KIND_SPLITTER:
        return []
    place = first + int(record["is_right"])
    return [int(belt["lines"][place]), int(belt["lines"][place + 2])]


def belt_neighbours(world: World, entity: int) -> dict[str, list[int]]:
    """Entities that feed a belt piece and that it feeds; LuaEntity.belt_neighbours.

    Returns:
        ``{"inputs": [...], "outputs": [...]}``, rows of entities in order, without the
        other end of an underground.
    """
    own = int(world.entity["component"][entity])
    belts, table = world.tables["belt"], world.tables["transport_line"]
    lines = belts["lines"][own, : belts["line_count"][own]].tolist()
    next_line = table["next_line"][: world.count[_LINE]]
    # a comparison with each of a few lines is far cheaper than a search for all
    feeding = [
        row
        for line in lines
        for row in (next_line == line).nonzero()[0].tolist()
        if table["entity"][row] > 0
    ]
    following = [row for row in next_line[lines].tolist() if row]
    but = {own, int(belts["other_end"][own])}
    return {
        "inputs": _entities(world, feeding, but),
        "outputs": _entities(world, following, but),
    }


def _entities(world: World, lines: list[int], but: set[int]) -> list[int]:
    """Whose lines these are, in order of belts, without some of these."""
    of_lines = world.tables["transport_line"]["belt"]
    rows = sorted({int(of_lines[line]) for line in lines} - but)
    return [int(world.tables["belt"]["entity"][row]) for row in rows]
