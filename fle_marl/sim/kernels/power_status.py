"""What entities do whose status follows from their electric energy alone."""

from typing import Final

from fle_marl.defines import EntityStatus
from fle_marl.sim._jit import Tables, kernel
from fle_marl.sim.components import KINDS, USAGE_LAMP, USAGE_SOLAR, USAGE_TERTIARY
from fle_marl.sim.kernels.electric_buffer import is_lit
from fle_marl.sim.kernels.inventory import is_empty

__all__ = ["status_of_source"]

_BEACON: Final = KINDS.index("beacon")
_WORKING: Final = int(EntityStatus.working)
_NORMAL: Final = int(EntityStatus.normal)
_LOW_POWER: Final = int(EntityStatus.low_power)
_NO_POWER: Final = int(EntityStatus.no_power)
_NOT_PLUGGED_IN: Final = int(EntityStatus.not_plugged_in_electric_network)
_NO_MODULES: Final = int(EntityStatus.no_modules_to_transmit)
_CHARGING: Final = int(EntityStatus.charging)
_DISCHARGING: Final = int(EntityStatus.discharging)
_FULLY_CHARGED: Final = int(EntityStatus.fully_charged)
_TURNED_OFF_BY_DAY: Final = int(EntityStatus.turned_off_during_daytime)


@kernel
def _status_of_accumulator(state: Tables, row: int) -> int:
    """One that neither gives nor takes is ``normal``, a choice."""
    source = state.electric[row]
    if source.flow_joules < 0.0:
        return _DISCHARGING
    if source.buffer_joules >= source.capacity_joules:
        return _FULLY_CHARGED
    return _CHARGING if source.flow_joules > 0.0 else _NORMAL


@kernel
def status_of_source(state: Tables, row: int) -> int:
    """What a solar panel, an accumulator or a mere consumer does.

    At night a panel's status is ``normal``, a choice.

    Args:
        state: ``World.state``.
        row: of ``electric``.

    Returns:
        A number of ``defines.entity_status``.
    """
    source = state.electric[row]
    if source.network == 0:
        return _NOT_PLUGGED_IN
    if source.usage == USAGE_SOLAR:
        return _WORKING if state.clock[0].light > 0.0 else _NORMAL
    if source.usage == USAGE_TERTIARY:
        return _status_of_accumulator(state, row)
    if source.usage == USAGE_LAMP and is_lit(state):
        return _TURNED_OFF_BY_DAY
    if source.satisfaction >= 1.0:
        owner = state.entity[source.entity]
        # one that lacks power says so first, a choice
        if owner.kind == _BEACON and is_empty(
            state, state.beacon[owner.component].inventory
        ):
            return _NO_MODULES
        return _WORKING
    return _LOW_POWER if source.satisfaction > 0.0 else _NO_POWER
