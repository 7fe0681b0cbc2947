"""Corpses of characters go when their time is over, with all that is still in them."""

from fle_marl.sim.actions.build import destroy_entity
from fle_marl.sim.systems.character_corpse import (
    expired_corpses,
    find_next_expiry,
)
from fle_marl.sim.world import World

__all__ = ["remove_expired_corpses"]


def remove_expired_corpses(world: World) -> None:
    """Take the corpses out of the world whose time is over; between ticks.

    `fle_marl.sim.schedule.advance` returns early when there are any.
    """
    for corpse in expired_corpses(world):
        destroy_entity(world, corpse)
    # whatever a saved world says of it, time goes on
    find_next_expiry(world)
