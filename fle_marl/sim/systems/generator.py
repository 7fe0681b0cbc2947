"""Generators: steam becomes electricity, as much as is needed.

A unit of steam gives the heat above the fluid's default temperature, up to the
generator's maximum temperature, times its effectivity: a steam engine makes 900 kW of
30 units a second at 165 degrees. It takes only the steam for what the network used.

Source: prototype ``fluid_usage_per_tick``, ``maximum_temperature``, ``effectivity``;
prototype API, GeneratorPrototype (formula of the maximum power).
"""

from typing import Any, Final

from fle_marl.defines import EntityStatus
from fle_marl.prototypes import EntityPrototype
from fle_marl.sim._jit import Tables, kernel
from fle_marl.sim.components import TABLE_INDEX
from fle_marl.sim.kernels.flow import consume_fluid
from fle_marl.sim.kernels.fluid import take_fluid
from fle_marl.sim.parts import add_electric, add_fluidbox
from fle_marl.sim.system import System
from fle_marl.sim.world import World

__all__ = ["SYSTEM", "burn_in_generators", "offer_of_generators"]

_GENERATOR: Final = TABLE_INDEX["generator"]
_WORKING: Final = int(EntityStatus.working)
_NO_INPUT_FLUID: Final = int(EntityStatus.no_input_fluid)
_NOT_PLUGGED_IN: Final = int(EntityStatus.not_plugged_in_electric_network)


@kernel
def _joules_per_unit(state: Tables, row: int) -> float:
    """Electric energy that a generator makes of a unit of what its box holds."""
    fluidbox = state.fluidbox
    generator = state.generator
    box = generator[row].box
    fluid = state.fluid_prototype[fluidbox[box].fluid]
    used = min(fluidbox[box].temperature, generator[row].maximum_temperature)
    heat = (used - fluid.default_temperature) * fluid.heat_capacity_joules
    return float(max(0.0, heat) * generator[row].effectivity)


@kernel
def offer_of_generators(state: Tables) -> None:
    """Have generators offer what they could make of their steam in this tick.

    One that could work has the status ``working``, even while nobody needs its power;
    this is a choice.
    """
    entity = state.entity
    electric = state.electric
    fluidbox = state.fluidbox
    generator = state.generator
    for row in range(1, state.count[_GENERATOR]):
        owner = generator[row].entity
        if owner <= 0:
            continue
        source = entity[owner].electric
        box = generator[row].box
        offer = 0.0
        if fluidbox[box].amount > 0.0 and entity[owner].active:
            units = min(fluidbox[box].amount, generator[row].fluid_per_tick)
            offer = units * _joules_per_unit(state, row)
        electric[source].output_limit_joules = offer
        group = electric[source].group
        if group > 0:
            state.electric_group[group].offered_joules += offer
        if electric[source].network == 0:
            entity[owner].status = _NOT_PLUGGED_IN
        else:
            entity[owner].status = _WORKING if offer > 0.0 else _NO_INPUT_FLUID


@kernel
def _made_joules(state: Tables, source: int) -> float:
    """What the networks have taken of a generator's offer."""
    electric = state.electric[source]
    if electric.group == 0:
        # not connected, or on several networks
        return float(-electric.flow_joules)
    share = state.electric_network[electric.network].share[electric.usage]
    return float(electric.output_limit_joules * share)


@kernel
def burn_in_generators(state: Tables) -> None:
    """Take the steam for what the network has taken from each generator."""
    generator = state.generator
    for row in range(1, state.count[_GENERATOR]):
        owner = generator[row].entity
        if owner <= 0:
            continue
        made = _made_joules(state, state.entity[owner].electric)
        generator[row].generated_joules = made
        if made > 0.0:
            box = generator[row].box
            fluid = int(state.fluidbox[box].fluid)
            joules = _joules_per_unit(state, row)
            used = take_fluid(state, box, made / joules)
            consume_fluid(state, fluid, used)


def create_generator(world: World, entity: int, prototype: EntityPrototype) -> None:
    """Make the generator's component, its fluid box and its electric source."""
    box: Any = prototype.properties["fluid_box"]
    source: Any = prototype.energy_source
    box_row = add_fluidbox(world, entity, box)
    add_electric(world, entity, source["usage_priority"])
    row = world.allocate("generator")
    record = world.tables["generator"][row]
    record["entity"] = entity
    record["box"] = box_row
    record["fluid_per_tick"] = prototype.number("fluid_usage_per_tick")
    record["maximum_temperature"] = prototype.number("maximum_temperature")
    record["effectivity"] = prototype.number("effectivity", 1.0)
    world.entity["component"][entity] = row


def destroy_generator(world: World, entity: int) -> None:
    """Free the generator's component."""
    world.free("generator", int(world.entity["component"][entity]))


SYSTEM: Final = System(
    name="generator",
    kinds=("generator",),
    create=create_generator,
    destroy=destroy_generator,
    reads=("count", "generator", "fluid_prototype"),
    writes=(
        "entity",
        "electric",
        "electric_group",
        "fluidbox",
        "generator",
        "fluid_flow",
        "fluid_flow_touched",
    ),
)
