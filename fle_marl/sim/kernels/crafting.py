"""A machine's craft: whether it can begin, what it takes, and what it gives.

Source: as for `fle_marl.sim.systems.crafting_machine`.
"""

from typing import Final

from fle_marl.defines import EntityStatus
from fle_marl.sim._jit import Table, kernel
from fle_marl.sim.kernels.random import next_random, random_below
from fle_marl.units import TICKS_PER_SECOND

__all__ = ["begin_craft", "craft", "readiness"]

_WORKING: Final = int(EntityStatus.working)
_NO_RECIPE: Final = int(EntityStatus.no_recipe)
_NO_INGREDIENTS: Final = int(EntityStatus.no_ingredients)
_ITEM_SHORTAGE: Final = int(EntityStatus.item_ingredient_shortage)
_FLUID_SHORTAGE: Final = int(EntityStatus.fluid_ingredient_shortage)
_FULL_OUTPUT: Final = int(EntityStatus.full_output)


@kernel
def _has_fluid(recipe_prototype: Table, recipe_part: Table, recipe: int) -> bool:
    """Whether a recipe takes or makes a fluid."""
    first = recipe_prototype[recipe].first_ingredient
    for part in range(first, first + recipe_prototype[recipe].ingredient_count):
        if recipe_part[part].is_fluid:
            return True
    first = recipe_prototype[recipe].first_product
    for part in range(first, first + recipe_prototype[recipe].product_count):
        if recipe_part[part].is_fluid:
            return True
    return False


@kernel
def _output_status(
    inventory: Table,
    slot: Table,
    crafting_machine: Table,
    item_prototype: Table,
    recipe_prototype: Table,
    recipe_part: Table,
    row: int,
    recipe: int,
) -> int:
    """Whether the products of a recipe have a place.

    Returns:
        working when they have; full_output when a stack is full; no_ingredients when a
        furnace still holds another product (as the game says it).
    """
    index = inventory[crafting_machine[row].result_inventory].first_slot
    first = recipe_prototype[recipe].first_product
    for part in range(first, first + recipe_prototype[recipe].product_count):
        item = recipe_part[part].id
        if slot[index].count > 0:
            if slot[index].item != item:
                return _NO_INGREDIENTS
            if slot[index].count >= item_prototype[item].stack_size:
                return _FULL_OUTPUT
        index += 1
    return _WORKING


@kernel
def readiness(
    inventory: Table,
    slot: Table,
    crafting_machine: Table,
    item_prototype: Table,
    recipe_prototype: Table,
    recipe_part: Table,
    row: int,
) -> int:
    """Whether a machine between two crafts could begin one, energy aside.

    A furnace gets the recipe that its ore calls for.

    Returns:
        working if so, else the status that says what it lacks.
    """
    index = inventory[crafting_machine[row].source_inventory].first_slot
    is_furnace = crafting_machine[row].is_furnace
    shortage = _NO_INGREDIENTS if is_furnace else _ITEM_SHORTAGE
    if is_furnace:
        if slot[index].count == 0:
            return shortage
        crafting_machine[row].recipe = item_prototype[slot[index].item].smelting_recipe
    recipe = int(crafting_machine[row].recipe)
    if recipe == 0:
        return shortage if is_furnace else _NO_RECIPE
    if _has_fluid(recipe_prototype, recipe_part, recipe):
        return _FLUID_SHORTAGE
    status = _output_status(
        inventory,
        slot,
        crafting_machine,
        item_prototype,
        recipe_prototype,
        recipe_part,
        row,
        recipe,
    )
    if status != _WORKING:
        return status
    first = recipe_prototype[recipe].first_ingredient
    for part in range(first, first + recipe_prototype[recipe].ingredient_count):
        if slot[index].count < recipe_part[part].amount:
            return shortage
        index += 1
    return _WORKING


@kernel
def begin_craft(
    inventory: Table,
    slot: Table,
    crafting_machine: Table,
    recipe_prototype: Table,
    recipe_part: Table,
    item_flow: Table,
    row: int,
) -> None:
    """Take the ingredients of a craft, which are there."""
    recipe = crafting_machine[row].recipe
    index = inventory[crafting_machine[row].source_inventory].first_slot
    first = recipe_prototype[recipe].first_ingredient
    for part in range(first, first + recipe_prototype[recipe].ingredient_count):
        amount = int(recipe_part[part].amount)
        slot[index].count -= amount
        if slot[index].count == 0:
            slot[index].item = 0
        used_up = amount - recipe_part[part].catalyst_amount
        item_flow[recipe_part[part].id].consumed += used_up
        index += 1
    crafting_machine[row].is_crafting = True


@kernel
def _drawn_amount(clock: Table, recipe_part: Table, part: int) -> int:
    """How much of a product one craft gives."""
    probability = recipe_part[part].probability
    if probability < 1.0 and next_random(clock) >= probability:
        return 0
    low = int(recipe_part[part].amount_min)
    high = int(recipe_part[part].amount_max)
    if high > low:
        return low + random_below(clock, high - low + 1)
    return low


@kernel
def _finish_craft(
    clock: Table,
    inventory: Table,
    slot: Table,
    crafting_machine: Table,
    recipe_prototype: Table,
    recipe_part: Table,
    item_flow: Table,
    row: int,
) -> None:
    """Give the products of a craft."""
    recipe = crafting_machine[row].recipe
    index = inventory[crafting_machine[row].result_inventory].first_slot
    first = recipe_prototype[recipe].first_product
    for part in range(first, first + recipe_prototype[recipe].product_count):
        amount = _drawn_amount(clock, recipe_part, part)
        if amount > 0:
            item = recipe_part[part].id
            slot[index].item = item
            slot[index].count += amount
            made = amount - recipe_part[part].catalyst_amount
            item_flow[item].produced += max(made, 0.0)
        index += 1
    crafting_machine[row].is_crafting = False
    crafting_machine[row].products_finished += 1
    if crafting_machine[row].is_furnace:
        crafting_machine[row].previous_recipe = recipe


@kernel
def craft(
    clock: Table,
    inventory: Table,
    slot: Table,
    crafting_machine: Table,
    item_prototype: Table,
    recipe_prototype: Table,
    recipe_part: Table,
    item_flow: Table,
    row: int,
    share: float,
) -> int:
    """Go on with a craft for a tick, and finish it when its time is over.

    Args:
        clock: table; its random numbers decide about products by chance.
        inventory: table.
        slot: table, changed.
        crafting_machine: table, changed.
        item_prototype: table.
        recipe_prototype: table.
        recipe_part: table.
        item_flow: table, changed.
        row: the machine.
        share: of the energy for a tick that the machine got, 0 to 1.

    Returns:
        working, or why no other craft begins after this one.
    """
    recipe = crafting_machine[row].recipe
    needed = recipe_prototype[recipe].energy_required_seconds
    done = crafting_machine[row].crafted_seconds + (
        crafting_machine[row].crafting_speed / TICKS_PER_SECOND * share
    )
    status = _WORKING
    if done >= needed:
        _finish_craft(
            clock,
            inventory,
            slot,
            crafting_machine,
            recipe_prototype,
            recipe_part,
            item_flow,
            row,
        )
        status = readiness(
            inventory,
            slot,
            crafting_machine,
            item_prototype,
            recipe_prototype,
            recipe_part,
            row,
        )
        done -= needed
        if status == _WORKING:
            begin_craft(
                inventory,
                slot,
                crafting_machine,
                recipe_prototype,
                recipe_part,
                item_flow,
                row,
            )
            recipe = crafting_machine[row].recipe
            needed = recipe_prototype[recipe].energy_required_seconds
            # at most one craft ends in a tick
            done = min(done, needed)
        else:
            done = 0.0
            if crafting_machine[row].is_furnace:
                crafting_machine[row].recipe = 0
    crafting_machine[row].crafted_seconds = done
    crafting_machine[row].crafting_progress = done / needed
    return status
