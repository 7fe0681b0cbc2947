"""What goes into an entity, and how much, for people and for inserters."""

import pytest

from fle_marl.prototypes import load
from fle_marl.sim._jit import Tables, entry_point
from fle_marl.sim.actions.build import entity_contents
from fle_marl.sim.actions.inventory import find_inventory, insert_items
from fle_marl.sim.kernels.transfer import (
    insert_into_entity,
    overload_multiplier,
    take_from_entity,
    takeable_from_entity,
)
from fle_marl.sim.systems.crafting_machine import set_recipe
from fle_marl.sim.world import World

ITEMS = load().items
RECIPES = load().recipes
LOTS = 5000


@entry_point
def _insert(state: Tables, row: int, item: int, count: int, by_inserter: bool) -> int:
    return insert_into_entity(state, row, item, count, by_inserter)


@entry_point
def _take(state: Tables, row: int, item: int, count: int) -> tuple[int, int]:
    there = takeable_from_entity(state, row, item)
    taken = take_from_entity(state, row, item, count)
    return there, taken


@entry_point
def _multiplier(state: Tables, recipe: int, speed: float) -> int:
    return overload_multiplier(state, recipe, speed)


def machine(world: World, place, name: str, recipe: str | None) -> int:
    entity: int = place(world, name, 0, 0)
    if recipe:
        set_recipe(world, entity, RECIPES[recipe].id)
    return entity


@pytest.mark.parametrize(
    ("name", "recipe", "item", "by_person", "by_inserter"),
    [
        # storage: slots times stack
        ("wooden-chest", None, "iron-plate", 1600, 1600),
        ("iron-chest", None, "coal", 1600, 1600),
        # fuel: a stack, or five pieces
        ("burner-mining-drill", None, "coal", 50, 5),
        ("burner-mining-drill", None, "solid-fuel", 50, 5),
        ("burner-inserter", None, "wood", 100, 5),
        ("burner-mining-drill", None, "uranium-fuel-cell", 0, 0),
        ("burner-mining-drill", None, "iron-ore", 0, 0),
        # furnaces: fuel and what they smelt
        ("stone-furnace", None, "coal", 50, 5),
        ("stone-furnace", None, "iron-ore", 54, 2),
        ("stone-furnace", None, "stone", 54, 4),
        ("steel-furnace", None, "copper-ore", 54, 2),
        ("electric-furnace", None, "coal", 0, 0),
        ("stone-furnace", None, "iron-gear-wheel", 0, 0),
        # iron plates make steel only after research
        ("stone-furnace", None, "iron-plate", 0, 0),
        # assembling machines: what their recipe needs
        ("assembling-machine-1", None, "iron-plate", 0, 0),
        ("assembling-machine-1", "iron-gear-wheel", "iron-plate", 100, 4),
        ("assembling-machine-3", "iron-gear-wheel", "iron-plate", 100, 6),
        ("assembling-machine-1", "iron-gear-wheel", "copper-plate", 0, 0),
        ("assembling-machine-1", "iron-gear-wheel", "coal", 0, 0),
        ("assembling-machine-1", "electronic-circuit", "copper-cable", 200, 6),
        ("assembling-machine-1", "electronic-circuit", "iron-plate", 100, 2),
        # more for two crafts than a stack
        ("assembling-machine-1", "rail", "stone", 50, 2),
        ("assembling-machine-2", "nuclear-reactor", "concrete", 1000, 1000),
        ("transport-belt", None, "iron-plate", 0, 0),
    ],
)
def test_what_goes_in(
    flat_world,
    place,
    name: str,
    recipe: str | None,
    item: str,
    by_person: int,
    by_inserter: int,
) -> None:
    for limit, is_inserter in ((by_person, False), (by_inserter, True)):
        world = flat_world()
        entity = machine(world, place, name, recipe)
        number = ITEMS[item].id
        assert _insert(world.state, entity, number, LOTS, is_inserter) == limit
        assert _insert(world.state, entity, number, LOTS, is_inserter) == 0
        contents = entity_contents(world, entity)
        assert contents == ({number: limit} if limit else {})


def test_steel_is_smelted_after_research(flat_world, place) -> None:
    world = flat_world()
    world.tables["force_recipe"]["enabled"][RECIPES["steel-plate"].id] = True
    furnace = place(world, "stone-furnace", 0, 0)
    assert _insert(world.state, furnace, ITEMS["iron-plate"].id, LOTS, True) == 10


def test_one_ore_at_a_time(flat_world, place) -> None:
    world = flat_world()
    furnace = place(world, "stone-furnace", 0, 0)
    assert _insert(world.state, furnace, ITEMS["iron-ore"].id, 1, True) == 1
    assert _insert(world.state, furnace, ITEMS["copper-ore"].id, 1, True) == 0
    assert _insert(world.state, furnace, ITEMS["iron-ore"].id, LOTS, True) == 1


def test_people_may_add_to_what_inserters_brought(flat_world, place) -> None:
    world = flat_world()
    furnace = place(world, "stone-furnace", 0, 0)
    assert _insert(world.state, furnace, ITEMS["coal"].id, LOTS, True) == 5
    assert _insert(world.state, furnace, ITEMS["coal"].id, LOTS, False) == 45
    assert _insert(world.state, furnace, ITEMS["coal"].id, LOTS, True) == 0


def test_inserters_stop_while_products_wait(flat_world, place) -> None:
    world = flat_world()
    entity = machine(world, place, "assembling-machine-1", "iron-gear-wheel")
    plate, gear = ITEMS["iron-plate"].id, ITEMS["iron-gear-wheel"].id
    result = find_inventory(world, entity, 3)
    insert_items(world, result, gear, 1)
    assert _insert(world.state, entity, plate, 1, True) == 1
    insert_items(world, result, gear, 1)
    assert _insert(world.state, entity, plate, 1, True) == 0
    assert _insert(world.state, entity, plate, 1, False) == 1


@pytest.mark.parametrize(
    ("recipe", "speed", "crafts"),
    [
        ("iron-gear-wheel", 0.5, 2),
        ("iron-gear-wheel", 1.25, 3),
        ("iron-plate", 2.0, 2),
        ("copper-cable", 5.0, 12),
        ("copper-cable", 500.0, 100),
    ],
)
def test_overload_multiplier(
    flat_world, recipe: str, speed: float, crafts: int
) -> None:
    world = flat_world()
    assert _multiplier(world.state, RECIPES[recipe].id, speed) == crafts


def test_taking_leaves_fuel_and_ingredients(flat_world, place) -> None:
    world = flat_world()
    furnace = place(world, "stone-furnace", 0, 0)
    coal, ore, plate = (ITEMS[n].id for n in ("coal", "iron-ore", "iron-plate"))
    _insert(world.state, furnace, coal, 3, False)
    _insert(world.state, furnace, ore, 3, False)
    insert_items(world, find_inventory(world, furnace, 3), plate, 3)
    assert _take(world.state, furnace, coal, 3) == (0, 0)
    assert _take(world.state, furnace, ore, 3) == (0, 0)
    assert _take(world.state, furnace, plate, 2) == (3, 2)
    assert entity_contents(world, furnace) == {coal: 3, ore: 3, plate: 1}


def test_taking_from_a_chest_begins_at_the_back(flat_world, place) -> None:
    world = flat_world()
    chest = place(world, "wooden-chest", 0, 0)
    plate = ITEMS["iron-plate"].id
    _insert(world.state, chest, plate, 150, False)
    assert _take(world.state, chest, plate, 60) == (150, 60)
    first = int(world.tables["inventory"]["first_slot"][1])
    counts = world.tables["slot"]["count"][first : first + 2]
    assert counts.tolist() == [90, 0]
