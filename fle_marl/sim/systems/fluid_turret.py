"""Turrets that shoot with a fluid: flamethrower turrets.

There is nothing that they could shoot at. Fluid goes through their box as through a
pipe, whichever it is, and what a turret shoots with it takes from there into a buffer
of its own, until that is full. It keeps to the fluid that is in the buffer.

Source: prototype ``fluid_box``, ``fluid_buffer_size``, ``fluid_buffer_input_flow``,
``activation_buffer_ratio``, ``attack_parameters``. What is chosen: that its box lets
other fluids through, that scripts do not see the buffer, and that it takes after the
fluids of the tick have flowed.
"""

from typing import Any, Final

from fle_marl.defines import EntityStatus
from fle_marl.prototypes import EntityPrototype, load
from fle_marl.sim._jit import Tables, kernel
from fle_marl.sim.components import TABLE_INDEX
from fle_marl.sim.kernels.fluid import take_fluid
from fle_marl.sim.parts import add_fluidbox
from fle_marl.sim.system import System
from fle_marl.sim.world import World

__all__ = ["SYSTEM", "update_fluid_turrets"]

_TURRET: Final = TABLE_INDEX["fluid_turret"]
_NORMAL: Final = int(EntityStatus.normal)
_NO_AMMO: Final = int(EntityStatus.no_ammo)


@kernel
def _shoots_with(state: Tables, row: int, fluid: int) -> bool:
    """Whether a turret takes a fluid now; 0 is none."""
    turret = state.fluid_turret[row]
    if turret.buffer_fluid != 0:
        return bool(turret.buffer_fluid == fluid)
    is_listed = False
    for place in range(turret.fluids.shape[0]):
        is_listed = is_listed or turret.fluids[place] == fluid
    return bool(is_listed and fluid != 0)


@kernel
def update_fluid_turrets(state: Tables) -> None:
    """Let all turrets fill their buffers for a tick."""
    for row in range(1, state.count[_TURRET]):
        turret = state.fluid_turret[row]
        room = turret.buffer_capacity - turret.buffer_amount
        if turret.entity <= 0 or room <= 0.0:
            continue
        if not state.entity[turret.entity].active:
            continue
        fluid = int(state.fluidbox[turret.box].fluid)
        if not _shoots_with(state, row, fluid):
            continue
        taken = take_fluid(state, turret.box, min(turret.input_per_tick, room))
        if taken > 0.0:
            turret.buffer_fluid = fluid
            turret.buffer_amount += taken
            is_ready = turret.buffer_amount >= turret.ready_amount
            state.entity[turret.entity].status = _NORMAL if is_ready else _NO_AMMO


def create_fluid_turret(world: World, entity: int, prototype: EntityPrototype) -> None:
    """Give a turret its fluid box and its empty buffer."""
    box: Any = prototype.properties["fluid_box"]
    box_row = add_fluidbox(world, entity, box)
    row = world.allocate("fluid_turret")
    record = world.tables["fluid_turret"][row]
    record["entity"], record["box"] = entity, box_row
    attack: Any = prototype.properties["attack_parameters"]
    for place, fluid in enumerate(attack["fluids"]):
        record["fluids"][place] = load().fluids[fluid["type"]].id
    size = prototype.number("fluid_buffer_size")
    record["buffer_capacity"] = size
    record["ready_amount"] = size * prototype.number("activation_buffer_ratio")
    record["input_per_tick"] = prototype.number("fluid_buffer_input_flow")
    world.entity["component"][entity] = row
    world.entity["status"][entity] = _NO_AMMO


def destroy_fluid_turret(world: World, entity: int) -> None:
    """Free the turret's component; what was in its buffer is lost."""
    world.free("fluid_turret", int(world.entity["component"][entity]))


SYSTEM: Final = System(
    name="fluid_turret",
    kinds=("fluid_turret",),
    create=create_fluid_turret,
    destroy=destroy_fluid_turret,
    reads=("count",),
    writes=("entity", "fluid_turret", "fluidbox", "fluid_system"),
)
