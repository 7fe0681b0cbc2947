"""Entities that several electric networks reach: they are on all of them.

The networks are served one after the other, in the order of their rows. A consumer asks
each for what it has not got from those before, a producer offers each what those before
have not taken, and an accumulator may be charged by one and discharged into another,
with its limits holding for each. The game's own order is not documented; this is a
choice.

Such entities are few, so they are looked at in each tick, one by one.

Source: wiki.factorio.com/Electric_system.
"""

from typing import Final

from fle_marl.sim._jit import Tables, called_kernel, kernel
from fle_marl.sim.components import (
    MAXIMUM_NETWORKS,
    TABLE_INDEX,
    USAGE_SOLAR,
    USAGE_TERTIARY,
)
from fle_marl.sim.kernels.awake import touch_energy
from fle_marl.sim.kernels.electric_buffer import (
    drain_of,
    is_consumer,
    missing_joules,
)

__all__ = [
    "add_up_shared",
    "begin_shared",
    "clear_shared",
    "end_shared",
    "serve_shared",
    "share_entity",
]

_SHARED: Final = TABLE_INDEX["electric_shared"]
_NOWHERE: Final = -1


@kernel
def clear_shared(state: Tables) -> None:
    """Forget who is on several networks."""
    shared = state.electric_shared
    for row in range(1, state.count[_SHARED]):
        state.electric[shared[row].electric].shared = 0
        shared[row] = shared[0]
    state.count[_SHARED] = 1


@called_kernel
def share_entity(state: Tables, row: int, network: int) -> None:
    """Put an entity that is on a network on another, too; networks are kept by age.

    Args:
        state: ``World.state``, changed; ``electric_shared`` has room for as many rows
            as ``electric``.
        row: of ``electric``.
        network: of ``electric_network``.
    """
    electric = state.electric
    shared = state.electric_shared
    networks = state.electric_network
    found = electric[row].shared
    if found == 0:
        found = state.count[_SHARED]
        state.count[_SHARED] = found + 1
        shared[found].entity = 1
        shared[found].electric = row
        shared[found].network_count = 1
        shared[found].networks[0] = electric[row].network
        electric[row].shared = found
    if _place_of(state, found, network) != _NOWHERE:
        return
    # the youngest of too many falls off at the end
    count = min(int(shared[found].network_count) + 1, MAXIMUM_NETWORKS)
    carried = network
    for place in range(count):
        other = shared[found].networks[place]
        if other == 0 or networks[carried].id < networks[other].id:
            shared[found].networks[place] = carried
            carried = other
    shared[found].network_count = count
    electric[row].network = shared[found].networks[0]


@kernel
def _place_of(state: Tables, row: int, network: int) -> int:
    """Which of an entity's networks one is; -1 for none."""
    shared = state.electric_shared
    for place in range(MAXIMUM_NETWORKS):
        if shared[row].networks[place] == network:
            return place
    return _NOWHERE


@kernel
def begin_shared(state: Tables) -> None:
    """Let shared entities want and offer what they can."""
    electric = state.electric
    shared = state.electric_shared
    for row in range(1, state.count[_SHARED]):
        source = shared[row].electric
        usage = int(electric[source].usage)
        left = electric[source].output_limit_joules
        if is_consumer(usage):
            left = missing_joules(state, source) + drain_of(state, source)
        elif usage == USAGE_SOLAR:
            left *= state.clock[0].sunshine
        shared[row].left_joules = left
        electric[source].flow_joules = 0.0


@called_kernel
def add_up_shared(state: Tables, network: int) -> None:
    """Add to the sums of a network what shared entities want and offer there."""
    electric = state.electric
    shared = state.electric_shared
    sums = state.electric_network[network]
    for row in range(1, state.count[_SHARED]):
        if _place_of(state, row, network) == _NOWHERE:
            continue
        source = shared[row].electric
        usage = int(electric[source].usage)
        amount = shared[row].left_joules
        if usage == USAGE_TERTIARY:
            amount = _storable(state, source)
            sums.charge_joules += missing_joules(state, source)
        sums.amount_joules[usage] += amount


@kernel
def _storable(state: Tables, source: int) -> float:
    """What an accumulator could give in this tick."""
    electric = state.electric
    limit, held = electric[source].output_limit_joules, electric[source].buffer_joules
    return float(min(limit, held))


@called_kernel
def serve_shared(state: Tables, network: int) -> None:
    """Let shared entities take and give their shares in a network."""
    electric = state.electric
    shared = state.electric_shared
    sums = state.electric_network[network]
    for row in range(1, state.count[_SHARED]):
        place = _place_of(state, row, network)
        if place == _NOWHERE:
            continue
        source = shared[row].electric
        usage = int(electric[source].usage)
        share = sums.share[usage]
        taken = given = 0.0
        if usage == USAGE_TERTIARY:
            taken = missing_joules(state, source) * sums.charge_share
            given = _storable(state, source) * share
            held = electric[source].buffer_joules + taken - given
            held = min(max(held, 0.0), electric[source].capacity_joules)
            electric[source].buffer_joules = held
        elif is_consumer(usage):
            taken = shared[row].left_joules * share
            shared[row].left_joules -= taken
        else:
            given = shared[row].left_joules * share
            shared[row].left_joules -= given
        electric[source].flow_joules += taken - given
        flow = shared[row].flows[place]
        state.electric_flow[flow].consumed += taken
        state.electric_flow[flow].produced += given


@kernel
def end_shared(state: Tables) -> None:
    """Put what shared consumers have got into their buffers."""
    electric = state.electric
    shared = state.electric_shared
    for row in range(1, state.count[_SHARED]):
        source = shared[row].electric
        if not is_consumer(int(electric[source].usage)):
            continue
        missing, drain = missing_joules(state, source), drain_of(state, source)
        wanted = missing + drain
        held = electric[source].buffer_joules
        electric[source].satisfaction = 1.0
        if shared[row].left_joules <= 0.0:
            is_filled = missing == electric[source].capacity_joules - held
            held = electric[source].capacity_joules if is_filled else held + missing
        else:
            got = wanted - shared[row].left_joules
            electric[source].satisfaction = got / wanted
            held = max(0.0, held + got - drain)
        had_energy = electric[source].buffer_joules > 0.0
        electric[source].buffer_joules = held
        if had_energy != (held > 0.0):
            touch_energy(state, electric[source].entity)
