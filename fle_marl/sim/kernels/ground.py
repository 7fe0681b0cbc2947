"""Items that lie on the ground: dropping one at a place, finding one, picking it up."""

from typing import Final

from fle_marl.defines import EntityStatus
from fle_marl.prototypes import load
from fle_marl.sim._jit import Table, kernel
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

__all__ = ["drop_on_ground", "ground_item_on_tile", "remove_ground_item"]

_ITEM_ON_GROUND: Final = TABLE_INDEX["item_on_ground"]
_KIND: Final = KINDS.index("item_on_ground")
_PROTOTYPE: Final = load().entities["item-on-ground"].id
_ITEM_LAYER: Final = 1 << COLLISION_LAYERS.index("item-layer")
_NORMAL: Final = int(EntityStatus.normal)
_MASK: Final = 31  # tile within its chunk


@kernel
def ground_item_on_tile(
    entity: Table,
    cell_link: Table,
    chunk_index: Table,
    cell: Table,
    tile_x: int,
    tile_y: int,
) -> int:
    """The item that lies on a tile, by its centre.

    Returns:
        Its entity, 0 for none. Of several the one with the lowest row.
    """
    chunk = chunk_at(chunk_index, tile_x, tile_y)
    found = 0
    if chunk < 0:
        return found
    link = cell[chunk, tile_y & _MASK, tile_x & _MASK]
    while link > 0:
        row = cell_link[link].entity
        link = cell_link[link].next_in_cell
        if entity[row].kind != _KIND or (found != 0 and row > found):
            continue
        if entity[row].x >> 8 == tile_x and entity[row].y >> 8 == tile_y:
            found = row
    return int(found)


@kernel
def drop_on_ground(
    clock: Table,
    entity: Table,
    item_on_ground: Table,
    cell_link: Table,
    count: Table,
    free_head: Table,
    chunk_index: Table,
    cell: Table,
    tile: Table,
    entity_prototype: Table,
    tile_prototype: Table,
    x: int,
    y: int,
    item: int,
) -> bool:
    """Lay one item on the ground, at just this place.

    Rows for it must have been reserved (`fle_marl.sim.systems.item_on_ground`).

    Returns:
        False when something is in the way, as another item is, or water.
    """
    box = collision_box(entity_prototype, _PROTOTYPE, x, y, 0)
    if not box_is_free(
        entity,
        entity_prototype,
        tile_prototype,
        cell_link,
        chunk_index,
        cell,
        tile,
        box,
        _ITEM_LAYER,
        0,
    ):
        return False
    row = take_entity_row(clock, entity, count, free_head)
    component = take_row(item_on_ground, count, free_head, _ITEM_ON_GROUND)
    if row == 0 or component == 0:
        return False
    entity[row].prototype = _PROTOTYPE
    entity[row].kind = _KIND
    entity[row].force = FORCE_NEUTRAL
    entity[row].status = _NORMAL
    entity[row].x = x
    entity[row].y = y
    entity[row].minable = True
    entity[row].active = True
    entity[row].component = component
    item_on_ground[component].entity = row
    item_on_ground[component].item = item
    item_on_ground[component].count = 1
    link_entity(entity, cell_link, count, free_head, chunk_index, cell, row, box)
    return True


@kernel
def remove_ground_item(
    clock: Table,
    entity: Table,
    item_on_ground: Table,
    cell_link: Table,
    free_head: Table,
    chunk_index: Table,
    cell: Table,
    row: int,
) -> None:
    """Take an item off the ground, out of the world."""
    component = entity[row].component
    item_on_ground[component] = item_on_ground[0]
    free_row(item_on_ground, free_head, _ITEM_ON_GROUND, component)
    unlink_entity(entity, cell_link, free_head, chunk_index, cell, row)
    free_entity_row(clock, entity, free_head, row)
