"""Accumulators: electric energy put by for when it is short.

They take in only what producers could give beyond demand, and give only what producers
cannot (`kernels.power_flow`). Those that hold the same are reckoned as one
(`kernels.accumulator_pool`).

Source: prototype ``energy_source`` (``buffer_capacity``, ``input_flow_limit``,
``output_flow_limit``, usage priority tertiary); defines.entity_status.
"""

from typing import Any, Final

from fle_marl.prototypes import EntityPrototype
from fle_marl.sim.parts import add_electric
from fle_marl.sim.system import System
from fle_marl.sim.world import World
from fle_marl.units import TICKS_PER_SECOND, parse_energy_joules, parse_power_watts

__all__ = ["SYSTEM"]


def create_accumulator(world: World, entity: int, prototype: EntityPrototype) -> None:
    """Make the accumulator's component and its buffer, empty."""
    row = world.allocate("accumulator")
    world.tables["accumulator"]["entity"][row] = entity
    world.entity["component"][entity] = row
    source: Any = prototype.energy_source
    electric = add_electric(
        world,
        entity,
        source["usage_priority"],
        capacity_joules=parse_energy_joules(source["buffer_capacity"]),
        input_limit_joules=_joules_per_tick(source["input_flow_limit"]),
        output_limit_joules=_joules_per_tick(source["output_flow_limit"]),
    )
    world.tables["electric"]["says_status"][electric] = True


def _joules_per_tick(power: str) -> float:
    return parse_power_watts(power) / TICKS_PER_SECOND


def destroy_accumulator(world: World, entity: int) -> None:
    """Free the accumulator's component."""
    world.free("accumulator", int(world.entity["component"][entity]))


SYSTEM: Final = System(
    name="accumulator",
    kinds=("accumulator",),
    create=create_accumulator,
    destroy=destroy_accumulator,
)
