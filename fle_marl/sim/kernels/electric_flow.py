"""Totals of what entities of each prototype have given to and taken from each network.

They last as long as the network does, also when the entities are gone. Every group and
every shared entity has its rows of totals before time passes (`find_flows`), so nothing
has to be made in a tick; `systems.flow_statistics` takes samples of them.

Source: LuaEntity.electric_network_statistics.
"""

from typing import Final

from fle_marl.sim._jit import Tables, called_kernel, kernel
from fle_marl.sim.components import FLOW_PRECISIONS, FLOW_SAMPLES, TABLE_INDEX
from fle_marl.sim.kernels.rows import free_row, take_row

__all__ = ["find_flows", "free_flows"]

_FLOW: Final = TABLE_INDEX["electric_flow"]
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
    row = take_row(state, flow, _FLOW)
    if row > 0:
        flow[row].entity = 1
        flow[row].network = network
        flow[row].prototype = prototype
        flow[row].next = state.electric_network[network].first_flow
        state.electric_network[network].first_flow = row
    return int(row)


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
        flow[row] = flow[0]
        free_row(state, flow, _FLOW, row)
        row = following
    state.electric_network[network].first_flow = 0
