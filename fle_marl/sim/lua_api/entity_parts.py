"""Inventories and transport lines of many entities at once, with what lies in them.

For scripts that ask each entity that they found for its own: what is read here is what
`LuaEntity.get_inventory`, `LuaEntity.get_transport_line` and ``get_contents`` give one
by one; whatever they have to look at more closely is left to them.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from fle_marl.sim.components import KINDS, ROLE_ROCKET
from fle_marl.sim.lua_api.inventories import InventoryOf
from fle_marl.sim.lua_api.lua_transport_line import LineOf

if TYPE_CHECKING:
    from fle_marl.sim.lua_api.runtime import LuaApi

__all__ = ["PARTS", "Parts"]

Rows = NDArray[np.int64]
Handles = NDArray[np.int64]
Counts = dict[str, int]

_BELT: Final = KINDS.index("belt")


class Parts(NamedTuple):
    """The same part of several entities.

    Attributes:
        selves: what the objects of the parts hold; False where the method has to be
            asked.
        contents: what lies in each, {item: count}.
    """

    selves: Sequence[object]
    contents: Sequence[Counts]


def _inventories(api: "LuaApi", handles: Handles, rows: Rows, define: int) -> Parts:
    table = api.world.tables["inventory"]
    found = api.world.entity["first_inventory"][rows].astype(np.int64)
    while (is_other := (found > 0) & (table["define"][found] != define)).any():
        found = np.where(is_other, table["next"][found], found)
    # what is in a rocket is found by another way
    found[table["role"][found] == ROLE_ROCKET] = 0
    firsts = table["first_slot"][found]
    lengths = np.where(found > 0, table["slot_count"][found], 0)
    slots = api.world.tables["slot"]
    places, owners = _runs(firsts, lengths)
    counts = slots["count"][places]
    is_filled = counts > 0
    contents = _summed(
        api,
        len(found),
        owners[is_filled],
        slots["item"][places[is_filled]],
        counts[is_filled],
    )
    selves = [
        InventoryOf(handle, row) if row else False
        for handle, row in zip(handles.tolist(), found.tolist(), strict=True)
    ]
    return Parts(selves, contents)


def _lines(api: "LuaApi", handles: Handles, rows: Rows, index: int) -> Parts:
    entity, belts = api.world.entity, api.world.tables["belt"]
    component = np.where(entity["kind"][rows] == _BELT, entity["component"][rows], 0)
    has_line = (component > 0) & (belts["line_count"][component] >= index)
    lines = np.where(has_line, belts["lines"][component, index - 1], 0)
    table = api.world.tables["transport_line"]
    lengths = np.where(lines > 0, table["count"][lines], 0)
    places, owners = _runs(table["first_item"][lines], lengths)
    items = api.world.tables["line_item"]["item"][places]
    contents = _summed(api, len(lines), owners, items, np.ones_like(owners))
    selves = [
        LineOf(handle, line) if line else False
        for handle, line in zip(handles.tolist(), lines.tolist(), strict=True)
    ]
    return Parts(selves, contents)


def _runs(firsts: NDArray[Any], lengths: NDArray[Any]) -> tuple[Rows, Rows]:
    """Rows of several runs of a table, one run after the other, and whose they are."""
    lengths = lengths.astype(np.int64)
    owners = np.repeat(np.arange(len(lengths)), lengths)
    starts = np.cumsum(lengths) - lengths
    return firsts.astype(np.int64)[owners] + np.arange(len(owners)) - starts[
        owners
    ], owners


def _summed(
    api: "LuaApi", length: int, owners: Rows, items: NDArray[Any], counts: NDArray[Any]
) -> list[Counts]:
    """How much of each item each has, in the order in which it comes."""
    contents: list[Counts] = [{} for _ in range(length)]
    name_of = api.prototypes.items.by_id
    entries: Iterable[tuple[int, int, int]] = zip(
        owners.tolist(), items.tolist(), counts.tolist(), strict=True
    )
    for owner, item, count in entries:
        own, name = contents[owner], name_of(item).name
        own[name] = own.get(name, 0) + count
    return contents


PARTS: Final[
    Mapping[str, tuple[int, Callable[["LuaApi", Handles, Rows, int], Parts]]]
] = {
    "get_inventory": (255, _inventories),
    "get_transport_line": (8, _lines),
}
"""Methods of LuaEntity by their names: the largest number that they take, and how they
are answered for several entities."""
