"""Items go into entities and come out of them, wherever in them they belong."""

from fle_marl.sim._jit import Tables, entry_point
from fle_marl.sim.actions.build import contents_elsewhere, entity_contents
from fle_marl.sim.actions.character import main_inventory
from fle_marl.sim.actions.inventory import (
    clear_inventory,
    count_in_all,
    count_items,
    insert_items,
    inventory_contents,
    remove_items,
)
from fle_marl.sim.actions.inventory import room_for as room_in
from fle_marl.sim.actions.transport_line import (
    clear_line,
    line_contents,
    lines_of_belt,
)
from fle_marl.sim.components import KINDS
from fle_marl.sim.kernels.transfer import insert_into_entity, insertable_into_entity
from fle_marl.sim.parts import inventories_of
from fle_marl.sim.systems.inserter import hold
from fle_marl.sim.world import World

__all__ = [
    "clear_items",
    "has_items",
    "insert_into",
    "insertable_into",
    "item_count",
    "remove_from",
]

_CHARACTER = KINDS.index("character")
_BELT = KINDS.index("belt")
_INSERTER = KINDS.index("inserter")


def insertable_into(world: World, entity: int, item: int, count: int) -> int:
    """How many of so many items a person could put into an entity.

    Returns:
        0 to `count`; stacks are the limit, not what inserters stop at.
    """
    if int(world.entity["kind"][entity]) == _CHARACTER:
        return min(count, room_in(world, main_inventory(world, entity), item))
    return int(_insertable(world.state, entity, item, count))


def insert_into(world: World, entity: int, item: int, count: int) -> int:
    """Make items and put them into an entity: fuel, ingredients, into chests.

    Source: LuaEntity.insert.

    Returns:
        How many went in, 0 to `count`.
    """
    if int(world.entity["kind"][entity]) == _CHARACTER:
        return insert_items(world, main_inventory(world, entity), item, count)
    return int(_insert(world.state, entity, item, count))


@entry_point
def _insertable(state: Tables, row: int, item: int, count: int) -> int:
    return insertable_into_entity(state, row, item, count, False)


@entry_point
def _insert(state: Tables, row: int, item: int, count: int) -> int:
    return insert_into_entity(state, row, item, count, False)


def item_count(world: World, entity: int, item: int) -> int:
    """How many of an item are in an entity; of all items for item 0."""
    if not item:
        return sum(entity_contents(world, entity).values())
    elsewhere = contents_elsewhere(world, entity).get(item, 0)
    return count_in_all(world, entity, item) + elsewhere


def remove_from(world: World, entity: int, item: int, count: int) -> int:
    """Take items out of an entity's inventories and out of the world.

    Returns:
        How many came out, 0 to `count`.
    """
    left = count
    for inventory in inventories_of(world, entity):
        if left and count_items(world, inventory, item):
            left -= remove_items(world, inventory, item, left)
    return count - left


def _lines(world: World, entity: int) -> list[int]:
    is_belt = int(world.entity["kind"][entity]) == _BELT
    return lines_of_belt(world, entity) if is_belt else []


def has_items(world: World, entity: int) -> bool:
    """Whether items lie in an entity's inventories, in its hand or on its lines.

    What a machine is working on does not count. Source: LuaControl.has_items_inside.
    """
    if any(inventory_contents(world, each) for each in inventories_of(world, entity)):
        return True
    if int(world.entity["kind"][entity]) == _INSERTER:
        return item_count(world, entity, 0) > 0
    return any(line_contents(world, line) for line in _lines(world, entity))


def clear_items(world: World, entity: int) -> None:
    """Take what `has_items` asks for out of the world.

    Source: LuaControl.clear_items_inside.
    """
    for inventory in inventories_of(world, entity):
        clear_inventory(world, inventory)
    for line in _lines(world, entity):
        clear_line(world, line)
    if int(world.entity["kind"][entity]) == _INSERTER:
        hold(world, entity, 0, 0)
