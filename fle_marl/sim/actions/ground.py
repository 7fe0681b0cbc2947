"""Dropping items on the ground around a place."""

from collections.abc import Iterator, Mapping
from typing import Final

from fle_marl.sim._jit import Tables, entry_point
from fle_marl.sim.kernels.ground import drop_on_ground
from fle_marl.sim.world import World

__all__ = ["spill_items"]

_STEP_UNITS: Final = 128
"""Distance of spilled items, 1/256 tile. Half a tile: an item on the ground is a bit
more than a quarter wide (prototype item-on-ground)."""
_WIDEST_RING: Final = 200


@entry_point
def _drop(state: Tables, x: int, y: int, item: int) -> bool:
    return drop_on_ground(state, x, y, item)


def spill_items(world: World, x: int, y: int, items: Mapping[int, int]) -> int:
    """Lay items on the ground one by one, as near to a place as there is room.

    Source: LuaSurface.spill_item_stack; the pattern is a choice.

    Args:
        world: changed.
        x: 1/256 tile.
        y: 1/256 tile.
        items: {item: count}.

    Returns:
        How many found a place.
    """
    queue = [item for item, count in items.items() for _ in range(count)]
    places = _places(x, y)
    for done, item in enumerate(queue):
        for table, rows in (("entity", 1), ("item_on_ground", 1), ("cell_link", 4)):
            world.reserve(table, rows)
        for place in places:
            if _drop(world.state, *place, item):
                break
        else:
            return done
    return len(queue)


def _places(x: int, y: int) -> Iterator[tuple[int, int]]:
    """Places ring by ring outwards, in a fixed order."""
    yield x, y
    for ring in range(1, _WIDEST_RING):
        edge = range(-ring, ring + 1)
        square = {(a, b) for a in edge for b in (-ring, ring)}
        square |= {(a, b) for a in (-ring, ring) for b in edge}
        nearest = sorted(square, key=lambda at: (at[0] ** 2 + at[1] ** 2, at))
        for a, b in nearest:
            yield x + a * _STEP_UNITS, y + b * _STEP_UNITS
