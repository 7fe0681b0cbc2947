"""Taking entities into an inventory with all that is in them."""

import pytest

from fle_marl.defines import Inventory
from fle_marl.prototypes import load
from fle_marl.sim.actions.build import entities
from fle_marl.sim.actions.character import create_character, main_inventory, mine_entity
from fle_marl.sim.actions.inventory import (
    find_inventory,
    insert_items,
    inventory_contents,
    set_bar,
)
from fle_marl.sim.actions.items import (
    clear_items,
    has_items,
    insert_into,
    item_count,
)
from fle_marl.sim.actions.mining import mine_into, move_contents
from fle_marl.sim.actions.resource import add_resource
from fle_marl.sim.actions.transport_line import insert_at_back, lines_of_belt
from fle_marl.sim.components import KINDS
from fle_marl.sim.engine import advance
from fle_marl.sim.systems.crafting_machine import set_recipe
from fle_marl.sim.systems.inserter import hold


def item(name: str) -> int:
    return load().items[name].id


def named(contents: dict[int, int]) -> dict[str, int]:
    return {load().items.by_id(each).name: n for each, n in contents.items()}


def on_ground(world) -> dict[str, int]:
    total: dict[int, int] = {}
    for row in entities(world):
        if KINDS[world.entity["kind"][row]] == "item_on_ground":
            component = world.entity["component"][row]
            lying = world.tables["item_on_ground"][component]
            total[int(lying["item"])] = total.get(int(lying["item"]), 0) + 1
            assert lying["count"] == 1
    return named(total)


@pytest.fixture
def scene(flat_world, place):
    """A world, and a full-size chest's inventory to mine into."""
    world = flat_world()
    chest = place(world, "steel-chest", 20.5, 20.5)
    return world, find_inventory(world, chest, Inventory.chest)


def belt_with_items(world, place):
    belt = place(world, "transport-belt", 0.5, 0.5)
    for line in lines_of_belt(world, belt):
        insert_at_back(world, line, item("coal"))
    return belt, {"transport-belt": 1, "coal": 2}


def furnace_at_work(world, place):
    furnace = place(world, "stone-furnace", 0, 0)
    insert_into(world, furnace, item("coal"), 5)
    insert_into(world, furnace, item("iron-ore"), 5)
    # one ore is being smelted and one piece of coal burns; the fire is lost
    advance(world, 100)
    return furnace, {"stone-furnace": 1, "coal": 4, "iron-ore": 5}


def arm_with_a_plate(world, place):
    arm = place(world, "burner-inserter", 0.5, 0.5)
    insert_into(world, arm, item("coal"), 1)
    hold(world, arm, item("iron-plate"), 1)
    return arm, {"burner-inserter": 1, "coal": 1, "iron-plate": 1}


def machine_with_ingredients(world, place):
    machine = place(world, "assembling-machine-1", 0.5, 0.5)
    set_recipe(world, machine, load().recipes["iron-gear-wheel"].id)
    insert_into(world, machine, item("iron-plate"), 7)
    return machine, {"assembling-machine-1": 1, "iron-plate": 7}


FILLED = [belt_with_items, furnace_at_work, arm_with_a_plate, machine_with_ingredients]


@pytest.mark.parametrize("build", FILLED)
def test_what_is_in_it_comes_along(scene, place, build):
    world, chest = scene
    entity, expected = build(world, place)
    assert mine_into(world, entity, chest).is_done
    assert world.entity["prototype"][entity] <= 0
    assert named(inventory_contents(world, chest)) == expected
    assert on_ground(world) == {}


def test_what_does_not_fit_stays_or_falls(scene, place):
    world, chest = scene
    entity, _ = belt_with_items(world, place)
    set_bar(world, chest, 1)  # room for the belt itself
    before = world.state_hash()
    assert not mine_into(world, entity, chest).is_done
    assert world.state_hash() == before
    assert mine_into(world, entity, chest, is_forced=True).is_done
    assert named(inventory_contents(world, chest)) == {"transport-belt": 1}
    assert on_ground(world) == {"coal": 2}


def test_without_an_inventory_all_is_gone(scene, place):
    world, chest = scene
    entity, _ = belt_with_items(world, place)
    assert mine_into(world, entity, 0) == (True, {item("transport-belt"): 1})
    assert world.entity["prototype"][entity] <= 0
    assert inventory_contents(world, chest) == on_ground(world) == {}


def test_resources_give_one_at_a_time(scene):
    world, chest = scene
    ore = add_resource(world, "iron-ore", 0, 0, 2)
    for count in (1, 2):
        assert world.entity["prototype"][ore] > 0
        assert mine_into(world, ore, chest) == (True, {item("iron-ore"): 1})
        assert named(inventory_contents(world, chest)) == {"iron-ore": count}
    assert world.entity["prototype"][ore] <= 0


def test_moving_contents_leaves_what_has_no_room(scene, place):
    world, chest = scene
    source = place(world, "wooden-chest", 0.5, 0.5)
    insert_into(world, source, item("coal"), 120)
    insert_into(world, source, item("wood"), 10)
    set_bar(world, chest, 2)
    move_contents(world, source, chest)
    assert named(inventory_contents(world, chest)) == {"coal": 100}
    assert item_count(world, source, item("coal")) == 20
    assert item_count(world, source, item("wood")) == 10


def test_a_full_character_may_be_forced(flat_world, place):
    world = flat_world()
    character = create_character(world, 0, 0)
    main = main_inventory(world, character)
    insert_items(world, main, item("iron-plate"), 80 * 100)
    chest = place(world, "wooden-chest", 2.5, 0.5)
    insert_into(world, chest, item("coal"), 3)
    assert not mine_entity(world, character, chest)
    assert item_count(world, chest, 0) == 3
    assert mine_entity(world, character, chest, is_forced=True)
    assert on_ground(world) == {"wooden-chest": 1, "coal": 3}
    assert named(inventory_contents(world, main)) == {"iron-plate": 8000}


@pytest.mark.parametrize("build", FILLED)
def test_clearing(scene, place, build):
    world, _ = scene
    entity, _ = build(world, place)
    assert has_items(world, entity)
    clear_items(world, entity)
    assert not has_items(world, entity)
    assert world.entity["prototype"][entity] > 0


@pytest.mark.parametrize(
    "name", ["wooden-chest", "transport-belt", "inserter", "small-electric-pole"]
)
def test_nothing_is_in_new_entities(flat_world, place, name):
    world = flat_world()
    assert not has_items(world, place(world, name, 0.5, 0.5))
