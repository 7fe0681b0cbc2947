"""Taking entities out of the world, with all that is in them, into an inventory."""

from typing import Final, NamedTuple

from fle_marl.prototypes import Minable, Product, load
from fle_marl.sim._jit import Tables, entry_point
from fle_marl.sim.actions.build import destroy_entity, entity_contents
from fle_marl.sim.actions.ground import spill_items
from fle_marl.sim.actions.inventory import (
    add_wear_to,
    can_hold,
    insert_items,
    inventory_contents,
    move_items,
    wear_of,
)
from fle_marl.sim.kernels.random import random_below
from fle_marl.sim.parts import inventories_of
from fle_marl.sim.world import World

__all__ = ["Mined", "drawn_products", "mine_into", "move_contents"]

_NOWHERE: Final = 0


class Mined(NamedTuple):
    """What came of mining an entity.

    Attributes:
        is_done: whether it, or an item of a resource, was taken; else nothing changed.
        products: what its prototype gives, without what was in it, {item: count}.
    """

    is_done: bool
    products: dict[int, int]


def mine_into(
    world: World, entity: int, inventory: int, *, is_forced: bool = False
) -> Mined:
    """Take an entity and everything in it into an inventory, at once.

    From a resource it is one item, and the entity stays until the last one.

    Args:
        world: changed.
        entity: row; whether it may be mined at all is not asked.
        inventory: row; 0: what it gives is gone.
        is_forced: what does not fit falls on the ground. Without it all must fit.
    """
    prototype = load().entities.by_id(int(world.entity["prototype"][entity]))
    random_before = world.clock["rng"][0]
    products = drawn_products(world, prototype.minable)
    items = dict(products)
    is_resource = prototype.type == "resource"
    if not is_resource:
        for item, count in entity_contents(world, entity).items():
            items[item] = items.get(item, 0) + count
    is_kept = inventory != _NOWHERE
    if is_kept and not is_forced and not can_hold(world, inventory, items):
        world.clock["rng"] = random_before
        return Mined(False, {})
    x, y = int(world.entity["x"][entity]), int(world.entity["y"][entity])
    wear = [wear_of(world, each) for each in inventories_of(world, entity)]
    if not is_resource or _take_one(world, entity) == 0:
        destroy_entity(world, entity)
    if is_kept:
        _hand_over(world, inventory, items, x, y)
        for used in wear:
            add_wear_to(world, inventory, used)
    return Mined(True, products)


def _hand_over(
    world: World, inventory: int, items: dict[int, int], x: int, y: int
) -> None:
    """Put items into an inventory, and those that do not fit on the ground."""
    left = {
        item: count - insert_items(world, inventory, item, count)
        for item, count in items.items()
    }
    spill_items(world, x, y, left)


def move_contents(world: World, entity: int, inventory: int) -> None:
    """Move what lies in an entity's inventories into another, as much as fits."""
    for source in inventories_of(world, entity):
        for item, count in inventory_contents(world, source).items():
            move_items(world, source, inventory, item, count)


def _take_one(world: World, resource: int) -> int:
    """Take an item from a resource; return how many are left."""
    amounts = world.tables["resource"]["amount"]
    component = int(world.entity["component"][resource])
    amounts[component] -= 1
    return int(amounts[component])


def drawn_products(world: World, minable: Minable | None) -> dict[int, int]:
    """Draw what mining an entity or a tile gives, {item: count}."""
    items: dict[int, int] = {}
    for product in minable.products if minable else ():
        count = _drawn_amount(world, product)
        if product.type == "item" and count:
            item = load().items[product.name].id
            items[item] = items.get(item, 0) + count
    return items


def _drawn_amount(world: World, product: Product) -> int:
    if product.probability < 1.0:
        thousandth = int(_draw_below(world.state, 1000))
        if thousandth >= product.probability * 1000:
            return 0
    if product.amount is not None:
        return int(product.amount)
    low, high = int(product.amount_min or 0), int(product.amount_max or 0)
    return low + int(_draw_below(world.state, high - low + 1))


@entry_point
def _draw_below(state: Tables, limit: int) -> int:
    return random_below(state, limit)
