"""Furnaces and assembling machines: ingredients in, time and energy, products out.

An assembling machine has a recipe; a furnace takes the one that its source slot calls
for. A craft begins when all ingredients are there, no product's slot is full, and there
is energy; the ingredients are gone at once, the products come at the end. Time left
over at the end counts for the next craft if that can begin at once.

Each fluid of a recipe has one of the machine's fluid boxes, which then takes only that
fluid; see `machine_boxes`. A box that the recipe does not use takes nothing; this is a
choice: it would draw ten pipes' worth of fluid that the next recipe throws away.
Another recipe empties the boxes.

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
from fle_marl.sim._jit import Tables, kernel
from fle_marl.sim.components import (
    ROLE_RESULT,
    ROLE_ROCKET_PARTS,
    ROLE_SOURCE,
    TABLE_INDEX,
)
from fle_marl.sim.kernels.awake import fall_asleep, next_awake, watch
from fle_marl.sim.kernels.crafting import begin_craft, craft, readiness
from fle_marl.sim.kernels.energy import (
    draw_energy,
    energy_status,
    has_energy,
    refill_burner,
)
from fle_marl.sim.kernels.fluid import watch_boxes
from fle_marl.sim.machine_boxes import UNUSED, machine_boxes
from fle_marl.sim.modules import add_effect_receiver, modules_without_recipe
from fle_marl.sim.parts import (
    DRAIN_SHARE,
    add_energy_source,
    add_fluidbox,
    add_inventory,
    join_fluidboxes,
    remove_fluidboxes,
)
from fle_marl.sim.silo_parts import add_rocket_silo, most_phase_joules
from fle_marl.sim.system import System
from fle_marl.sim.tables import recipe_category
from fle_marl.sim.world import World
from fle_marl.units import TICKS_PER_SECOND

__all__ = ["SYSTEM", "can_craft", "set_recipe", "update_crafting_machines"]

_MACHINE: Final = TABLE_INDEX["crafting_machine"]
_WORKING: Final = int(EntityStatus.working)
_NO_FUEL: Final = int(EntityStatus.no_fuel)
_NO_POWER: Final = int(EntityStatus.no_power)


@kernel
def _idle_status(state: Tables, row: int) -> int:
    """What a machine between two crafts waits for; working when it can begin one."""
    owner = state.crafting_machine[row].entity
    if not has_energy(state, owner):
        return _NO_FUEL if state.entity[owner].burner > 0 else _NO_POWER
    status = readiness(state, row)
    if status != _WORKING and state.crafting_machine[row].is_furnace:
        state.crafting_machine[row].recipe = 0
    return int(status)


@kernel
def _update_machine(state: Tables, row: int) -> bool:
    """Let a machine craft for a tick.

    Returns:
        Whether it did anything; if not it waits for something to change.
    """
    crafting_machine = state.crafting_machine
    entity = state.entity
    owner = crafting_machine[row].entity
    if owner <= 0 or not entity[owner].active:
        return False
    is_crafting = crafting_machine[row].is_crafting
    if not is_crafting:
        status = _idle_status(state, row)
        if status != _WORKING:
            entity[owner].status = status
            return False
    wanted = crafting_machine[row].energy_per_tick
    taken = draw_energy(state, owner, wanted)
    status = _WORKING
    if taken > 0.0:
        if not is_crafting:
            begin_craft(state, row)
        status = craft(state, row, taken / wanted)
    if status == _WORKING:
        # the fire is fed for as long as there is work
        refill_burner(state, owner, wanted)
        status = energy_status(state, owner, taken, wanted)
    entity[owner].status = status
    return bool(taken > 0.0 or status == _WORKING)


@kernel
def update_crafting_machines(state: Tables) -> None:
    """Let every machine craft for a tick."""
    awake = state.crafting_machine_awake
    rows = state.count[_MACHINE]
    row = next_awake(awake, rows, 0)
    while row > 0:
        if not _update_machine(state, row):
            fall_asleep(awake, row)
            watch(state, state.crafting_machine[row].entity)
            if state.crafting_machine[row].entity > 0:
                watch_boxes(state, state.crafting_machine[row].entity)
        row = next_awake(awake, rows, row)


def create_crafting_machine(
    world: World, entity: int, prototype: EntityPrototype
) -> None:
    """Give a machine its numbers, its energy source and, for furnaces, its slots."""
    row = world.allocate("crafting_machine")
    world.tables["crafting_machine"]["entity"][row] = entity
    world.entity["component"][entity] = row
    joules = prototype.watts("energy_usage") / TICKS_PER_SECOND
    is_silo = prototype.type == "rocket-silo"
    add_energy_source(
        world,
        entity,
        prototype.energy_source,
        max(joules, most_phase_joules(prototype)) if is_silo else joules,
        default_drain_joules=joules * DRAIN_SHARE,
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
        world,
        entity,
        Inventory.furnace_result,
        ROLE_ROCKET_PARTS if is_silo else ROLE_RESULT,
        slots[1],
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
    add_effect_receiver(world, entity, prototype, "crafting_machine", row)
    if is_silo:
        recipe = load().recipes[prototype.text("fixed_recipe")].id
        record["recipe"] = recipe
        _replace_slots(world, source, recipe, "ingredient")
        _replace_slots(world, result, recipe, "product")
        add_rocket_silo(world, entity, prototype)
    _make_fluidboxes(
        world, entity, int(world.tables["crafting_machine"]["recipe"][row])
    )


def _make_fluidboxes(world: World, entity: int, recipe: int) -> None:
    """Make a machine's fluid boxes anew for a recipe; what was in them is gone.

    It can be turned while it has any.
    """
    prototype = load().entities.by_id(int(world.entity["prototype"][entity]))
    remove_fluidboxes(world, entity)
    boxes = machine_boxes(prototype, recipe)
    world.entity["rotatable"][entity] = bool(boxes)
    machine = world.tables["crafting_machine"][int(world.entity["component"][entity])]
    machine["fluidboxes"] = 0
    for box in boxes:
        row = add_fluidbox(world, entity, box.prototype, fluid=box.fluid)
        is_used = box.place != UNUSED
        world.tables["fluidbox"]["is_off"][row] = not is_used
        if is_used:
            machine["fluidboxes"][box.place] = row
    join_fluidboxes(world, entity)


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
    return {
        int(part["id"]): int(part["amount"]) for part in parts if not part["is_fluid"]
    }


def destroy_crafting_machine(world: World, entity: int) -> None:
    """Free the machine's row."""
    row = int(world.entity["component"][entity])
    silo = int(world.tables["crafting_machine"]["silo"][row])
    if silo:
        world.free("rocket_silo", silo)
    world.free("crafting_machine", row)


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
        craft that was going on, and modules that are not for the new recipe. The bar of
        the bonus is empty then, a choice. Source: LuaEntity.set_recipe.

    Raises:
        ToolError: `recipe-not-settable`, the entity is a furnace, which chooses by
            itself, or a rocket silo, which has one recipe; or
            `wrong-recipe-category`, the machine cannot do it.
    """
    row = int(world.entity["component"][entity])
    machine = world.tables["crafting_machine"][row]
    if machine["is_furnace"]:
        raise ToolError(
            "a furnace takes the recipe of what is put into it; recipes are set on "
            "assembling machines",
            code="recipe-not-settable",
        )
    if machine["silo"]:
        raise ToolError(
            "a rocket silo has one recipe, that of rocket parts; recipes are set on "
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
    machine["bonus_progress"] = 0.0
    for item, count in modules_without_recipe(world, entity).items():
        removed[item] = removed.get(item, 0) + count
    _make_fluidboxes(world, entity, recipe)
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
        "crafting_machine_awake",
        "inserter_awake",
        "mining_drill_awake",
        "entity",
        "slot",
        "burner",
        "electric",
        "electric_awake",
        "fluidbox",
        "fluid_system",
        "fluid_flow",
        "item_flow",
        "item_flow_touched",
    ),
)
