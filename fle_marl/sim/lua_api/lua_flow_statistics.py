"""LuaFlowStatistics; holds a number, see `flow_statistics`.

The game's ``input`` is what was produced, its ``output`` what was consumed. Everything
that machines and characters make counts for the player's force, so the statistics of
other forces are empty. So are those of kills, of every force: nothing is killed here.

Source: runtime API, LuaFlowStatistics.
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import numpy as np
from lupa.lua52 import lua_type

from fle_marl.defines import FlowPrecisionIndex
from fle_marl.errors import LuaApiMissing
from fle_marl.sim.components import FLOW_SAMPLES, FORCE_PLAYER
from fle_marl.sim.lua_api.arguments import read_count
from fle_marl.sim.lua_api.errors import fail, shown
from fle_marl.sim.lua_api.lua_class import LuaClass, LuaValue
from fle_marl.sim.systems.flow_statistics import (
    SAMPLE_TICKS,
    clear_flows,
    count_flow,
    flow_samples,
    set_flow_total,
)
from fle_marl.units import TICKS_PER_SECOND

if TYPE_CHECKING:
    from fle_marl.sim.lua_api.runtime import LuaApi

__all__ = ["LUA_FLOW_STATISTICS", "flow_statistics"]

LUA_FLOW_STATISTICS: Final = LuaClass("LuaFlowStatistics")

_KINDS: Final = ("item", "fluid", "kill")
_COUNTED: Final = frozenset({"item", "fluid"})
_TICKS_PER_MINUTE: Final = 60.0 * TICKS_PER_SECOND
_MOST_WHOLE: Final = 1 << 53
"""Totals are doubles, which hold all whole numbers up to here."""


class _Subject(NamedTuple):
    """Whose flows of what an object stands for."""

    kind: str
    force: int

    @property
    def is_counted(self) -> bool:
        """Whether anything is ever counted there."""
        return self.force == FORCE_PLAYER and self.kind in _COUNTED


def flow_statistics(api: "LuaApi", kind: str, force: int) -> LuaValue:
    """The LuaFlowStatistics of a force.

    Args:
        api: with the world.
        kind: ``"item"``, ``"fluid"`` or ``"kill"``.
        force: LuaForce.index.
    """
    number = len(_KINDS) * force + _KINDS.index(kind)
    return api.object("LuaFlowStatistics", number)


def _of(self: int) -> _Subject:
    force, kind = divmod(int(self), len(_KINDS))
    return _Subject(_KINDS[kind], force)


def _row(api: "LuaApi", kind: str, name: object) -> int:
    names: Mapping[str, Any] = api.prototypes.entities
    what = "entity"
    if kind in _COUNTED:
        names = getattr(api.prototypes, f"{kind}s")
        what = kind
    if not isinstance(name, str) or name not in names:
        fail(f"Unknown {what} name: {shown(name)}.")
    return int(names[name].id)


def _writable(self: int, member: str) -> str:
    """The kind, when its statistics are kept."""
    of = _of(self)
    if not of.is_counted:
        raise LuaApiMissing(
            f"LuaFlowStatistics.{member}: the embedded simulator keeps statistics of "
            "items and fluids of the force player only, not those of "
            f"{of.kind} of the force with index {of.force}",
            details={"class": "LuaFlowStatistics", "member": member},
        )
    return of.kind


# --- totals


def _counts(api: "LuaApi", self: int, field: str) -> LuaValue:
    of = _of(self)
    if not of.is_counted:
        return api.table({})
    amounts = api.world.tables[f"{of.kind}_flow"][field]
    names = api.prototypes.items if of.kind == "item" else api.prototypes.fluids
    rows = np.flatnonzero(amounts)
    return api.table({names.by_id(int(row)).name: float(amounts[row]) for row in rows})


def _count(api: "LuaApi", self: int, name: object, field: str) -> float:
    of = _of(self)
    row = _row(api, of.kind, name)
    if not of.is_counted:
        return 0.0
    return float(api.world.tables[f"{of.kind}_flow"][field][row])


def _set_count(
    api: "LuaApi", self: int, name: object, count: object, field: str
) -> None:
    member = "set_input_count" if field == "produced" else "set_output_count"
    kind = _writable(self, member)
    row = _row(api, kind, name)
    if kind == "item":
        total = float(read_count(count, "count"))
    else:
        total = _number(count, "count")
    if not 0 <= total <= _MOST_WHOLE:
        fail(f"count must be 0 to {_MOST_WHOLE}, not {shown(count)}.")
    set_flow_total(api.world, kind, row, field, total)


def _number(value: object, name: str) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        fail(f"{name} must be a number, not {shown(value)}.")
    if not np.isfinite(value):
        fail(f"{name} must be finite, not {shown(value)}.")
    return float(value)


@LUA_FLOW_STATISTICS.getter("input_counts")
def _input_counts(api: "LuaApi", self: int) -> LuaValue:
    return _counts(api, self, "produced")


@LUA_FLOW_STATISTICS.getter("output_counts")
def _output_counts(api: "LuaApi", self: int) -> LuaValue:
    return _counts(api, self, "consumed")


@LUA_FLOW_STATISTICS.method("get_input_count")
def _get_input_count(api: "LuaApi", self: int, name: object) -> float:
    return _count(api, self, name, "produced")


@LUA_FLOW_STATISTICS.method("get_output_count")
def _get_output_count(api: "LuaApi", self: int, name: object) -> float:
    return _count(api, self, name, "consumed")


@LUA_FLOW_STATISTICS.method("set_input_count")
def _set_input_count(api: "LuaApi", self: int, name: object, count: object) -> None:
    _set_count(api, self, name, count, "produced")


@LUA_FLOW_STATISTICS.method("set_output_count")
def _set_output_count(api: "LuaApi", self: int, name: object, count: object) -> None:
    _set_count(api, self, name, count, "consumed")


@LUA_FLOW_STATISTICS.getter("force")
def _force(api: "LuaApi", self: int) -> LuaValue:
    return api.object("LuaForce", _of(self).force)


@LUA_FLOW_STATISTICS.getter("valid")
def _valid(_api: "LuaApi", _self: int) -> bool:
    return True


@LUA_FLOW_STATISTICS.method("on_flow")
def _on_flow(api: "LuaApi", self: int, name: object, count: object) -> None:
    kind = _writable(self, "on_flow")
    row = _row(api, kind, name)
    amount = _number(count, "count")
    # "negative to count as consumed". Source: runtime API
    produced, consumed = max(amount, 0.0), max(-amount, 0.0)
    count_flow(api.world, kind, row, produced=produced, consumed=consumed)


@LUA_FLOW_STATISTICS.method("clear")
def _clear(api: "LuaApi", self: int) -> None:
    clear_flows(api.world, _writable(self, "clear"))


# --- samples


def _precision(value: object) -> FlowPrecisionIndex:
    if type(value) is not int or value not in set(FlowPrecisionIndex):
        fail(f"Invalid precision index: {shown(value)}.")
    return FlowPrecisionIndex(value)


def _sample_index(value: object) -> int | None:
    if value is None:
        return None
    if type(value) is not int or not 1 <= value <= FLOW_SAMPLES:
        fail(f"sample_index must be 1 to {FLOW_SAMPLES}, not {shown(value)}.")
    return value


def _flag(given: LuaValue, name: str, *, default: bool | None = None) -> bool:
    value = given[name]
    if value is None:
        value = default
    if not isinstance(value, bool):
        fail(f"{name} must be true or false, not {shown(value)}.")
    return value


@LUA_FLOW_STATISTICS.method("get_flow_count")
def _get_flow_count(api: "LuaApi", self: int, given: LuaValue) -> float:
    """What flowed in a sample, or in all of a precision, by the minute or in all."""
    if lua_type(given) != "table":
        fail(f"get_flow_count expects a table, not {shown(given)}.")
    of = _of(self)
    row = _row(api, of.kind, given["name"])
    field = "produced" if _flag(given, "input") else "consumed"
    precision = _precision(given["precision_index"])
    index = _sample_index(given["sample_index"])
    is_total = _flag(given, "count", default=False)
    if not of.is_counted:
        return 0.0
    samples = flow_samples(api.world, of.kind, row, field, precision)
    # sample 1 is the newest. The mean goes over the whole span, also while the game is
    # younger than that
    read = samples if index is None else samples[index - 1 : index]
    amount = float(read.sum())
    if is_total:
        return amount
    return amount * _TICKS_PER_MINUTE / (len(read) * SAMPLE_TICKS[precision])
