"""The flow of energy in electric networks, tick by tick.

In each tick a network adds up what its consumers want (to fill their buffers, and their
drain) and what its producers offer, and shares out:

* demand is met first by solar panels, then by ``primary-output``, then by
  ``secondary-output`` (steam engines), at last by accumulators (``tertiary``); those of
  one priority give the same share of what they offer;
* consumers with ``primary-input`` are served before those with ``secondary-input``;
  when there is too little, consumers of one priority all get the same share of what
  they want. The sources are silent about this share; it is a choice;
* what producers could give beyond that charges accumulators, all by the same share of
  what they can take in; they never charge each other.

A consumer whose buffer is full sleeps until energy is drawn from it. Its drain goes on:
the drains of all consumers are one sum for each network, made when it is built. Where
nothing is supplied at all, consumers with empty buffers sleep too.

Source: prototype API, ElectricEnergySource (``usage_priority``, ``drain``,
``input_flow_limit``, ``output_flow_limit``) and ElectricUsagePriority;
wiki.factorio.com/Electric_system; wiki, Accumulator (charged from surplus only).
"""

from typing import Final

from fle_marl.sim._jit import Tables, called_kernel, kernel
from fle_marl.sim.components import (
    TABLE_INDEX,
    USAGE_COUNT,
    USAGE_NONE,
    USAGE_PRIMARY_INPUT,
    USAGE_PRIMARY_OUTPUT,
    USAGE_SECONDARY_INPUT,
    USAGE_SECONDARY_OUTPUT,
    USAGE_SOLAR,
    USAGE_TERTIARY,
)
from fle_marl.sim.kernels.awake import fall_asleep, next_awake, touch, wake_row

__all__ = ["add_up_drains", "update_networks"]

_ELECTRIC: Final = TABLE_INDEX["electric"]
_NETWORK: Final = TABLE_INDEX["electric_network"]


@kernel
def _is_consumer(usage: int) -> bool:
    return usage in (USAGE_PRIMARY_INPUT, USAGE_SECONDARY_INPUT)


@kernel
def add_up_drains(state: Tables) -> None:
    """Sum up what the consumers of each network lose even when they are idle."""
    electric = state.electric
    electric_network = state.electric_network
    for row in range(1, state.count[_NETWORK]):
        electric_network[row].consumer_count = 0
        for usage in range(USAGE_COUNT):
            electric_network[row].drain_joules[usage] = 0.0
    for row in range(1, state.count[_ELECTRIC]):
        network = electric[row].network
        if electric[row].entity > 0 and network > 0:
            usage = int(electric[row].usage)
            electric_network[network].drain_joules[usage] += electric[row].drain_joules
            if _is_consumer(usage):
                electric_network[network].consumer_count += 1


@kernel
def _missing_joules(state: Tables, row: int) -> float:
    """What a consumer or an accumulator could take into its buffer in this tick."""
    source = state.electric[row]
    missing = max(0.0, source.capacity_joules - source.buffer_joules)
    if source.input_limit_joules > 0.0:
        missing = min(missing, source.input_limit_joules)
    return float(missing)


@called_kernel
def _add_up(state: Tables) -> None:
    """Sum up what is wanted and offered in each network."""
    electric = state.electric
    electric_network = state.electric_network
    for row in range(1, state.count[_NETWORK]):
        electric_network[row].charge_joules = 0.0
        for usage in range(USAGE_COUNT):
            drain = electric_network[row].drain_joules[usage]
            electric_network[row].amount_joules[usage] = drain
    rows = state.count[_ELECTRIC]
    row = next_awake(state.electric_awake, rows, 0)
    while row > 0:
        network = electric[row].network
        if electric[row].entity > 0 and network > 0:
            usage = int(electric[row].usage)
            amount = electric[row].output_limit_joules
            if _is_consumer(usage):
                amount = _missing_joules(state, row)
            elif usage == USAGE_TERTIARY:
                amount = min(amount, electric[row].buffer_joules)
                charge = _missing_joules(state, row)
                electric_network[network].charge_joules += charge
            electric_network[network].amount_joules[usage] += amount
        row = next_awake(state.electric_awake, rows, row)


@kernel
def _share_out_nothing(state: Tables, row: int) -> None:
    """Say what flows in a network without any supply.

    Consumers with empty buffers sleep there, so only drains count as demand.
    """
    network = state.electric_network[row]
    demand = 0.0
    for usage in range(USAGE_COUNT):
        drain = network.drain_joules[usage]
        network.amount_joules[usage] = drain
        network.share[usage] = 0.0
        demand += drain
    network.charge_share = 0.0
    network.demand_joules = demand
    network.supply_joules = 0.0
    network.output_joules = 0.0
    network.satisfaction = 0.0 if network.consumer_count > 0 else 1.0


@kernel
def _share_out(state: Tables, row: int) -> None:
    """Decide which share of each priority's demand or offer flows in a network."""
    network = state.electric_network[row]
    demand = (
        network.amount_joules[USAGE_PRIMARY_INPUT]
        + network.amount_joules[USAGE_SECONDARY_INPUT]
    )
    produced = (
        network.amount_joules[USAGE_SOLAR]
        + network.amount_joules[USAGE_PRIMARY_OUTPUT]
        + network.amount_joules[USAGE_SECONDARY_OUTPUT]
    )
    charge = min(network.charge_joules, max(0.0, produced - demand))
    left = demand + charge
    for usage in (USAGE_SOLAR, USAGE_PRIMARY_OUTPUT, USAGE_SECONDARY_OUTPUT):
        offered = network.amount_joules[usage]
        given = min(left, offered)
        network.share[usage] = given / offered if offered > 0.0 else 0.0
        left -= given
    stored = network.amount_joules[USAGE_TERTIARY]
    given = 0.0 if produced >= demand else min(left, stored)
    network.share[USAGE_TERTIARY] = given / stored if stored > 0.0 else 0.0
    left -= given
    wanted = network.charge_joules
    network.charge_share = charge / wanted if wanted > 0.0 else 0.0
    output = demand if produced >= demand else demand - left
    network.demand_joules = demand
    network.supply_joules = produced + stored
    network.output_joules = output
    network.satisfaction = output / demand if demand > 0.0 else 1.0
    for usage in (USAGE_PRIMARY_INPUT, USAGE_SECONDARY_INPUT):
        wanted = network.amount_joules[usage]
        taken = min(output, wanted)
        network.share[usage] = taken / wanted if wanted > 0.0 else 1.0
        output -= taken


@kernel
def _wake_dead_networks(state: Tables) -> bool:
    """Note which networks have no supply, and wake the consumers of those that get one.

    Returns:
        Whether there are such, and what they want is still to be added up.
    """
    electric_network = state.electric_network
    has_woken = False
    for row in range(1, state.count[_NETWORK]):
        network = electric_network[row]
        supply = (
            network.amount_joules[USAGE_SOLAR]
            + network.amount_joules[USAGE_PRIMARY_OUTPUT]
            + network.amount_joules[USAGE_SECONDARY_OUTPUT]
            + network.amount_joules[USAGE_TERTIARY]
        )
        if network.is_dead and supply > 0.0:
            _wake_consumers(state, row)
            has_woken = True
        # rows that are not in use stay all zero
        is_dead = network.entity > 0 and supply <= 0.0
        electric_network[row].is_dead = is_dead
    return has_woken


@called_kernel
def _wake_consumers(state: Tables, network: int) -> None:
    """Have all consumers of a network looked at: what they get is not enough."""
    electric = state.electric
    for row in range(1, state.count[_ELECTRIC]):
        if electric[row].network == network and _is_consumer(int(electric[row].usage)):
            wake_row(state.electric_awake, row)


@kernel
def _see_to_shortages(state: Tables) -> None:
    """Wake the consumers of networks that have just come to have too little."""
    electric_network = state.electric_network
    for row in range(1, state.count[_NETWORK]):
        is_short = bool(
            electric_network[row].entity > 0
            and (
                electric_network[row].share[USAGE_PRIMARY_INPUT] < 1.0
                or electric_network[row].share[USAGE_SECONDARY_INPUT] < 1.0
            )
        )
        if is_short and not electric_network[row].is_short:
            _wake_consumers(state, row)
        electric_network[row].is_short = is_short


@kernel
def _set_buffer(state: Tables, row: int, joules: float) -> None:
    """Change what is in a buffer; who waits for energy, or loses it, is told."""
    electric = state.electric
    had_energy = electric[row].buffer_joules > 0.0
    electric[row].buffer_joules = joules
    if had_energy != (joules > 0.0):
        touch(state, electric[row].entity)


@kernel
def _feed(state: Tables, row: int) -> None:
    """Let a consumer have its share: its drain is lost, the rest goes to the buffer."""
    electric = state.electric
    network = electric[row].network
    usage = int(electric[row].usage)
    share = 0.0
    if network > 0:
        share = state.electric_network[network].share[usage]
    missing = _missing_joules(state, row)
    drain = electric[row].drain_joules
    electric[row].satisfaction = share
    electric[row].flow_joules = (missing + drain) * share
    held = electric[row].buffer_joules
    if share >= 1.0:
        # rounding must not keep a buffer from ever being full
        is_filled = missing == electric[row].capacity_joules - held
        held = electric[row].capacity_joules if is_filled else held + missing
    else:
        held = max(0.0, held + (missing + drain) * share - drain)
    _set_buffer(state, row, held)
    is_cut_off = network == 0 or state.electric_network[network].is_dead
    is_empty = held == 0.0 or (drain == 0.0 and network == 0)
    if (missing == 0.0 and share >= 1.0) or (is_cut_off and is_empty):
        fall_asleep(state.electric_awake, row)


@kernel
def _store(state: Tables, row: int) -> None:
    """Charge or discharge an accumulator."""
    electric = state.electric
    network = electric[row].network
    flow = 0.0
    if network > 0:
        offered = min(electric[row].output_limit_joules, electric[row].buffer_joules)
        given = offered * state.electric_network[network].share[USAGE_TERTIARY]
        missing = _missing_joules(state, row)
        flow = missing * state.electric_network[network].charge_share - given
    electric[row].flow_joules = flow
    held = electric[row].buffer_joules + flow
    electric[row].buffer_joules = min(max(held, 0.0), electric[row].capacity_joules)


@kernel
def _give(state: Tables, row: int) -> None:
    """Note what a producer has given."""
    electric = state.electric
    network = electric[row].network
    share = 0.0
    if network > 0:
        share = state.electric_network[network].share[int(electric[row].usage)]
    electric[row].flow_joules = -electric[row].output_limit_joules * share


@kernel
def update_networks(state: Tables) -> None:
    """Move the energy of one tick.

    Producers have set ``electric.output_limit_joules`` before; what they have to give
    is in ``electric.flow_joules`` after, as a negative number.
    """
    electric = state.electric
    _add_up(state)
    if _wake_dead_networks(state):
        _add_up(state)
    for row in range(1, state.count[_NETWORK]):
        if state.electric_network[row].is_dead:
            _share_out_nothing(state, row)
        elif state.electric_network[row].entity > 0:
            _share_out(state, row)
    _see_to_shortages(state)
    rows = state.count[_ELECTRIC]
    row = next_awake(state.electric_awake, rows, 0)
    while row > 0:
        usage = int(electric[row].usage)
        if electric[row].entity <= 0 or usage == USAGE_NONE:
            fall_asleep(state.electric_awake, row)
        elif _is_consumer(usage):
            _feed(state, row)
        elif usage == USAGE_TERTIARY:
            _store(state, row)
        else:
            _give(state, row)
        row = next_awake(state.electric_awake, rows, row)
