"""LuaFlowStatistics of items, fluids, kills, pollution and electric networks.

It holds a number.

The game's ``input`` is what was produced, its ``output`` what was consumed; in electric
networks it is the other way round, since their window shows consumption on the left.
Everything that machines and characters make counts for the player's force, so the
statistics of other forces are empty. So are those of kills, of every force: nothing is
killed here. Scripts cannot change those of networks here, but clear them.

Source: runtime API, LuaFlowStatistics.
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import numpy as np

from fle_marl.defines import FlowPrecisionIndex
from fle_marl.errors import LuaApiMissing
from fle_marl.sim.components import FLOW_SAMPLES, FORCE_PLAYER
from fle_marl.sim.lua_api.arguments import read_count, read_number
from fle_marl.sim.lua_api.errors import fail, shown
from fle_marl.sim.lua_api.lua_class import LuaClass, LuaValue
from fle_marl.sim.schedule import ELECTRIC_NETWORKS, refreshed
from fle_marl.sim.systems.electric_network import electric_flows, find_network
from fle_marl.sim.systems.flow_statistics import (
    SAMPLE_TICKS,
    clear_electric_flows,
    clear_flows,
    count_flow,
    flow_samples,
    set_flow_total,
)
from fle_marl.units import TICKS_PER_SECOND

if TYPE_CHECKING:
    from fle_marl.sim.lua_api.runtime import LuaApi

__all__ = ["LUA_FLOW_STATISTICS", "electric_statistics", "flow_statistics"]

LUA_FLOW_STATISTICS: Final = LuaClass("LuaFlowStatistics")

_KINDS: Final = ("item", "fluid", "kill", "pollution", "build")
_ELECTRIC: Final = "electric"
_POLLUTION: Final = "pollution"
_COUNTED: Final = frozenset({"item", "fluid", _POLLUTION, _ELECTRIC})
_NAMES_OF: Final = {"item": "items", "fluid": "fluids"}  # of all other kinds: entities
_TICKS_PER_MINUTE: Final = 60.0 * TICKS_PER_SECOND
_MOST_WHOLE: Final = 1 << 53
"""Totals are doubles, which hold all whole numbers up to here."""


class _Subject(NamedTuple):
    """Whose flows of what an object stands for.

    Attributes:
        kind: ``"item"``, ``"fluid"``, ``"pollution"`` or ``"electric"``; the table is
            named by it.
        force: LuaForce.index.
        network: row of the electric network; 0 for items and fluids.
    """

    kind: str
    force: int
    network: int = 0

    @property
    def is_counted(self) -> bool:
        """Whether anything is ever counted there."""
        return self.force == FORCE_PLAYER and self.kind in _COUNTED

    def field(self, is_input: bool) -> str:
        """The field with what the game calls input or output."""
        return "produced" if is_input != (self.kind == _ELECTRIC) else "consumed"


def flow_statistics(api: "LuaApi", kind: str, force: int) -> LuaValue:
    """The LuaFlowStatistics of a force.

    Args:
        api: with the world.
        kind: ``"item"``, ``"fluid"``, ``"kill"``, ``"build"`` or ``"pollution"``; the
            last is no force's, and has that of the player here.
        force: LuaForce.index.
    """
    number = len(_KINDS) * force + _KINDS.index(kind)
    return api.object("LuaFlowStatistics", number)


def electric_statistics(api: "LuaApi", network_id: int) -> LuaValue:
    """The LuaFlowStatistics of an electric network, by its id."""
    return api.object("LuaFlowStatistics", -network_id)


def _of(api: "LuaApi", self: int) -> _Subject:
    if self < 0:
        network = find_network(refreshed(api.world, ELECTRIC_NETWORKS), -int(self))
        if network == 0:
            fail("LuaFlowStatistics API call when LuaFlowStatistics was invalid.")
        return _Subject(_ELECTRIC, FORCE_PLAYER, network)
    force, kind = divmod(int(self), len(_KINDS))
    return _Subject(_KINDS[kind], force)


def _things(api: "LuaApi", kind: str) -> Mapping[str, Any]:
    """The prototypes by whose names a kind is counted."""
    things: Mapping[str, Any] = getattr(api.prototypes, _NAMES_OF.get(kind, "entities"))
    return things


def _row(api: "LuaApi", of: _Subject, name: object) -> int:
    """Row in the table of flows; 0, which is all zeros, if there was none."""
    things = _things(api, of.kind)
    if not isinstance(name, str) or name not in things:
        what = of.kind if of.kind in _NAMES_OF else "entity"
        fail(f"Unknown {what} name: {shown(name)}.")
    number = int(things[name].id)
    if of.kind == _ELECTRIC:
        return electric_flows(api.world, of.network).get(number, 0)
    return number


def _writable(api: "LuaApi", self: int, member: str) -> str:
    """The kind, when its statistics are kept and scripts can change them."""
    of = _of(api, self)
    if not of.is_counted:
        raise LuaApiMissing(
            f"LuaFlowStatistics.{member}: the embedded simulator keeps statistics of "
            "items, fluids and pollution of the force player only, not those of "
            f"{of.kind} of the force with index {of.force}",
            details={"class": "LuaFlowStatistics", "member": member},
        )
    if of.kind == _ELECTRIC:
        raise LuaApiMissing(
            f"LuaFlowStatistics.{member}: scripts cannot change the statistics of "
            "electric networks in the embedded simulator",
            details={"class": "LuaFlowStatistics", "member": member},
        )
    return of.kind


# --- totals


def _counts(api: "LuaApi", self: int, is_input: bool) -> LuaValue:
    of = _of(api, self)
    if not of.is_counted:
        return api.table({})
    amounts = api.world.tables[f"{of.kind}_flow"][of.field(is_input)]
    if of.kind == _ELECTRIC:
        rows = electric_flows(api.world, of.network)
    else:
        rows = {int(row): int(row) for row in np.flatnonzero(amounts)}
    names = {thing.id: name for name, thing in _things(api, of.kind).items()}
    found = {names[number]: float(amounts[row]) for number, row in rows.items()}
    return api.table({name: amount for name, amount in found.items() if amount})


def _count(api: "LuaApi", self: int, name: object, is_input: bool) -> float:
    of = _of(api, self)
    row = _row(api, of, name)
    if not of.is_counted:
        return 0.0
    return float(api.world.tables[f"{of.kind}_flow"][of.field(is_input)][row])


def _read_amount(value: object) -> float:
    if isinstance(value, float) and not np.isfinite(value):
        fail(f"count must be finite, not {shown(value)}.")
    return read_number(value, "count", expected="a number")


def _set_count(
    api: "LuaApi", self: int, name: object, count: object, is_input: bool
) -> None:
    member = "set_input_count" if is_input else "set_output_count"
    kind = _writable(api, self, member)
    of = _of(api, self)
    row = _row(api, of, name)
    total = read_count(count, "count") if kind == "item" else _read_amount(count)
    if not 0 <= total <= _MOST_WHOLE:
        fail(f"count must be 0 to {_MOST_WHOLE}, not {shown(count)}.")
    set_flow_total(api.world, kind, row, of.field(is_input), total)


@LUA_FLOW_STATISTICS.getter("input_counts")
def _input_counts(api: "LuaApi", self: int) -> LuaValue:
    return _counts(api, self, is_input=True)


@LUA_FLOW_STATISTICS.getter("output_counts")
def _output_counts(api: "LuaApi", self: int) -> LuaValue:
    return _counts(api, self, is_input=False)


@LUA_FLOW_STATISTICS.method("get_input_count")
def _get_input_count(api: "LuaApi", self: int, name: object) -> float:
    return _count(api, self, name, is_input=True)


@LUA_FLOW_STATISTICS.method("get_output_count")
def _get_output_count(api: "LuaApi", self: int, name: object) -> float:
    return _count(api, self, name, is_input=False)


@LUA_FLOW_STATISTICS.method("set_input_count")
def _set_input_count(api: "LuaApi", self: int, name: object, count: object) -> None:
    _set_count(api, self, name, count, is_input=True)


@LUA_FLOW_STATISTICS.method("set_output_count")
def _set_output_count(api: "LuaApi", self: int, name: object, count: object) -> None:
    _set_count(api, self, name, count, is_input=False)


@LUA_FLOW_STATISTICS.getter("force")
def _force(api: "LuaApi", self: int) -> LuaValue:
    of = _of(api, self)
    # "nil for pollution statistics". Source: runtime API
    return None if of.kind == _POLLUTION else api.object("LuaForce", of.force)


@LUA_FLOW_STATISTICS.getter("valid")
def _valid(api: "LuaApi", self: int) -> bool:
    return (
        self >= 0
        or find_network(refreshed(api.world, ELECTRIC_NETWORKS), -int(self)) > 0
    )


@LUA_FLOW_STATISTICS.method("on_flow")
def _on_flow(api: "LuaApi", self: int, name: object, count: object) -> None:
    kind = _writable(api, self, "on_flow")
    row = _row(api, _of(api, self), name)
    amount = _read_amount(count)
    # "negative to count as consumed". Source: runtime API
    produced, consumed = max(amount, 0.0), max(-amount, 0.0)
    count_flow(api.world, kind, row, produced=produced, consumed=consumed)


@LUA_FLOW_STATISTICS.method("clear")
def _clear(api: "LuaApi", self: int) -> None:
    of = _of(api, self)
    if of.kind == _ELECTRIC:
        clear_electric_flows(api.world, of.network)
    else:
        clear_flows(api.world, _writable(api, self, "clear"))


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


@LUA_FLOW_STATISTICS.method("get_flow_count")
def _get_flow_count(api: "LuaApi", self: int, given: LuaValue) -> float:
    """What flowed in a sample, or in all of a precision: in all, or in some time.

    That is a minute, and for electric networks a tick. Source: runtime API.
    """
    of = _of(api, self)
    row = _row(api, of, given["name"])
    field = of.field(given["input"])
    precision = _precision(given["precision_index"])
    index = _sample_index(given["sample_index"])
    is_total = bool(given["count"])
    if not of.is_counted:
        return 0.0
    samples = flow_samples(api.world, of.kind, row, field, precision)
    # sample 1 is the newest. The mean goes over the whole span, also while the game is
    # younger than that
    read = samples if index is None else samples[index - 1 : index]
    amount = float(read.sum())
    if is_total:
        return amount
    ticks = 1.0 if of.kind == _ELECTRIC else _TICKS_PER_MINUTE
    return amount * ticks / (len(read) * SAMPLE_TICKS[precision])
