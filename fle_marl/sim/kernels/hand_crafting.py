"""Crafting by hand, for a tick.

Orders of the crafting queue hold their ingredients from the moment that they are
queued: what a queued order needs is no longer in the inventory, except for what another
order has still to make for it (``parent``, ``owed_count``).

Source: LuaControl.crafting_queue; prototype recipe.energy_required.
"""

from typing import Final

from fle_marl.sim._jit import Tables, kernel
from fle_marl.sim.components import TABLE_INDEX
from fle_marl.sim.kernels.flow import consume_item, produce_item
from fle_marl.sim.kernels.inventory import insert_item, insertable_count
from fle_marl.sim.kernels.rows import free_row

__all__ = ["craft_by_hand"]

_ORDER: Final = TABLE_INDEX["crafting_order"]
_TICKS_PER_SECOND: Final = 60.0
_ROUNDING: Final = 1e-9
"""Slack for sums of speeds that are not exact in binary."""


@kernel
def _finish_craft(state: Tables, row: int, order: int) -> bool:
    """Hand over the products of one craft.

    Returns:
        False when there is no room for them; then nothing has changed.
    """
    crafting_order = state.crafting_order
    recipe_part = state.recipe_part
    recipe = state.recipe_prototype[crafting_order[order].recipe]
    main = state.character[row].main_inventory
    owed_item = int(crafting_order[order].owed_item)
    owed = int(crafting_order[order].owed_count)
    first = recipe.first_product
    for part in range(first, first + recipe.product_count):
        item = int(recipe_part[part].id)
        kept = int(recipe_part[part].amount)
        if item == owed_item:
            kept -= min(kept, owed)
        if insertable_count(state, main, item) < kept:
            return False
    for part in range(first, first + recipe.product_count):
        item = int(recipe_part[part].id)
        amount = int(recipe_part[part].amount)
        kept = amount
        if item == owed_item:
            kept -= min(kept, owed)
            crafting_order[order].owed_count -= amount - kept
        insert_item(state, main, item, kept)
        produce_item(state, item, amount)
        state.item_flow[item].hand_crafted += amount
    first = recipe.first_ingredient
    for part in range(first, first + recipe.ingredient_count):
        item = int(recipe_part[part].id)
        consume_item(state, item, recipe_part[part].amount)
    return True


@kernel
def craft_by_hand(state: Tables, row: int) -> None:
    """Work for a tick on the first order of the queue; wait while there is no room."""
    character = state.character
    crafting_order = state.crafting_order
    order = character[row].first_order
    recipe = crafting_order[order].recipe
    needed = state.recipe_prototype[recipe].energy_required_seconds - _ROUNDING
    if character[row].crafting_progress < needed:
        force = state.entity[character[row].entity].force
        speed = 1.0 + character[row].crafting_speed_modifier
        speed *= 1.0 + state.force[force].manual_crafting_speed_modifier
        character[row].crafting_progress += speed / _TICKS_PER_SECOND
    if character[row].crafting_progress < needed:
        return
    if not _finish_craft(state, row, order):
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
    free_row(state, crafting_order, _ORDER, order)
