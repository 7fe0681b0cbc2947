"""Items that lie on the ground: dropping one at a place, finding one, picking it up."""

from typing import Final

from fle_marl.defines import EntityStatus
from fle_marl.prototypes import load
from fle_marl.sim._jit import Tables, called_kernel, kernel
from fle_marl.sim.components import (
    COLLISION_LAYERS,
    FORCE_NEUTRAL,
    KINDS,
    TABLE_INDEX,
)
from fle_marl.sim.kernels.entity_rows import free_entity_row, take_entity_row
from fle_marl.sim.kernels.rows import free_row, take_row
from fle_marl.sim.kernels.space import (
    box_is_free,
    chunk_at,
    collision_box,
    link_entity,
    unlink_entity,
)

__all__ = [
    "drop_on_ground",
    "ground_item_on_tile",
    "is_ground_free",
    "remove_ground_item",
]

_ITEM_ON_GROUND: Final = TABLE_INDEX["item_on_ground"]
_KIND: Final = KINDS.index("item_on_ground")
_PROTOTYPE: Final = load().entities["item-on-ground"].id
_ITEM_LAYER: Final = 1 << COLLISION_LAYERS.index("item-layer")
_NORMAL: Final = int(EntityStatus.normal)
_MASK: Final = 31  # tile within its chunk


@kernel
def ground_item_on_tile(state: Tables, tile_x: int, tile_y: int) -> int:
    """The item that lies on a tile, by its centre.

    Returns:
        Its entity, 0 for none. Of several the one with the lowest row.
    """
    entity = state.entity
    cell_link = state.cell_link
    chunk = chunk_at(state, tile_x, tile_y)
    found = 0
    if chunk < 0:
        return found
    link = state.cell[chunk, tile_y & _MASK, tile_x & _MASK]
    while link > 0:
        row = cell_link[link].entity
        link = cell_link[link].next_in_cell
        if entity[row].kind != _KIND or (found != 0 and row > found):
            continue
        if entity[row].x >> 8 == tile_x and entity[row].y >> 8 == tile_y:
            found = row
    return int(found)


@called_kernel
def is_ground_free(state: Tables, x: int, y: int) -> bool:
    """Whether an item could lie on the ground at just this place."""
    box = collision_box(state, _PROTOTYPE, x, y, 0)
    return bool(box_is_free(state, box, _ITEM_LAYER, 0))


@called_kernel
def drop_on_ground(state: Tables, x: int, y: int, item: int) -> bool:
    """Lay one item on the ground, at just this place.

    Rows for it must have been reserved (`fle_marl.sim.systems.item_on_ground`).

    Returns:
        False when something is in the way, as another item is, or water.
    """
    entity = state.entity
    item_on_ground = state.item_on_ground
    if not is_ground_free(state, x, y):
        return False
    row = take_entity_row(state)
    component = take_row(state, item_on_ground, _ITEM_ON_GROUND)
    if row == 0 or component == 0:
        return False
    entity[row].prototype = _PROTOTYPE
    entity[row].kind = _KIND
    entity[row].force = FORCE_NEUTRAL
    entity[row].status = _NORMAL
    entity[row].x = x
    entity[row].y = y
    entity[row].forbidden = 0
    entity[row].active = True
    entity[row].component = component
    item_on_ground[component].entity = row
    item_on_ground[component].item = item
    item_on_ground[component].count = 1
    link_entity(state, row, collision_box(state, _PROTOTYPE, x, y, 0))
    state.clock[0].is_disturbed = True
    return True


@called_kernel
def remove_ground_item(state: Tables, row: int) -> None:
    """Take an item off the ground, out of the world."""
    item_on_ground = state.item_on_ground
    component = state.entity[row].component
    item_on_ground[component] = item_on_ground[0]
    free_row(state, item_on_ground, _ITEM_ON_GROUND, component)
    unlink_entity(state, row)
    free_entity_row(state, row)
    state.clock[0].is_disturbed = True
