"""Production statistics: what was made and used up in each of the last 300 samples.

There are eight precisions. A sample of the finest is a tick; one of a coarser precision
is the sum of some samples of the one before, written when the last of them is over, so
no two precisions ever contradict each other. Only what flows costs anything: items and
fluids are marked when they are counted (`kernels.flow`), and a sample that is not zero
marks them for the next precision. An item has samples of a precision (a row of
``flow_series``) from the first that is not zero.

Rows are taken inside a tick, where tables cannot grow. When they run out the samples
that are left wait in the bitmaps, until Python has made room (`reserve_flow_series`).

Source: runtime API, LuaFlowStatistics; defines.flow_precision_index.
"""

from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from fle_marl.defines import FlowPrecisionIndex
from fle_marl.sim._jit import Table, Tables, called_kernel, kernel, lowest_bit
from fle_marl.sim.components import (
    FLOW_PRECISIONS,
    FLOW_SAMPLES,
    FLOWS_PER_NOTE,
    MAXIMUM_NETWORKS,
    PENDING_SAMPLES,
    TABLE_INDEX,
)
from fle_marl.sim.kernels.electric_flow import note_of
from fle_marl.sim.kernels.flow import mark_flow
from fle_marl.sim.kernels.rows import take_row
from fle_marl.sim.system import System
from fle_marl.sim.world import World

__all__ = [
    "SAMPLE_TICKS",
    "SYSTEM",
    "clear_electric_flows",
    "clear_flows",
    "count_flow",
    "flow_samples",
    "flush_electric_flows",
    "note_electric_flows",
    "record_flows",
    "reserve_flow_series",
    "set_flow_total",
]

_SERIES: Final = TABLE_INDEX["flow_series"]
_ELECTRIC_FLOW: Final = TABLE_INDEX["electric_flow"]
_FINER_SAMPLES: Final = (1, 12, 10, 6, 10, 5, 5, 4)
"""How many samples of the precision before make one: 5 s are 300 ticks, and the spans
of FlowPrecisionIndex are so many times as long as each other."""
SAMPLE_TICKS: Final = tuple(
    int(ticks) for ticks in np.cumprod(np.array(_FINER_SAMPLES, np.int64))
)
"""Ticks of a sample by precision."""
_NOTED_PRECISIONS: Final = 2
"""Precisions whose electric samples are written by `flush_electric_flows`."""
_ROWS_AT_A_TIME: Final = 64
"""Rows to make room for: eight items with all their precisions."""
_NO_SUBJECTS: Final = np.uint64(0)
_ONE: Final = np.uint64(1)


@kernel
def _series_of(state: Tables, flow: Table, subject: int, precision: int) -> int:
    """Row of the samples, a new one if there is none yet; 0: there is no room."""
    row = int(flow[subject].series[precision])
    if row == 0:
        row = take_row(state, state.flow_series, _SERIES)
        if row > 0:
            state.flow_series[row].entity = 1
            flow[subject].series[precision] = row
    return row


@kernel
def _begin_sample(series: Table, row: int, number: int) -> int:
    """Have all samples up to one stand in the ring, new ones with zeros.

    Returns:
        Where the sample stands.
    """
    first = max(series[row].last + 1, number - FLOW_SAMPLES + 1)
    for each in range(first, number + 1):
        series[row].produced[each % FLOW_SAMPLES] = 0.0
        series[row].consumed[each % FLOW_SAMPLES] = 0.0
    series[row].last = number
    return int(number % FLOW_SAMPLES)


@kernel
def _sample_totals(state: Tables, flow: Table, subject: int, row: int) -> None:
    """Write what was counted since the last sample into the sample of this tick."""
    series = state.flow_series
    place = _begin_sample(series, row, state.clock[0].tick)
    produced, consumed = flow[subject].produced, flow[subject].consumed
    series[row].produced[place] += produced - flow[subject].sampled_produced
    series[row].consumed[place] += consumed - flow[subject].sampled_consumed
    flow[subject].sampled_produced = produced
    flow[subject].sampled_consumed = consumed


@kernel
def _add_up(series: Table, finer: int, row: int, number: int, samples: int) -> None:
    """Write the sum of the last samples of the finer series into a sample."""
    place = _begin_sample(series, row, number)
    produced = consumed = 0.0
    end = number * samples
    first = max(0, end - samples + 1)
    for each in range(first, min(end, series[finer].last) + 1):
        produced += series[finer].produced[each % FLOW_SAMPLES]
        consumed += series[finer].consumed[each % FLOW_SAMPLES]
    series[row].produced[place] = produced
    series[row].consumed[place] = consumed


@kernel
def _record_sample(
    state: Tables, flow: Table, subject: int, precision: int, number: int
) -> bool:
    """Write one sample of an item or fluid; says whether there was room for it."""
    row = _series_of(state, flow, subject, precision)
    if row == 0:
        return False
    if precision == 0:
        _sample_totals(state, flow, subject, row)
    else:
        finer = flow[subject].series[precision - 1]
        samples = _FINER_SAMPLES[precision]
        _add_up(state.flow_series, finer, row, number, samples)
    return True


@called_kernel
def _record(
    state: Tables, flow: Table, touched: Table, precision: int, number: int
) -> bool:
    """Write the samples of all items or fluids that are marked for a precision."""
    words = touched.shape[0] // FLOW_PRECISIONS
    first = precision * words
    for word in range(words):
        while touched[first + word].subjects != _NO_SUBJECTS:
            bits = touched[first + word].subjects
            subject = int((word << 6) + lowest_bit(bits))
            if not _record_sample(state, flow, subject, precision, number):
                return False
            touched[first + word].subjects = bits & (bits - _ONE)
            if precision + 1 < FLOW_PRECISIONS:
                mark_flow(touched, first + words, subject)
    return True


@kernel
def note_electric_flows(state: Tables) -> None:
    """Note what flowed in electric networks in this tick.

    Energy flows in nearly every tick, and series lie far apart; so they are written to
    only now and then, `flush_electric_flows`.
    """
    flow = state.electric_flow
    notes = state.electric_note
    slot = int(state.clock[0].pending_samples)
    state.clock[0].pending_samples = slot + 1
    for row in range(1, state.count[_ELECTRIC_FLOW]):
        note, place = note_of(row)
        produced = flow[row].produced - flow[row].sampled_produced
        consumed = flow[row].consumed - flow[row].sampled_consumed
        notes[note].produced[slot, place] = produced
        notes[note].consumed[slot, place] = consumed
        flow[row].sampled_produced = flow[row].produced
        flow[row].sampled_consumed = flow[row].consumed
        is_new = bool(flow[row].series[0] == 0 and produced + consumed > 0.0)
        state.clock[0].is_flow_new |= is_new


@called_kernel
def _find_series(state: Tables) -> bool:
    """Give what flowed for the first time in this tick its series, if there is room."""
    flow = state.electric_flow
    for row in range(1, state.count[_ELECTRIC_FLOW]):
        if flow[row].produced == 0.0 and flow[row].consumed == 0.0:
            continue
        for precision in range(_NOTED_PRECISIONS):
            if _series_of(state, flow, row, precision) == 0:
                return False
    state.clock[0].is_flow_new = False
    return True


@kernel
def _write_notes(state: Tables, row: int, first: int, count: int) -> None:
    """Write so many noted ticks of a flow into its finest series, from one on."""
    notes, series = state.electric_note, state.flow_series
    samples = state.electric_flow[row].series[0]
    note, place = note_of(row)
    for slot in range(count):
        produced = notes[note].produced[slot, place]
        consumed = notes[note].consumed[slot, place]
        if produced == 0.0 and consumed == 0.0:
            continue
        at = _begin_sample(series, samples, first + slot)
        series[samples].produced[at] = produced
        series[samples].consumed[at] = consumed
        notes[note].produced[slot, place] = 0.0
        notes[note].consumed[slot, place] = 0.0


@kernel
def _add_up_noted(state: Tables, row: int, first: int, last: int) -> None:
    """Write the samples of the second precision that have ended in some ticks."""
    flow, series = state.electric_flow, state.flow_series
    finer, coarser = flow[row].series[0], flow[row].series[1]
    samples = _FINER_SAMPLES[1]
    for number in range((first - 1) // samples + 1, last // samples + 1):
        if _has_samples(series, finer, number, samples):
            _add_up(series, finer, coarser, number, samples)


@kernel
def _has_samples(series: Table, finer: int, number: int, samples: int) -> bool:
    """Whether any of the finer samples is not zero that make up a coarser one."""
    end = number * samples
    for each in range(max(0, end - samples + 1), min(end, series[finer].last) + 1):
        place = each % FLOW_SAMPLES
        if series[finer].produced[place] != 0.0 or series[finer].consumed[place] != 0.0:
            return True
    return False


@called_kernel
def flush_electric_flows(state: Tables) -> None:
    """Write what is noted of electric flows into their series of the two finest."""
    flow = state.electric_flow
    count = int(state.clock[0].pending_samples)
    last = int(state.clock[0].tick)
    first = last - count + 1
    state.clock[0].pending_samples = 0
    if count == 0:
        return
    for row in range(1, state.count[_ELECTRIC_FLOW]):
        if flow[row].series[0] > 0:
            _write_notes(state, row, first, count)
            _add_up_noted(state, row, first, last)


@kernel
def _record_electric(state: Tables, precision: int, number: int) -> bool:
    """Write the samples of a coarser precision of what flowed in electric networks."""
    flow = state.electric_flow
    before = (number - 1) * _FINER_SAMPLES[precision]
    for row in range(1, state.count[_ELECTRIC_FLOW]):
        finer = flow[row].series[precision - 1]
        if finer == 0 or state.flow_series[finer].last <= before:
            continue
        if not _record_sample(state, flow, row, precision, number):
            return False
    return True


@kernel
def _record_pollution(state: Tables, precision: int, number: int) -> bool:
    """Write the samples of pollution; in most ticks there is none."""
    if precision == 0 and not state.clock[0].is_pollution_new:
        return True
    if not _record(
        state, state.pollution_flow, state.pollution_flow_touched, precision, number
    ):
        return False
    if precision == 0:
        state.clock[0].is_pollution_new = False
    return True


@kernel
def _record_all(state: Tables, precision: int, number: int) -> bool:
    return bool(
        _record(state, state.item_flow, state.item_flow_touched, precision, number)
        and _record(
            state, state.fluid_flow, state.fluid_flow_touched, precision, number
        )
        and _record_pollution(state, precision, number)
    )


@called_kernel
def _record_coarser(state: Tables, tick: int) -> bool:
    """Write the samples of all precisions but the finest that end with this tick."""
    for precision in range(1, FLOW_PRECISIONS):
        ticks = SAMPLE_TICKS[precision]
        if tick % ticks != 0:
            return True
        number = tick // ticks
        if not _record_all(state, precision, number):
            return False
        is_noted = precision < _NOTED_PRECISIONS
        if not is_noted and not _record_electric(state, precision, number):
            return False
    return True


@kernel
def record_flows(state: Tables) -> bool:
    """Write the samples that end with this tick, and what was counted since.

    It may be called again in the same tick, after more was counted or there is more
    room.

    Returns:
        Whether there was room for all of them; the others are still marked.
    """
    tick = state.clock[0].tick
    if not _record_all(state, 0, tick):
        return False
    if state.clock[0].is_flow_new and not _find_series(state):
        return False
    # dividing by a constant is cheap, and in most ticks it is all that is divided
    if tick % SAMPLE_TICKS[1] != 0:
        return True
    if tick % PENDING_SAMPLES == 0:
        flush_electric_flows(state)
    return _record_coarser(state, tick)


def reserve_flow_series(world: World) -> None:
    """Make the room that `record_flows` or `power_flow.begin_power` found missing."""
    world.reserve("flow_series", _ROWS_AT_A_TIME)
    groups = int(world.count[TABLE_INDEX["electric_group"]])
    shared = int(world.count[TABLE_INDEX["electric_shared"]])
    flows = groups + MAXIMUM_NETWORKS * shared
    world.reserve("electric_flow", flows)
    world.reserve("electric_note", flows // FLOWS_PER_NOTE + 2)


# --- what Python counts, sets and reads


def count_flow(
    world: World, kind: str, subject: int, *, produced: float = 0, consumed: float = 0
) -> None:
    """Count what was made or used up between ticks.

    Args:
        world: changed.
        kind: ``"item"``, ``"fluid"`` or ``"pollution"``.
        subject: the item, fluid or entity prototype.
        produced: items, or units of fluid.
        consumed: likewise.
    """
    flow = world.tables[f"{kind}_flow"][subject]
    flow["produced"] += produced
    flow["consumed"] += consumed
    world.clock["is_pollution_new"] |= kind == "pollution"
    mark = world.tables[f"{kind}_flow_touched"]["subjects"]
    mark[subject >> 6] |= _ONE << np.uint64(subject & 63)


def set_flow_total(
    world: World, kind: str, subject: int, field: str, total: float
) -> None:
    """Set a total; samples stay as they are.

    Args:
        world: changed.
        kind: ``"item"``, ``"fluid"`` or ``"pollution"``.
        subject: the item, fluid or entity prototype.
        field: ``"produced"`` or ``"consumed"``.
        total: items, or units of fluid.
    """
    flow = world.tables[f"{kind}_flow"][subject]
    flow[f"sampled_{field}"] += total - flow[field]
    flow[field] = total


def clear_flows(world: World, kind: str) -> None:
    """Forget all totals and samples of items or fluids."""
    flow = world.tables[f"{kind}_flow"]
    for field in ("produced", "consumed", "sampled_produced", "sampled_consumed"):
        flow[field] = 0
    world.tables[f"{kind}_flow_touched"]["subjects"] = 0
    _clear_series(world, flow["series"])


def clear_electric_flows(world: World, network: int) -> None:
    """Forget all totals and samples of an electric network."""
    flow = world.tables["electric_flow"]
    mine = (flow["entity"] > 0) & (flow["network"] == network)
    for field in ("produced", "consumed", "sampled_produced", "sampled_consumed"):
        flow[field][mine] = 0
    _clear_series(world, flow["series"][mine])


def _clear_series(world: World, rows: NDArray[Any]) -> None:
    series = world.tables["flow_series"]
    for row in rows[rows > 0]:
        series["produced"][row] = 0
        series["consumed"][row] = 0


def flow_samples(
    world: World, kind: str, subject: int, field: str, precision: FlowPrecisionIndex
) -> NDArray[Any]:
    """The samples of one precision, the newest that is over first.

    Args:
        world: read.
        kind: ``"item"``, ``"fluid"``, ``"pollution"`` or ``"electric"``.
        subject: the item or fluid, or the row of ``electric_flow``.
        field: ``"produced"`` or ``"consumed"``.
        precision: how long a sample is, `SAMPLE_TICKS`.

    Returns:
        float64[300], items, units of fluid or joules.
    """
    row = int(world.tables[f"{kind}_flow"]["series"][subject, precision])
    series = world.tables["flow_series"][row]
    newest = world.tick // SAMPLE_TICKS[precision]
    numbers = newest - np.arange(FLOW_SAMPLES)
    ring: NDArray[Any] = series[field]
    samples: NDArray[Any] = ring[numbers % FLOW_SAMPLES].astype(np.float64)
    samples[(numbers < 0) | (numbers > series["last"])] = 0.0
    return samples


SYSTEM: Final = System(
    name="flow_statistics",
    reads=("clock",),
    writes=(
        "count",
        "item_flow",
        "fluid_flow",
        "pollution_flow",
        "item_flow_touched",
        "fluid_flow_touched",
        "pollution_flow_touched",
        "electric_flow",
        "flow_series",
    ),
)
