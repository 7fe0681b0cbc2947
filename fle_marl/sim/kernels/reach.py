"""How far things are from each other, as a character's reach counts it."""

from fle_marl.sim._jit import Tables, kernel
from fle_marl.sim.kernels.space import collision_box

__all__ = ["distance_squared"]


@kernel
def distance_squared(state: Tables, person: int, target: int) -> int:
    """From a character's position to an entity, squared.

    To the middle of a resource, and to the nearest point of anything else's collision
    box, so that large buildings can be reached from their edges. The game's own rule
    is not documented; this is a choice.

    Args:
        state: ``World.state``.
        person: the character's entity.
        target: entity.

    Returns:
        (1/256 tile) squared.
    """
    entity = state.entity
    x, y = int(entity[person].x), int(entity[person].y)
    prototype = entity[target].prototype
    near_x, near_y = int(entity[target].x), int(entity[target].y)
    if not state.entity_prototype[prototype].is_resource:
        left, top, right, bottom = collision_box(
            state, prototype, near_x, near_y, entity[target].direction
        )
        near_x = max(left, min(x, right))
        near_y = max(top, min(y, bottom))
    return (x - near_x) * (x - near_x) + (y - near_y) * (y - near_y)
