"""Heat pipes, and the flow of heat through everything that has a heat buffer.

Source: prototype ``heat_buffer``; `kernels.heat`, `heat_buffers`.
"""

from typing import Final

from fle_marl.prototypes import EntityPrototype
from fle_marl.sim.heat_buffers import add_heat_buffer, free_heat_buffer
from fle_marl.sim.kernels.heat import update_heat
from fle_marl.sim.system import System
from fle_marl.sim.world import World

__all__ = ["SYSTEM", "update_heat"]


def create_heat_pipe(world: World, entity: int, _prototype: EntityPrototype) -> None:
    """Give a heat pipe its heat buffer."""
    row = world.allocate("heat_pipe")
    world.tables["heat_pipe"]["entity"][row] = entity
    world.tables["heat_pipe"]["heat_buffer"][row] = add_heat_buffer(world, entity)
    world.entity["component"][entity] = row


def destroy_heat_pipe(world: World, entity: int) -> None:
    """Free the heat pipe's row and its heat."""
    row = int(world.entity["component"][entity])
    free_heat_buffer(world, int(world.tables["heat_pipe"]["heat_buffer"][row]))
    world.free("heat_pipe", row)


SYSTEM: Final = System(
    name="heat_pipe",
    kinds=("heat_pipe",),
    create=create_heat_pipe,
    destroy=destroy_heat_pipe,
    reads=("count",),
    writes=("clock", "heat_buffer"),
)
