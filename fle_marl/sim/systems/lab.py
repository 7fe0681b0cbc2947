"""Laboratories: science packs in, time and energy, progress of the current research.

Each tick a laboratory does ``speed / (60 * time)`` of a unit, where speed is its own
times one plus the force's bonus, and uses up that share of the unit's packs: a pack has
a durability, and goes when all of that is used. The research is done in the tick in
which it has all its units; the next in the queue begins in the tick after, which is a
choice.

What of a pack is used stays with the laboratory: the next pack goes on where the last
was taken out, and who takes a laboratory away gets its packs whole. In the game a pack
carries its durability with it.

A laboratory without energy says so before anything else, as other machines do; that is
a choice. So is that one whose packs end within a tick does only what they are enough
for.

Source: prototype ``researching_speed``, ``inputs``, ``energy_usage``; prototype API,
TechnologyUnit.time, ToolPrototype.durability; runtime API,
LuaForce.laboratory_speed_modifier, laboratory_productivity_bonus; wiki, Lab (the speed
with modules times the force's); changelog 0.12.0 (packs are used continuously).
"""

from typing import Final

from fle_marl.defines import EntityStatus, Inventory
from fle_marl.prototypes import EntityPrototype, load
from fle_marl.sim._jit import Tables, kernel
from fle_marl.sim.components import FORCE_PLAYER, ROLE_LAB_INPUT, TABLE_INDEX
from fle_marl.sim.kernels.awake import fall_asleep, next_awake, watch
from fle_marl.sim.kernels.energy import draw_energy, energy_status, has_energy
from fle_marl.sim.kernels.research import lab_readiness, research
from fle_marl.sim.modules import add_effect_receiver
from fle_marl.sim.parts import DRAIN_SHARE, add_energy_source, add_inventory
from fle_marl.sim.system import System
from fle_marl.sim.world import World
from fle_marl.units import TICKS_PER_SECOND

__all__ = ["SYSTEM", "is_research_done", "update_labs"]

_LAB: Final = TABLE_INDEX["lab"]
_WORKING: Final = int(EntityStatus.working)
_NO_POWER: Final = int(EntityStatus.no_power)


@kernel
def is_research_done(state: Tables) -> bool:
    """Whether Python is to give what the current research brings."""
    return bool(state.force[FORCE_PLAYER].is_research_done)


@kernel
def _update_lab(state: Tables, row: int) -> bool:
    """Let a laboratory research for a tick.

    Returns:
        Whether it did anything; if not it waits for something to change.
    """
    owner = state.lab[row].entity
    if owner <= 0 or not state.entity[owner].active:
        return False
    if state.force[state.entity[owner].force].is_research_done:
        return True
    status = lab_readiness(state, row) if has_energy(state, owner) else _NO_POWER
    is_working = status == _WORKING
    if is_working:
        wanted = state.lab[row].energy_per_tick
        taken = draw_energy(state, owner, wanted)
        status = energy_status(state, owner, taken, wanted)
        if taken > 0.0:
            research(state, row, taken / wanted)
    state.entity[owner].status = status
    return is_working


@kernel
def update_labs(state: Tables) -> None:
    """Let every laboratory research for a tick."""
    awake = state.lab_awake
    rows = state.count[_LAB]
    row = next_awake(awake, rows, 0)
    while row > 0:
        if not _update_lab(state, row):
            fall_asleep(awake, row)
            watch(state, state.lab[row].entity)
        row = next_awake(awake, rows, row)


def create_lab(world: World, entity: int, prototype: EntityPrototype) -> None:
    """Give a laboratory its numbers, its energy source and a slot for each pack."""
    row = world.allocate("lab")
    world.tables["lab"]["entity"][row] = entity
    world.entity["component"][entity] = row
    joules = prototype.watts("energy_usage") / TICKS_PER_SECOND
    add_energy_source(
        world,
        entity,
        prototype.energy_source,
        joules,
        default_drain_joules=joules * DRAIN_SHARE,
    )
    packs = [load().items[name].id for name in prototype.names("inputs")]
    store = add_inventory(
        world, entity, Inventory.lab_input, ROLE_LAB_INPUT, len(packs)
    )
    first = int(world.tables["inventory"]["first_slot"][store])
    world.tables["slot"]["filter"][first : first + len(packs)] = packs
    record = world.tables["lab"][row]
    record["input_inventory"] = store
    record["researching_speed"] = prototype.number("researching_speed")
    record["energy_per_tick"] = joules
    add_effect_receiver(world, entity, prototype, "lab", row)


def destroy_lab(world: World, entity: int) -> None:
    """Free the laboratory's row."""
    world.free("lab", int(world.entity["component"][entity]))


SYSTEM: Final = System(
    name="lab",
    kinds=("lab",),
    create=create_lab,
    destroy=destroy_lab,
    reads=("inventory", "item_prototype", "technology_prototype"),
    writes=(
        "lab",
        "lab_awake",
        "inserter_awake",
        "mining_drill_awake",
        "crafting_machine_awake",
        "entity",
        "slot",
        "electric",
        "electric_group",
        "electric_awake",
        "force",
        "force_technology",
        "item_flow",
        "item_flow_touched",
    ),
)
