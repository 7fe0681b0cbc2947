"""Entities without behaviour of their own: chests, trees, rocks, cliffs, walls.

Containers get their inventory here; everything else is its place and its health.

Source: prototype ``inventory_size``; defines.inventory.chest.
"""

from typing import Final

from fle_marl.prototypes import EntityPrototype
from fle_marl.sim.components import ROLE_STORAGE
from fle_marl.sim.parts import add_inventory
from fle_marl.sim.system import System
from fle_marl.sim.world import World

__all__ = ["SYSTEM"]

_CHEST_DEFINE: Final = 1  # defines.inventory.chest
_CONTAINERS: Final = frozenset({"container", "logistic-container"})


def create_simple(world: World, entity: int, prototype: EntityPrototype) -> None:
    """Give a container its inventory; nothing for anything else."""
    if prototype.type in _CONTAINERS:
        slots = int(prototype.number("inventory_size"))
        add_inventory(world, entity, _CHEST_DEFINE, ROLE_STORAGE, slots)


SYSTEM: Final = System(name="simple", kinds=("simple", "cliff"), create=create_simple)
