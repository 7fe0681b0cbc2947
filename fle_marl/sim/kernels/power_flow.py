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
accumulators are reckoned by pools (`accumulator_pool`). Where nothing is supplied at
all, consumers with empty buffers sleep too. What so is not written into the rows of
``electric`` in each tick is written at the end of a call of ``schedule.advance``
(`settle_power`), before anybody else can read it.

Source: prototype API, ElectricEnergySource (``usage_priority``, ``drain``,
``input_flow_limit``, ``output_flow_limit``) and ElectricUsagePriority;
wiki.factorio.com/Electric_system; wiki, Accumulator (charged from surplus only).
"""

from typing import Final

import numpy as np

from fle_marl.sim._jit import Tables, called_kernel, kernel
from fle_marl.sim.components import (
    TABLE_INDEX,
    USAGE_COUNT,
    USAGE_LAMP,
    USAGE_NONE,
    USAGE_PRIMARY_INPUT,
    USAGE_PRIMARY_OUTPUT,
    USAGE_SECONDARY_INPUT,
    USAGE_SECONDARY_OUTPUT,
    USAGE_SOLAR,
    USAGE_TERTIARY,
)
from fle_marl.sim.kernels.accumulator_pool import (
    add_up_pools,
    check_pools,
    flow_in_pools,
    settle_pools,
)
from fle_marl.sim.kernels.awake import (
    fall_asleep,
    is_awake,
    next_awake,
    touch,
    wake_row,
)
from fle_marl.sim.kernels.electric_buffer import (
    QUANTA_PER_JOULE,
    catch_up,
    drain_of,
    is_consumer,
    is_filled_meanwhile,
    is_lit,
    missing_joules,
    to_quanta,
)
from fle_marl.sim.kernels.electric_flow import find_flows
from fle_marl.sim.kernels.electric_shared import (
    add_up_shared,
    begin_shared,
    end_shared,
    serve_shared,
)
from fle_marl.sim.kernels.power_status import status_of_source

__all__ = ["begin_power", "settle_power", "update_networks"]

_ELECTRIC: Final = TABLE_INDEX["electric"]
_NETWORK: Final = TABLE_INDEX["electric_network"]
_GROUP: Final = TABLE_INDEX["electric_group"]
_SHARED: Final = TABLE_INDEX["electric_shared"]
_WORDS: Final = TABLE_INDEX["electric_awake"]
_ALL: Final = np.uint64(0xFFFF_FFFF_FFFF_FFFF)


# --- adding up


@kernel
def _find_wants(state: Tables) -> None:
    """Add to each group what the buffers of its awake consumers miss."""
    electric = state.electric
    rows = state.count[_ELECTRIC]
    row = next_awake(state.electric_awake, rows, 0)
    while row > 0:
        group = electric[row].group
        if group > 0 and is_consumer(int(electric[row].usage)):
            quanta = to_quanta(missing_joules(state, row))
            state.electric_group[group].wanted_quanta += quanta
        row = next_awake(state.electric_awake, rows, row)


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
        return float(each.steady_joules * state.clock[0].light)
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


@called_kernel
def _wake_consumers(state: Tables, network: int) -> None:
    """Have all consumers of a network looked at."""
    electric = state.electric
    for row in range(1, state.count[_ELECTRIC]):
        if electric[row].network != network or electric[row].group == 0:
            continue
        if is_consumer(int(electric[row].usage)) and not is_awake(
            state.electric_awake, row
        ):
            if is_filled_meanwhile(state, row):
                catch_up(state, row)
            wake_row(state.electric_awake, row)
    # those that slept over empty buffers are added up one by one from the next tick on
    row = state.electric_network[network].first_group
    while row > 0:
        group = state.electric_group[row]
        group.wanted_quanta += group.starved_quanta
        group.starved_quanta = 0
        row = group.next


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


# --- filling buffers


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
    network, group = electric[row].network, electric[row].group
    share = 0.0
    if network > 0:
        share = state.electric_network[network].share[int(electric[row].usage)]
    missing = missing_joules(state, row)
    drain = drain_of(state, row)
    capacity = electric[row].capacity_joules
    electric[row].flow_joules = missing * share  # and the drain: _settle_row
    electric[row].fed_tick = state.clock[0].tick
    held = electric[row].buffer_joules
    if share >= 1.0:
        # rounding must not keep a buffer from ever being full
        held = capacity if missing == capacity - held else held + missing
    else:
        held = max(0.0, held + (missing + drain) * share - drain)
    _set_buffer(state, row, held)
    if group == 0:
        if held == 0.0 or drain == 0.0:
            fall_asleep(state.electric_awake, row)
    elif share >= 1.0 and held == capacity:
        fall_asleep(state.electric_awake, row)
    elif held == 0.0 and state.electric_network[network].is_dead:
        quanta = to_quanta(missing_joules(state, row))
        state.electric_group[group].starved_quanta += quanta
        fall_asleep(state.electric_awake, row)


@kernel
def _feed_awake(state: Tables) -> None:
    """Fill the buffers of all awake consumers; nobody else needs to be awake."""
    electric = state.electric
    rows = state.count[_ELECTRIC]
    row = next_awake(state.electric_awake, rows, 0)
    while row > 0:
        if is_consumer(int(electric[row].usage)) and electric[row].shared == 0:
            _feed(state, row)
        else:
            fall_asleep(state.electric_awake, row)
        row = next_awake(state.electric_awake, rows, row)


@kernel
def update_networks(state: Tables) -> None:
    """Move the energy of one tick.

    Generators have added what they offer to ``electric_group.offered_joules`` before.
    """
    has_shared = state.count[_SHARED] > 1
    _find_wants(state)
    if has_shared:
        begin_shared(state)
    for row in range(1, state.count[_NETWORK]):
        if state.electric_network[row].entity > 0:
            _add_up(state, row)
            _share_out(state, row)
            if _see_who_is_short(state, row):
                _wake_consumers(state, row)
            _flow_in_groups(state, row)
            if state.electric_network[row].is_sharing:
                serve_shared(state, row)
    _feed_awake(state)
    if has_shared:
        end_shared(state)
    state.clock[0].electric_tick = state.clock[0].tick


# --- before and after many ticks


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
            offered *= state.clock[0].light
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
