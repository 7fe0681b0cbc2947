"""Building one entity over another: what goes over and what is left."""

from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest

from fle_marl.prototypes import load
from fle_marl.sim.actions.build import entity_contents
from fle_marl.sim.actions.fast_replace import fast_replace, find_replaceable
from fle_marl.sim.actions.inventory import find_inventory, set_bar
from fle_marl.sim.actions.items import insert_into
from fle_marl.sim.actions.transport_line import insert_at, lines_of_belt
from fle_marl.sim.engine import advance
from fle_marl.sim.schedule import refreshed
from fle_marl.sim.systems.crafting_machine import set_recipe
from fle_marl.sim.systems.electric_pole import pole_neighbours
from fle_marl.sim.systems.inserter import set_filter
from fle_marl.sim.world import World

ITEMS, ENTITIES = load().items, load().entities
COAL, ORE, PLATE = (ITEMS[name].id for name in ("coal", "iron-ore", "iron-plate"))
CHEST = 1  # defines.inventory.chest

Place = Callable[..., int]


def replace(
    world: World, old: int, name: str, direction: int = 0
) -> tuple[int, dict[int, int]]:
    record = world.entity[old]
    place = int(record["x"]), int(record["y"])
    assert find_replaceable(world, ENTITIES[name], *place) == old
    return fast_replace(world, old, name, direction=direction, force=1)


@pytest.mark.parametrize(
    ("old", "new", "is_possible"),
    [
        ("wooden-chest", "iron-chest", True),
        ("steel-chest", "wooden-chest", True),
        ("wooden-chest", "transport-belt", False),
        ("inserter", "stack-filter-inserter", True),
        ("stone-furnace", "steel-furnace", True),
        ("stone-furnace", "electric-furnace", False),  # larger
        ("transport-belt", "express-transport-belt", True),
        ("transport-belt", "underground-belt", True),
    ],
)
def test_what_can_be_replaced(
    flat_world: Any, place: Place, old: str, new: str, is_possible: bool
) -> None:
    world = flat_world()
    row = place(world, old, 0.5, 0.5)
    record = world.entity[row]
    found = find_replaceable(world, ENTITIES[new], int(record["x"]), int(record["y"]))
    assert found == (row if is_possible else 0)


def test_a_smaller_chest_returns_what_it_cannot_hold(
    flat_world: Any, place: Place
) -> None:
    world = flat_world()
    chest = place(world, "iron-chest", 0.5, 0.5)
    insert_into(world, chest, COAL, 50 * 20)
    new, left = replace(world, chest, "wooden-chest")
    assert entity_contents(world, new) == {COAL: 50 * 16}
    assert left == {COAL: 50 * 4}


def test_the_bar_stays(flat_world: Any, place: Place) -> None:
    world = flat_world()
    chest = place(world, "wooden-chest", 0.5, 0.5)
    set_bar(world, find_inventory(world, chest, CHEST), 3)
    new, _ = replace(world, chest, "steel-chest")
    inventory = find_inventory(world, new, CHEST)
    assert int(world.tables["inventory"]["bar"][inventory]) == 3


def test_a_furnace_keeps_its_fire_fuel_and_ore(flat_world: Any, place: Place) -> None:
    world = flat_world()
    furnace = place(world, "stone-furnace", 0, 0)
    insert_into(world, furnace, COAL, 3)
    insert_into(world, furnace, ORE, 4)
    advance(world, 10)
    before = Counter(entity_contents(world, furnace))
    fire = world.tables["burner"][world.entity["burner"][furnace]].copy()
    new, left = replace(world, furnace, "steel-furnace")
    assert left == {}
    assert Counter(entity_contents(world, new)) == before
    burner = world.tables["burner"][world.entity["burner"][new]]
    assert burner["remaining_joules"] == fire["remaining_joules"]
    assert burner["currently_burning"] == COAL


def test_a_machine_keeps_its_recipe_and_items(flat_world: Any, place: Place) -> None:
    world = flat_world()
    machine = place(world, "assembling-machine-1", 0.5, 0.5)
    gear = load().recipes["iron-gear-wheel"].id
    set_recipe(world, machine, gear)
    insert_into(world, machine, PLATE, 6)
    new, left = replace(world, machine, "assembling-machine-3")
    row = world.tables["crafting_machine"][int(world.entity["component"][new])]
    assert row["recipe"] == gear
    assert entity_contents(world, new) == {PLATE: 6}
    assert left == {}


def test_items_stay_where_they_lie_on_a_belt(flat_world: Any, place: Place) -> None:
    world = flat_world()
    belt = place(world, "transport-belt", 0.5, 0.5, 2)
    for position in (0.25, 0.5):
        assert insert_at(world, lines_of_belt(world, belt)[0], position, ORE)
    refreshed(world)
    new, left = replace(world, belt, "fast-transport-belt", 2)
    assert entity_contents(world, new) == {ORE: 2}
    assert left == {}


def test_an_inserter_keeps_hand_and_filters(flat_world: Any, place: Place) -> None:
    world = flat_world()
    inserter = place(world, "filter-inserter", 0.5, 0.5)
    set_filter(world, inserter, 1, ORE)
    row = world.tables["inserter"][int(world.entity["component"][inserter])]
    row["hand_item"], row["hand_count"], row["phase"] = ORE, 1, 1
    new, left = replace(world, inserter, "stack-filter-inserter")
    row = world.tables["inserter"][int(world.entity["component"][new])]
    assert (row["hand_item"], row["hand_count"], row["filters"][0]) == (ORE, 1, ORE)
    assert left == {}


def test_an_arm_without_filters_loses_them(flat_world: Any, place: Place) -> None:
    world = flat_world()
    inserter = place(world, "filter-inserter", 0.5, 0.5)
    set_filter(world, inserter, 1, ORE)
    new, _ = replace(world, inserter, "fast-inserter")
    row = world.tables["inserter"][int(world.entity["component"][new])]
    assert not row["filters"].any()


def test_a_pole_keeps_its_wires(flat_world: Any, place: Place) -> None:
    world = flat_world()
    left_pole = place(world, "small-electric-pole", -5.5, 0.5)
    middle = place(world, "small-electric-pole", 0.5, 0.5)
    right_pole = place(world, "small-electric-pole", 6.5, 0.5)
    new, _ = replace(world, middle, "medium-electric-pole")
    assert set(pole_neighbours(world, new)) == {left_pole, right_pole}
