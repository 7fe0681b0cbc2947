"""Ghosts come and become what they stand for.

Chosen, as it is not documented: a ghost of what stands there already is not made anew;
modules that a ghost asks for are forgotten when a script revives it, as there are no
proxies that robots would bring them to.

Source: runtime API, LuaEntity.revive; changelog 0.16.8 (ghosts keep settings).
"""

from typing import Final

import numpy as np

from fle_marl.prototypes import EntityPrototype, TilePrototype, load
from fle_marl.sim.actions.build import can_place, create_entity, destroy_entity
from fle_marl.sim.actions.entity_settings import Settings, apply_settings, settings_of
from fle_marl.sim.actions.tiles import lay_tiles, may_lie
from fle_marl.sim.components import TABLE_INDEX
from fle_marl.sim.refusals import refuse
from fle_marl.sim.systems.ghost import ghost_record
from fle_marl.sim.world import World
from fle_marl.units import POSITION_UNITS_PER_TILE, tiles_to_units

__all__ = [
    "Box",
    "create_ghost",
    "create_tile_ghost",
    "ghost_boxes",
    "ghosts",
    "inner_prototype",
    "placed_box",
    "remove_ghosts_in",
    "revive",
    "tile_ghosts",
]

Box = tuple[int, int, int, int]
"""Left, top, right, bottom in 1/256 tile."""

_GHOST_TABLE: Final = TABLE_INDEX["ghost"]


def ghosts(world: World) -> list[int]:
    """Entities that are ghosts, in the order of their rows in ``ghost``."""
    owners = world.tables["ghost"]["entity"][: int(world.count[_GHOST_TABLE])]
    return [int(row) for row in owners[owners > 0]]


def tile_ghosts(world: World) -> dict[int, tuple[int, int]]:
    """Ghosts of tiles: x and y of the tile by the ghost's row."""
    entity, unit = world.entity, POSITION_UNITS_PER_TILE
    return {
        row: (int(entity["x"][row]) // unit, int(entity["y"][row]) // unit)
        for row in ghosts(world)
        if ghost_record(world, row)["inner_tile"]
    }


def inner_prototype(world: World, ghost: int) -> EntityPrototype | TilePrototype:
    """What a ghost stands for."""
    record = ghost_record(world, ghost)
    if record["inner_entity"]:
        return load().entities.by_id(int(record["inner_entity"]))
    return load().tiles.by_id(int(record["inner_tile"]))


def placed_box(prototype: EntityPrototype, x: int, y: int, direction: int) -> Box:
    """Collision box of an entity that stands, or is to stand, somewhere.

    Args:
        prototype: what.
        x: centre, 1/256 tile.
        y: centre, 1/256 tile.
        direction: 0 to 7.
    """
    box = prototype.collision_box
    left, top = box.left_top.x, box.left_top.y
    right, bottom = box.right_bottom.x, box.right_bottom.y
    for _ in range(direction // 2):
        left, top, right, bottom = -bottom, left, -top, right
    return (
        x + tiles_to_units(left),
        y + tiles_to_units(top),
        x - tiles_to_units(-right),
        y - tiles_to_units(-bottom),
    )


def ghost_boxes(world: World) -> dict[int, Box]:
    """The room that each ghost's entity or tile will need, by the ghost's row."""
    boxes = {}
    half = POSITION_UNITS_PER_TILE // 2
    for row in ghosts(world):
        record = world.entity[row]
        x, y = int(record["x"]), int(record["y"])
        inner = inner_prototype(world, row)
        if isinstance(inner, EntityPrototype):
            boxes[row] = placed_box(inner, x, y, int(record["direction"]))
        else:
            boxes[row] = (x - half, y - half, x + half, y + half)
    return boxes


def create_ghost(
    world: World,
    inner: EntityPrototype,
    x: int,
    y: int,
    *,
    direction: int,
    force: int,
    settings: Settings | None = None,
) -> int:
    """Put the ghost of an entity into the world, whatever stands there.

    Args:
        world: changed.
        inner: what it is the ghost of.
        x: centre, 1/256 tile.
        y: centre, 1/256 tile.
        direction: 0 to 7.
        force: ``components.FORCE_*``.
        settings: that it is to have.

    Returns:
        The ghost's row.

    Raises:
        NotSimulated: the simulator refuses the entity.
    """
    refuse(inner)
    row = create_entity(world, "entity-ghost", x, y, direction=direction, force=force)
    ghost_record(world, row)["inner_entity"] = inner.id
    apply_settings(world, row, settings or Settings())
    return row


def create_tile_ghost(
    world: World, inner: TilePrototype, tile_x: int, tile_y: int, *, force: int
) -> int:
    """Put the ghost of a tile into the world.

    Args:
        world: changed.
        inner: what it is the ghost of.
        tile_x: whole tiles.
        tile_y: whole tiles.
        force: ``components.FORCE_*``.

    Returns:
        The ghost's row.
    """
    half = POSITION_UNITS_PER_TILE // 2
    x = tile_x * POSITION_UNITS_PER_TILE + half
    y = tile_y * POSITION_UNITS_PER_TILE + half
    row = create_entity(world, "tile-ghost", x, y, force=force)
    ghost_record(world, row)["inner_tile"] = inner.id
    return row


def remove_ghosts_in(world: World, box: Box) -> None:
    """Take away ghosts of entities that need room where something was built."""
    for row, (left, top, right, bottom) in ghost_boxes(world).items():
        is_entity = ghost_record(world, row)["inner_entity"] > 0
        is_beside = (
            left >= box[2] or right <= box[0] or top >= box[3] or bottom <= box[1]
        )
        if is_entity and not is_beside:
            destroy_entity(world, row)


def revive(world: World, ghost: int) -> int | None:
    """Have a ghost become what it stands for.

    Args:
        world: changed.
        ghost: row of a ghost.

    Returns:
        The entity's row; 0 for a tile, None when something is in the way.
    """
    record = world.entity[ghost].copy()
    x, y = int(record["x"]), int(record["y"])
    inner = inner_prototype(world, ghost)
    if not isinstance(inner, EntityPrototype):
        return _revive_tile(world, ghost, inner, x, y)
    direction = int(record["direction"])
    if not can_place(world, inner, x, y, direction):
        return None
    settings = settings_of(world, ghost)
    destroy_entity(world, ghost)
    row = create_entity(
        world, inner.name, x, y, direction=direction, force=int(record["force"])
    )
    apply_settings(world, row, settings)
    remove_ghosts_in(world, placed_box(inner, x, y, direction))
    return row


def _revive_tile(
    world: World, ghost: int, inner: TilePrototype, x: int, y: int
) -> int | None:
    tile_x, tile_y = x // POSITION_UNITS_PER_TILE, y // POSITION_UNITS_PER_TILE
    if not may_lie(world, inner, tile_x, tile_y):
        return None
    destroy_entity(world, ghost)
    lay_tiles(world, np.array([(tile_x, tile_y)]), inner.id)
    return 0
