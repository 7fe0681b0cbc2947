"""Heat in buffers: bringing it in, using it, and its flow between neighbours.

In each tick, for each pair of buffers that are joined, one after the other and each
seeing what the one before has changed, heat flows to the colder one when they differ by
more than the gradient that they keep: a share of what would bring them down to that
gradient, and no more than the connection transfers. So no heat is made or lost, the
colder one never becomes the hotter one, and a line of pipes under load falls by more
than a degree a pipe. The share is a choice; the rule of the game is not documented.

Source: prototype ``heat_buffer`` (``specific_heat``, ``max_transfer``,
``max_temperature``); prototype API, HeatBuffer (``min_temperature_gradient``), "the
minimum temperature difference for heat to flow".
"""

from typing import Final

from fle_marl.sim._jit import Tables, called_kernel, kernel
from fle_marl.sim.components import TABLE_INDEX

__all__ = ["add_heat", "take_heat", "update_heat"]

_BUFFER: Final = TABLE_INDEX["heat_buffer"]

_FLOW_SHARE: Final = 0.5
"""Share of the difference beyond the gradient that is evened out in a tick: half, so
that what a row of pipes passes on hardly depends on the order of its rows. A choice."""
_ROUNDING_DEGREES: Final = 1e-3
"""Differences beyond the gradient that are less do not flow; so heat comes to rest."""


@kernel
def add_heat(state: Tables, buffer: int, joules: float) -> None:
    """Bring heat into a buffer; what it has no room for is lost.

    Source: wiki, Nuclear reactor: one at its maximum temperature burns on for nothing.
    """
    heat_buffer = state.heat_buffer
    maximum = heat_buffer[buffer].maximum_temperature
    warmer = heat_buffer[buffer].temperature + (
        joules / heat_buffer[buffer].specific_heat_joules
    )
    # a script may have made it hotter than that
    if heat_buffer[buffer].temperature < maximum:
        heat_buffer[buffer].temperature = min(warmer, maximum)
        state.clock[0].is_heat_flowing = True


@kernel
def take_heat(state: Tables, buffer: int, joules: float) -> float:
    """Use heat above the temperature that a buffer's entity works at.

    Returns:
        Joules, 0 to ``joules``.
    """
    heat_buffer = state.heat_buffer
    specific_heat = heat_buffer[buffer].specific_heat_joules
    excess = heat_buffer[buffer].temperature - (
        heat_buffer[buffer].minimum_working_temperature
    )
    taken = min(joules, excess * specific_heat)
    if taken <= 0.0:
        return 0.0
    heat_buffer[buffer].temperature -= taken / specific_heat
    state.clock[0].is_heat_flowing = True
    return float(taken)


@kernel
def _flow(state: Tables, a: int, b: int) -> bool:
    """Let heat flow between two buffers for a tick; says whether any did."""
    heat_buffer = state.heat_buffer
    if heat_buffer[a].temperature < heat_buffer[b].temperature:
        a, b = b, a
    hot, cold = heat_buffer[a], heat_buffer[b]
    excess = hot.temperature - cold.temperature
    excess -= max(hot.minimum_gradient, cold.minimum_gradient)
    room = cold.maximum_temperature - cold.temperature
    if excess <= _ROUNDING_DEGREES or room <= 0.0:
        return False
    of_hot, of_cold = hot.specific_heat_joules, cold.specific_heat_joules
    joules = excess * _FLOW_SHARE * (of_hot * of_cold / (of_hot + of_cold))
    joules = min(joules, hot.maximum_transfer_joules, cold.maximum_transfer_joules)
    joules = min(joules, room * of_cold)
    heat_buffer[a].temperature -= joules / of_hot
    heat_buffer[b].temperature += joules / of_cold
    return True


@called_kernel
def update_heat(state: Tables) -> None:
    """Let heat flow for a tick; it rests where none flows until some comes or goes."""
    if not state.clock[0].is_heat_flowing:
        return
    heat_buffer = state.heat_buffer
    is_flowing = False
    for row in range(1, state.count[_BUFFER]):
        for place in range(heat_buffer[row].connection_count):
            other = heat_buffer[row].connected[place]
            if other > row and _flow(state, row, other):
                is_flowing = True
    state.clock[0].is_heat_flowing = is_flowing
