"""Ghosts: entities and tiles that are to be built, and what they are to be set to.

A ghost stands in nobody's way, holds nothing, and does nothing; robots that would build
it are not simulated, so a script revives it, or it is mined. It lies in the tile of its
centre; `actions.ghosts` knows how much room its entity would need.

Source: prototype entity-ghost, tile-ghost (they collide with nothing but themselves);
runtime API, LuaEntity.ghost_name, revive.
"""

from typing import Any, Final

from fle_marl.prototypes import EntityPrototype
from fle_marl.sim.system import System
from fle_marl.sim.world import World

__all__ = ["NO_BAR", "SYSTEM", "ghost_record"]

NO_BAR: Final = -1


def create_ghost(world: World, entity: int, _prototype: EntityPrototype) -> None:
    """Add the row that says of what it is the ghost; that is filled in afterwards."""
    row = world.allocate("ghost")
    world.tables["ghost"]["entity"][row] = entity
    world.tables["ghost"]["bar"][row] = NO_BAR
    world.entity["component"][entity] = row


def destroy_ghost(world: World, entity: int) -> None:
    """Free the ghost's row."""
    world.free("ghost", int(world.entity["component"][entity]))


def ghost_record(world: World, entity: int) -> Any:  # noqa: ANN401 - a row of a table
    """The row of ``ghost`` of an entity, to be read and written."""
    return world.tables["ghost"][int(world.entity["component"][entity])]


SYSTEM: Final = System(
    name="ghost", kinds=("ghost",), create=create_ghost, destroy=destroy_ghost
)
