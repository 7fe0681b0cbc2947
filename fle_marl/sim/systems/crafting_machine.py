"""Furnaces and assembling machines: ingredients in, time and energy, products out.

An assembling machine has a recipe; a furnace takes the one that its source slot calls
for. A craft begins when all ingredients are there, no product's slot is full, and there
is energy; the ingredients are gone at once, the products come at the end. Time left
over at the end counts for the next craft if that can begin at once. Recipes with fluids
wait for them: fluid boxes of these machines are not simulated.

Source: prototype ``crafting_speed``, ``energy_usage``, ``crafting_categories``; recipe
``energy_required``; LuaEntity.crafting_progress, LuaControl.crafting_queue; measured in
the game: a stone furnace given ore and coal is working in the next tick, has taken the
ore in the second, gives its first plate in the 194th, and one every 192 from then on.
Products above a full stack: changelog 0.16.0.
"""

from typing import Final

from fle_marl.defines import EntityStatus, Inventory
from fle_marl.errors import ToolError
from fle_marl.prototypes import EntityPrototype, load
from fle_marl.sim._jit import Table, kernel
from fle_marl.sim.components import ROLE_RESULT, ROLE_SOURCE, TABLE_INDEX
from fle_marl.sim.kernels.energy import (
    draw_energy,
    energy_status,
    has_energy,
    refill_burner,
)
from fle_marl.sim.kernels.random import next_random, random_below
from fle_marl.sim.parts import add_energy_source, add_inventory
from fle_marl.sim.system import System
from fle_marl.sim.tables import recipe_category
from fle_marl.sim.world import World
from fle_marl.units import TICKS_PER_SECOND

__all__ = ["SYSTEM", "can_craft", "set_recipe", "update_crafting_machines"]

_MACHINE: Final = TABLE_INDEX["crafting_machine"]
_WORKING: Final = int(EntityStatus.working)
_NO_FUEL: Final = int(EntityStatus.no_fuel)
_NO_POWER: Final = int(EntityStatus.no_power)
_NO_RECIPE: Final = int(EntityStatus.no_recipe)
_NO_INGREDIENTS: Final = int(EntityStatus.no_ingredients)
_ITEM_SHORTAGE: Final = int(EntityStatus.item_ingredient_shortage)
_FLUID_SHORTAGE: Final = int(EntityStatus.fluid_ingredient_shortage)
_FULL_OUTPUT: Final = int(EntityStatus.full_output)

_DRAIN_SHARE: Final = 1 / 30
"""Electric drain of a crafting machine whose prototype gives none, as a share of its
usage. Source: wiki.factorio.com/Assembling_machine_1: 75 kW and 2.5 kW."""


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
def _readiness(
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
def _begin_craft(
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
def _craft(
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
        status = _readiness(
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
            _begin_craft(
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


@kernel
def update_crafting_machines(
    clock: Table,
    crafting_machine: Table,
    count: Table,
    entity: Table,
    inventory: Table,
    slot: Table,
    burner: Table,
    electric: Table,
    item_flow: Table,
    item_prototype: Table,
    recipe_prototype: Table,
    recipe_part: Table,
) -> None:
    """Let every machine craft for a tick."""
    for row in range(1, count[_MACHINE]):
        owner = crafting_machine[row].entity
        if owner <= 0 or not entity[owner].active:
            continue
        if not crafting_machine[row].is_crafting:
            if not has_energy(entity, burner, electric, inventory, slot, owner):
                is_burner = entity[owner].burner > 0
                entity[owner].status = _NO_FUEL if is_burner else _NO_POWER
                continue
            status = _readiness(
                inventory,
                slot,
                crafting_machine,
                item_prototype,
                recipe_prototype,
                recipe_part,
                row,
            )
            if status != _WORKING:
                entity[owner].status = status
                if crafting_machine[row].is_furnace:
                    crafting_machine[row].recipe = 0
                continue
        wanted = crafting_machine[row].energy_per_tick
        taken = draw_energy(entity, burner, electric, owner, wanted)
        status = _WORKING
        if taken > 0.0:
            if not crafting_machine[row].is_crafting:
                _begin_craft(
                    inventory,
                    slot,
                    crafting_machine,
                    recipe_prototype,
                    recipe_part,
                    item_flow,
                    row,
                )
            status = _craft(
                clock,
                inventory,
                slot,
                crafting_machine,
                item_prototype,
                recipe_prototype,
                recipe_part,
                item_flow,
                row,
                taken / wanted,
            )
        if status == _WORKING:
            # the fire is fed for as long as there is work
            refill_burner(
                entity,
                burner,
                inventory,
                slot,
                item_prototype,
                item_flow,
                owner,
                wanted,
            )
            status = energy_status(entity, burner, item_prototype, owner, taken, wanted)
        entity[owner].status = status


def create_crafting_machine(
    world: World, entity: int, prototype: EntityPrototype
) -> None:
    """Give a machine its numbers, its energy source and, for furnaces, its slots."""
    row = world.allocate("crafting_machine")
    world.tables["crafting_machine"]["entity"][row] = entity
    world.entity["component"][entity] = row
    joules = prototype.watts("energy_usage") / TICKS_PER_SECOND
    add_energy_source(
        world,
        entity,
        prototype.energy_source,
        joules,
        default_drain_joules=joules * _DRAIN_SHARE,
    )
    is_furnace = prototype.type == "furnace"
    slots = (0, 0)
    if is_furnace:
        slots = (
            int(prototype.number("source_inventory_size")),
            int(prototype.number("result_inventory_size")),
        )
    # furnaces and assembling machines have the same numbers for these inventories
    source = add_inventory(
        world, entity, Inventory.furnace_source, ROLE_SOURCE, slots[0]
    )
    result = add_inventory(
        world, entity, Inventory.furnace_result, ROLE_RESULT, slots[1]
    )
    record = world.tables["crafting_machine"][row]
    record["is_furnace"] = is_furnace
    record["source_inventory"], record["result_inventory"] = source, result
    record["crafting_speed"] = prototype.number("crafting_speed")
    record["energy_per_tick"] = joules
    record["categories"] = sum(
        1 << recipe_category(load(), name)
        for name in prototype.names("crafting_categories")
    )


def crafting_machine_contents(world: World, entity: int) -> dict[int, int]:
    """The ingredients of the craft that is going on: they come back.

    Source: chosen; what the game does with them is not documented.
    """
    row = world.tables["crafting_machine"][int(world.entity["component"][entity])]
    if not row["is_crafting"]:
        return {}
    first = int(world.prototypes["recipe_prototype"]["first_ingredient"][row["recipe"]])
    count = int(world.prototypes["recipe_prototype"]["ingredient_count"][row["recipe"]])
    parts = world.prototypes["recipe_part"][first : first + count]
    return {int(part["id"]): int(part["amount"]) for part in parts}


def destroy_crafting_machine(world: World, entity: int) -> None:
    """Free the machine's row."""
    world.free("crafting_machine", int(world.entity["component"][entity]))


def can_craft(world: World, entity: int, recipe: int) -> bool:
    """Whether a machine can do a recipe, by its categories.

    Args:
        world: not changed.
        entity: row of a crafting machine.
        recipe: recipe prototype.
    """
    row = int(world.entity["component"][entity])
    categories = int(world.tables["crafting_machine"]["categories"][row])
    category = int(world.prototypes["recipe_prototype"]["category"][recipe])
    return categories >> category & 1 == 1


def set_recipe(world: World, entity: int, recipe: int) -> dict[int, int]:
    """Give an assembling machine another recipe; what it held comes out.

    Setting the recipe that it has changes nothing.

    Args:
        world: changed.
        entity: row of an assembling machine.
        recipe: recipe prototype; 0 for none.

    Returns:
        What was in it, {item: count}: ingredients, products, and the ingredients of a
        craft that was going on. Source: LuaEntity.set_recipe.

    Raises:
        ToolError: `recipe-not-settable`, the entity is a furnace, which chooses by
            itself; or `wrong-recipe-category`, the machine cannot do it.
    """
    row = int(world.entity["component"][entity])
    machine = world.tables["crafting_machine"][row]
    if machine["is_furnace"]:
        raise ToolError(
            "a furnace takes the recipe of what is put into it; recipes are set on "
            "assembling machines",
            code="recipe-not-settable",
        )
    if recipe and not can_craft(world, entity, recipe):
        name = load().recipes.by_id(recipe).name
        machine_name = (
            load().entities.by_id(int(world.entity["prototype"][entity])).name
        )
        raise ToolError(
            f"{machine_name!r} cannot craft {name!r}, which is of the category "
            f"{load().recipes[name].category!r}",
            code="wrong-recipe-category",
            details={"recipe": name, "machine": machine_name},
        )
    if recipe == int(machine["recipe"]):
        return {}
    removed = crafting_machine_contents(world, entity)
    for side, store in (
        ("ingredient", int(machine["source_inventory"])),
        ("product", int(machine["result_inventory"])),
    ):
        for item, count in _replace_slots(world, store, recipe, side).items():
            removed[item] = removed.get(item, 0) + count
    machine = world.tables["crafting_machine"][row]
    machine["recipe"] = recipe
    machine["is_crafting"] = False
    machine["crafted_seconds"] = 0.0
    machine["crafting_progress"] = 0.0
    return removed


def _replace_slots(
    world: World, inventory: int, recipe: int, side: str
) -> dict[int, int]:
    """Give an inventory a slot for each item on one side of a recipe.

    Returns:
        What lay in the old slots.
    """
    record = world.tables["inventory"][inventory]
    first, length = int(record["first_slot"]), int(record["slot_count"])
    removed: dict[int, int] = {}
    if length:
        for slot in world.tables["slot"][first : first + length]:
            if slot["count"]:
                item = int(slot["item"])
                removed[item] = removed.get(item, 0) + int(slot["count"])
        world.free_run("slot", first, length)
    items = _items_of(world, recipe, side)
    first = world.allocate_run("slot", len(items)) if items else 0
    record = world.tables["inventory"][inventory]
    record["first_slot"] = first
    record["slot_count"] = record["bar"] = len(items)
    if items:
        world.tables["slot"]["filter"][first : first + len(items)] = items
    return removed


def _items_of(world: World, recipe: int, side: str) -> list[int]:
    row = world.prototypes["recipe_prototype"][recipe]
    first = int(row[f"first_{side}"])
    parts = world.prototypes["recipe_part"][first : first + int(row[f"{side}_count"])]
    return [int(part["id"]) for part in parts if not part["is_fluid"]]


SYSTEM: Final = System(
    name="crafting_machine",
    kinds=("crafting_machine",),
    create=create_crafting_machine,
    contents=crafting_machine_contents,
    destroy=destroy_crafting_machine,
    reads=(
        "inventory",
        "item_prototype",
        "recipe_prototype",
        "recipe_part",
    ),
    writes=(
        "clock",
        "crafting_machine",
        "entity",
        "slot",
        "burner",
        "electric",
        "item_flow",
    ),
)
