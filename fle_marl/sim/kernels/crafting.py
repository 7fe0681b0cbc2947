"""A machine's craft: whether it can begin, what it takes, and what it gives.

Source: as for `fle_marl.sim.systems.crafting_machine`.
"""

from typing import Final

from fle_marl.defines import EntityStatus
from fle_marl.sim._jit import Tables, called_kernel, kernel
from fle_marl.sim.kernels.awake import touch
from fle_marl.sim.kernels.flow import (
    consume_fluid,
    consume_item,
    produce_fluid,
    produce_item,
)
from fle_marl.sim.kernels.fluid import put_fluid, take_fluid
from fle_marl.sim.kernels.pollution import pollute
from fle_marl.sim.kernels.random import next_random, random_below
from fle_marl.sim.kernels.rocket import needs_parts, phase_status
from fle_marl.units import TICKS_PER_SECOND

__all__ = ["begin_craft", "craft", "readiness"]

_WORKING: Final = int(EntityStatus.working)
_NO_RECIPE: Final = int(EntityStatus.no_recipe)
_NO_INGREDIENTS: Final = int(EntityStatus.no_ingredients)
_ITEM_SHORTAGE: Final = int(EntityStatus.item_ingredient_shortage)
_FLUID_SHORTAGE: Final = int(EntityStatus.fluid_ingredient_shortage)
_FULL_OUTPUT: Final = int(EntityStatus.full_output)

_ROUNDING_SHARE: Final = 1e-9
"""Slack for sums of bonuses that are not exact in binary."""

_ROUNDING_UNITS: Final = 1e-6
"""So much of a fluid may lack, by rounding of what flowed, when a craft begins."""


@kernel
def _has_room(state: Tables, box: int, part: int) -> bool:
    """Whether a box has room for all of a fluid product, or is empty; a choice."""
    held = state.fluidbox[box].amount
    most = held + state.recipe_part[part].amount_max
    return bool(held <= 0.0 or most <= state.fluidbox[box].capacity)


@kernel
def _output_status(state: Tables, row: int, recipe: int) -> int:
    """Whether the products of a recipe have a place.

    Returns:
        working when they have; full_output when a stack or a box is full;
        no_ingredients when a furnace still holds another product (as the game says it).
    """
    slot = state.slot
    recipe_part = state.recipe_part
    machine = state.crafting_machine[row]
    index = state.inventory[machine.result_inventory].first_slot
    fluids = _fluid_ingredients(state, recipe)
    first = state.recipe_prototype[recipe].first_product
    for part in range(first, first + state.recipe_prototype[recipe].product_count):
        item = recipe_part[part].id
        if recipe_part[part].is_fluid:
            if not _has_room(state, machine.fluidboxes[fluids], part):
                return _FULL_OUTPUT
            fluids += 1
            continue
        if slot[index].count > 0:
            if slot[index].item != item:
                return _NO_INGREDIENTS
            if slot[index].count >= state.item_prototype[item].stack_size:
                return _FULL_OUTPUT
        index += 1
    return _WORKING


@kernel
def _fluid_ingredients(state: Tables, recipe: int) -> int:
    """How many of a recipe's ingredients are fluids."""
    fluids = 0
    first = state.recipe_prototype[recipe].first_ingredient
    for part in range(first, first + state.recipe_prototype[recipe].ingredient_count):
        if state.recipe_part[part].is_fluid:
            fluids += 1
    return fluids


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
    recipe_part = state.recipe_part
    silo = crafting_machine[row].silo
    if silo > 0 and not needs_parts(state, silo):
        return phase_status(state, silo)
    index = state.inventory[crafting_machine[row].source_inventory].first_slot
    is_furnace = crafting_machine[row].is_furnace
    shortage = _NO_INGREDIENTS if is_furnace else _ITEM_SHORTAGE
    if is_furnace:
        if slot[index].count == 0:
            return shortage
        item = slot[index].item
        crafting_machine[row].recipe = state.item_prototype[item].smelting_recipe
    recipe = int(crafting_machine[row].recipe)
    if recipe == 0:
        return shortage if is_furnace else _NO_RECIPE
    status = _output_status(state, row, recipe)
    if status != _WORKING:
        return status
    fluids = 0
    status = _WORKING
    first = recipe_prototype[recipe].first_ingredient
    for part in range(first, first + recipe_prototype[recipe].ingredient_count):
        if recipe_part[part].is_fluid:
            box = crafting_machine[row].fluidboxes[fluids]
            fluids += 1
            if state.fluidbox[box].amount < recipe_part[part].amount - _ROUNDING_UNITS:
                status = _FLUID_SHORTAGE
            continue
        if slot[index].count < recipe_part[part].amount:
            return shortage
        index += 1
    return status


@kernel
def _begin_other_recipe(state: Tables, row: int) -> None:
    """Have a furnace begin its bonus anew for another ore; a choice."""
    if state.crafting_machine[row].is_furnace:
        state.crafting_machine[row].bonus_progress = 0.0


@kernel
def begin_craft(state: Tables, row: int) -> None:
    """Take the ingredients of a craft, which are there."""
    slot = state.slot
    crafting_machine = state.crafting_machine
    recipe_prototype = state.recipe_prototype
    recipe_part = state.recipe_part
    recipe = crafting_machine[row].recipe
    index = state.inventory[crafting_machine[row].source_inventory].first_slot
    fluids = 0
    first = recipe_prototype[recipe].first_ingredient
    for part in range(first, first + recipe_prototype[recipe].ingredient_count):
        used_up = recipe_part[part].amount - recipe_part[part].catalyst_amount
        if recipe_part[part].is_fluid:
            box = crafting_machine[row].fluidboxes[fluids]
            fluids += 1
            take_fluid(state, box, recipe_part[part].amount)
            consume_fluid(state, int(recipe_part[part].id), used_up)
            continue
        slot[index].count -= int(recipe_part[part].amount)
        if slot[index].count == 0:
            slot[index].item = 0
        consume_item(state, int(recipe_part[part].id), used_up)
        index += 1
    if recipe != crafting_machine[row].previous_recipe:
        _begin_other_recipe(state, row)
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
def _give_fluid(
    state: Tables, box: int, part: int, amount: float, catalyst: float
) -> None:
    """Put a fluid product into its box."""
    fluid = int(state.recipe_part[part].id)
    temperature = state.recipe_part[part].temperature
    if temperature == 0.0:
        temperature = state.fluid_prototype[fluid].default_temperature
    made = put_fluid(state, box, fluid, amount, temperature)
    produce_fluid(state, fluid, max(made - catalyst, 0.0))


@called_kernel
def _give_products(state: Tables, row: int, is_bonus: bool) -> None:
    """Give the products of a craft.

    Args:
        state: ``World.state``, changed.
        row: the machine.
        is_bonus: whether productivity adds them, which does not multiply catalysts.
            Source: prototype API, ``catalyst_amount``.
    """
    slot = state.slot
    crafting_machine = state.crafting_machine
    recipe_prototype = state.recipe_prototype
    recipe_part = state.recipe_part
    recipe = crafting_machine[row].recipe
    index = state.inventory[crafting_machine[row].result_inventory].first_slot
    fluids = _fluid_ingredients(state, recipe)
    first = recipe_prototype[recipe].first_product
    for part in range(first, first + recipe_prototype[recipe].product_count):
        amount = _drawn_amount(state, part)
        catalyst = recipe_part[part].catalyst_amount
        if is_bonus:
            amount = max(amount - int(catalyst), 0)
            catalyst = 0.0
        item = recipe_part[part].id
        if recipe_part[part].is_fluid:
            box = crafting_machine[row].fluidboxes[fluids]
            fluids += 1
            _give_fluid(state, box, part, float(amount), catalyst)
            continue
        if amount > 0:
            slot[index].item = item
            slot[index].count += amount
            produce_item(state, int(item), max(amount - catalyst, 0.0))
        index += 1
    touch(state, crafting_machine[row].entity)


@kernel
def _finish_craft(state: Tables, row: int) -> None:
    """Give the products of a craft, and count what it has polluted."""
    crafting_machine = state.crafting_machine
    recipe = crafting_machine[row].recipe
    _give_products(state, row, False)
    crafting_machine[row].is_crafting = False
    seconds = state.recipe_prototype[recipe].energy_required_seconds
    pollution = crafting_machine[row].pollution_per_second * seconds
    pollute(state, int(crafting_machine[row].entity), pollution)
    crafting_machine[row].products_finished += 1
    if crafting_machine[row].is_furnace:
        crafting_machine[row].previous_recipe = recipe


@called_kernel
def _has_room_for_fluids(state: Tables, row: int) -> bool:
    """Whether all fluids that a craft makes still fit into their boxes."""
    recipe = int(state.crafting_machine[row].recipe)
    fluids = _fluid_ingredients(state, recipe)
    first = state.recipe_prototype[recipe].first_product
    for part in range(first, first + state.recipe_prototype[recipe].product_count):
        if state.recipe_part[part].is_fluid:
            box = state.crafting_machine[row].fluidboxes[fluids]
            if not _has_room(state, box, part):
                return False
            fluids += 1
    return True


@called_kernel
def _add_bonus(state: Tables, row: int, progress: float) -> None:
    """Go on with the products that productivity adds, and give them when they are done.

    They come as soon as their own bar is full, also within a craft. What has no room
    for its fluids waits, the bonus as well as a craft that it came before (which goes
    on using energy, a choice); items lie above full stacks.

    Source: wiki.factorio.com/Productivity_module; runtime API,
    LuaEntity.bonus_progress; changelog 0.7.0 (none is lost).

    Args:
        state: ``World.state``, changed.
        row: the machine.
        progress: of the craft, 0 to 1, in this tick.
    """
    machine = state.crafting_machine[row]
    machine.bonus_progress += progress * machine.productivity_bonus
    if machine.bonus_progress < 1.0 - _ROUNDING_SHARE:
        return
    if _has_room_for_fluids(state, row):
        machine.bonus_progress = max(machine.bonus_progress - 1.0, 0.0)
        _give_products(state, row, True)


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
    before = crafting_machine[row].crafted_seconds
    done = before + crafting_machine[row].crafting_speed / TICKS_PER_SECOND * share
    is_productive = crafting_machine[row].productivity_bonus > 0.0
    if is_productive:
        _add_bonus(state, row, (min(done, needed) - before) / needed)
    status = _WORKING
    if done >= needed and is_productive and not _has_room_for_fluids(state, row):
        done = needed
        status = _FULL_OUTPUT
    elif done >= needed:
        _finish_craft(state, row)
        status = readiness(state, row)
        done -= needed
        if status == _WORKING:
            begin_craft(state, row)
            recipe = crafting_machine[row].recipe
            needed = recipe_prototype[recipe].energy_required_seconds
            # at most one craft ends in a tick
            done = min(done, needed)
            if is_productive:
                _add_bonus(state, row, done / needed)
        else:
            done = 0.0
            if crafting_machine[row].is_furnace:
                crafting_machine[row].recipe = 0
    crafting_machine[row].crafted_seconds = done
    crafting_machine[row].crafting_progress = done / needed
    return status
