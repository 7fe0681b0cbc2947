"""LuaTransportLine, and the members of LuaEntity about belts."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from fle_marl.sim.actions.transport_line import (
    belt_neighbours,
    can_insert_at,
    can_insert_at_back,
    clear_line,
    input_lines,
    insert_at,
    insert_at_back,
    items_on_line,
    line_contents,
    lines_of_belt,
    output_lines,
    remove_items_from_line,
)
from fle_marl.sim.components import KINDS
from fle_marl.sim.lua_api.arguments import read_number
from fle_marl.sim.lua_api.errors import fail
from fle_marl.sim.lua_api.lua_class import LuaClass, LuaValue
from fle_marl.sim.lua_api.stacks import item_number, loose_stack, read_stack
from fle_marl.sim.systems import splitter
from fle_marl.sim.systems.underground_belt import belt_to_ground_type

if TYPE_CHECKING:
    from fle_marl.sim.lua_api.runtime import LuaApi

__all__ = ["LUA_TRANSPORT_LINE", "declare_belts"]

LUA_TRANSPORT_LINE: Final = LuaClass("LuaTransportLine")
_BELT: Final = KINDS.index("belt")
_BEYOND_TILES: Final = 256.0
"""Longer than any line."""
_SHAPES: Final = ("straight", "left", "right")


@dataclass(slots=True, unsafe_hash=True)
class LineOf:
    """A transport line of a belt: the belt's handle, the line's row.

    Nobody changes one; it is not frozen since many are made, and those take longer.
    """

    handle: int
    row: int


def _line(api: "LuaApi", line: LineOf) -> int:
    if not api.find_row(line.handle):
        fail("LuaTransportLine API call when LuaTransportLine was invalid.")
    return line.row


def _line_object(api: "LuaApi", row: int) -> LuaValue:
    owner = int(api.world.tables["transport_line"]["entity"][row])
    return api.object("LuaTransportLine", LineOf(api.handle(owner), row))


def _line_objects(api: "LuaApi", rows: list[int]) -> LuaValue:
    table = api.lua.table()
    for place, row in enumerate(rows, start=1):
        table[place] = _line_object(api, row)
    return table


@LUA_TRANSPORT_LINE.getter("valid")
def _valid(api: "LuaApi", line: LineOf) -> bool:
    return api.find_row(line.handle) > 0


@LUA_TRANSPORT_LINE.getter("owner")
def _owner(api: "LuaApi", line: LineOf) -> LuaValue:
    _line(api, line)
    return api.object("LuaEntity", line.handle)


@LUA_TRANSPORT_LINE.getter("input_lines")
def _input_lines(api: "LuaApi", line: LineOf) -> LuaValue:
    return _line_objects(api, input_lines(api.world, _line(api, line)))


@LUA_TRANSPORT_LINE.getter("output_lines")
def _output_lines(api: "LuaApi", line: LineOf) -> LuaValue:
    return _line_objects(api, output_lines(api.world, _line(api, line)))


@LUA_TRANSPORT_LINE.operator("len")
def _length(api: "LuaApi", line: LineOf) -> int:
    return len(items_on_line(api.world, _line(api, line)))


@LUA_TRANSPORT_LINE.operator("index")
def _index(api: "LuaApi", line: LineOf, key: object) -> tuple[LuaValue, bool]:
    if not isinstance(key, int):
        return None, False
    items = items_on_line(api.world, _line(api, line))
    if not 1 <= key <= len(items):
        fail(f"Index {key} is out of range of the transport line.")
    return loose_stack(api, items[key - 1][0], 1), True


@LUA_TRANSPORT_LINE.method("line_equals")
def _line_equals(api: "LuaApi", line: LineOf, other: object) -> bool:
    return bool(api.self_of(other, "LuaTransportLine") == line)


@LUA_TRANSPORT_LINE.method("get_contents")
def _get_contents(api: "LuaApi", line: LineOf) -> LuaValue:
    contents = line_contents(api.world, _line(api, line))
    items = api.prototypes.items
    return api.table({items.by_id(item).name: n for item, n in contents.items()})


@LUA_TRANSPORT_LINE.method("get_item_count")
def _get_item_count(api: "LuaApi", line: LineOf, item: object = None) -> int:
    contents = line_contents(api.world, _line(api, line))
    if item is None:
        return sum(contents.values())
    return contents.get(item_number(api, item), 0)


@LUA_TRANSPORT_LINE.method("can_insert_at_back")
def _can_insert_at_back(api: "LuaApi", line: LineOf) -> bool:
    return can_insert_at_back(api.world, _line(api, line))


def _position(value: object) -> float:
    """A place on a line, tiles; one beyond any line stays beyond it."""
    place = read_number(value, "position")
    return min(max(place, -_BEYOND_TILES), _BEYOND_TILES)


@LUA_TRANSPORT_LINE.method("can_insert_at")
def _can_insert_at(api: "LuaApi", line: LineOf, position: object) -> bool:
    return can_insert_at(api.world, _line(api, line), _position(position))


@LUA_TRANSPORT_LINE.method("insert_at_back")
def _insert_at_back(api: "LuaApi", line: LineOf, stack: object) -> bool:
    # one item at a time, however many the stack names. Source: runtime API
    item, _ = read_stack(api, stack)
    return insert_at_back(api.world, _line(api, line), item)


@LUA_TRANSPORT_LINE.method("insert_at")
def _insert_at(api: "LuaApi", line: LineOf, position: object, stack: object) -> bool:
    item, _ = read_stack(api, stack)
    return insert_at(api.world, _line(api, line), _position(position), item)


@LUA_TRANSPORT_LINE.method("remove_item")
def _remove_item(api: "LuaApi", line: LineOf, stack: object) -> int:
    item, count = read_stack(api, stack)
    return remove_items_from_line(api.world, _line(api, line), item, count)


@LUA_TRANSPORT_LINE.method("clear")
def _clear(api: "LuaApi", line: LineOf) -> None:
    clear_line(api.world, _line(api, line))


# --- LuaEntity


def _belt(api: "LuaApi", handle: int, member: str) -> int:
    row = api.row(handle)
    if int(api.world.entity["kind"][row]) != _BELT:
        fail(f"LuaEntity.{member}: the entity is not a belt.")
    return row


def _get_transport_line(api: "LuaApi", handle: int, index: object) -> LineOf:
    lines = lines_of_belt(api.world, _belt(api, handle, "get_transport_line"))
    if not isinstance(index, int) or not 1 <= index <= len(lines):
        fail(f"Transport line index {index} is out of range.")
    return LineOf(handle, lines[index - 1])


def _get_max_transport_line_index(api: "LuaApi", handle: int) -> int:
    row = _belt(api, handle, "get_max_transport_line_index")
    return len(lines_of_belt(api.world, row))


def _belt_neighbours(api: "LuaApi", handle: int) -> LuaValue:
    neighbours = belt_neighbours(api.world, _belt(api, handle, "belt_neighbours"))
    return api.table(
        {side: [api.handle(row) for row in rows] for side, rows in neighbours.items()}
    )


def _belt_to_ground_type(api: "LuaApi", handle: int) -> str:
    row = _belt(api, handle, "belt_to_ground_type")
    if api.prototype_of(row).type != "underground-belt":
        fail("LuaEntity.belt_to_ground_type: the entity is not an underground belt.")
    return belt_to_ground_type(api.world, row)


def _belt_shape(api: "LuaApi", handle: int) -> str:
    row = _belt(api, handle, "belt_shape")
    component = int(api.world.entity["component"][row])
    return _SHAPES[int(api.world.tables["belt"]["shape"][component])]


def _splitter(api: "LuaApi", handle: int, member: str) -> int:
    row = _belt(api, handle, member)
    if api.prototype_of(row).type != "splitter":
        fail(f"LuaEntity.{member}: the entity is not a splitter.")
    return row


def _input_priority(api: "LuaApi", handle: int) -> str:
    row = _splitter(api, handle, "splitter_input_priority")
    return splitter.splitter_input_priority(api.world, row)


def _set_input_priority(api: "LuaApi", handle: int, side: str) -> None:
    row = _splitter(api, handle, "splitter_input_priority")
    splitter.set_splitter_input_priority(api.world, row, side)


def _output_priority(api: "LuaApi", handle: int) -> str:
    row = _splitter(api, handle, "splitter_output_priority")
    return splitter.splitter_output_priority(api.world, row)


def _set_output_priority(api: "LuaApi", handle: int, side: str) -> None:
    row = _splitter(api, handle, "splitter_output_priority")
    splitter.set_splitter_output_priority(api.world, row, side)


def _filter(api: "LuaApi", handle: int) -> LuaValue:
    row = _splitter(api, handle, "splitter_filter")
    item = splitter.splitter_filter(api.world, row)
    return api.object("LuaItemPrototype", item) if item else None


def _set_filter(api: "LuaApi", handle: int, item: object) -> None:
    row = _splitter(api, handle, "splitter_filter")
    number = 0 if item is None else api.self_of(item, "LuaItemPrototype")
    if number is None:
        number = item_number(api, item)
    splitter.set_splitter_filter(api.world, row, int(number))


def declare_belts(entity: LuaClass) -> None:
    """Add the members of this topic to LuaEntity."""
    entity.methods |= {
        "get_transport_line": _get_transport_line,
        "get_max_transport_line_index": _get_max_transport_line_index,
    }
    entity.getters |= {
        "belt_neighbours": _belt_neighbours,
        "belt_to_ground_type": _belt_to_ground_type,
        "belt_shape": _belt_shape,
        "splitter_input_priority": _input_priority,
        "splitter_output_priority": _output_priority,
        "splitter_filter": _filter,
    }
    entity.gives["get_transport_line"] = "LuaTransportLine"
    entity.gives_lists["belt_neighbours"] = "LuaEntity"
    entity.setters |= {
        "splitter_input_priority": _set_input_priority,
        "splitter_output_priority": _set_output_priority,
        "splitter_filter": _set_filter,
    }
