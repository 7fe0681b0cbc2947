"""Pumps: fluid from the box behind to the box ahead, whatever the pressures.

In each tick a pump takes what it can hold out of the box at its input, and gives what
it holds to the box at its output, each at most its pumping speed; with less energy,
less in proportion. It uses energy only while something moves.

Source: prototype ``pumping_speed``, ``energy_usage``, ``fluid_box``; wiki, Pump (12000
units a second; changelog 0.18.3). That it takes and gives in one tick, and empties what
it holds before it fills itself, are choices.
"""

from typing import Any, Final

from fle_marl.defines import EntityStatus
from fle_marl.prototypes import EntityPrototype
from fle_marl.sim._jit import Tables, kernel
from fle_marl.sim.components import TABLE_INDEX
from fle_marl.sim.kernels.energy import energy_status, take_energy
from fle_marl.sim.kernels.fluid import accepts_fluid, put_fluid, take_fluid
from fle_marl.sim.parts import (
    add_energy_source,
    add_fluidbox,
    ports_of,
)
from fle_marl.sim.system import System
from fle_marl.sim.world import World
from fle_marl.units import TICKS_PER_SECOND

__all__ = ["SYSTEM", "update_pumps"]

_PUMP: Final = TABLE_INDEX["pump"]
_NO_INPUT_FLUID: Final = int(EntityStatus.no_input_fluid)
_FULL_OUTPUT: Final = int(EntityStatus.full_output)
_NOT_PLUGGED_IN: Final = int(EntityStatus.not_plugged_in_electric_network)
_LETS_OUT: Final = 2  # fluid_port.flow_direction


@kernel
def _movable(state: Tables, source: int, target: int, most: float) -> float:
    """How much could go from one box to another; box 0 is none."""
    fluidbox = state.fluidbox
    if source == 0 or target == 0 or fluidbox[source].amount <= 0.0:
        return 0.0
    fluid, temperature = fluidbox[source].fluid, fluidbox[source].temperature
    if not accepts_fluid(state, target, fluid, temperature):
        return 0.0
    room = fluidbox[target].capacity - fluidbox[target].amount
    return float(max(0.0, min(most, fluidbox[source].amount, room)))


@kernel
def _shift(state: Tables, source: int, target: int, most: float) -> float:
    """Move fluid from one box to another, as much as goes."""
    amount = _movable(state, source, target, most)
    if amount > 0.0:
        fluid = state.fluidbox[source].fluid
        temperature = state.fluidbox[source].temperature
        put_fluid(state, target, fluid, amount, temperature)
        take_fluid(state, source, amount)
    return amount


@kernel
def _update_pump(state: Tables, row: int) -> None:
    """Let a pump work for a tick."""
    pump = state.pump
    fluid_port = state.fluid_port
    owner = pump[row].entity
    box = pump[row].box
    source = fluid_port[fluid_port[pump[row].input_port].partner].box
    target = fluid_port[fluid_port[pump[row].output_port].partner].box
    most = pump[row].fluid_per_tick
    outgoing = _movable(state, box, target, most)
    incoming = _movable(state, source, box, most)
    if outgoing <= 0.0 and incoming <= 0.0:
        is_empty = state.fluidbox[box].amount <= 0.0
        state.entity[owner].status = _NO_INPUT_FLUID if is_empty else _FULL_OUTPUT
        if state.electric[state.entity[owner].electric].network == 0:
            state.entity[owner].status = _NOT_PLUGGED_IN
        return
    wanted = pump[row].energy_per_tick
    taken = take_energy(state, owner, wanted)
    state.entity[owner].status = energy_status(state, owner, taken, wanted)
    most *= taken / wanted
    _shift(state, box, target, most)
    _shift(state, source, box, most)


@kernel
def update_pumps(state: Tables) -> None:
    """Let all pumps work for a tick."""
    for row in range(1, state.count[_PUMP]):
        owner = state.pump[row].entity
        if owner > 0 and state.entity[owner].active:
            _update_pump(state, row)


def create_pump(world: World, entity: int, prototype: EntityPrototype) -> None:
    """Make the pump's component, its fluid box and its electric source."""
    box: Any = prototype.properties["fluid_box"]
    box_row = add_fluidbox(world, entity, box)
    joules = prototype.watts("energy_usage") / TICKS_PER_SECOND
    add_energy_source(world, entity, prototype.energy_source, joules)
    row = world.allocate("pump")
    record = world.tables["pump"][row]
    record["entity"] = entity
    record["box"] = box_row
    record["fluid_per_tick"] = prototype.number("pumping_speed")
    record["energy_per_tick"] = joules
    ports = world.tables["fluid_port"]
    for port in ports_of(world, box_row):
        ports["is_pumped"][port] = True
        is_output = int(ports["flow_direction"][port]) == _LETS_OUT
        record["output_port" if is_output else "input_port"] = port
    world.entity["component"][entity] = row


def destroy_pump(world: World, entity: int) -> None:
    """Free the pump's component."""
    world.free("pump", int(world.entity["component"][entity]))


SYSTEM: Final = System(
    name="pump",
    kinds=("pump",),
    create=create_pump,
    destroy=destroy_pump,
    reads=("count", "pump", "fluid_port"),
    writes=("entity", "electric", "electric_awake", "fluidbox", "fluid_system"),
)
