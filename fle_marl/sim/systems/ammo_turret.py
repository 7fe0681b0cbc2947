"""Turrets that shoot with what lies in them: gun and artillery turrets.

There is nothing that they could shoot at, so a turret is its inventory. What goes in,
and where inserters stop, is `kernels.transfer`'s business.

Source: prototype ``inventory_size``, ``attack_parameters``, ``automated_ammo_count``,
``ammo_stack_limit``; defines.inventory.turret_ammo, artillery_turret_ammo, which are
the same number.
"""

from typing import Final

from fle_marl.defines import Inventory
from fle_marl.prototypes import EntityPrototype
from fle_marl.sim.components import ROLE_TURRET_AMMO
from fle_marl.sim.parts import add_inventory
from fle_marl.sim.system import System
from fle_marl.sim.world import World

__all__ = ["SYSTEM"]


def create_ammo_turret(world: World, entity: int, prototype: EntityPrototype) -> None:
    """Give a turret its inventory."""
    slots = int(prototype.number("inventory_size"))
    add_inventory(world, entity, Inventory.turret_ammo, ROLE_TURRET_AMMO, slots)


SYSTEM: Final = System(
    name="ammo_turret", kinds=("ammo_turret",), create=create_ammo_turret
)
