"""Handing items on to what is at a place: machines, chests, belts, or the ground."""

from typing import Final

from fle_marl.sim._jit import Table, kernel
from fle_marl.sim.components import KINDS
from fle_marl.sim.kernels.ground import drop_on_ground
from fle_marl.sim.kernels.transfer import insert_into_entity
from fle_marl.sim.kernels.transport_line import drop_on_belt

__all__ = ["deliver"]

_BELT: Final = KINDS.index("belt")


@kernel
def deliver(
    clock: Table,
    entity: Table,
    inventory: Table,
    slot: Table,
    burner: Table,
    crafting_machine: Table,
    belt: Table,
    transport_line: Table,
    line_item: Table,
    item_on_ground: Table,
    item_prototype: Table,
    recipe_prototype: Table,
    recipe_part: Table,
    entity_prototype: Table,
    tile_prototype: Table,
    force_recipe: Table,
    cell_link: Table,
    count: Table,
    free_head: Table,
    chunk_index: Table,
    cell: Table,
    tile: Table,
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
        clock: table.
        entity: table.
        inventory: table.
        slot: table, changed.
        burner: table.
        crafting_machine: table.
        belt: table.
        transport_line: table.
        line_item: table.
        item_on_ground: table.
        item_prototype: table.
        recipe_prototype: table.
        recipe_part: table.
        entity_prototype: table.
        tile_prototype: table.
        force_recipe: table.
        cell_link: table.
        count: ``world.count``.
        free_head: ``world.free_head``.
        chunk_index: directory.
        cell: layer.
        tile: layer.
        target: entity that stands at the place; 0 for none.
        x: the place, 1/256 tile.
        y: the place, 1/256 tile.
        direction: from the giver to the place, 0, 2, 4 or 6.
        item: what.
        amount: how many, 1 or more.
        by_inserter: whether an inserter drops them: it keeps to the limits of
            `transfer` and drops onto the far lane; drills do neither.

    Returns:
        How many were taken from the giver, 0 to ``amount``.
    """
    if target == 0:
        is_dropped = drop_on_ground(
            clock,
            entity,
            item_on_ground,
            cell_link,
            count,
            free_head,
            chunk_index,
            cell,
            tile,
            entity_prototype,
            tile_prototype,
            x,
            y,
            item,
        )
        return 1 if is_dropped else 0
    if entity[target].kind == _BELT:
        row = int(entity[target].component)
        is_dropped = drop_on_belt(
            belt, transport_line, line_item, row, x, y, direction, by_inserter, item
        )
        return 1 if is_dropped else 0
    return insert_into_entity(
        entity,
        inventory,
        slot,
        burner,
        crafting_machine,
        item_prototype,
        recipe_prototype,
        recipe_part,
        force_recipe,
        target,
        item,
        amount,
        by_inserter,
    )
