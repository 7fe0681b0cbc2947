"""A machine's craft: whether it can begin, what it takes, and what it gives.

Source: as for `fle_marl.sim.systems.crafting_machine`.
"""

from typing import Final

from fle_marl.defines import EntityStatus
from fle_marl.sim._jit import Tables, kernel
from fle_marl.sim.kernels.awake import touch
from fle_marl.sim.kernels.flow import consume_item, produce_item
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
def _has_fluid(state: Tables, recipe: int) -> bool:
    """Whether a recipe takes or makes a fluid."""
    recipe_prototype = state.recipe_prototype
    recipe_part = state.recipe_part
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
def _output_status(state: Tables, row: int, recipe: int) -> int:
    """Whether the products of a recipe have a place.

    Returns:
        working when they have; full_output when a stack is full; no_ingredients when a
        furnace still holds another product (as the game says it).
    """
    slot = state.slot
    recipe_prototype = state.recipe_prototype
    index = state.inventory[state.crafting_machine[row].result_inventory].first_slot
    first = recipe_prototype[recipe].first_product
    for part in range(first, first + recipe_prototype[recipe].product_count):
        item = state.recipe_part[part].id
        if slot[index].count > 0:
            if slot[index].item != item:
                return _NO_INGREDIENTS
            if slot[index].count >= state.item_prototype[item].stack_size:
                return _FULL_OUTPUT
        index += 1
    return _WORKING


@kernel
def readiness(state: Tables, row: int) -> int:
    """Whether a machine between two crafts could begin one, energy aside.

    A furnace gets the recipe that its ore calls for.

    Returns:
        working if so, else the status that says what it lacks.
    """
    slot = state.slot
    crafting_machine = state.crafting_machine
    recipe_prototype = state.recipe_prototype
    index = state.inventory[crafting_machine[row].source_inventory].first_slot
    is_furnace = crafting_machine[row].is_furnace
    shortage = _NO_INGREDIENTS if is_furnace else _ITEM_SHORTAGE
    if is_furnace:
        if slot[index].count == 0:
            return shortage
        crafting_machine[row].recipe = state.item_prototype[
            slot[index].item
        ].smelting_recipe
    recipe = int(crafting_machine[row].recipe)
    if recipe == 0:
        return shortage if is_furnace else _NO_RECIPE
    if _has_fluid(state, recipe):
        return _FLUID_SHORTAGE
    status = _output_status(state, row, recipe)
    if status != _WORKING:
        return status
    first = recipe_prototype[recipe].first_ingredient
    for part in range(first, first + recipe_prototype[recipe].ingredient_count):
        if slot[index].count < state.recipe_part[part].amount:
            return shortage
        index += 1
    return _WORKING


@kernel
def begin_craft(state: Tables, row: int) -> None:
    """Take the ingredients of a craft, which are there."""
    slot = state.slot
    crafting_machine = state.crafting_machine
    recipe_prototype = state.recipe_prototype
    recipe_part = state.recipe_part
    recipe = crafting_machine[row].recipe
    index = state.inventory[crafting_machine[row].source_inventory].first_slot
    first = recipe_prototype[recipe].first_ingredient
    for part in range(first, first + recipe_prototype[recipe].ingredient_count):
        amount = int(recipe_part[part].amount)
        slot[index].count -= amount
        if slot[index].count == 0:
            slot[index].item = 0
        used_up = amount - recipe_part[part].catalyst_amount
        consume_item(state, int(recipe_part[part].id), used_up)
        index += 1
    crafting_machine[row].is_crafting = True
    touch(state, crafting_machine[row].entity)


@kernel
def _drawn_amount(state: Tables, part: int) -> int:
    """How much of a product one craft gives."""
    recipe_part = state.recipe_part
    probability = recipe_part[part].probability
    if probability < 1.0 and next_random(state) >= probability:
        return 0
    low = int(recipe_part[part].amount_min)
    high = int(recipe_part[part].amount_max)
    if high > low:
        return low + random_below(state, high - low + 1)
    return low


@kernel
def _finish_craft(state: Tables, row: int) -> None:
    """Give the products of a craft."""
    slot = state.slot
    crafting_machine = state.crafting_machine
    recipe_prototype = state.recipe_prototype
    recipe_part = state.recipe_part
    recipe = crafting_machine[row].recipe
    index = state.inventory[crafting_machine[row].result_inventory].first_slot
    first = recipe_prototype[recipe].first_product
    for part in range(first, first + recipe_prototype[recipe].product_count):
        amount = _drawn_amount(state, part)
        if amount > 0:
            item = recipe_part[part].id
            slot[index].item = item
            slot[index].count += amount
            made = amount - recipe_part[part].catalyst_amount
            produce_item(state, int(item), max(made, 0.0))
        index += 1
    crafting_machine[row].is_crafting = False
    touch(state, crafting_machine[row].entity)
    crafting_machine[row].products_finished += 1
    if crafting_machine[row].is_furnace:
        crafting_machine[row].previous_recipe = recipe


@kernel
def craft(state: Tables, row: int, share: float) -> int:
    """Go on with a craft for a tick, and finish it when its time is over.

    Args:
        state: ``World.state``, changed.
        row: the machine.
        share: of the energy for a tick that the machine got, 0 to 1.

    Returns:
        working, or why no other craft begins after this one.
    """
    crafting_machine = state.crafting_machine
    recipe_prototype = state.recipe_prototype
    recipe = crafting_machine[row].recipe
    needed = recipe_prototype[recipe].energy_required_seconds
    done = crafting_machine[row].crafted_seconds + (
        crafting_machine[row].crafting_speed / TICKS_PER_SECOND * share
    )
    status = _WORKING
    if done >= needed:
        _finish_craft(state, row)
        status = readiness(state, row)
        done -= needed
        if status == _WORKING:
            begin_craft(state, row)
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
