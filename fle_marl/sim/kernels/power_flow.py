"""The flow of energy in electric networks, tick by tick.

In each tick a network adds up what its consumers want (to fill their buffers, and their
drain) and what its producers offer, and shares out:

* demand is met first by solar panels, then by ``primary-output``, then by
  ``secondary-output`` (steam engines), at last by accumulators (``tertiary``); those of
  one priority give the same share of what they offer;
* consumers with ``primary-input`` are served before those with ``secondary-input`` and
  lamps; when there is too little, consumers of one priority all get the same share of
  what they want. The sources are silent about this share; it is a choice;
* what producers could give beyond that charges accumulators, all by the same share of
  what they can take in; they never charge each other.

Nothing is done for each entity that need not be. The entities of a network are reckoned
by groups, one for each prototype: drains and steady offers are sums made when the
network is built, consumers whose buffers are kept full sleep (`electric_buffer`), and
accumulators are reckoned by pools (`accumulator_pool`). What so is not written into the
rows of ``electric`` in each tick is written at the end of a call of
``schedule.advance`` (`power_settle`), before anybody else can read it.

Source: prototype API, ElectricEnergySource (``usage_priority``, ``drain``,
``input_flow_limit``, ``output_flow_limit``) and ElectricUsagePriority;
wiki.factorio.com/Electric_system; wiki, Accumulator (charged from surplus only).
"""

from typing import Final

from fle_marl.sim._jit import Tables, kernel
from fle_marl.sim.components import (
    TABLE_INDEX,
    USAGE_COUNT,
    USAGE_LAMP,
    USAGE_PRIMARY_INPUT,
    USAGE_PRIMARY_OUTPUT,
    USAGE_SECONDARY_INPUT,
    USAGE_SECONDARY_OUTPUT,
    USAGE_SOLAR,
    USAGE_TERTIARY,
)
from fle_marl.sim.kernels.accumulator_pool import add_up_pools, flow_in_pools
from fle_marl.sim.kernels.electric_buffer import (
    QUANTA_PER_JOULE,
    is_consumer,
    is_lit,
)
from fle_marl.sim.kernels.electric_shared import (
    add_up_shared,
    begin_shared,
    end_shared,
    serve_shared,
)
from fle_marl.sim.kernels.power_feed import (
    feed_consumers,
    find_wants,
    wake_consumers,
)

__all__ = ["update_networks"]

_NETWORK: Final = TABLE_INDEX["electric_network"]
_SHARED: Final = TABLE_INDEX["electric_shared"]


# --- adding up


@kernel
def _amount_of(state: Tables, group: int) -> float:
    """What the consumers of a group want, or its producers offer, in this tick."""
    each = state.electric_group[group]
    usage = int(each.usage)
    if is_consumer(usage):
        drain = each.drain_joules
        if usage == USAGE_LAMP and is_lit(state):
            drain = 0.0
        return float(
            drain + (each.wanted_quanta + each.starved_quanta) / QUANTA_PER_JOULE
        )
    if usage == USAGE_SOLAR:
        return float(each.steady_joules * state.clock[0].sunshine)
    return float(each.steady_joules + each.offered_joules)


@kernel
def _add_up(state: Tables, row: int) -> None:
    """Sum up what is wanted and offered in a network."""
    network = state.electric_network[row]
    network.charge_joules = 0.0
    for usage in range(USAGE_COUNT):
        network.amount_joules[usage] = 0.0
    group = network.first_group
    while group > 0:
        usage = int(state.electric_group[group].usage)
        if usage == USAGE_TERTIARY:
            stored, charge = add_up_pools(state, group)
            network.amount_joules[usage] += stored
            network.charge_joules += charge
        else:
            amount = _amount_of(state, group)
            state.electric_group[group].amount_joules = amount
            network.amount_joules[usage] += amount
        group = state.electric_group[group].next
    if network.is_sharing:
        add_up_shared(state, row)


# --- sharing out


@kernel
def _share(part: float, whole: float, without: float) -> float:
    """Which share of something a part of it is; ``without`` if there is nothing."""
    # most are all of it, and divisions are slow
    if part == whole:
        return without if whole == 0.0 else 1.0
    return part / whole


@kernel
def _share_out(state: Tables, row: int) -> None:
    """Decide which share of each priority's demand or offer flows in a network."""
    network = state.electric_network[row]
    amount, share = network.amount_joules, network.share
    first = amount[USAGE_PRIMARY_INPUT]
    second = amount[USAGE_SECONDARY_INPUT] + amount[USAGE_LAMP]
    demand = first + second
    produced = (
        amount[USAGE_SOLAR]
        + amount[USAGE_PRIMARY_OUTPUT]
        + amount[USAGE_SECONDARY_OUTPUT]
    )
    charge = min(network.charge_joules, max(0.0, produced - demand))
    left = demand + charge
    for usage in (USAGE_SOLAR, USAGE_PRIMARY_OUTPUT, USAGE_SECONDARY_OUTPUT):
        given = min(left, amount[usage])
        share[usage] = _share(given, amount[usage], 0.0)
        left -= given
    stored = amount[USAGE_TERTIARY]
    given = 0.0 if produced >= demand else min(left, stored)
    share[USAGE_TERTIARY] = _share(given, stored, 0.0)
    left -= given
    network.charge_share = _share(charge, network.charge_joules, 0.0)
    output = demand if produced >= demand else demand - left
    network.demand_joules = demand
    network.supply_joules = produced + stored
    network.output_joules = output
    network.satisfaction = _share(output, demand, 1.0)
    taken = min(output, first)
    share[USAGE_PRIMARY_INPUT] = _share(taken, first, 1.0)
    taken = min(output - taken, second)
    share[USAGE_SECONDARY_INPUT] = _share(taken, second, 1.0)
    share[USAGE_LAMP] = share[USAGE_SECONDARY_INPUT]


@kernel
def _see_who_is_short(state: Tables, row: int) -> bool:
    """Note which consumers of a network are short.

    Returns:
        Whether they must be woken: some have just come to have too little, or there is
        something to give again.
    """
    network = state.electric_network[row]
    was_dead = network.is_dead
    network.is_dead = network.supply_joules <= 0.0
    is_primary_short = bool(network.share[USAGE_PRIMARY_INPUT] < 1.0)
    is_secondary_short = bool(network.share[USAGE_SECONDARY_INPUT] < 1.0)
    is_news = bool(
        (was_dead and not network.is_dead)
        or (is_primary_short and not network.is_primary_short)
        or (is_secondary_short and not network.is_secondary_short)
    )
    network.is_primary_short = is_primary_short
    network.is_secondary_short = is_secondary_short
    return is_news


@kernel
def _flow_in_groups(state: Tables, row: int) -> None:
    """Let the groups of a network give and take their shares."""
    network = state.electric_network[row]
    group = network.first_group
    while group > 0:
        each = state.electric_group[group]
        flow = state.electric_flow[each.flow]
        usage = int(each.usage)
        share = network.share[usage]
        if usage == USAGE_TERTIARY:
            given, taken = flow_in_pools(state, group, share, network.charge_share)
            flow.produced += given
            flow.consumed += taken
        elif is_consumer(usage):
            flow.consumed += each.amount_joules * share
        else:
            flow.produced += each.amount_joules * share
        each.wanted_quanta = 0
        each.offered_joules = 0.0
        group = each.next


@kernel
def update_networks(state: Tables) -> None:
    """Move the energy of one tick.

    Generators have added what they offer to ``electric_group.offered_joules`` before.
    """
    has_shared = state.count[_SHARED] > 1
    find_wants(state)
    if has_shared:
        begin_shared(state)
    for row in range(1, state.count[_NETWORK]):
        if state.electric_network[row].entity > 0:
            _add_up(state, row)
            _share_out(state, row)
            if _see_who_is_short(state, row):
                wake_consumers(state, row)
            _flow_in_groups(state, row)
            if state.electric_network[row].is_sharing:
                serve_shared(state, row)
    feed_consumers(state)
    if has_shared:
        end_shared(state)
    state.clock[0].electric_tick = state.clock[0].tick
