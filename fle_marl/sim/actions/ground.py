"""Dropping items on the ground around a place, and laying them on belts from there."""

from collections.abc import Iterator, Mapping
from typing import Final

import numpy as np

from fle_marl.sim._jit import Tables, entry_point, kernel
from fle_marl.sim.components import COLLISION_LAYERS, KINDS, TABLE_INDEX
from fle_marl.sim.kernels.ground import drop_on_ground
from fle_marl.sim.kernels.space import entity_at
from fle_marl.sim.kernels.transport_line import drop_on_belt
from fle_marl.sim.world import World

__all__ = ["lay_on_new_belt", "spill_items"]

_ENTITY: Final = TABLE_INDEX["entity"]
_BELT: Final = KINDS.index("belt")
_BELT_LAYER: Final = 1 << COLLISION_LAYERS.index("transport-belt-layer")
_STEP_UNITS: Final = 128
"""Distance of spilled items, 1/256 tile. Half a tile: an item on the ground is a bit
more than a quarter wide (prototype item-on-ground)."""
_WIDEST_RING: Final = 200


@entry_point
def _drop(state: Tables, x: int, y: int, item: int, onto_belts: bool) -> bool:
    target = entity_at(state, x, y, _BELT_LAYER)
    if target == 0:
        return drop_on_ground(state, x, y, item)
    # nothing lies on the ground below a belt
    if not onto_belts or state.entity[target].kind != _BELT:
        return False
    return _lay_on_belt(state, target, x, y, item)


@entry_point
def _lay(state: Tables, x: int, y: int, item: int, belt: int) -> bool:
    if entity_at(state, x, y, _BELT_LAYER) != belt:
        return False
    return _lay_on_belt(state, belt, x, y, item)


@kernel
def _lay_on_belt(state: Tables, belt: int, x: int, y: int, item: int) -> bool:
    row = int(state.entity[belt].component)
    # thrown from one side and then from the other, so that each lane is tried
    for turn in (2, 6):
        direction = (int(state.entity[belt].direction) + turn) % 8
        if drop_on_belt(state, row, x, y, direction, True, item):
            return True
    return False


def lay_on_new_belt(
    world: World, belt: int, place: tuple[int, int], item: int, count: int
) -> int:
    """Lay items from the ground on the belt that was built over them.

    That a new belt takes what lies below it, and where on it that comes to lie, are
    choices: without that, nothing would ever move it again.

    Args:
        world: changed.
        belt: entity.
        place: x, y where they lie, 1/256 tile.
        item: what.
        count: how many.

    Returns:
        How many found room.
    """
    laid = 0
    while laid < count and _lay(world.state, *place, item, belt):
        laid += 1
    return laid


def spill_items(
    world: World,
    x: int,
    y: int,
    items: Mapping[int, int],
    *,
    onto_belts: bool = False,
) -> list[int]:
    """Lay items on the ground one by one, as near to a place as there is room.

    Source: LuaSurface.spill_item_stack; the pattern, and where on a belt an item comes
    to lie, are choices.

    Args:
        world: changed.
        x: 1/256 tile.
        y: 1/256 tile.
        items: {item: count}.
        onto_belts: whether they may also come to lie on belts.

    Returns:
        Rows of the new entities on the ground, in the order in which they fell. What
        found no place at all is gone.
    """
    queue = [item for item, count in items.items() for _ in range(count)]
    first = int(world.clock["next_serial"][0])
    places = _places(x, y)
    place = next(places, None)
    for item in queue:
        for table, rows in (("entity", 1), ("item_on_ground", 1), ("cell_link", 4)):
            world.reserve(table, rows)
        # a belt's place may take another item, one on the ground never
        while place and not _drop(world.state, *place, item, onto_belts):
            place = next(places, None)
    return _entities_since(world, first)


def _entities_since(world: World, first_serial: int) -> list[int]:
    """Entities made since a serial number was next, in the order of their making."""
    used = world.entity[: int(world.count[_ENTITY])]
    rows = np.flatnonzero((used["prototype"] > 0) & (used["serial"] >= first_serial))
    return [int(row) for row in rows[np.argsort(used["serial"][rows])]]


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
