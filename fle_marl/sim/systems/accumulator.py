"""Accumulators: electric energy put by for when it is short.

They take in only what producers could give beyond demand, and give only what producers
cannot (`kernels.power_flow`).

Source: prototype ``energy_source`` (``buffer_capacity``, ``input_flow_limit``,
``output_flow_limit``, usage priority tertiary); defines.entity_status.
"""

from typing import Any, Final

from fle_marl.defines import EntityStatus
from fle_marl.prototypes import EntityPrototype
from fle_marl.sim._jit import Tables, kernel
from fle_marl.sim.components import TABLE_INDEX
from fle_marl.sim.parts import add_electric
from fle_marl.sim.system import System
from fle_marl.sim.world import World
from fle_marl.units import TICKS_PER_SECOND, parse_energy_joules, parse_power_watts

__all__ = ["SYSTEM", "update_accumulators"]

_ACCUMULATOR: Final = TABLE_INDEX["accumulator"]
_CHARGING: Final = int(EntityStatus.charging)
_DISCHARGING: Final = int(EntityStatus.discharging)
_FULLY_CHARGED: Final = int(EntityStatus.fully_charged)
_NORMAL: Final = int(EntityStatus.normal)
_NOT_PLUGGED_IN: Final = int(EntityStatus.not_plugged_in_electric_network)


@kernel
def update_accumulators(state: Tables) -> None:
    """Say what accumulators do; one that neither gives nor takes is ``normal``.

    That last status is a choice.
    """
    electric = state.electric
    for row in range(1, state.count[_ACCUMULATOR]):
        owner = state.accumulator[row].entity
        if owner <= 0:
            continue
        source = state.entity[owner].electric
        status = _NORMAL
        if electric[source].network == 0:
            status = _NOT_PLUGGED_IN
        elif electric[source].flow_joules < 0.0:
            status = _DISCHARGING
        elif electric[source].buffer_joules >= electric[source].capacity_joules:
            status = _FULLY_CHARGED
        elif electric[source].flow_joules > 0.0:
            status = _CHARGING
        state.entity[owner].status = status


def create_accumulator(world: World, entity: int, prototype: EntityPrototype) -> None:
    """Make the accumulator's component and its buffer, empty."""
    row = world.allocate("accumulator")
    world.tables["accumulator"]["entity"][row] = entity
    world.entity["component"][entity] = row
    source: Any = prototype.energy_source
    electric = add_electric(world, entity, source["usage_priority"])
    record = world.tables["electric"][electric]
    record["capacity_joules"] = parse_energy_joules(source["buffer_capacity"])
    for field, key in (("input", "input_flow_limit"), ("output", "output_flow_limit")):
        joules = parse_power_watts(source[key]) / TICKS_PER_SECOND
        record[f"{field}_limit_joules"] = joules


def destroy_accumulator(world: World, entity: int) -> None:
    """Free the accumulator's component."""
    world.free("accumulator", int(world.entity["component"][entity]))


SYSTEM: Final = System(
    name="accumulator",
    kinds=("accumulator",),
    create=create_accumulator,
    destroy=destroy_accumulator,
    reads=("accumulator", "electric"),
    writes=("entity",),
)
