"""Crafting by hand: orders into the queue and out of it.

What an order needs is taken from the inventory at once. Ingredients that are missing
are crafted on the way if they can be: an order for them, named a prerequisite, goes in
front, and hands what it makes to the order that it works for. What it makes beyond that
goes into the inventory, and is not planned with for other orders before it is there.

Source: LuaControl.begin_crafting, cancel_crafting, get_craftable_count, crafting_queue;
prototype character.crafting_categories.
"""

from dataclasses import dataclass, field
from functools import cache
from itertools import pairwise

from fle_marl.prototypes import RecipePrototype, load
from fle_marl.sim.actions.character import main_inventory
from fle_marl.sim.actions.inventory import (
    can_hold,
    insert_items,
    inventory_contents,
    remove_items,
)
from fle_marl.sim.world import World

__all__ = [
    "QueuedCraft",
    "begin_crafting",
    "cancel_crafting",
    "craftable_count",
    "crafting_progress",
    "crafting_queue",
    "is_hand_recipe",
]


@dataclass(frozen=True, slots=True)
class QueuedCraft:
    """An order in the crafting queue.

    Attributes:
        recipe: recipe prototype.
        count: crafts that are left, the present one among them.
        is_prerequisite: it is made for a later order.
    """

    recipe: int
    count: int
    is_prerequisite: bool


@dataclass(frozen=True, slots=True)
class _Plan:
    """An order that could be queued, with the orders that go in front of it.

    Attributes:
        recipe: prototype.
        count: crafts.
        taken: from the inventory, {item: count}.
        prerequisites: what else is made on the way, by the item that this order wants
            and how many of it.
    """

    recipe: RecipePrototype
    count: int
    taken: dict[int, int] = field(default_factory=dict)
    prerequisites: list[tuple[int, int, "_Plan"]] = field(default_factory=list)


# --- which recipes


@cache
def _hand_categories() -> frozenset[str]:
    categories = load().entities["character"].properties["crafting_categories"]
    return frozenset(categories if isinstance(categories, list) else ())


def is_hand_recipe(recipe: RecipePrototype) -> bool:
    """Whether characters can do a recipe once it is enabled."""
    return (
        recipe.category in _hand_categories()
        and all(each.type == "item" for each in recipe.ingredients)
        and all(each.type == "item" for each in recipe.products)
    )


@cache
def _recipes_making(item: int) -> tuple[RecipePrototype, ...]:
    """Recipes by which characters make an item on the way to another."""
    name = load().items.by_id(item).name
    return tuple(
        recipe
        for recipe in load().recipes.values()
        if is_hand_recipe(recipe)
        and recipe.allow_as_intermediate
        and any(product.name == name for product in recipe.products)
    )


def _is_enabled(world: World, recipe: RecipePrototype) -> bool:
    return bool(world.tables["force_recipe"]["enabled"][recipe.id])


def _ingredients(recipe: RecipePrototype) -> list[tuple[int, int]]:
    items = load().items
    return [(items[each.name].id, int(each.amount)) for each in recipe.ingredients]


def _made_per_craft(recipe: RecipePrototype, item: int) -> int:
    name = load().items.by_id(item).name
    amounts = [int(each.amount or 0) for each in recipe.products if each.name == name]
    return sum(amounts)


# --- planning


def _plan(
    world: World,
    recipe: RecipePrototype,
    count: int,
    stock: dict[int, int],
    above: frozenset[int],
) -> _Plan | None:
    """What crafting something takes.

    Args:
        world: not changed.
        recipe: what to craft.
        count: how often.
        stock: items at hand; what is planned is taken out, also when it fails.
        above: recipes that this one is made for; none of them may come again.

    Returns:
        The plan; None when something is missing that cannot be made.
    """
    plan = _Plan(recipe, count)
    for item, amount in _ingredients(recipe):
        needed = amount * count
        taken = min(needed, stock.get(item, 0))
        if taken:
            stock[item] -= taken
            plan.taken[item] = taken
        if taken == needed:
            continue
        made = _plan_item(world, plan, item, needed - taken, stock, above)
        if made is None:
            return None
        plan.prerequisites.append((item, needed - taken, made))
    return plan


def _plan_item(
    world: World,
    plan: _Plan,
    item: int,
    missing: int,
    stock: dict[int, int],
    above: frozenset[int],
) -> _Plan | None:
    if not plan.recipe.allow_intermediates:
        return None
    above = above | {plan.recipe.id}
    for recipe in _recipes_making(item):
        per_craft = _made_per_craft(recipe, item)
        if recipe.id in above or not per_craft or not _is_enabled(world, recipe):
            continue
        crafts = -(-missing // per_craft)
        trial = dict(stock)
        made = _plan(world, recipe, crafts, trial, above)
        if made is not None:
            stock.clear()
            stock.update(trial)
            return made
    return None


def _plan_for(
    world: World, recipe: int, count: int, stock: dict[int, int]
) -> _Plan | None:
    """What so many crafts take of the items at hand; None when they cannot be done."""
    prototype = load().recipes.by_id(recipe)
    if count <= 0 or not is_hand_recipe(prototype) or not _is_enabled(world, prototype):
        return None
    return _plan(world, prototype, count, dict(stock), frozenset())


def _stock_of(world: World, character: int) -> dict[int, int]:
    return inventory_contents(world, main_inventory(world, character))


def craftable_count(world: World, character: int, recipe: int) -> int:
    """How often a character could craft a recipe with what it has.

    Args:
        world: not changed.
        character: entity row.
        recipe: recipe prototype.

    Returns:
        Crafts, those of missing ingredients included in what is possible; 0 when the
        recipe is not enabled or not done by hand.
    """
    stock = _stock_of(world, character)
    return _craftable(world, recipe, stock, limit=1 << 31)


def _craftable(world: World, recipe: int, stock: dict[int, int], *, limit: int) -> int:
    """The most crafts that can be planned, up to a limit."""
    possible = _ready_count(recipe, stock, limit)
    if _plan_for(world, recipe, possible, stock) is None:
        possible = 0
    step = 1
    while possible + step <= limit and _plan_for(world, recipe, possible + step, stock):
        possible, step = possible + step, 2 * step
    # more is never easier: the answer lies between the last two
    impossible = min(possible + step, limit + 1)
    while impossible - possible > 1:
        middle = (possible + impossible) // 2
        if _plan_for(world, recipe, middle, stock) is None:
            impossible = middle
        else:
            possible = middle
    return possible


def _ready_count(recipe: int, stock: dict[int, int], limit: int) -> int:
    """For how many crafts all ingredients lie ready, up to a limit."""
    ingredients = _ingredients(load().recipes.by_id(recipe))
    ready = (stock.get(item, 0) // amount for item, amount in ingredients if amount)
    return min(limit, *ready) if ingredients else 0


# --- the queue


def begin_crafting(world: World, character: int, recipe: int, count: int) -> int:
    """Queue as many crafts of a recipe as the character can do, up to a count.

    Args:
        world: changed.
        character: entity row.
        recipe: recipe prototype.
        count: how often, 0 or more.

    Returns:
        How many crafts were queued; 0 when the recipe is not enabled, not done by hand,
        or its ingredients are missing.
    """
    started, stock = count, _stock_of(world, character)
    plan = _plan_for(world, recipe, started, stock)
    if plan is None:
        started = _craftable(world, recipe, stock, limit=max(0, count - 1))
        plan = _plan_for(world, recipe, started, stock)
    if plan is None:
        return 0
    _queue(world, character, plan)
    return started


def _queue(world: World, character: int, plan: _Plan) -> int:
    """Queue a plan, what it builds on first; return its order."""
    prerequisites = [
        (item, owed, _queue(world, character, made))
        for item, owed, made in plan.prerequisites
    ]
    inventory = main_inventory(world, character)
    for item, count in plan.taken.items():
        remove_items(world, inventory, item, count)
    order = world.allocate("crafting_order")
    orders = world.tables["crafting_order"]
    record = orders[order]
    record["entity"] = character
    record["recipe"] = plan.recipe.id
    record["count"] = plan.count
    for item, owed, prerequisite in prerequisites:
        orders["parent"][prerequisite] = order
        orders["owed_item"][prerequisite] = item
        orders["owed_count"][prerequisite] = owed
    owner = _owner(world, character)
    characters = world.tables["character"]
    last = int(characters["last_order"][owner])
    if last:
        orders["next"][last] = order
    else:
        characters["first_order"][owner] = order
        characters["crafting_progress"][owner] = 0.0
    characters["last_order"][owner] = order
    return order


def _owner(world: World, character: int) -> int:
    return int(world.entity["component"][character])


def _orders(world: World, character: int) -> list[int]:
    orders = []
    order = int(world.tables["character"]["first_order"][_owner(world, character)])
    while order:
        orders.append(order)
        order = int(world.tables["crafting_order"]["next"][order])
    return orders


def crafting_queue(world: World, character: int) -> list[QueuedCraft]:
    """The orders of a character, the present one first."""
    table = world.tables["crafting_order"]
    return [
        QueuedCraft(
            recipe=int(table["recipe"][order]),
            count=int(table["count"][order]),
            is_prerequisite=bool(table["parent"][order]),
        )
        for order in _orders(world, character)
    ]


def crafting_progress(world: World, character: int) -> float:
    """Share of the present craft that is done, 0 to 1; 0 when the queue is empty."""
    record = world.tables["character"][_owner(world, character)]
    if not record["first_order"]:
        return 0.0
    recipe = world.tables["crafting_order"]["recipe"][int(record["first_order"])]
    recipes = world.prototypes["recipe_prototype"]
    needed = float(recipes["energy_required_seconds"][recipe])
    return min(1.0, float(record["crafting_progress"]) / needed)


# --- cancelling


def cancel_crafting(world: World, character: int, index: int, count: int) -> int:
    """Take crafts out of the queue again and give back what they hold.

    Cancelling a prerequisite cancels what can no longer be made without it;
    prerequisites that are no longer needed go as well.

    Args:
        world: changed.
        character: entity row.
        index: place in the queue, from 0.
        count: how many crafts, 1 or more; at most those that are left count.

    Returns:
        How many crafts of that order were cancelled; 0 when there is no such order, or
        when not all that they hold fits into the inventory, and nothing has changed.
    """
    orders = _orders(world, character)
    if not 0 <= index < len(orders) or count <= 0:
        return 0
    table = world.tables["crafting_order"]
    wanted = orders[index]
    before = int(table["count"][wanted])
    order, crafts = wanted, min(count, before)
    while table["parent"][order]:
        order, crafts = _crafts_lost(world, order, crafts)
    new_counts: dict[int, tuple[int, int]] = {}
    freed: dict[int, int] = {}
    _cancel(world, orders, order, crafts, new_counts, freed)
    inventory = main_inventory(world, character)
    if not can_hold(world, inventory, freed):
        return 0
    for item, amount in freed.items():
        insert_items(world, inventory, item, amount)
    _apply_counts(world, character, orders, new_counts)
    return before - new_counts.get(wanted, (before, 0))[0]


def _crafts_lost(world: World, order: int, crafts: int) -> tuple[int, int]:
    """What fewer crafts of a prerequisite cost the order that it works for.

    Returns:
        That order, and how many crafts of it cannot be made.
    """
    table = world.tables["crafting_order"]
    record = table[order]
    parent, item = int(record["parent"]), int(record["owed_item"])
    recipe = load().recipes.by_id(int(record["recipe"]))
    left = (int(record["count"]) - crafts) * _made_per_craft(recipe, item)
    lost = max(0, int(record["owed_count"]) - left)
    parent_recipe = load().recipes.by_id(int(table["recipe"][parent]))
    per_craft = dict(_ingredients(parent_recipe))[item]
    return parent, min(int(table["count"][parent]), -(-lost // per_craft))


def _cancel(
    world: World,
    orders: list[int],
    order: int,
    crafts: int,
    new_counts: dict[int, tuple[int, int]],
    freed: dict[int, int],
) -> None:
    """Work out what cancelling crafts of an order does; nothing is changed yet.

    Args:
        world: not changed.
        orders: the queue.
        order: row.
        crafts: of it to cancel.
        new_counts: filled: crafts left and items owed of each order concerned.
        freed: filled: items that come free.
    """
    table = world.tables["crafting_order"]
    left = int(table["count"][order]) - crafts
    new_counts[order] = (
        left,
        new_counts.get(order, (0, int(table["owed_count"][order])))[1],
    )
    recipe = load().recipes.by_id(int(table["recipe"][order]))
    suppliers = {
        int(table["owed_item"][each]): each
        for each in orders
        if table["parent"][each] == order
    }
    for item, amount in _ingredients(recipe):
        unneeded = amount * crafts
        supplier = suppliers.get(item)
        if supplier is not None:
            owed = int(table["owed_count"][supplier])
            dropped = min(owed, unneeded)
            unneeded -= dropped
            new_counts[supplier] = int(table["count"][supplier]), owed - dropped
            supplying = load().recipes.by_id(int(table["recipe"][supplier]))
            needed = -(-(owed - dropped) // _made_per_craft(supplying, item))
            surplus = int(table["count"][supplier]) - needed
            if surplus > 0:
                _cancel(world, orders, supplier, surplus, new_counts, freed)
        if unneeded:
            freed[item] = freed.get(item, 0) + unneeded


def _apply_counts(
    world: World,
    character: int,
    orders: list[int],
    new_counts: dict[int, tuple[int, int]],
) -> None:
    """Set what `_cancel` worked out and take empty orders out of the queue."""
    table = world.tables["crafting_order"]
    for order, (left, owed) in new_counts.items():
        table["count"][order] = left
        table["owed_count"][order] = owed
    record = world.tables["character"][_owner(world, character)]
    kept = [order for order in orders if table["count"][order] > 0]
    if not kept or kept[0] != orders[0]:
        record["crafting_progress"] = 0.0
    record["first_order"] = kept[0] if kept else 0
    record["last_order"] = kept[-1] if kept else 0
    for order, following in pairwise((*kept, 0)):
        table["next"][order] = following
    for order in orders:
        if order not in kept:
            world.free("crafting_order", order)
