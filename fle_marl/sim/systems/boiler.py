"""Boilers: water and the heat of fuel become steam.

A unit of water that is heated becomes a unit of steam at the target temperature and
takes the difference of temperatures times the fluid's heat capacity. A boiler burns
only for the water that it turns into steam, so the energy balance is exact; 1.8 MW are
60 units a second from 15 to 165 degrees.

Source: prototype ``energy_consumption``, ``target_temperature``; prototype API,
BoilerPrototype, mode ``output-to-separate-pipe``.
"""

from typing import Any, Final

from fle_marl.defines import EntityStatus
from fle_marl.prototypes import EntityPrototype
from fle_marl.sim._jit import Tables, kernel
from fle_marl.sim.components import TABLE_INDEX
from fle_marl.sim.kernels.energy import energy_status, take_energy
from fle_marl.sim.kernels.flow import consume_fluid, produce_fluid
from fle_marl.sim.kernels.fluid import put_fluid, take_fluid
from fle_marl.sim.kernels.pollution import pollute
from fle_marl.sim.modules import emissions_per_second
from fle_marl.sim.parts import add_energy_source, add_fluidbox
from fle_marl.sim.system import System
from fle_marl.sim.world import World
from fle_marl.units import TICKS_PER_SECOND

__all__ = ["SYSTEM", "update_boilers"]

_BOILER: Final = TABLE_INDEX["boiler"]
_NO_INPUT_FLUID: Final = int(EntityStatus.no_input_fluid)
_FULL_OUTPUT: Final = int(EntityStatus.full_output)


@kernel
def update_boilers(state: Tables) -> None:
    """Make the steam of one tick."""
    entity = state.entity
    fluidbox = state.fluidbox
    boiler = state.boiler
    for row in range(1, state.count[_BOILER]):
        owner = boiler[row].entity
        # heat exchangers have no burner; heat does not exist here yet
        if owner <= 0 or not entity[owner].active or entity[owner].burner == 0:
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
        taken = take_energy(state, owner, wanted)
        entity[owner].status = energy_status(state, owner, taken, wanted)
        pollute(state, owner, taken * boiler[row].pollution_per_joule)
        units = take_fluid(state, water_box, units * (taken / wanted))
        steam = int(fluidbox[steam_box].filter)
        put_fluid(state, steam_box, steam, units, target)
        consume_fluid(state, water, units)
        produce_fluid(state, steam, units)


def create_boiler(world: World, entity: int, prototype: EntityPrototype) -> None:
    """Make the boiler's component, its burner and its two fluid boxes."""
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
    record["pollution_per_joule"] = emissions_per_second(prototype) / (
        joules * TICKS_PER_SECOND
    )
    record["target_temperature"] = prototype.number("target_temperature")
    world.entity["component"][entity] = row


def destroy_boiler(world: World, entity: int) -> None:
    """Free the boiler's component."""
    world.free("boiler", int(world.entity["component"][entity]))


SYSTEM: Final = System(
    name="boiler",
    kinds=("boiler",),
    create=create_boiler,
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
        "entity",
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
