"""Where things are: tiles, the entities in a tile, collisions.

An entity is linked into every tile that its collision box touches; resources are kept
in the ``ore`` layer by the tile of their centre, since they collide with nothing that
is built. Tiles outside the generated map read as 0 and collide with everything.
"""

from typing import Final

from fle_marl.sim._jit import Table, Tables, kernel
from fle_marl.sim.components import (
    CHUNK_TILES,
    COLLISION_FORCE_MASK,
    COLLISION_FRIEND_SHIFT,
    COLLISION_LAYERS,
    COLLISION_OPENER_SHIFT,
    DIRECTORY_CHUNKS,
    GATE_OPEN,
    KINDS,
    TABLE_INDEX,
)
from fle_marl.sim.kernels.cliff_box import cliff_box, cut_slant, is_on_cliff
from fle_marl.sim.kernels.rows import take_row

__all__ = [
    "Space",
    "box_is_free",
    "chunk_at",
    "collision_box",
    "entity_at",
    "find_blocker",
    "first_link_at",
    "link_corners",
    "link_entity",
    "move_links",
    "ore_at",
    "set_ore",
    "tile_at",
    "tiles_of",
    "unlink_entity",
]

Space = tuple[Table, Table, Table, Table, Table, Table, Table]
"""The tables that say where things are, for kernels that ask it often: entity,
entity_prototype, tile_prototype, cell_link, chunk_index, cell, tile. Handed to
`find_blocker` and `box_is_free` as ``*space``."""

_HALF: Final = DIRECTORY_CHUNKS // 2
_SHIFT: Final = 5
_MASK: Final = CHUNK_TILES - 1
_LINK: Final = TABLE_INDEX["cell_link"]
_CLIFF: Final = KINDS.index("cliff")
_GATE: Final = KINDS.index("gate")
_OPEN_GATE_MASK: Final = sum(
    1 << COLLISION_LAYERS.index(layer)
    for layer in ("object-layer", "item-layer", "floor-layer", "water-tile")
)
"""Source: prototype API, GatePrototype.opened_collision_mask, its default."""
_RESOURCE_LAYER: Final = 1 << COLLISION_LAYERS.index("resource-layer")


@kernel
def chunk_at(state: Tables, tile_x: int, tile_y: int) -> int:
    """Row of the chunk that a tile is in; -1 outside the generated map."""
    column = (tile_x >> _SHIFT) + _HALF
    row = (tile_y >> _SHIFT) + _HALF
    if column < 0 or row < 0 or column >= DIRECTORY_CHUNKS or row >= DIRECTORY_CHUNKS:
        return -1
    return int(state.chunk_index[row, column])


@kernel
def tile_at(state: Tables, tile_x: int, tile_y: int) -> int:
    """Tile prototype at a tile; 0 outside the generated map."""
    chunk = chunk_at(state, tile_x, tile_y)
    if chunk < 0:
        return 0
    return int(state.tile[chunk, tile_y & _MASK, tile_x & _MASK])


@kernel
def ore_at(state: Tables, tile_x: int, tile_y: int) -> int:
    """Entity of the resource on a tile; 0 when there is none."""
    chunk = chunk_at(state, tile_x, tile_y)
    if chunk < 0:
        return 0
    return int(state.ore[chunk, tile_y & _MASK, tile_x & _MASK])


@kernel
def set_ore(state: Tables, tile_x: int, tile_y: int, entity: int) -> None:
    """Note which resource lies on a tile; 0 for none."""
    chunk = chunk_at(state, tile_x, tile_y)
    if chunk >= 0:
        state.ore[chunk, tile_y & _MASK, tile_x & _MASK] = entity


@kernel
def first_link_at(state: Tables, tile_x: int, tile_y: int) -> int:
    """First link in the list of what is on a tile; 0 when there is nothing."""
    chunk = chunk_at(state, tile_x, tile_y)
    if chunk < 0:
        return 0
    return int(state.cell[chunk, tile_y & _MASK, tile_x & _MASK])


@kernel
def collision_box(
    state: Tables, prototype: int, x: int, y: int, direction: int
) -> tuple[int, int, int, int]:
    """Collision box of a prototype at a place.

    Args:
        state: ``World.state``.
        prototype: its row.
        x: centre, 1/256 tile.
        y: centre, 1/256 tile.
        direction: 0, 2, 4 or 6; diagonals count as the quarter before them. Of a
            cliff its orientation.

    Returns:
        left, top, right, bottom in 1/256 tile; around a box that is slanted.
    """
    box = state.entity_prototype[prototype]
    if box.kind == _CLIFF:
        return cliff_box(state, direction, x, y)
    left, top, right, bottom = box.left, box.top, box.right, box.bottom
    for _ in range(direction // 2):
        left, top, right, bottom = -bottom, left, -top, right
    return x + left, y + top, x + right, y + bottom


@kernel
def tiles_of(state: Tables, row: int) -> tuple[int, int, int, int]:
    """Tiles that an entity's collision box touches.

    Returns:
        left, top, right, bottom in whole tiles, right and bottom exclusive.
    """
    entity = state.entity
    left, top, right, bottom = collision_box(
        state,
        entity[row].prototype,
        entity[row].x,
        entity[row].y,
        entity[row].direction,
    )
    return tiles_of_box((left, top, right, bottom))


@kernel
def tiles_of_box(box: tuple[int, int, int, int]) -> tuple[int, int, int, int]:
    """Tiles that a box touches; that of its place for a box without room.

    Returns:
        left, top, right, bottom in whole tiles, right and bottom exclusive.
    """
    left, top, right, bottom = box
    first_x, first_y = left >> 8, top >> 8
    return (
        first_x,
        first_y,
        max(((right - 1) >> 8), first_x) + 1,
        max(((bottom - 1) >> 8), first_y) + 1,
    )


@kernel
def link_entity(state: Tables, row: int, box: tuple[int, int, int, int]) -> None:
    """Enter an entity into the tiles that its box touches.

    The caller has reserved a link for each tile.
    """
    entity = state.entity
    cell_link = state.cell_link
    left, top, right, bottom = tiles_of_box(box)
    for tile_y in range(top, bottom):
        for tile_x in range(left, right):
            chunk = chunk_at(state, tile_x, tile_y)
            if chunk < 0:
                continue
            link = take_row(state, cell_link, _LINK)
            cell_link[link].entity = row
            cell_link[link].tile_x = tile_x
            cell_link[link].tile_y = tile_y
            _enter_list(state, link, chunk, tile_y & _MASK, tile_x & _MASK)
            cell_link[link].next_of_entity = entity[row].first_link
            entity[row].first_link = link


@kernel
def _cut_from_cell(state: Tables, link: int) -> None:
    """Take a link out of the list of its tile; off the map there is no list."""
    cell_link = state.cell_link
    cell = state.cell
    tile_x, tile_y = cell_link[link].tile_x, cell_link[link].tile_y
    chunk = chunk_at(state, tile_x, tile_y)
    if chunk < 0:
        return
    cell_row, cell_column = tile_y & _MASK, tile_x & _MASK
    following = cell_link[link].next_in_cell
    if cell[chunk, cell_row, cell_column] == link:
        cell[chunk, cell_row, cell_column] = following
        return
    other = cell[chunk, cell_row, cell_column]
    while cell_link[other].next_in_cell != link:
        other = cell_link[other].next_in_cell
    cell_link[other].next_in_cell = following


@kernel
def _enter_list(state: Tables, link: int, chunk: int, row: int, column: int) -> None:
    """Enter a link into the list of a cell, the latest links first.

    So what moves away and comes back leaves the list as it was.
    """
    cell_link = state.cell_link
    following = state.cell[chunk, row, column]
    if following < link:
        cell_link[link].next_in_cell = following
        state.cell[chunk, row, column] = link
        return
    before = following
    while cell_link[before].next_in_cell > link:
        before = cell_link[before].next_in_cell
    cell_link[link].next_in_cell = cell_link[before].next_in_cell
    cell_link[before].next_in_cell = link


@kernel
def _push_into_cell(state: Tables, link: int, x: int, y: int) -> None:
    """Enter a link into the list of the tile at a point; off the map there is none."""
    cell_link = state.cell_link
    tile_x, tile_y = x >> 8, y >> 8
    cell_link[link].tile_x = tile_x
    cell_link[link].tile_y = tile_y
    cell_link[link].next_in_cell = 0
    chunk = chunk_at(state, tile_x, tile_y)
    if chunk < 0:
        return
    _enter_list(state, link, chunk, tile_y & _MASK, tile_x & _MASK)


@kernel
def unlink_entity(state: Tables, row: int) -> None:
    """Take an entity out of all tiles that it was entered in."""
    entity = state.entity
    cell_link = state.cell_link
    free_head = state.free_head
    link = entity[row].first_link
    while link > 0:
        _cut_from_cell(state, link)
        next_link = cell_link[link].next_of_entity
        cell_link[link].next_in_cell = 0
        cell_link[link].next_of_entity = 0
        cell_link[link].tile_x = 0
        cell_link[link].tile_y = 0
        cell_link[link].entity = -free_head[_LINK]
        free_head[_LINK] = link
        link = next_link
    entity[row].first_link = 0


@kernel
def link_corners(state: Tables, row: int, box: tuple[int, int, int, int]) -> None:
    """Enter an entity that moves: one link for each corner of its box.

    So a box of at most a tile always has four links, and moving needs no new one
    (`move_links`). Several may be in the same tile. The caller has reserved four.
    """
    entity = state.entity
    cell_link = state.cell_link
    left, top, right, bottom = box
    for corner in range(4):
        link = take_row(state, cell_link, _LINK)
        cell_link[link].entity = row
        x = left if corner & 1 == 0 else right - 1
        y = top if corner & 2 == 0 else bottom - 1
        _push_into_cell(state, link, x, y)
        cell_link[link].next_of_entity = entity[row].first_link
        entity[row].first_link = link


@kernel
def move_links(state: Tables, row: int, box: tuple[int, int, int, int]) -> None:
    """Let the four links of `link_corners` follow the entity's box to where it is."""
    cell_link = state.cell_link
    left, top, right, bottom = box
    link = state.entity[row].first_link
    for corner in range(3, -1, -1):
        x = left if corner & 1 == 0 else right - 1
        y = top if corner & 2 == 0 else bottom - 1
        if cell_link[link].tile_x != x >> 8 or cell_link[link].tile_y != y >> 8:
            _cut_from_cell(state, link)
            _push_into_cell(state, link, x, y)
        link = cell_link[link].next_of_entity


@kernel
def entity_at(state: Tables, x: int, y: int, wanted_mask: int) -> int:
    """The entity whose tile footprint holds a point.

    Args:
        state: ``World.state``.
        x: 1/256 tile.
        y: 1/256 tile.
        wanted_mask: bits of collision layers of which the entity must have one.

    Returns:
        Its row; 0 when there is none. Of several the one with the lowest row.
    """
    cell_link = state.cell_link
    tile_x, tile_y = x >> 8, y >> 8
    chunk = chunk_at(state, tile_x, tile_y)
    found = 0
    if chunk < 0:
        return found
    link = state.cell[chunk, tile_y & _MASK, tile_x & _MASK]
    while link > 0:
        row = cell_link[link].entity
        mask = state.entity_prototype[state.entity[row].prototype].collision_mask
        if mask & wanted_mask and (found == 0 or row < found):
            found = row
        link = cell_link[link].next_in_cell
    return int(found)


@kernel
def _lets_through(state: Tables, row: int, mask: int) -> bool:
    """Whether a gate that is in the way is none to who asks.

    Args:
        state: ``World.state``.
        row: the gate.
        mask: bits of collision layers, and the force whose gates do not count.
    """
    if mask >> COLLISION_OPENER_SHIFT & COLLISION_FORCE_MASK == state.entity[row].force:
        return True
    is_open = state.gate[state.entity[row].component].phase == GATE_OPEN
    return bool(is_open and not _OPEN_GATE_MASK & mask)


@kernel
def find_blocker(
    state: Tables, box: tuple[int, int, int, int], mask: int, ignored: int
) -> tuple[bool, int, int, int, int]:
    """What a box touches that collides with a mask.

    Args:
        state: ``World.state``.
        box: left, top, right, bottom in 1/256 tile.
        mask: bits of collision layers; with a force from `COLLISION_OPENER_SHIFT` on,
            its gates do not count; with one from `COLLISION_FRIEND_SHIFT` on, nothing
            of it does.
        ignored: entity that does not count; 0 for none.

    Returns:
        Whether there is such a thing, and the box of the first one found, of slanted
        cliffs of what is in the way. Outside the generated map every tile is one.
    """
    entity = state.entity
    cell_link = state.cell_link
    friend = mask >> COLLISION_FRIEND_SHIFT
    left, top, right, bottom = box
    for tile_y in range(top >> 8, ((bottom - 1) >> 8) + 1):
        for tile_x in range(left >> 8, ((right - 1) >> 8) + 1):
            chunk = chunk_at(state, tile_x, tile_y)
            ground = 0
            if chunk >= 0:
                ground = state.tile[chunk, tile_y & _MASK, tile_x & _MASK]
            if ground == 0 or state.tile_prototype[ground].collision_mask & mask:
                x, y = tile_x << 8, tile_y << 8
                return True, x, y, x + 256, y + 256
            link = state.cell[chunk, tile_y & _MASK, tile_x & _MASK]
            while link > 0:
                row = cell_link[link].entity
                link = cell_link[link].next_in_cell
                prototype = entity[row].prototype
                if row == ignored:
                    continue
                if not state.entity_prototype[prototype].collision_mask & mask:
                    continue
                if friend > 0 and entity[row].force == friend:
                    continue
                o_left, o_top, o_right, o_bottom = collision_box(
                    state,
                    prototype,
                    entity[row].x,
                    entity[row].y,
                    entity[row].direction,
                )
                is_beside = o_left >= right or left >= o_right
                if is_beside or o_top >= bottom or top >= o_bottom:
                    continue
                if entity[row].kind == _GATE and _lets_through(state, row, mask):
                    continue
                if entity[row].kind == _CLIFF:
                    turned = entity[row].direction
                    x, y = entity[row].x, entity[row].y
                    if not is_on_cliff(state, turned, x, y, box):
                        continue
                    o_left, o_top, o_right, o_bottom = cut_slant(
                        state, turned, x, y, box
                    )
                return True, o_left, o_top, o_right, o_bottom
    return False, 0, 0, 0, 0


@kernel
def box_is_free(
    state: Tables, box: tuple[int, int, int, int], mask: int, ignored: int
) -> bool:
    """Whether a box touches nothing that collides with a mask; see `find_blocker`."""
    found, _, _, _, _ = find_blocker(state, box, mask, ignored)
    return not found
