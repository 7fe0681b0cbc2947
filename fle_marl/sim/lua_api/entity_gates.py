"""Members of LuaEntity about gates, and what walls are joined to."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from fle_marl.sim.actions.walls import wall_neighbours
from fle_marl.sim.components import (
    GATE_CLOSED,
    GATE_CLOSING,
    GATE_OPEN,
    GATE_OPENING,
    KINDS,
)
from fle_marl.sim.lua_api.arguments import read_count
from fle_marl.sim.lua_api.errors import fail
from fle_marl.sim.lua_api.forces import force_index
from fle_marl.sim.lua_api.lua_class import LuaClass, LuaValue
from fle_marl.sim.systems.gate import gate_phase, request_close, request_open

if TYPE_CHECKING:
    from fle_marl.sim.lua_api.runtime import LuaApi

__all__ = ["declare", "wall_neighbour_table"]

_GATE: Final = KINDS.index("gate")
_MOST_UINT: Final = 0xFFFF_FFFF
_PHASES: Final = {
    "is_closed": GATE_CLOSED,
    "is_opening": GATE_OPENING,
    "is_opened": GATE_OPEN,
    "is_closing": GATE_CLOSING,
}


def _gate(api: "LuaApi", handle: int, member: str) -> int:
    row = api.row(handle)
    if int(api.world.entity["kind"][row]) != _GATE:
        fail(f"LuaEntity.{member}: the entity is not a gate.")
    return row


def _asks(member: str) -> Callable[["LuaApi", int], bool]:
    def is_so(api: "LuaApi", handle: int) -> bool:
        row = _gate(api, handle, member)
        return gate_phase(api.world, row) == _PHASES[member]

    return is_so


def _is_own(api: "LuaApi", row: int, force: object) -> bool:
    """Whether a force may ask something of a gate: only its own, which is a choice."""
    return force_index(api, force) == int(api.world.entity["force"][row])


def _request_to_open(
    api: "LuaApi", handle: int, force: object, extra_time: object = None
) -> None:
    row = _gate(api, handle, "request_to_open")
    extra_ticks = 0 if extra_time is None else read_count(extra_time, "extra_time")
    if extra_ticks > _MOST_UINT:
        fail(f"extra_time must be 0 to {_MOST_UINT}, not {extra_ticks}.")
    if _is_own(api, row, force):
        request_open(api.world, row, extra_ticks)


def _request_to_close(api: "LuaApi", handle: int, force: object) -> None:
    row = _gate(api, handle, "request_to_close")
    if _is_own(api, row, force):
        request_close(api.world, row)


def wall_neighbour_table(api: "LuaApi", row: int) -> LuaValue:
    """``LuaEntity.neighbours`` of a wall or gate: lists by the name of the side."""
    table = api.lua.table()
    for side, other in wall_neighbours(api.world, row).items():
        table[side.name] = api.entities([other])
    return table


def declare(entity: LuaClass) -> None:
    """Add the members of this topic to LuaEntity."""
    entity.methods |= {member: _asks(member) for member in _PHASES}
    entity.methods |= {
        "request_to_open": _request_to_open,
        "request_to_close": _request_to_close,
    }
