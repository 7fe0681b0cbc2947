"""Entities of which only the electricity that they use is simulated.

Radars and lamps use a constant power; lamps only in the dark
(`kernels.electric_buffer`). Laser turrets, which have nothing to shoot at, lose their
drain, and charge buffers of their own at first.

All of it is a drain to the network, so none of them costs anything in a tick.

Source: prototype ``energy_usage``, ``energy_usage_per_tick``,
``energy_source`` (``drain``, ``buffer_capacity``, ``input_flow_limit``).
"""

from typing import Any, Final

from fle_marl.prototypes import EntityPrototype
from fle_marl.sim.parts import (
    BUFFER_PER_USE,
    add_electric,
    drain_joules_of,
)
from fle_marl.sim.system import System
from fle_marl.sim.world import World
from fle_marl.units import TICKS_PER_SECOND, parse_energy_joules, parse_power_watts

__all__ = ["SYSTEM"]

_CONSTANT_USE: Final = {
    "radar": "energy_usage",
    "lamp": "energy_usage_per_tick",
}
"""By type of prototype: the property with what it uses all the time, per second."""


def create_electric_consumer(
    world: World, entity: int, prototype: EntityPrototype
) -> None:
    """Connect the entity to electricity."""
    source: Any = prototype.energy_source
    use = 0.0
    if prototype.type in _CONSTANT_USE:
        use = prototype.watts(_CONSTANT_USE[prototype.type]) / TICKS_PER_SECOND
    drain = drain_joules_of(prototype)
    limits = {"capacity_joules": (use + drain) * BUFFER_PER_USE}
    if "buffer_capacity" in source:
        limits["capacity_joules"] = parse_energy_joules(source["buffer_capacity"])
    if "input_flow_limit" in source:
        watts = parse_power_watts(source["input_flow_limit"])
        limits["input_limit_joules"] = watts / TICKS_PER_SECOND
    row = add_electric(
        world, entity, source["usage_priority"], drain_joules=use + drain, **limits
    )
    world.tables["electric"]["says_status"][row] = True


SYSTEM: Final = System(
    name="electric_consumer",
    kinds=("electric_consumer",),
    create=create_electric_consumer,
)
