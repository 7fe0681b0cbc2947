"""How machines, drills and characters must go together with what they have."""

from functools import cache

import numpy as np
from numpy.typing import NDArray

from fle_marl.sim.components import (
    AWAKE_TABLES,
    BITS_PER_WORD,
    FLOW_PRECISIONS,
    FLOW_TOUCHED_TABLES,
    FLOWS_PER_NOTE,
    MAXIMUM_SCIENCE_PACKS,
    ROLE_STORAGE,
)
from fle_marl.sim.integrity import limits
from fle_marl.sim.integrity.chains import refuse_circles
from fle_marl.sim.integrity.contents import Array, Contents, refuse
from fle_marl.sim.tables import prototype_tables

__all__ = ["check_machines"]


def check_machines(contents: Contents) -> None:
    """Refuse a world whose machines are not sound; single fields are.

    Raises:
        SaveError: `inconsistent-save`.
    """
    _check_recipes(contents)
    _check_furnaces(contents)
    _check_labs(contents)
    _check_script_inventories(contents)
    _check_ghosts(contents)
    _check_research(contents)
    _check_areas(contents)
    _check_effects(contents)
    _check_awake(contents)
    _check_notes(contents)
    _check_serials(contents)
    _check_queues(contents)
    _check_fluid_systems(contents)
    _check_flow_marks(contents)
    _check_accumulator_pools(contents)


@cache
def _solid_parts(side: str) -> NDArray[np.int64]:
    """Items among the ingredients or products of each recipe, int64[recipes + 1]."""
    recipes = prototype_tables()["recipe_prototype"]
    is_solid = ~prototype_tables()["recipe_part"]["is_fluid"]
    before = np.append(0, np.cumsum(is_solid))
    first = recipes[f"first_{side}"].astype(np.int64)
    solid: NDArray[np.int64] = before[first + recipes[f"{side}_count"]] - before[first]
    return solid


def _fluids(recipes: Array) -> NDArray[np.int64]:
    """How many fluids each of some recipes takes and makes, int64[recipes, 1]."""
    prototypes = prototype_tables()["recipe_prototype"][recipes]
    fluids = np.zeros(len(recipes), np.int64)
    for side in ("ingredient", "product"):
        fluids += prototypes[f"{side}_count"] - _solid_parts(side)[recipes]
    return fluids[:, np.newaxis]


def _slots(contents: Contents, inventories: Array) -> Array:
    return contents.arrays["inventory"]["slot_count"][inventories]


def _check_recipes(contents: Contents) -> None:
    """Kernels go from slot to slot as they go from part to part of a recipe."""
    recipes = contents.column("crafting_machine", "recipe")
    for side, store in (("ingredient", "source"), ("product", "result")):
        slots = _slots(contents, recipes.beside(f"{store}_inventory"))
        is_short = _solid_parts(side)[recipes.values] > slots
        recipes.refuse_any(is_short, f"a recipe that has slots for each {side}")
    boxes = recipes.beside("fluidboxes")
    is_without = (boxes == 0) & (np.arange(boxes.shape[1]) < _fluids(recipes.values))
    recipes.refuse_any(is_without.any(axis=1), "a recipe that has a box for each fluid")
    is_crafting = recipes.beside("is_crafting")
    recipes.refuse_any(
        is_crafting & (recipes.values == 0), "a recipe, as is_crafting says"
    )


def _check_furnaces(contents: Contents) -> None:
    """A furnace takes whichever recipe its ore calls for."""
    smelting = np.unique(prototype_tables()["item_prototype"]["smelting_recipe"])
    is_furnace = contents.column("crafting_machine", "is_furnace")
    for side, store in (("ingredient", "source"), ("product", "result")):
        needed = int(_solid_parts(side)[smelting].max())
        slots = _slots(contents, is_furnace.beside(f"{store}_inventory"))
        is_furnace.refuse_any(
            is_furnace.values & (slots < needed), f"0 without slots for each {side}"
        )


def _check_labs(contents: Contents) -> None:
    """A laboratory remembers something for each slot."""
    inputs = contents.column("lab", "input_inventory")
    is_wrong = _slots(contents, inputs.values) > MAXIMUM_SCIENCE_PACKS
    inputs.refuse_any(is_wrong, f"of at most {MAXIMUM_SCIENCE_PACKS} slots")


def _check_script_inventories(contents: Contents) -> None:
    """What belongs to no entity is numbered as a script's, and is mere storage."""
    numbers = contents.column("inventory", "number")
    is_loose = numbers.beside("entity") == 0
    is_wrong = (numbers.values > 1) != is_loose
    numbers.refuse_any(is_wrong, "1 for an inventory of an entity, more for others")
    is_wrong = is_loose & (numbers.beside("role") != ROLE_STORAGE)
    numbers.refuse_any(is_wrong, "1, as the inventory is not mere storage")


def _check_ghosts(contents: Contents) -> None:
    """A ghost is of an entity or of a tile."""
    inner = contents.column("ghost", "inner_entity")
    is_both = (inner.values > 0) == (inner.beside("inner_tile") > 0)
    inner.refuse_any(is_both, "0 for the ghost of a tile, else an entity")


def _check_research(contents: Contents) -> None:
    """A current research has units, and is there when it is said to be done."""
    units = contents.column("force", "research_unit_count")
    is_going_on = units.beside("research_queue")[:, 0] > 0
    units.refuse_any(is_going_on & (units.values < 1), "1 or more, as research goes on")
    done = contents.column("force", "is_research_done")
    done.refuse_any((done.values > 0) & ~is_going_on, "0, as no research goes on")


def _check_areas(contents: Contents) -> None:
    """A drill looks through its area tile by tile."""
    for low, high in (("area_left", "area_right"), ("area_top", "area_bottom")):
        end = contents.column("mining_drill", high)
        size = end.integers - end.beside(low)
        is_wrong = (size < 0) | (size > limits.LARGEST_AREA_TILES)
        most = limits.LARGEST_AREA_TILES
        end.refuse_any(is_wrong, f"at most {most} tiles beyond mining_drill.{low}")


def _check_effects(contents: Contents) -> None:
    """Effects go to just one machine; beacons look around themselves tile by tile."""
    receivers = contents.column("effect_receiver", "entity")
    works = [
        receivers.beside(name) > 0
        for name in ("crafting_machine", "mining_drill", "lab")
    ]
    is_wrong = np.sum(works, axis=0, dtype=np.int64) != 1
    receivers.refuse_any(is_wrong, "of a row that names one machine, drill or lab")
    most = limits.WIDEST_BEACON_TILES
    for low, high in (("area_left", "area_right"), ("area_top", "area_bottom")):
        end = contents.column("beacon", high)
        size = end.integers - end.beside(low)
        is_wrong = (size < 0) | (size > most)
        end.refuse_any(is_wrong, f"at most {most} tiles beyond beacon.{low}")


def _check_awake(contents: Contents) -> None:
    """There is a bit for each row of a table whose rows sleep."""
    for table, awake in AWAKE_TABLES.items():
        words = (contents.count(table) - 1) // BITS_PER_WORD + 1
        if contents.count(awake) != words:
            refuse(awake, "", 0, contents.count(awake), f"one of {words} rows")


def _check_notes(contents: Contents) -> None:
    """There is room to note what each electric flow is."""
    flows = contents.count("electric_flow")
    rows = 1 if flows == 1 else (flows - 1) // FLOWS_PER_NOTE + 2
    count = contents.count("electric_note")
    if count < rows:
        refuse("electric_note", "", 0, count, f"one of {rows} rows or more")


def _check_serials(contents: Contents) -> None:
    """What was remembered must not come again as another entity."""
    following = int(contents.arrays["clock"]["next_serial"][0])
    for table, name in (
        ("entity", "serial"),
        ("mining_drill", "resource_serial"),
        ("character", "mining_serial"),
    ):
        serials = contents.column(table, name)
        serials.refuse_any(
            serials.values >= max(following, 1), "less than clock.next_serial"
        )


def _check_queues(contents: Contents) -> None:
    """The last order is the end of the queue; no order works for itself."""
    orders = contents.arrays["crafting_order"]
    last = contents.column("character", "last_order")
    is_wrong = (last.values > 0) != (last.beside("first_order") > 0)
    is_wrong |= (last.values > 0) & (orders["next"][last.values] != 0)
    last.refuse_any(is_wrong, "the last of the queue that first_order begins")
    refuse_circles(contents.column("crafting_order", "parent"))


def _check_fluid_systems(contents: Contents) -> None:
    """A fluid system goes along neighbouring connections."""
    first = contents.column("fluid_system", "first_connection")
    end = first.integers + first.beside("connection_count")
    is_wrong = (first.values < 1) | (end > contents.count("fluid_connection"))
    first.refuse_any(is_wrong, "the first of rows of fluid_connection")


def _check_flow_marks(contents: Contents) -> None:
    """No bit stands for an item or fluid that there is not."""
    for name, prototypes in FLOW_TOUCHED_TABLES.items():
        subjects = len(prototype_tables()[prototypes])
        words = contents.arrays[name]["subjects"].reshape(FLOW_PRECISIONS, -1)
        bits = np.unpackbits(words.view(np.uint8), axis=1, bitorder="little")
        for row in np.flatnonzero(bits[:, subjects:].any(axis=1)).tolist():
            found = int(words[row, -1])
            refuse(name, "subjects", row, found, f"marks of {subjects} prototypes")


def _check_accumulator_pools(contents: Contents) -> None:
    """A pool is left by as many accumulators as it counts, and all are of its group."""
    pools = contents.column("accumulator", "pool")
    electric = contents.arrays["entity"]["electric"][pools.beside("entity")]
    groups = contents.arrays["accumulator_pool"]["group"][pools.values]
    is_foreign = contents.arrays["electric"]["group"][electric] != groups
    pools.refuse_any(is_foreign, "a pool of the group that the accumulator is of, or 0")
    counts = contents.column("accumulator_pool", "count")
    members = np.bincount(pools.values, minlength=contents.count("accumulator_pool"))
    counts.refuse_any(
        counts.integers != members[counts.rows], "the number of its accumulators"
    )
