"""What happens to electricity before and after many ticks.

Within a call of ``schedule.advance`` much is known only of groups, pools and networks.
At its end that is written into the row of each entity, so that nobody else needs to
know of it.
"""

from typing import Final

import numpy as np

from fle_marl.sim._jit import Tables, called_kernel, kernel
from fle_marl.sim.components import (
    TABLE_INDEX,
    USAGE_NONE,
    USAGE_SOLAR,
    USAGE_TERTIARY,
)
from fle_marl.sim.kernels.accumulator_pool import check_pools, settle_pools
from fle_marl.sim.kernels.electric_buffer import (
    catch_up,
    drain_of,
    is_consumer,
    is_filled_meanwhile,
)
from fle_marl.sim.kernels.electric_flow import find_flows
from fle_marl.sim.kernels.power_status import status_of_source

__all__ = ["begin_power", "settle_power"]

_ELECTRIC: Final = TABLE_INDEX["electric"]
_GROUP: Final = TABLE_INDEX["electric_group"]
_WORDS: Final = TABLE_INDEX["electric_awake"]
_ALL: Final = np.uint64(0xFFFF_FFFF_FFFF_FFFF)


@called_kernel
def begin_power(state: Tables) -> bool:
    """Have everything looked at in the next tick: Python may have changed anything.

    Returns:
        Whether there was room for what the statistics need; if not, no time may pass.
    """
    if not find_flows(state):
        return False
    for word in range(state.count[_WORDS]):
        state.electric_awake[word].rows = _ALL
    for group in range(1, state.count[_GROUP]):
        state.electric_group[group].wanted_quanta = 0
        state.electric_group[group].starved_quanta = 0
    check_pools(state)
    return True


@kernel
def _settle_row(state: Tables, row: int) -> None:
    """Write into a row what is only known for all of its group."""
    electric = state.electric
    network, usage = electric[row].network, int(electric[row].usage)
    if electric[row].shared > 0:
        return
    share = 0.0
    if network > 0:
        share = state.electric_network[network].share[usage]
    if is_consumer(usage):
        electric[row].satisfaction = share
        if network > 0 and is_filled_meanwhile(state, row):
            catch_up(state, row)
        electric[row].fed_tick = 0
        electric[row].flow_joules += drain_of(state, row) * share
    elif usage != USAGE_TERTIARY:
        offered = electric[row].output_limit_joules
        if usage == USAGE_SOLAR:
            offered *= state.clock[0].sunshine
        electric[row].flow_joules = -offered * share
    elif network == 0:
        electric[row].flow_joules = 0.0


@called_kernel
def settle_power(state: Tables) -> None:
    """Write down for each entity what it holds, gives, takes and does."""
    electric = state.electric
    settle_pools(state)
    for row in range(1, state.count[_ELECTRIC]):
        if electric[row].entity > 0 and electric[row].usage != USAGE_NONE:
            _settle_row(state, row)
            if electric[row].says_status:
                owner = electric[row].entity
                state.entity[owner].status = status_of_source(state, row)
