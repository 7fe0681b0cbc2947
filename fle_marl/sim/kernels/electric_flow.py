"""Totals of what entities of each prototype have given to and taken from each network.

They last as long as the network does, also when the entities are gone. Every group and
every shared entity has its rows of totals before time passes (`find_flows`), so nothing
has to be made in a tick; `systems.flow_statistics` takes samples of them.

Source: LuaEntity.electric_network_statistics.
"""

from typing import Final

from fle_marl.sim._jit import Tables, called_kernel, kernel
from fle_marl.sim.components import (
    FLOW_PRECISIONS,
    FLOW_SAMPLES,
    FLOWS_PER_NOTE,
    PENDING_SAMPLES,
    TABLE_INDEX,
)
from fle_marl.sim.kernels.rows import free_row, take_row

__all__ = ["find_flows", "free_flows", "note_of"]

_FLOW: Final = TABLE_INDEX["electric_flow"]
_NOTE: Final = TABLE_INDEX["electric_note"]
_GROUP: Final = TABLE_INDEX["electric_group"]
_SERIES: Final = TABLE_INDEX["flow_series"]
_SHARED: Final = TABLE_INDEX["electric_shared"]


@called_kernel
def _flow_of(state: Tables, network: int, prototype: int) -> int:
    """Row of the totals of a prototype on a network; 0: there is no room for it."""
    flow = state.electric_flow
    row = state.electric_network[network].first_flow
    while row > 0:
        if flow[row].prototype == prototype:
            return int(row)
        row = flow[row].next
    if not _has_note(state):
        return 0
    row = take_row(state, flow, _FLOW)
    if row > 0:
        flow[row].entity = 1
        flow[row].network = network
        flow[row].prototype = prototype
        flow[row].next = state.electric_network[network].first_flow
        state.electric_network[network].first_flow = row
    return int(row)


@kernel
def _has_note(state: Tables) -> bool:
    """Have a place to note what one flow more is, if there is room."""
    row = state.count[_FLOW] // FLOWS_PER_NOTE + 1
    if row >= state.electric_note.shape[0]:
        return False
    if row >= state.count[_NOTE]:
        state.electric_note[row].entity = 1
        state.count[_NOTE] = row + 1
    return True


@kernel
def note_of(row: int) -> tuple[int, int]:
    """Row of ``electric_note`` of an electric flow, and its place there."""
    return row // FLOWS_PER_NOTE + 1, row % FLOWS_PER_NOTE


@kernel
def find_flows(state: Tables) -> bool:
    """Give all groups and shared entities that have none their rows of totals.

    Returns:
        Whether there was room in ``electric_flow``; if not, no time may pass.
    """
    group = state.electric_group
    for row in range(1, state.count[_GROUP]):
        if group[row].flow == 0:
            group[row].flow = _flow_of(state, group[row].network, group[row].prototype)
            if group[row].flow == 0:
                return False
    shared = state.electric_shared
    for row in range(1, state.count[_SHARED]):
        owner = state.electric[shared[row].electric].entity
        prototype = state.entity[owner].prototype
        for place in range(shared[row].network_count):
            if shared[row].flows[place] == 0:
                network = shared[row].networks[place]
                shared[row].flows[place] = _flow_of(state, network, prototype)
                if shared[row].flows[place] == 0:
                    return False
    return True


@kernel
def _free_series(state: Tables, row: int) -> None:
    series = state.flow_series
    series[row].last = 0
    for place in range(FLOW_SAMPLES):
        series[row].produced[place] = 0.0
        series[row].consumed[place] = 0.0
    free_row(state, series, _SERIES, row)


@called_kernel
def free_flows(state: Tables, network: int) -> None:
    """Forget the statistics of a network that is no more."""
    flow = state.electric_flow
    row = state.electric_network[network].first_flow
    while row > 0:
        following = flow[row].next
        for precision in range(FLOW_PRECISIONS):
            if flow[row].series[precision] > 0:
                _free_series(state, flow[row].series[precision])
        note, place = note_of(row)
        for slot in range(PENDING_SAMPLES):
            state.electric_note[note].produced[slot, place] = 0.0
            state.electric_note[note].consumed[slot, place] = 0.0
        flow[row] = flow[0]
        free_row(state, flow, _FLOW, row)
        row = following
    state.electric_network[network].first_flow = 0
