"""Ore and wells are laid into the ground."""

from fle_marl.sim.actions.build import create_entity
from fle_marl.sim.systems.resource import set_amount
from fle_marl.sim.world import World
from fle_marl.units import POSITION_UNITS_PER_TILE

__all__ = ["add_resource"]


def add_resource(world: World, name: str, tile_x: int, tile_y: int, amount: int) -> int:
    """Put a resource into the middle of a tile; what is in the way is not asked.

    Args:
        world: changed.
        name: of a resource prototype, such as ``iron-ore``.
        tile_x: tile.
        tile_y: tile.
        amount: what it holds, at least 1.

    Returns:
        The resource's entity.

    Raises:
        PrototypeError: there is no such entity.
        ValueError: the amount is less than 1.
    """
    unit = POSITION_UNITS_PER_TILE
    entity = create_entity(
        world, name, tile_x * unit + unit // 2, tile_y * unit + unit // 2
    )
    set_amount(world, entity, amount)
    return entity
