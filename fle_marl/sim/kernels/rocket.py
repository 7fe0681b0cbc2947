"""What a rocket silo stands at: whether it needs parts, and what its rocket takes.

Source: as for `fle_marl.sim.systems.rocket_silo`.
"""

from typing import Final

from fle_marl.defines import EntityStatus, RocketSiloStatus
from fle_marl.sim._jit import Tables, kernel

__all__ = ["needs_parts", "phase_status", "takes_cargo"]

_BUILDING: Final = int(RocketSiloStatus.building_rocket)
_READY: Final = int(RocketSiloStatus.rocket_ready)
_PREPARING: Final = int(EntityStatus.preparing_rocket_for_launch)
_WAITING: Final = int(EntityStatus.waiting_to_launch_rocket)
_LAUNCHING: Final = int(EntityStatus.launching_rocket)


@kernel
def needs_parts(state: Tables, silo: int) -> bool:
    """Whether a silo makes another rocket part; the one just made may not be counted.

    Args:
        state: ``World.state``.
        silo: row of ``rocket_silo``.
    """
    record = state.rocket_silo[silo]
    if record.phase != _BUILDING:
        return False
    store = state.crafting_machine[record.machine].result_inventory
    made = state.slot[state.inventory[store].first_slot].count
    return bool(record.parts + made < record.parts_required)


@kernel
def phase_status(state: Tables, silo: int) -> int:
    """What a silo says of itself while it makes no parts."""
    phase = state.rocket_silo[silo].phase
    if phase == _READY:
        return _WAITING
    return _PREPARING if phase < _READY else _LAUNCHING


@kernel
def takes_cargo(state: Tables, machine: int, item: int) -> bool:
    """Whether a rocket stands ready in a machine and brings something for an item.

    Source: chosen. In the game the player may put anything into a rocket; what has no
    product is taken here only by the inventory itself.
    """
    silo = state.crafting_machine[machine].silo
    if silo == 0 or state.rocket_silo[silo].phase != _READY:
        return False
    return bool(state.item_prototype[item].launch_product > 0)
