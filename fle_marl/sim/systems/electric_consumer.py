"""Entities of which only the electricity that they use is simulated.

Lamps use a constant power, and only in the dark (`kernels.electric_buffer`). Laser
turrets, which have nothing to shoot at, lose their drain, and charge buffers of their
own at first.

Source: prototype ``energy_usage_per_tick``, ``energy_source`` (``drain``,
``buffer_capacity``, ``input_flow_limit``).
"""

from typing import Final

from fle_marl.prototypes import EntityPrototype
from fle_marl.sim.parts import add_constant_consumer
from fle_marl.sim.system import System
from fle_marl.sim.world import World
from fle_marl.units import TICKS_PER_SECOND

__all__ = ["SYSTEM"]


def create_electric_consumer(
    world: World, entity: int, prototype: EntityPrototype
) -> None:
    """Connect the entity to electricity."""
    use = 0.0
    if prototype.type == "lamp":
        use = prototype.watts("energy_usage_per_tick") / TICKS_PER_SECOND
    add_constant_consumer(world, entity, prototype, use)


SYSTEM: Final = System(
    name="electric_consumer",
    kinds=("electric_consumer",),
    create=create_electric_consumer,
)
