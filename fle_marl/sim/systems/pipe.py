"""Pipes, pipes to ground and storage tanks: one fluid box and nothing else.

Source: prototype ``fluid_box``.
"""

from typing import Any, Final

from fle_marl.prototypes import EntityPrototype
from fle_marl.sim.parts import add_fluidbox
from fle_marl.sim.system import System
from fle_marl.sim.world import World

__all__ = ["SYSTEM"]


def create_pipe(world: World, entity: int, prototype: EntityPrototype) -> None:
    """Give a pipe its fluid box."""
    box: Any = prototype.properties["fluid_box"]
    add_fluidbox(world, entity, box)


SYSTEM: Final = System(name="pipe", kinds=("pipe",), create=create_pipe)
