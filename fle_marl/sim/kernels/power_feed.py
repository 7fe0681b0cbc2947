"""Consumers of electricity whose buffers are looked at one by one.

Those are few as long as there is enough: ones whose buffers are not full, and all of
them for a tick when `schedule.advance` begins. When a network has too little all of its
consumers are awake; when it has nothing at all, those with empty buffers sleep again.
"""

from typing import Final

from fle_marl.sim._jit import Tables, called_kernel, kernel
from fle_marl.sim.components import TABLE_INDEX
from fle_marl.sim.kernels.awake import (
    fall_asleep,
    is_awake,
    next_awake,
    touch_energy,
    wake_row,
)
from fle_marl.sim.kernels.electric_buffer import (
    catch_up,
    drain_of,
    is_consumer,
    is_filled_meanwhile,
    missing_joules,
    to_quanta,
)

__all__ = ["feed_consumers", "find_wants", "wake_consumers"]

_ELECTRIC: Final = TABLE_INDEX["electric"]


@kernel
def find_wants(state: Tables) -> None:
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


@called_kernel
def wake_consumers(state: Tables, network: int) -> None:
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
def _set_buffer(state: Tables, row: int, joules: float) -> None:
    """Change what is in a buffer; who waits for energy, or loses it, is told."""
    electric = state.electric
    had_energy = electric[row].buffer_joules > 0.0
    electric[row].buffer_joules = joules
    if had_energy != (joules > 0.0):
        touch_energy(state, electric[row].entity)


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
def feed_consumers(state: Tables) -> None:
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
