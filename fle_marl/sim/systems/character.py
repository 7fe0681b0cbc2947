"""Characters: walking, mining by hand and crafting by hand.

Walking is straight or diagonal in the eight directions. A character that runs into
something stops at it; straight ahead it slides around a corner that it only just
touches, diagonally it slides along. On belts it is carried.

Mining by hand takes one item after the other from a resource. Anything else comes out
of the world whole: that needs Python, so the kernel marks the character
(``is_mining_done``) and `update_characters` says so, for its caller to see to it.

Orders of the crafting queue hold their ingredients from the moment that they are
queued: what a queued order needs is no longer in the inventory, except for what another
order has still to make for it (``parent``, ``owed_count``).

Source: prototype character (running_speed, mining_speed, reach_distance,
reach_resource_distance, inventory_size, maximum_corner_sliding_distance); positions
are multiples of 1/256 tile and walking is 38/256 tile per tick, measured; one ore is in
the inventory on tick 121 after the order, measured.
"""

import math
from typing import Final

from fle_marl.defines import Inventory
from fle_marl.prototypes import EntityPrototype
from fle_marl.sim._jit import Table, kernel
from fle_marl.sim.components import (
    COLLISION_LAYERS,
    ROLE_AMMO,
    ROLE_ARMOR,
    ROLE_GUNS,
    ROLE_STORAGE,
    TABLE_INDEX,
)
from fle_marl.sim.kernels.inventory import insert_item, insertable_count
from fle_marl.sim.kernels.reach import distance_squared
from fle_marl.sim.kernels.rows import free_row
from fle_marl.sim.kernels.space import (
    box_is_free,
    collision_box,
    entity_at,
    find_blocker,
    move_links,
    tile_at,
)
from fle_marl.sim.parts import add_inventory
from fle_marl.sim.system import System
from fle_marl.sim.world import World

__all__ = ["SYSTEM", "update_characters"]

_CHARACTER: Final = TABLE_INDEX["character"]
_ORDER: Final = TABLE_INDEX["crafting_order"]
_BELT_LAYER: Final = 1 << COLLISION_LAYERS.index("transport-belt-layer")
_UNITS_PER_TILE: Final = 256
_TICKS_PER_SECOND: Final = 60.0
_DIAGONAL: Final = math.sqrt(0.5)
"""Share of the speed along each axis when walking diagonally; rounded down to 1/256
tile as the straight speed is (27 of 38). A choice: the way is as long as straight."""
_SLIDING_UNITS: Final = 179
"""How far a character moves aside around a corner, 1/256 tile.
Source: prototype character.maximum_corner_sliding_distance, 0.7 tiles."""
_ROUNDING: Final = 1e-9
"""Slack for sums of speeds that are not exact in binary."""
_STEP_X: Final = (0, 1, 1, 1, 0, -1, -1, -1)
_STEP_Y: Final = (-1, -1, 0, 1, 1, 1, 0, -1)
_GUN_SLOTS: Final = 3
_AMMO_SLOTS: Final = 3
_ARMOR_SLOTS: Final = 1
_TRASH_SLOTS: Final = 0
"""Source: the game's character has three guns with ammo and one armor, and no trash
slots before logistic robotics is researched."""


@kernel
def _is_free(
    entity: Table,
    entity_prototype: Table,
    tile_prototype: Table,
    cell_link: Table,
    chunk_index: Table,
    cell: Table,
    tile: Table,
    row: int,
    dx: int,
    dy: int,
) -> bool:
    """Whether a character could stand dx, dy away from where it is."""
    prototype = entity[row].prototype
    box = collision_box(
        entity_prototype, prototype, entity[row].x + dx, entity[row].y + dy, 0
    )
    mask = entity_prototype[prototype].collision_mask
    return box_is_free(
        entity,
        entity_prototype,
        tile_prototype,
        cell_link,
        chunk_index,
        cell,
        tile,
        box,
        mask,
        row,
    )


@kernel
def _way_to(low: int, high: int, o_low: int, o_high: int, step: int) -> int:
    """How far an interval moves towards another before they touch, at most a step."""
    if step > 0:
        return max(0, min(step, o_low - high))
    return min(0, max(step, o_high - low))


@kernel
def _way_around(low: int, high: int, o_low: int, o_high: int) -> tuple[int, int]:
    """The two ways past an interval, the shorter one first; ties go back (up, left)."""
    back, forth = o_low - high, o_high - low
    if -back <= forth:
        return back, forth
    return forth, back


@kernel
def _straight_step(
    entity: Table,
    entity_prototype: Table,
    tile_prototype: Table,
    cell_link: Table,
    chunk_index: Table,
    cell: Table,
    tile: Table,
    row: int,
    dx: int,
    dy: int,
) -> tuple[int, int]:
    """How a character moves that wants to go dx or dy: as far as it can, or aside.

    Returns:
        The way that is free, 1/256 tile; 0, 0 when it must stand still.
    """
    prototype = entity[row].prototype
    mask = entity_prototype[prototype].collision_mask
    left, top, right, bottom = collision_box(
        entity_prototype, prototype, entity[row].x, entity[row].y, 0
    )
    found, o_left, o_top, o_right, o_bottom = find_blocker(
        entity,
        entity_prototype,
        tile_prototype,
        cell_link,
        chunk_index,
        cell,
        tile,
        (left + dx, top + dy, right + dx, bottom + dy),
        mask,
        row,
    )
    if not found:
        return dx, dy
    # up to the obstacle first
    near_x = _way_to(left, right, o_left, o_right, dx)
    near_y = _way_to(top, bottom, o_top, o_bottom, dy)
    if (near_x != 0 or near_y != 0) and _is_free(
        entity,
        entity_prototype,
        tile_prototype,
        cell_link,
        chunk_index,
        cell,
        tile,
        row,
        near_x,
        near_y,
    ):
        return near_x, near_y
    # at the obstacle: aside, if straight ahead is free from there
    if dx != 0:
        ways = _way_around(top, bottom, o_top, o_bottom)
    else:
        ways = _way_around(left, right, o_left, o_right)
    speed = abs(dx) + abs(dy)
    for index in range(2):
        way = ways[index]
        if abs(way) > _SLIDING_UNITS:
            continue
        way_x, way_y = (0, way) if dx != 0 else (way, 0)
        if not _is_free(
            entity,
            entity_prototype,
            tile_prototype,
            cell_link,
            chunk_index,
            cell,
            tile,
            row,
            way_x + dx,
            way_y + dy,
        ):
            continue
        # by a whole step if it can, so it misses gaps that are hardly wider than it
        for attempt in range(2):
            step = speed if way > 0 else -speed
            if attempt == 1:
                step = max(-speed, min(speed, way))
            step_x, step_y = (0, step) if dx != 0 else (step, 0)
            if _is_free(
                entity,
                entity_prototype,
                tile_prototype,
                cell_link,
                chunk_index,
                cell,
                tile,
                row,
                step_x,
                step_y,
            ):
                return step_x, step_y
    return 0, 0


@kernel
def _move(
    entity: Table,
    entity_prototype: Table,
    tile_prototype: Table,
    cell_link: Table,
    chunk_index: Table,
    cell: Table,
    tile: Table,
    row: int,
    dx: int,
    dy: int,
) -> None:
    """Move a character by up to dx, dy, around or along what is in the way."""
    for attempt in range(3):
        # diagonally: both ways at once, else along x, else along y
        way_x = 0 if attempt == 2 else dx
        way_y = 0 if attempt == 1 else dy
        if dx == 0 or dy == 0:
            way_x, way_y = _straight_step(
                entity,
                entity_prototype,
                tile_prototype,
                cell_link,
                chunk_index,
                cell,
                tile,
                row,
                dx,
                dy,
            )
        elif not _is_free(
            entity,
            entity_prototype,
            tile_prototype,
            cell_link,
            chunk_index,
            cell,
            tile,
            row,
            way_x,
            way_y,
        ):
            continue
        if way_x != 0 or way_y != 0:
            entity[row].x += way_x
            entity[row].y += way_y
            box = collision_box(
                entity_prototype,
                entity[row].prototype,
                entity[row].x,
                entity[row].y,
                0,
            )
            move_links(entity, cell_link, chunk_index, cell, row, box)
        return


@kernel
def _walking_way(
    character: Table,
    entity: Table,
    tile_prototype: Table,
    chunk_index: Table,
    tile: Table,
    row: int,
) -> tuple[int, int]:
    """How far a walking character wants to go in this tick, 1/256 tile."""
    person = character[row].entity
    ground = tile_at(chunk_index, tile, entity[person].x >> 8, entity[person].y >> 8)
    speed = (
        character[row].running_speed
        * (1.0 + character[row].running_speed_modifier)
        * tile_prototype[ground].walking_speed_modifier
    )
    direction = character[row].walking_direction & 7
    if direction & 1:
        speed *= _DIAGONAL
    units = int(speed * _UNITS_PER_TILE + _ROUNDING)
    return _STEP_X[direction] * units, _STEP_Y[direction] * units


@kernel
def _belt_way(
    entity: Table,
    entity_prototype: Table,
    cell_link: Table,
    chunk_index: Table,
    cell: Table,
    belt: Table,
    person: int,
) -> tuple[int, int]:
    """How far the belt under a character carries it in this tick, 1/256 tile.

    In the direction that the belt faces, also on curves. Source: wiki, "Belts" carry
    characters at their own speed; the way through a curve is a choice.
    """
    row = entity_at(
        entity,
        entity_prototype,
        cell_link,
        chunk_index,
        cell,
        entity[person].x,
        entity[person].y,
        _BELT_LAYER,
    )
    if row == 0:
        return 0, 0
    component = entity[row].component
    speed = int(belt[component].speed)
    direction = entity[row].direction & 7
    return _STEP_X[direction] * speed, _STEP_Y[direction] * speed


@kernel
def _stop_mining(character: Table, row: int) -> None:
    character[row].is_mining = False
    character[row].is_mining_done = False
    character[row].mining_target = 0
    character[row].mining_progress = 0.0


@kernel
def _is_within_reach(
    character: Table, entity: Table, entity_prototype: Table, row: int
) -> bool:
    """Whether the mining target is still there and near enough."""
    target = character[row].mining_target
    if entity[target].prototype <= 0:
        return False
    if entity[target].serial != character[row].mining_serial:
        return False
    person = character[row].entity
    reach = int(character[row].mining_reach)
    distance = distance_squared(entity, entity_prototype, person, target)
    return bool(distance <= reach * reach)


@kernel
def _mine(
    character: Table,
    entity: Table,
    entity_prototype: Table,
    item_prototype: Table,
    resource: Table,
    inventory: Table,
    slot: Table,
    item_flow: Table,
    row: int,
) -> bool:
    """Mine for a tick.

    Returns:
        Whether the target is to be taken out of the world.
    """
    if character[row].is_mining_done:
        return True
    if not _is_within_reach(character, entity, entity_prototype, row):
        _stop_mining(character, row)
        return False
    target = character[row].mining_target
    prototype = entity_prototype[entity[target].prototype]
    character[row].mining_progress += (
        character[row].mining_speed * (1.0 + character[row].mining_speed_modifier)
    ) / _TICKS_PER_SECOND
    if character[row].mining_progress < prototype.mining_time - _ROUNDING:
        return False
    if not prototype.is_resource:
        character[row].is_mining_done = True
        return True
    item = int(prototype.mined_item)
    main = character[row].main_inventory
    if insert_item(inventory, slot, item_prototype, main, item, 1) == 0:
        _stop_mining(character, row)
        return False
    item_flow[item].produced += 1.0
    item_flow[item].hand_mined += 1.0
    character[row].mined_count += 1
    character[row].mining_progress = 0.0
    component = entity[target].component
    resource[component].amount -= 1
    if resource[component].amount == 0:
        character[row].is_mining_done = True
    return bool(character[row].is_mining_done)


@kernel
def _finish_craft(
    character: Table,
    crafting_order: Table,
    inventory: Table,
    slot: Table,
    item_prototype: Table,
    recipe_prototype: Table,
    recipe_part: Table,
    item_flow: Table,
    row: int,
    order: int,
) -> bool:
    """Hand over the products of one craft.

    Returns:
        False when there is no room for them; then nothing has changed.
    """
    recipe = recipe_prototype[crafting_order[order].recipe]
    main = character[row].main_inventory
    owed_item = int(crafting_order[order].owed_item)
    owed = int(crafting_order[order].owed_count)
    first = recipe.first_product
    for part in range(first, first + recipe.product_count):
        item = int(recipe_part[part].id)
        kept = int(recipe_part[part].amount)
        if item == owed_item:
            kept -= min(kept, owed)
        if insertable_count(inventory, slot, item_prototype, main, item) < kept:
            return False
    for part in range(first, first + recipe.product_count):
        item = int(recipe_part[part].id)
        amount = int(recipe_part[part].amount)
        kept = amount
        if item == owed_item:
            kept -= min(kept, owed)
            crafting_order[order].owed_count -= amount - kept
        insert_item(inventory, slot, item_prototype, main, item, kept)
        item_flow[item].produced += amount
        item_flow[item].hand_crafted += amount
    first = recipe.first_ingredient
    for part in range(first, first + recipe.ingredient_count):
        item = int(recipe_part[part].id)
        item_flow[item].consumed += recipe_part[part].amount
    return True


@kernel
def _craft(
    character: Table,
    crafting_order: Table,
    free_head: Table,
    inventory: Table,
    slot: Table,
    item_prototype: Table,
    recipe_prototype: Table,
    recipe_part: Table,
    item_flow: Table,
    row: int,
) -> None:
    """Work for a tick on the first order of the queue; wait while there is no room."""
    order = character[row].first_order
    recipe = crafting_order[order].recipe
    needed = recipe_prototype[recipe].energy_required_seconds - _ROUNDING
    if character[row].crafting_progress < needed:
        character[row].crafting_progress += (
            1.0 + character[row].crafting_speed_modifier
        ) / _TICKS_PER_SECOND
    if character[row].crafting_progress < needed:
        return
    if not _finish_craft(
        character,
        crafting_order,
        inventory,
        slot,
        item_prototype,
        recipe_prototype,
        recipe_part,
        item_flow,
        row,
        order,
    ):
        return
    character[row].crafting_progress = 0.0
    crafting_order[order].count -= 1
    if crafting_order[order].count > 0:
        return
    following = crafting_order[order].next
    character[row].first_order = following
    if following == 0:
        character[row].last_order = 0
    crafting_order[order].next = 0
    crafting_order[order].recipe = 0
    crafting_order[order].parent = 0
    crafting_order[order].owed_item = 0
    crafting_order[order].owed_count = 0
    free_row(crafting_order, free_head, _ORDER, order)


@kernel
def update_characters(
    character: Table,
    crafting_order: Table,
    count: Table,
    free_head: Table,
    entity: Table,
    entity_prototype: Table,
    tile_prototype: Table,
    item_prototype: Table,
    recipe_prototype: Table,
    recipe_part: Table,
    cell_link: Table,
    chunk_index: Table,
    cell: Table,
    tile: Table,
    belt: Table,
    resource: Table,
    inventory: Table,
    slot: Table,
    item_flow: Table,
) -> bool:
    """Let all characters do what they do for a tick.

    Returns:
        Whether a mining target is to be taken out of the world before the next tick:
        some character has ``is_mining_done``.
    """
    is_removal_due = False
    for row in range(1, count[_CHARACTER]):
        person = character[row].entity
        if person <= 0 or not entity[person].active:
            continue
        dx, dy = _belt_way(
            entity, entity_prototype, cell_link, chunk_index, cell, belt, person
        )
        # first the belt's way, then the character's own
        for own in range(2):
            if own == 1:
                if not character[row].is_walking:
                    break
                entity[person].direction = character[row].walking_direction & 7
                dx, dy = _walking_way(
                    character, entity, tile_prototype, chunk_index, tile, row
                )
            if dx != 0 or dy != 0:
                _move(
                    entity,
                    entity_prototype,
                    tile_prototype,
                    cell_link,
                    chunk_index,
                    cell,
                    tile,
                    person,
                    dx,
                    dy,
                )
        if character[row].is_mining and _mine(
            character,
            entity,
            entity_prototype,
            item_prototype,
            resource,
            inventory,
            slot,
            item_flow,
            row,
        ):
            is_removal_due = True
        if character[row].first_order > 0:
            _craft(
                character,
                crafting_order,
                free_head,
                inventory,
                slot,
                item_prototype,
                recipe_prototype,
                recipe_part,
                item_flow,
                row,
            )
    return is_removal_due


def create_character(world: World, entity: int, prototype: EntityPrototype) -> None:
    """Give a character its row and its inventories."""
    row = world.allocate("character")
    world.tables["character"]["entity"][row] = entity
    world.entity["component"][entity] = row
    slots = int(prototype.number("inventory_size"))
    main = add_inventory(world, entity, Inventory.character_main, ROLE_STORAGE, slots)
    for define, role, size in (
        (Inventory.character_guns, ROLE_GUNS, _GUN_SLOTS),
        (Inventory.character_ammo, ROLE_AMMO, _AMMO_SLOTS),
        (Inventory.character_armor, ROLE_ARMOR, _ARMOR_SLOTS),
        (Inventory.character_trash, ROLE_STORAGE, _TRASH_SLOTS),
    ):
        add_inventory(world, entity, define, role, size)
    record = world.tables["character"][row]
    record["main_inventory"] = main
    record["running_speed"] = prototype.number("running_speed")
    record["mining_speed"] = prototype.number("mining_speed")


def _orders_of(world: World, entity: int) -> list[int]:
    orders = []
    row = int(world.entity["component"][entity])
    order = int(world.tables["character"]["first_order"][row])
    while order:
        orders.append(order)
        order = int(world.tables["crafting_order"]["next"][order])
    return orders


def contents_of_character(world: World, entity: int) -> dict[int, int]:
    """What the orders of its crafting queue hold, {item: count}."""
    contents: dict[int, int] = {}
    orders = world.tables["crafting_order"]
    parts = world.prototypes["recipe_part"]
    for order in _orders_of(world, entity):
        record = orders[order]
        recipe = world.prototypes["recipe_prototype"][record["recipe"]]
        first = int(recipe["first_ingredient"])
        for part in parts[first : first + int(recipe["ingredient_count"])]:
            item = int(part["id"])
            held = int(part["amount"]) * int(record["count"])
            contents[item] = contents.get(item, 0) + held
        if record["parent"]:
            item = int(record["owed_item"])
            contents[item] = contents.get(item, 0) - int(record["owed_count"])
    return {item: count for item, count in contents.items() if count}


def destroy_character(world: World, entity: int) -> None:
    """Give back the character's row and its crafting queue."""
    for order in _orders_of(world, entity):
        world.free("crafting_order", order)
    world.free("character", int(world.entity["component"][entity]))


SYSTEM: Final = System(
    name="character",
    kinds=("character",),
    create=create_character,
    contents=contents_of_character,
    destroy=destroy_character,
    reads=("belt", "inventory"),
    writes=(
        "character",
        "crafting_order",
        "free_head",
        "entity",
        "cell_link",
        "cell",
        "resource",
        "slot",
        "item_flow",
    ),
)
