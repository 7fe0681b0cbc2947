"""Attributes of many entities at once, for scripts that walk through what they found.

What is read here is what the getters of LuaEntity give one by one; whatever they have
to look at more closely is left to them.
"""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from numpy.typing import NDArray

from fle_marl.sim.components import KINDS
from fle_marl.sim.lua_api.entity_parts import PARTS
from fle_marl.sim.lua_api.handles import SERIAL_BITS, SERIAL_MASK
from fle_marl.sim.lua_api.lua_class import LuaValue
from fle_marl.units import POSITION_UNITS_PER_TILE

if TYPE_CHECKING:
    from fle_marl.sim.lua_api.runtime import LuaApi

__all__ = ["COLUMNS", "Found", "handles_of"]

Rows = NDArray[np.int64]
Handles = NDArray[np.int64]
Values = list[Any]
"""Of each row; False where the getter has to be asked."""

_RESOURCE: Final = KINDS.index("resource")
_ASK_KINDS: Final = tuple(
    KINDS.index(kind) for kind in ("ammo_turret", "cliff", "crafting_machine")
)
"""Kinds whose status or direction is not what stands in their rows."""


class Found:
    """What searches have found since something may last have changed.

    Args:
        api: of the world.
    """

    def __init__(self, api: "LuaApi") -> None:
        self._api = api
        self._searches: list[Handles] = []

    def remember(self, handles: Handles) -> None:
        """Add what a search has found."""
        self._searches.append(handles)

    def forget(self) -> None:
        """Drop all of it."""
        self._searches.clear()

    def read(self, name: str, first: int) -> tuple[LuaValue, ...]:
        """An attribute of what was found.

        Args:
            name: one of `COLUMNS`.
            first: how many of the searches are left out.

        Returns:
            Lua lists: handles, and the attribute of each, with false where the getter
            has to be asked; of positions a third, for x and y.
        """
        handles = np.concatenate(self._searches[first:])
        rows = _rows(self._api, handles)
        parts = [handles.tolist(), *COLUMNS[name](self._api, rows)]
        return tuple(map(self._api.lua.table_from, parts))

    def read_parts(self, name: str, number: int, first: int) -> tuple[LuaValue, ...]:
        """A part of what was found, with what lies in it.

        Args:
            name: one of `PARTS`.
            number: which of the parts, as the method takes it.
            first: how many of the searches are left out.

        Returns:
            Lua lists: handles; what the objects of the parts hold, with false where the
            method has to be asked; what lies in each, {item: count}.
        """
        handles = np.concatenate(self._searches[first:])
        _, read = PARTS[name]
        selves, contents = read(self._api, handles, _rows(self._api, handles), number)
        table_from = self._api.lua.table_from
        return (
            table_from(handles.tolist()),
            table_from(selves),
            table_from(map(table_from, contents)),
        )


def handles_of(api: "LuaApi", rows: Rows) -> Handles:
    """What LuaEntity objects of rows hold."""
    serials = api.world.entity["serial"][rows].astype(np.int64)
    return rows.astype(np.int64) << SERIAL_BITS | serials & SERIAL_MASK


def _rows(api: "LuaApi", handles: Handles) -> Rows:
    """Their rows, 0 for those that are gone."""
    rows = handles >> SERIAL_BITS
    entity = api.world.entity
    is_same = (entity["serial"][rows] ^ handles) & SERIAL_MASK == 0
    is_there = entity["prototype"][rows] > 0
    return np.where(is_same & is_there, rows, 0)


def _by_prototype(api: "LuaApi", rows: Rows, attribute: str) -> Values:
    numbers = api.world.entity["prototype"][rows]
    different, places = np.unique(numbers, return_inverse=True)
    by_id = api.prototypes.entities.by_id
    told = [
        getattr(by_id(number), attribute) if number > 0 else False
        for number in different.tolist()
    ]
    return [told[place] for place in places.tolist()]


def _names(api: "LuaApi", rows: Rows) -> list[Values]:
    return [_by_prototype(api, rows, "name")]


def _types(api: "LuaApi", rows: Rows) -> list[Values]:
    return [_by_prototype(api, rows, "type")]


def _positions(api: "LuaApi", rows: Rows) -> list[Values]:
    entity = api.world.entity
    xs = (entity["x"][rows] / POSITION_UNITS_PER_TILE).tolist()
    ys = (entity["y"][rows] / POSITION_UNITS_PER_TILE).tolist()
    return [_where(xs, rows > 0), ys]


def _unit_numbers(api: "LuaApi", rows: Rows) -> list[Values]:
    # 0 is nil, which the getter says
    numbers = api.world.entity["unit_number"][rows]
    return [_where(numbers.tolist(), (rows > 0) & (numbers > 0))]


def _directions(api: "LuaApi", rows: Rows) -> list[Values]:
    entity = api.world.entity
    is_plain = (rows > 0) & ~np.isin(entity["kind"][rows], _ASK_KINDS)
    return [_where(entity["direction"][rows].tolist(), is_plain)]


def _statuses(api: "LuaApi", rows: Rows) -> list[Values]:
    entity = api.world.entity
    status = entity["status"][rows]
    is_plain = (rows > 0) & (status > 0) & ~np.isin(entity["kind"][rows], _ASK_KINDS)
    return [_where(status.tolist(), is_plain)]


def _amounts(api: "LuaApi", rows: Rows) -> list[Values]:
    entity, resource = api.world.entity, api.world.tables["resource"]
    is_resource = (rows > 0) & (entity["kind"][rows] == _RESOURCE)
    components = np.where(is_resource, entity["component"][rows], 0)
    return [_where(resource["amount"][components].tolist(), is_resource)]


def _energies(api: "LuaApi", rows: Rows) -> list[Values]:
    entity, tables = api.world.entity, api.world.tables
    electric, burner = entity["electric"][rows], entity["burner"][rows]
    joules = np.where(
        electric > 0,
        tables["electric"]["buffer_joules"][electric],
        np.where(burner > 0, tables["burner"]["buffer_joules"][burner], 0.0),
    )
    return [_where(joules.tolist(), rows > 0)]


def _healths(api: "LuaApi", rows: Rows) -> list[Values]:
    has_health = np.array(_by_prototype(api, rows, "max_health")) > 0
    health = api.world.entity["health"][rows]
    return [_where(health.tolist(), (rows > 0) & has_health)]


def _where(values: Values, is_known: NDArray[np.bool_]) -> Values:
    """Those values, with False where they are not known."""
    if is_known.all():
        return values
    return [
        value if known else False
        for value, known in zip(values, is_known.tolist(), strict=True)
    ]


COLUMNS: Final[Mapping[str, Callable[["LuaApi", Rows], list[Values]]]] = {
    "amount": _amounts,
    "direction": _directions,
    "energy": _energies,
    "health": _healths,
    "name": _names,
    "position": _positions,
    "status": _statuses,
    "type": _types,
    "unit_number": _unit_numbers,
}
"""How each attribute is read."""
