"""Nuclear reactors: fuel cells become heat.

A reactor burns its fuel at a steady pace whether or not the heat is needed: 40 MW, so a
cell of 8 GJ is gone in 200 seconds. Each neighbour that burns in the same tick adds the
bonus to its heat, at no cost of fuel. At its maximum temperature the heat is lost.

It stops when there is no fuel, or no room for what a burnt cell leaves behind.

Source: prototype ``consumption``, ``neighbour_bonus`` (prototype API: default 1);
wiki, Nuclear reactor.
"""

from typing import Final

from fle_marl.prototypes import EntityPrototype
from fle_marl.sim._jit import Tables, called_kernel, kernel
from fle_marl.sim.components import TABLE_INDEX
from fle_marl.sim.heat_buffers import add_heat_buffer, free_heat_buffer
from fle_marl.sim.kernels.energy import energy_status, take_energy
from fle_marl.sim.kernels.heat import add_heat
from fle_marl.sim.parts import add_energy_source
from fle_marl.sim.system import System
from fle_marl.sim.world import World
from fle_marl.units import TICKS_PER_SECOND

__all__ = ["SYSTEM", "neighbour_bonus", "update_reactors"]

_REACTOR: Final = TABLE_INDEX["reactor"]
_DEFAULT_BONUS: Final = 1.0
"""Source: prototype API, ReactorPrototype.neighbour_bonus."""


@kernel
def _burn(state: Tables, row: int) -> None:
    """Burn the fuel of a tick."""
    reactor = state.reactor
    owner = reactor[row].entity
    reactor[row].burnt_joules = 0.0
    if not state.entity[owner].active:
        return
    wanted = reactor[row].energy_per_tick
    taken = take_energy(state, owner, wanted)
    state.entity[owner].status = energy_status(state, owner, taken, wanted)
    reactor[row].burnt_joules = taken


@kernel
def _heat(state: Tables, row: int) -> None:
    """Make the heat of what was burnt, when all reactors have burnt theirs."""
    reactor = state.reactor
    burnt = reactor[row].burnt_joules
    if burnt <= 0.0:
        return
    helpers = 0
    for place in range(reactor[row].neighbour_count):
        if reactor[reactor[row].neighbours[place]].burnt_joules > 0.0:
            helpers += 1
    share = 1.0 + helpers * reactor[row].bonus_per_neighbour
    add_heat(state, reactor[row].heat_buffer, burnt * share)


@called_kernel
def update_reactors(state: Tables) -> None:
    """Let all reactors burn for a tick."""
    for row in range(1, state.count[_REACTOR]):
        if state.reactor[row].entity > 0:
            _burn(state, row)
    for row in range(1, state.count[_REACTOR]):
        if state.reactor[row].entity > 0:
            _heat(state, row)


def neighbour_bonus(world: World, entity: int) -> float:
    """What neighbours that burn add to a reactor's heat; 1 for as much again.

    Args:
        world: refreshed since the last build.
        entity: row of a reactor.
    """
    table = world.tables["reactor"]
    record = table[int(world.entity["component"][entity])]
    neighbours = record["neighbours"][: int(record["neighbour_count"])]
    helpers = int((table["burnt_joules"][neighbours] > 0.0).sum())
    return helpers * float(record["bonus_per_neighbour"])


def create_reactor(world: World, entity: int, prototype: EntityPrototype) -> None:
    """Give a reactor its numbers, its burner and its heat buffer."""
    joules = prototype.watts("consumption") / TICKS_PER_SECOND
    add_energy_source(world, entity, prototype.energy_source, joules)
    row = world.allocate("reactor")
    record = world.tables["reactor"][row]
    record["entity"] = entity
    record["heat_buffer"] = add_heat_buffer(world, entity)
    record["energy_per_tick"] = joules
    record["bonus_per_neighbour"] = prototype.number("neighbour_bonus", _DEFAULT_BONUS)
    world.entity["component"][entity] = row


def destroy_reactor(world: World, entity: int) -> None:
    """Free the reactor's row and its heat."""
    row = int(world.entity["component"][entity])
    free_heat_buffer(world, int(world.tables["reactor"]["heat_buffer"][row]))
    world.free("reactor", row)


SYSTEM: Final = System(
    name="reactor",
    kinds=("reactor",),
    create=create_reactor,
    destroy=destroy_reactor,
    reads=("count", "inventory", "item_prototype"),
    writes=(
        "clock",
        "reactor",
        "heat_buffer",
        "entity",
        "burner",
        "slot",
        "inserter_awake",
        "crafting_machine_awake",
        "mining_drill_awake",
        "lab_awake",
        "item_flow",
        "item_flow_touched",
    ),
)
