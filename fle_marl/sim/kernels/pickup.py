"""What an inserter takes into its hand: off the ground, off a belt, out of an entity.

It takes what its drop target has room for and its filters let through; a burner
inserter without fuel also takes fuel for itself.

Source: wiki.factorio.com/Inserters; changelog 1.1.60; measured in the game: out of a
chest the last slot comes first.
"""

from typing import Final

from fle_marl.sim._jit import Tables, kernel
from fle_marl.sim.components import BELT_KIND_SPLITTER, KINDS
from fle_marl.sim.kernels.energy import is_fuel_for
from fle_marl.sim.kernels.ground import ground_item_on_tile, remove_ground_item
from fle_marl.sim.kernels.inventory import is_empty
from fle_marl.sim.kernels.transfer import (
    insertable_into_entity,
    is_takeable,
    take_from_entity,
)
from fle_marl.sim.kernels.transport_line import (
    ITEM_LENGTH,
    position_on_line,
    remove_from_line,
    step_x,
    step_y,
)

__all__ = ["is_hungry_for", "pick_up"]

_BELT: Final = KINDS.index("belt")
_LANES: Final = 2
_SPLITTER_OUTPUT: Final = 4
"""Lines of a splitter behind its middle begin here. Source: LuaTransportLine."""


@kernel
def is_hungry_for(state: Tables, row: int, item: int) -> bool:
    """Whether an inserter has no fuel left beside the fire and could use this item."""
    source = state.entity[state.inserter[row].entity].burner
    if source == 0 or not is_fuel_for(state, source, item):
        return False
    return is_empty(state, state.burner[source].fuel_inventory)


@kernel
def _passes_filters(state: Tables, row: int, item: int) -> bool:
    """Whether an inserter's filters let an item through; unset ones let all through."""
    inserter = state.inserter
    is_filtering = False
    for index in range(inserter[row].filter_count):
        if inserter[row].filters[index] == item:
            return True
        if inserter[row].filters[index] != 0:
            is_filtering = True
    return not is_filtering


@kernel
def _wanted_count(state: Tables, row: int, item: int) -> int:
    """How many of an item an inserter would take into its empty hand."""
    inserter = state.inserter
    if not _passes_filters(state, row, item):
        return 0
    if is_hungry_for(state, row, item):
        return 1
    limit = int(inserter[row].hand_limit)
    target = inserter[row].drop_target
    if target == 0 or state.entity[target].kind == _BELT:
        return limit
    return insertable_into_entity(state, target, item, limit, True)


@kernel
def _near_lane(state: Tables, belt_row: int, towards: int) -> int:
    """Lane of a belt that is nearer to who stands on a side of it.

    Args:
        state: ``World.state``.
        belt_row: row.
        towards: direction from the belt to there.

    Returns:
        0 left, 1 right. Before and behind a belt it is the right one, as for dropping.
    """
    facing = int(state.belt[belt_row].direction)
    return 0 if (facing + 6) % 8 == towards else 1


@kernel
def _line_at(state: Tables, belt_row: int, x: int, y: int, lane: int, part: int) -> int:
    """Transport line of a belt piece: of a lane, at a place, before or behind a middle.

    Args:
        state: ``World.state``.
        belt_row: row.
        x: the place, 1/256 tile; matters for splitters, which are two belts wide.
        y: likewise.
        lane: 0 left, 1 right.
        part: 0; for splitters also 1, behind their middle.
    """
    belt = state.belt
    if belt[belt_row].kind != BELT_KIND_SPLITTER:
        return int(belt[belt_row].lines[lane])
    to_right = (int(belt[belt_row].direction) + 2) % 8
    from_x, from_y = x - int(belt[belt_row].x), y - int(belt[belt_row].y)
    if from_x * step_x(to_right) + from_y * step_y(to_right) > 0:
        lane += _LANES
    return int(belt[belt_row].lines[lane + part * _SPLITTER_OUTPUT])


@kernel
def _take_out_of_entity(state: Tables, row: int) -> tuple[int, int]:
    """Take from the inventories of the pickup target, from their ends.

    Returns:
        Item and count; (0, 0) when nothing there is wanted.
    """
    inventory = state.inventory
    target = state.inserter[row].pickup_target
    store = state.entity[target].first_inventory
    while store > 0:
        first = inventory[store].first_slot
        last = first + inventory[store].slot_count - 1
        if not is_takeable(inventory[store].role):
            last = first - 1
        refused = 0
        for index in range(last, first - 1, -1):
            item = int(state.slot[index].item)
            if item == 0 or item == refused:
                continue
            wanted = _wanted_count(state, row, item)
            if wanted > 0:
                return item, take_from_entity(state, target, item, wanted)
            refused = item
        store = inventory[store].next
    return 0, 0


@kernel
def _take_off_belt(state: Tables, row: int) -> int:
    """Take one item off the belt piece that is the pickup target.

    Returns:
        The item; 0 when nothing there is wanted.
    """
    inserter = state.inserter
    entity = state.entity
    transport_line = state.transport_line
    belt_row = int(entity[inserter[row].pickup_target].component)
    towards = (int(entity[inserter[row].entity].direction) + 4) % 8
    near = _near_lane(state, belt_row, towards)
    x, y = int(inserter[row].pickup_x), int(inserter[row].pickup_y)
    parts = 2 if state.belt[belt_row].kind == BELT_KIND_SPLITTER else 1
    for choice in range(_LANES * parts):
        lane = near if choice < parts else 1 - near
        line = _line_at(state, belt_row, x, y, lane, choice % parts)
        middle = (int(transport_line[line].length) + ITEM_LENGTH) // 2
        first = int(transport_line[line].first_item)
        best, least_way = -1, 0
        wanted_item, refused = 0, 0
        for index in range(transport_line[line].count):
            item = int(state.line_item[first + index].item)
            position = position_on_line(state, line, index)
            way = abs(position - middle)
            if item == refused or (best >= 0 and way >= least_way):
                continue
            if item != wanted_item:
                wanted = _wanted_count(state, row, item)
                if wanted == 0:
                    refused = item
                    continue
                wanted_item = item
            best, least_way = index, way
        if best >= 0:
            return remove_from_line(state, line, best)
    return 0


@kernel
def _take_off_ground(state: Tables, row: int) -> tuple[int, int]:
    """Take from a stack that lies on the tile of the pickup position.

    Returns:
        Item and count; (0, 0) when nothing there is wanted.
    """
    inserter = state.inserter
    item_on_ground = state.item_on_ground
    tile_x, tile_y = inserter[row].pickup_x >> 8, inserter[row].pickup_y >> 8
    target = ground_item_on_tile(state, tile_x, tile_y)
    if target == 0:
        return 0, 0
    component = state.entity[target].component
    item = int(item_on_ground[component].item)
    wanted = _wanted_count(state, row, item)
    taken = min(wanted, int(item_on_ground[component].count))
    item_on_ground[component].count -= taken
    if item_on_ground[component].count == 0:
        remove_ground_item(state, target)
    return item, taken


@kernel
def pick_up(state: Tables, row: int) -> bool:
    """Take something into an inserter's empty hand at its pickup position.

    Off the ground and out of entities it takes as many as the hand holds and the
    target has room for; off a belt one.

    Returns:
        False when there is nothing to take.
    """
    inserter = state.inserter
    target = inserter[row].pickup_target
    if target == 0:
        item, taken = _take_off_ground(state, row)
    elif state.entity[target].kind == _BELT:
        item = _take_off_belt(state, row)
        taken = 1 if item > 0 else 0
    else:
        item, taken = _take_out_of_entity(state, row)
    if taken == 0:
        return False
    inserter[row].hand_item = item
    inserter[row].hand_count = taken
    return True
