"""Items that lie on the ground, each an entity of its own.

They have no behaviour; machines drop and pick them up through `kernels.ground`. Those
drops happen inside a tick, where tables cannot grow: `reserve_ground_items` makes room
before.

Source: prototype item-on-ground; LuaEntity.stack.
"""

from typing import Final

from fle_marl.prototypes import EntityPrototype
from fle_marl.sim._jit import Tables, kernel
from fle_marl.sim.components import TABLE_INDEX
from fle_marl.sim.system import System
from fle_marl.sim.world import World

__all__ = ["SYSTEM", "has_room", "reserve_ground_items", "set_ground_item"]

_ENTITY: Final = TABLE_INDEX["entity"]
_ITEM: Final = TABLE_INDEX["item_on_ground"]
_LINK: Final = TABLE_INDEX["cell_link"]
_INSERTER: Final = TABLE_INDEX["inserter"]
_MINING_DRILL: Final = TABLE_INDEX["mining_drill"]
_LINKS_PER_ITEM: Final = 4
"""Tiles that an item can touch: it is smaller than one."""


def create_item_on_ground(
    world: World, entity: int, _prototype: EntityPrototype
) -> None:
    """Make room for what lies there; `set_ground_item` says what."""
    row = world.allocate("item_on_ground")
    world.tables["item_on_ground"]["entity"][row] = entity
    world.entity["component"][entity] = row


def ground_item_contents(world: World, entity: int) -> dict[int, int]:
    """The stack that lies there."""
    row = world.tables["item_on_ground"][int(world.entity["component"][entity])]
    return {int(row["item"]): int(row["count"])} if row["count"] else {}


def destroy_item_on_ground(world: World, entity: int) -> None:
    """Free the item's row."""
    world.free("item_on_ground", int(world.entity["component"][entity]))


def set_ground_item(world: World, entity: int, item: int, count: int) -> None:
    """Say what lies on the ground.

    Args:
        world: changed.
        entity: row of an entity of kind item_on_ground.
        item: item prototype.
        count: 1 or more.
    """
    row = int(world.entity["component"][entity])
    record = world.tables["item_on_ground"][row]
    record["item"] = item
    record["count"] = count


@kernel
def has_room(state: Tables) -> bool:
    """Whether there are rows for every item that machines could drop.

    Each drill and inserter drops at one place, and only while nothing lies there; so
    there are never more such items than machines.
    """
    count = state.count
    droppers = count[_MINING_DRILL] + count[_INSERTER]
    return bool(
        count[_ENTITY] + droppers <= state.entity.shape[0]
        and count[_ITEM] + droppers <= state.item_on_ground.shape[0]
        and count[_LINK] + droppers * _LINKS_PER_ITEM <= state.cell_link.shape[0]
    )


def reserve_ground_items(world: World) -> None:
    """Make the room that `has_room` asks for; for twice as many, so it lasts."""
    droppers = 2 * int(world.count[_MINING_DRILL] + world.count[_INSERTER])
    world.reserve("entity", droppers)
    world.reserve("item_on_ground", droppers)
    world.reserve("cell_link", droppers * _LINKS_PER_ITEM)


SYSTEM: Final = System(
    name="item_on_ground",
    kinds=("item_on_ground",),
    create=create_item_on_ground,
    contents=ground_item_contents,
    destroy=destroy_item_on_ground,
)
