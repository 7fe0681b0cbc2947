"""Transport belts, underground belts and splitters: everything that carries items.

A belt piece has transport lines, one for each lane: a belt two; an underground two and
two more below the ground, which the entrance uses; a splitter four inputs and four
outputs, left belt before right belt. Each line carries its own items and moves them by
its speed in each tick, before inserters and drills act.

How items lie on lines is in `kernels.transport_line`, how they move in
`kernels.line_movement` and `kernels.splitter`, which piece feeds which in
`kernels.belt_topology` and in what order lines move in `kernels.line_chains`.

Source: prototype ``speed``, ``max_distance``; ``defines.transport_line``; lengths from
wiki, Transport belts/Physics.
"""

from collections.abc import Iterator
from typing import Final

from fle_marl.prototypes import EntityPrototype
from fle_marl.sim._jit import Tables, kernel
from fle_marl.sim.components import (
    BELT_KIND_BELT,
    BELT_KIND_SPLITTER,
    BELT_KIND_UNDERGROUND_INPUT,
    BELT_KIND_UNDERGROUND_OUTPUT,
    TABLE_INDEX,
)
from fle_marl.sim.kernels.belt_topology import LONGEST_LINE, STRAIGHT_LENGTH
from fle_marl.sim.kernels.gliding import settle_belts, wake_due_lines
from fle_marl.sim.kernels.line_chains import order_chains
from fle_marl.sim.kernels.line_movement import advance_chain, is_chain_busy
from fle_marl.sim.kernels.splitter import FIRST_OUTPUT_LINE, pass_through_splitter
from fle_marl.sim.kernels.transport_line import ITEM_LENGTH
from fle_marl.sim.kernels.underground import FIRST_UNDERGROUND_LINE
from fle_marl.sim.system import System
from fle_marl.sim.world import World
from fle_marl.units import tiles_to_units

__all__ = ["SYSTEM", "order_chains", "settle_belts", "update_belts"]

_CHAIN: Final = TABLE_INDEX["line_chain"]
_LANES: Final = 2
_UNDERGROUND_KINDS: Final = (BELT_KIND_UNDERGROUND_INPUT, BELT_KIND_UNDERGROUND_OUTPUT)

_SPLITTER_INPUT_LENGTH: Final = 179
_SPLITTER_OUTPUT_LENGTH: Final = 128
"""1/256 tile. Source: wiki, Transport belts/Physics: half a tile each, and a buffer of
51 before the middle."""

_SQUASHED_LENGTH: Final = ITEM_LENGTH // 2
"""Way that each of many items takes at least: into every gap between two that do not
touch goes one more."""
_SPARE_ITEMS: Final = 2


@kernel
def update_belts(state: Tables) -> None:
    """Move all items on belts for one tick."""
    line_chain = state.line_chain
    wake_due_lines(state)
    state.clock[0].moved_chains = 0
    for row in range(1, state.count[_CHAIN]):
        lane = int(line_chain[row].splitter_lane)
        if lane > 0:
            splitter = state.transport_line[line_chain[row].front].belt
            pass_through_splitter(state, splitter, lane - 1)
        is_busy = is_chain_busy(state, row)
        line_chain[row].was_awake = is_busy
        state.clock[0].moved_chains = row
        if is_busy:
            line_chain[row].is_awake = advance_chain(state, row)


# --- building


def create_belt(world: World, entity: int, prototype: EntityPrototype) -> None:
    """Give a belt piece its component and its transport lines.

    An underground begins as an entrance, as in scripts that do not say; see
    `underground_belt.set_belt_to_ground_type`.
    """
    row = world.allocate("belt")
    record = world.tables["belt"][row]
    record["entity"] = entity
    for field in ("x", "y", "direction"):
        record[field] = world.entity[field][entity]
    record["speed"] = tiles_to_units(prototype.number("speed"))
    record["kind"] = BELT_KIND_BELT
    lengths = [(STRAIGHT_LENGTH, LONGEST_LINE)] * _LANES
    if prototype.type == "splitter":
        record["kind"] = BELT_KIND_SPLITTER
        inputs = (_SPLITTER_INPUT_LENGTH, _SPLITTER_INPUT_LENGTH)
        outputs = (_SPLITTER_OUTPUT_LENGTH, _SPLITTER_OUTPUT_LENGTH)
        lengths = [inputs] * FIRST_OUTPUT_LINE + [outputs] * FIRST_OUTPUT_LINE
    elif prototype.type == "underground-belt":
        record["kind"] = BELT_KIND_UNDERGROUND_INPUT
        distance = int(prototype.number("max_distance"))
        record["maximum_distance"] = distance
        lengths += [(0, (distance - 1) * STRAIGHT_LENGTH)] * _LANES
    record["line_count"] = len(lengths)
    for place, (length, longest) in enumerate(lengths):
        line = _add_line(world, row, length, longest)
        world.tables["transport_line"]["is_right"][line] = place % _LANES == 1
        world.tables["belt"]["lines"][row, place] = line
    world.entity["component"][entity] = row


def _add_line(world: World, belt: int, length: int, longest: int) -> int:
    line = world.allocate("transport_line")
    capacity = longest // _SQUASHED_LENGTH + _SPARE_ITEMS
    first = world.allocate_run("line_item", capacity)
    record = world.tables["transport_line"][line]
    record["entity"] = world.tables["belt"]["entity"][belt]
    record["belt"] = belt
    record["length"] = length
    record["speed"] = world.tables["belt"]["speed"][belt]
    record["first_item"] = first
    record["capacity"] = capacity
    return line


def _lines_of(world: World, entity: int) -> Iterator[int]:
    record = world.tables["belt"][world.entity["component"][entity]]
    for line in record["lines"][: record["line_count"]]:
        yield int(line)


def contents_of_belt(world: World, entity: int) -> dict[int, int]:
    """Items on all lines of a belt piece, {item: count}."""
    contents: dict[int, int] = {}
    for line in _lines_of(world, entity):
        record = world.tables["transport_line"][line]
        first = int(record["first_item"])
        for item in world.tables["line_item"]["item"][first : first + record["count"]]:
            contents[int(item)] = contents.get(int(item), 0) + 1
    return contents


def destroy_belt(world: World, entity: int) -> None:
    """Give back a belt piece's lines, with what is on them."""
    for line in _lines_of(world, entity):
        record = world.tables["transport_line"][line]
        first, capacity = int(record["first_item"]), int(record["capacity"])
        world.free_run("line_item", first, capacity)
        world.free("transport_line", line)
    world.free("belt", int(world.entity["component"][entity]))


def belt_turned_along(world: World, entity: int, direction: int) -> int:
    """The other end of a pair of undergrounds, which turns around with an end.

    Source: wiki, Underground belts.

    Returns:
        Its entity; 0 when nothing else turns.
    """
    belts = world.tables["belt"]
    row = int(world.entity["component"][entity])
    other = int(belts["other_end"][row])
    is_turned_around = direction == (int(belts["direction"][row]) + 4) % 8
    return int(belts["entity"][other]) if other and is_turned_around else 0


def turn_belt(world: World, entity: int, other: int) -> None:
    """Turn a belt piece; undergrounds that are turned around swap their ends."""
    belts = world.tables["belt"]
    direction = int(world.entity["direction"][entity])
    rows = [int(world.entity["component"][each]) for each in (entity, other) if each]
    for row in rows:
        is_turned_around = direction == (int(belts["direction"][row]) + 4) % 8
        belts["direction"][row] = direction
        if is_turned_around and belts["kind"][row] in _UNDERGROUND_KINDS:
            _swap_end(world, row)
    if other:
        _exchange_underground_lines(world, *rows)


def _swap_end(world: World, row: int) -> None:
    kinds = world.tables["belt"]["kind"]
    is_input = kinds[row] == BELT_KIND_UNDERGROUND_INPUT
    kinds[row] = (
        BELT_KIND_UNDERGROUND_OUTPUT if is_input else BELT_KIND_UNDERGROUND_INPUT
    )


def _exchange_underground_lines(world: World, row: int, other: int) -> None:
    """Hand what is below the ground to the end that is now the entrance."""
    belts, lines = world.tables["belt"], world.tables["transport_line"]
    below = slice(FIRST_UNDERGROUND_LINE, FIRST_UNDERGROUND_LINE + _LANES)
    own = belts["lines"][row, below].copy()
    belts["lines"][row, below] = belts["lines"][other, below]
    belts["lines"][other, below] = own
    for end in (row, other):
        lines["belt"][belts["lines"][end, below]] = end
        lines["entity"][belts["lines"][end, below]] = belts["entity"][end]


SYSTEM: Final = System(
    name="transport_belt",
    kinds=("belt",),
    create=create_belt,
    turned_along=belt_turned_along,
    turned=turn_belt,
    contents=contents_of_belt,
    destroy=destroy_belt,
    reads=("line_place",),
    writes=("belt", "transport_line", "line_item", "line_chain"),
)
