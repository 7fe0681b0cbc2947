"""Handing items on to what is at a place: machines, chests, belts, or the ground."""

from typing import Final

from fle_marl.sim._jit import Tables, kernel
from fle_marl.sim.components import KINDS
from fle_marl.sim.kernels.ground import drop_on_ground
from fle_marl.sim.kernels.transfer import insert_into_entity
from fle_marl.sim.kernels.transport_line import drop_on_belt

__all__ = ["deliver"]

_BELT: Final = KINDS.index("belt")


@kernel
def deliver(
    state: Tables,
    target: int,
    x: int,
    y: int,
    direction: int,
    item: int,
    amount: int,
    by_inserter: bool,
) -> int:
    """Put items into an entity, or one onto a belt, or on the ground if nothing stands.

    Args:
        state: ``World.state``, changed.
        target: entity that stands at the place; 0 for none.
        x: the place, 1/256 tile.
        y: the place, 1/256 tile.
        direction: from the giver to the place, 0, 2, 4 or 6.
        item: what.
        amount: how many, 1 or more.
        by_inserter: whether an inserter drops them: it drops onto the far lane of a
            belt, a drill onto the near one. What inserters stop at (`transfer`) was
            asked before the items were taken, and is not asked again. Source:
            factory-sim 0.3.0, recorded from the game.

    Returns:
        How many were taken from the giver, 0 to ``amount``.
    """
    entity = state.entity
    if target == 0:
        is_dropped = drop_on_ground(state, x, y, item)
        return 1 if is_dropped else 0
    if entity[target].kind == _BELT:
        row = int(entity[target].component)
        is_dropped = drop_on_belt(state, row, x, y, direction, by_inserter, item)
        return 1 if is_dropped else 0
    return insert_into_entity(state, target, item, amount, False)
