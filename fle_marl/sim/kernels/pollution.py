"""Pollution, counted where it is emitted.

Each entity prototype and each chunk has a counter of all that was ever emitted. It
neither spreads nor is absorbed; that is a choice, as there is nothing here that minds.

An entity emits in proportion to the energy that it uses (``emissions_per_minute`` is
for full use), times its pollution bonus. Machines say so when a craft ends and drills
when they have mined, for all of it, so that ticks cost nothing; boilers in each tick.
Drain emits nothing, as nothing emits while it stands still. No recipe and no fuel of
1.1.110 has an emissions multiplier.

Source: prototype API, ``emissions_per_minute`` of energy sources; wiki, Pollution.
"""

from fle_marl.sim._jit import Tables, called_kernel
from fle_marl.sim.kernels.flow import mark_flow
from fle_marl.sim.kernels.space import chunk_at

__all__ = ["pollute"]


@called_kernel
def pollute(state: Tables, row: int, amount: float) -> None:
    """Count what an entity emits.

    Args:
        state: ``World.state``, changed.
        row: the entity.
        amount: units of pollution, 0 or more.
    """
    if amount == 0.0:
        return
    owner = state.entity[row]
    state.pollution_flow[owner.prototype].produced += amount
    state.clock[0].is_pollution_new = True
    mark_flow(state.pollution_flow_touched, 0, int(owner.prototype))
    chunk = chunk_at(state, owner.x >> 8, owner.y >> 8)
    if chunk >= 0:
        state.chunk_pollution[chunk + 1].amount += amount
