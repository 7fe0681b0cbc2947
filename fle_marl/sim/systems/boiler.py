"""Boilers and heat exchangers: water and the heat of fuel or reactors become steam.

A unit of water that is heated becomes a unit of steam at the target temperature and
takes the difference of temperatures times the fluid's heat capacity. A boiler burns
only for the water that it turns into steam, so the energy balance is exact; 1.8 MW are
60 units a second from 15 to 165 degrees. A heat exchanger takes its 10 MW out of its
heat buffer, as far as that is hotter than its working temperature: 103.09 units a
second from 15 to 500 degrees.

Source: prototype ``energy_consumption``, ``target_temperature``,
``energy_source.min_working_temperature``; prototype API, BoilerPrototype, mode
``output-to-separate-pipe``.
"""

from typing import Any, Final

from fle_marl.defines import EntityStatus
from fle_marl.prototypes import EntityPrototype
from fle_marl.sim._jit import Tables, kernel
from fle_marl.sim.components import TABLE_INDEX
from fle_marl.sim.heat_buffers import add_heat_buffer, free_heat_buffer
from fle_marl.sim.kernels.energy import energy_status, take_energy
from fle_marl.sim.kernels.flow import consume_fluid, produce_fluid
from fle_marl.sim.kernels.fluid import put_fluid, take_fluid
from fle_marl.sim.kernels.heat import take_heat
from fle_marl.sim.parts import add_energy_source, add_fluidbox
from fle_marl.sim.system import System
from fle_marl.sim.world import World
from fle_marl.units import TICKS_PER_SECOND

__all__ = ["SYSTEM", "update_boilers"]

_BOILER: Final = TABLE_INDEX["boiler"]
_NO_INPUT_FLUID: Final = int(EntityStatus.no_input_fluid)
_LOW_TEMPERATURE: Final = int(EntityStatus.low_temperature)
_WORKING: Final = int(EntityStatus.working)
_FULL_OUTPUT: Final = int(EntityStatus.full_output)


@kernel
def update_boilers(state: Tables) -> None:
    """Make the steam of one tick."""
    entity = state.entity
    fluidbox = state.fluidbox
    boiler = state.boiler
    for row in range(1, state.count[_BOILER]):
        owner = boiler[row].entity
        if owner <= 0 or not entity[owner].active:
            continue
        water_box, steam_box = boiler[row].water_box, boiler[row].steam_box
        water = int(fluidbox[water_box].fluid)
        room = fluidbox[steam_box].capacity - fluidbox[steam_box].amount
        if fluidbox[water_box].amount <= 0.0:
            entity[owner].status = _NO_INPUT_FLUID
            continue
        if room <= 0.0:
            entity[owner].status = _FULL_OUTPUT
            continue
        target = boiler[row].target_temperature
        heating = target - fluidbox[water_box].temperature
        joules_per_unit = heating * state.fluid_prototype[water].heat_capacity_joules
        units = min(
            fluidbox[water_box].amount,
            room,
            boiler[row].energy_per_tick / joules_per_unit,
        )
        wanted = units * joules_per_unit
        if boiler[row].heat_buffer > 0:
            taken = take_heat(state, boiler[row].heat_buffer, wanted)
            entity[owner].status = _WORKING if taken > 0.0 else _LOW_TEMPERATURE
        else:
            taken = take_energy(state, owner, wanted)
            entity[owner].status = energy_status(state, owner, taken, wanted)
        units = take_fluid(state, water_box, units * (taken / wanted))
        steam = int(fluidbox[steam_box].filter)
        put_fluid(state, steam_box, steam, units, target)
        consume_fluid(state, water, units)
        produce_fluid(state, steam, units)


def create_boiler(world: World, entity: int, prototype: EntityPrototype) -> None:
    """Make the component, the burner or heat buffer, and the two fluid boxes."""
    water: Any = prototype.properties["fluid_box"]
    steam: Any = prototype.properties["output_fluid_box"]
    joules = prototype.watts("energy_consumption") / TICKS_PER_SECOND
    add_energy_source(world, entity, prototype.energy_source, joules)
    water_box = add_fluidbox(world, entity, water)
    steam_box = add_fluidbox(world, entity, steam)
    row = world.allocate("boiler")
    record = world.tables["boiler"][row]
    record["entity"] = entity
    record["water_box"] = water_box
    record["steam_box"] = steam_box
    record["energy_per_tick"] = joules
    record["heat_buffer"] = add_heat_buffer(world, entity)
    record["target_temperature"] = prototype.number("target_temperature")
    world.entity["component"][entity] = row


def turn_boiler(world: World, entity: int, _other: int) -> None:
    """Have what touches its heat connection found anew."""
    row = int(world.entity["component"][entity])
    if world.tables["boiler"]["heat_buffer"][row]:
        world.clock["heat_dirty"] = True


def destroy_boiler(world: World, entity: int) -> None:
    """Free the boiler's component and its heat."""
    row = int(world.entity["component"][entity])
    free_heat_buffer(world, int(world.tables["boiler"]["heat_buffer"][row]))
    world.free("boiler", row)


SYSTEM: Final = System(
    name="boiler",
    kinds=("boiler",),
    create=create_boiler,
    turned=turn_boiler,
    destroy=destroy_boiler,
    reads=(
        "count",
        "electric",
        "inventory",
        "boiler",
        "item_prototype",
        "fluid_prototype",
    ),
    writes=(
        "clock",
        "entity",
        "heat_buffer",
        "burner",
        "slot",
        "fluidbox",
        "fluid_system",
        "item_flow",
        "fluid_flow",
        "item_flow_touched",
        "fluid_flow_touched",
    ),
)
