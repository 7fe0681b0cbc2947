"""Random numbers of scripts: drawn from the world, so that they are saved with it."""

from fle_marl.sim._jit import Tables, entry_point
from fle_marl.sim.kernels.random import next_random
from fle_marl.sim.world import World

__all__ = ["draw_number"]


def draw_number(world: World) -> float:
    """Draw a number; the world's generator moves on.

    Returns:
        From 0 up to but not including 1.

    Source: runtime API, Libraries: ``math.random`` of the game is deterministic.
    """
    return float(_draw(world.state))


@entry_point
def _draw(state: Tables) -> float:
    return next_random(state)
