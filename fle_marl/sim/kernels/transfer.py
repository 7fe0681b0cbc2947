"""What may be put into an entity, and taken out of it, and how much.

An entity's inventories say by their role what they are for: storage takes anything,
fuel slots what their burner burns, the source slots of a machine what its recipe needs,
module slots what has an effect there, a rocket what it brings something for, and a
turret what it shoots with.
Inserters bring no modules into slots for them, only as ingredients; that is a choice.
They stop early, so that what they bring is shared out: at five pieces of fuel, at the
magazines that a turret's prototype says, and at the ingredients of a few crafts or
units of research. Everything else (characters,
drills) may fill the slots.

Source: wiki.factorio.com/Inserters, "Insertion limits"; prototype API,
RecipePrototype.overload_multiplier; utility-constants; prototype gun-turret,
``automated_ammo_count``.
"""

from typing import Final

from fle_marl.prototypes import load
from fle_marl.sim._jit import Tables, kernel
from fle_marl.sim.components import (
    KINDS,
    ROLE_BURNT_RESULT,
    ROLE_FUEL,
    ROLE_LAB_INPUT,
    ROLE_MODULE,
    ROLE_RESULT,
    ROLE_ROCKET,
    ROLE_SOURCE,
    ROLE_STORAGE,
    ROLE_TURRET_AMMO,
)
from fle_marl.sim.kernels.awake import touch
from fle_marl.sim.kernels.energy import is_fuel_for
from fle_marl.sim.kernels.inventory import (
    count_item,
    insert_item,
    insertable_count,
    remove_item,
)
from fle_marl.sim.kernels.module_effects import module_fits
from fle_marl.sim.kernels.rocket import takes_cargo

__all__ = [
    "insert_into_entity",
    "insertable_into_entity",
    "is_takeable",
    "overload_multiplier",
    "take_from_entity",
    "takeable_from_entity",
]

_MACHINE: Final = KINDS.index("crafting_machine")
_CONSTANTS: Final = load().constants["utility-constants"]["default"]
_OVERLOAD_SECONDS: Final = float(_CONSTANTS["dynamic_recipe_overload_factor"])
_OVERLOAD_MINIMUM: Final = int(_CONSTANTS["minimum_recipe_overload_multiplier"])
_OVERLOAD_MAXIMUM: Final = int(_CONSTANTS["maximum_recipe_overload_multiplier"])

_FUEL_LIMIT: Final = 5
"""Pieces of fuel at which inserters stop. Source: wiki.factorio.com/Inserters."""

_LAB_UNITS: Final = 2
"""Units of research whose packs inserters load into a laboratory. Source:
wiki.factorio.com/Inserters, "Insertion limits". A pack that the current research does
not take, or that comes while there is none (changelog 0.17.0), counts as one a unit; a
choice."""

_FURNACE_EXTRA: Final = 4
"""Items that a furnace's source slot takes beyond a stack. Source: measured in the
game: 54 iron ore in an unfuelled furnace, of stacks of 50. Probably 4 times the hand of
a stack inserter (prototype API, RecipePrototype.allow_inserter_overload)."""


@kernel
def overload_multiplier(state: Tables, recipe: int, crafting_speed: float) -> int:
    """How many crafts' ingredients inserters load into a machine.

    Source: prototype API, RecipePrototype.overload_multiplier.
    """
    recipe_prototype = state.recipe_prototype
    fixed = int(recipe_prototype[recipe].overload_multiplier)
    if fixed > 0:
        return fixed
    seconds = recipe_prototype[recipe].energy_required_seconds
    crafts = _OVERLOAD_SECONDS * crafting_speed / seconds
    whole = int(crafts)
    if whole < crafts:
        whole += 1
    return min(max(whole, _OVERLOAD_MINIMUM), _OVERLOAD_MAXIMUM)


@kernel
def _is_stocked_up(state: Tables, machine: int, multiplier: int) -> bool:
    """Whether so much of a product waits in a machine that inserters feed it no more.

    Assemblers only; inserters were seen to feed furnaces until the stack of plates was
    full. The number of crafts is chosen, the same that are loaded: the game's is not
    known. Source: that it does so, pyanodon/pybugreports#526.
    """
    crafting_machine = state.crafting_machine
    recipe_prototype = state.recipe_prototype
    recipe_part = state.recipe_part
    recipe = crafting_machine[machine].recipe
    store = crafting_machine[machine].result_inventory
    index = state.inventory[store].first_slot
    first = recipe_prototype[recipe].first_product
    for part in range(first, first + recipe_prototype[recipe].product_count):
        if recipe_part[part].is_fluid:
            continue
        if state.slot[index].count >= multiplier * recipe_part[part].amount:
            return True
        index += 1
    return False


@kernel
def _source_slot(
    state: Tables, machine: int, item: int, by_inserter: bool
) -> tuple[int, int]:
    """Where an ingredient goes in a crafting machine.

    Returns:
        The slot and how many more it takes; (0, 0) when the machine does not take it.
    """
    slot = state.slot
    crafting_machine = state.crafting_machine
    item_prototype = state.item_prototype
    recipe_prototype = state.recipe_prototype
    recipe_part = state.recipe_part
    index = state.inventory[crafting_machine[machine].source_inventory].first_slot
    is_furnace = crafting_machine[machine].is_furnace
    if is_furnace:
        recipe = int(item_prototype[item].smelting_recipe)
        if not state.force_recipe[recipe].enabled:
            return 0, 0
        category = int(recipe_prototype[recipe].category)
        if (int(crafting_machine[machine].categories) >> category) & 1 == 0:
            return 0, 0
        if slot[index].count > 0 and slot[index].item != item:
            return 0, 0
    else:
        recipe = int(crafting_machine[machine].recipe)
    amount = 0
    first = recipe_prototype[recipe].first_ingredient
    for part in range(first, first + recipe_prototype[recipe].ingredient_count):
        if recipe_part[part].is_fluid:
            continue
        if recipe_part[part].id == item:
            amount = int(recipe_part[part].amount)
            break
        index += 1
    if amount == 0:
        return 0, 0
    speed = crafting_machine[machine].crafting_speed
    multiplier = overload_multiplier(state, recipe, speed)
    limit = multiplier * amount
    if not by_inserter:
        limit = max(limit, int(item_prototype[item].stack_size))
        if is_furnace:
            limit += _FURNACE_EXTRA
    elif not is_furnace and _is_stocked_up(state, machine, multiplier):
        return 0, 0
    return int(index), max(limit - int(slot[index].count), 0)


@kernel
def _lab_room(state: Tables, row: int, store: int, item: int) -> int:
    """How many more science packs of a kind inserters load into a laboratory."""
    research = int(state.force[state.entity[row].force].research_queue[0])
    pack = int(state.item_prototype[item].science_pack)
    if pack == 0:
        return 0
    amount = int(state.technology_prototype[research].pack_amounts[pack - 1])
    held = int(count_item(state, store, item))
    return max(_LAB_UNITS * max(amount, 1) - held, 0)


@kernel
def _ammo_room(
    state: Tables, row: int, store: int, item: int, by_inserter: bool
) -> int:
    """How many more magazines of a kind go into a turret.

    Inserters count the kind that they bring; a turret of the game has one slot.
    """
    turret = state.entity_prototype[state.entity[row].prototype]
    category = int(state.item_prototype[item].ammo_category)
    if category == 0 or category != turret.ammo_category:
        return 0
    room = int(insertable_count(state, store, item))
    if by_inserter:
        held = int(count_item(state, store, item))
        room = min(room, max(int(turret.automated_ammo_count) - held, 0))
    return room


@kernel
def _transfer_in(
    state: Tables, row: int, item: int, wanted: int, by_inserter: bool, is_trial: bool
) -> int:
    """Put items into an entity's inventories in their order, or see how many would go.

    Returns:
        How many, 0 to ``wanted``.
    """
    entity = state.entity
    inventory = state.inventory
    slot = state.slot
    left = wanted
    store = entity[row].first_inventory
    while store > 0 and left > 0:
        role = inventory[store].role
        room = 0
        index = 0
        if role == ROLE_STORAGE:
            room = insertable_count(state, store, item)
        elif role == ROLE_FUEL:
            if is_fuel_for(state, entity[row].burner, item):
                room = insertable_count(state, store, item)
                if by_inserter:
                    held = count_item(state, store, item)
                    room = min(room, max(_FUEL_LIMIT - held, 0))
        elif role == ROLE_LAB_INPUT:
            room = insertable_count(state, store, item)
            if by_inserter:
                room = min(room, _lab_room(state, row, store, item))
        elif role == ROLE_ROCKET:
            if takes_cargo(state, entity[row].component, item):
                room = insertable_count(state, store, item)
        elif role == ROLE_MODULE:
            if not by_inserter and module_fits(state, row, item):
                room = insertable_count(state, store, item)
        elif role == ROLE_TURRET_AMMO:
            room = _ammo_room(state, row, store, item, by_inserter)
        elif role == ROLE_SOURCE and entity[row].kind == _MACHINE:
            index, room = _source_slot(state, entity[row].component, item, by_inserter)
        moved = min(int(room), left)
        if moved > 0 and not is_trial:
            if role == ROLE_SOURCE:
                slot[index].item = item
                slot[index].count += moved
                touch(state, row)
            else:
                insert_item(state, store, item, moved)
        left -= moved
        store = inventory[store].next
    return wanted - left


@kernel
def insertable_into_entity(
    state: Tables, row: int, item: int, count: int, by_inserter: bool
) -> int:
    """How many of so many items an entity would take.

    Args:
        state: ``World.state``.
        row: the entity.
        item: what.
        count: how many at most.
        by_inserter: whether the limits of inserters hold.

    Returns:
        0 to ``count``.
    """
    return _transfer_in(state, row, item, count, by_inserter, True)


@kernel
def insert_into_entity(
    state: Tables, row: int, item: int, count: int, by_inserter: bool
) -> int:
    """Put items into an entity, wherever in it they belong.

    The parameters are those of `insertable_into_entity`; ``slot`` is changed.

    Returns:
        How many went in, 0 to ``count``.
    """
    return _transfer_in(state, row, item, count, by_inserter, False)


@kernel
def is_takeable(role: int) -> bool:
    """Whether inserters take items out of inventories of a role, wherever to."""
    return role in (ROLE_STORAGE, ROLE_RESULT, ROLE_BURNT_RESULT)


@kernel
def takeable_from_entity(state: Tables, row: int, item: int) -> int:
    """How many of an item an inserter could take out of an entity."""
    inventory = state.inventory
    total = 0
    store = state.entity[row].first_inventory
    while store > 0:
        if is_takeable(inventory[store].role):
            total += count_item(state, store, item)
        store = inventory[store].next
    return int(total)


@kernel
def take_from_entity(state: Tables, row: int, item: int, count: int) -> int:
    """Take items out of where inserters may take them, packs of laboratories included.

    Returns:
        How many came out, 0 to ``count``.
    """
    inventory = state.inventory
    left = count
    store = state.entity[row].first_inventory
    while store > 0 and left > 0:
        role = inventory[store].role
        if is_takeable(role) or role == ROLE_LAB_INPUT:
            left -= remove_item(state, store, item, left)
        store = inventory[store].next
    return int(count - left)
