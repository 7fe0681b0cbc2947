"""What inventories take, and which have a bar or filters."""

import pytest

from fle_marl.defines import Inventory
from fle_marl.prototypes import load
from fle_marl.sim.actions.character import create_character
from fle_marl.sim.actions.inventory import (
    find_inventory,
    insert_items,
    inventory_contents,
    inventory_slots,
    set_bar,
)
from fle_marl.sim.actions.inventory_rules import (
    accepts,
    accepts_filter,
    empty_slots,
    insert_accepted,
    is_full,
    set_slot_filter,
    supports_bar,
    supports_filters,
)
from fle_marl.sim.systems.crafting_machine import set_recipe


def item(name: str) -> int:
    return load().items[name].id


@pytest.fixture
def inventory(flat_world, place):
    """``inventory(name, define)``: a world with one entity, and its inventory."""

    def make(name, define):
        world = flat_world()
        if name == "character":
            entity = create_character(world, 0, 0)
        else:
            entity = place(world, name, 0.5, 0.5)
        return world, find_inventory(world, entity, define)

    return make


ACCEPTED = [
    ("stone-furnace", Inventory.fuel, ["coal", "wood"], ["iron-ore", "iron-plate"]),
    ("stone-furnace", Inventory.furnace_source, ["iron-ore", "stone"], ["coal", "lab"]),
    ("wooden-chest", Inventory.chest, ["coal", "satellite", "pistol"], []),
    ("character", Inventory.character_main, ["coal", "pistol"], []),
    ("character", Inventory.character_guns, ["pistol"], ["coal", "firearm-magazine"]),
    ("character", Inventory.character_ammo, ["firearm-magazine"], ["pistol"]),
    ("character", Inventory.character_armor, ["light-armor"], ["coal"]),
]


@pytest.mark.parametrize(("name", "define", "yes", "no"), ACCEPTED)
def test_what_is_accepted(inventory, name, define, yes, no):
    world, row = inventory(name, define)
    assert all(accepts(world, row, item(each)) for each in yes)
    assert not any(accepts(world, row, item(each)) for each in no)


def test_what_is_not_accepted_is_not_made(inventory):
    world, fuel = inventory("stone-furnace", Inventory.fuel)
    assert insert_accepted(world, fuel, item("iron-plate"), 5) == 0
    assert insert_accepted(world, fuel, item("coal"), 80) == 50  # one stack
    assert inventory_contents(world, fuel) == {item("coal"): 50}


def test_ores_that_cannot_be_smelted_yet(inventory):
    world, source = inventory("stone-furnace", Inventory.furnace_source)
    # steel needs a technology
    assert not accepts(world, source, item("iron-plate"))
    world.tables["force_recipe"]["enabled"][load().recipes["steel-plate"].id] = True
    assert accepts(world, source, item("iron-plate"))


def test_ingredients_go_into_the_slots_of_the_recipe(flat_world, place):
    world = flat_world()
    machine = place(world, "assembling-machine-1", 0.5, 0.5)
    set_recipe(world, machine, load().recipes["electronic-circuit"].id)
    row = find_inventory(world, machine, Inventory.assembling_machine_input)
    # the recipe names iron plates first
    assert insert_accepted(world, row, item("copper-cable"), 6) == 6
    assert insert_accepted(world, row, item("coal"), 1) == 0
    assert inventory_slots(world, row)["count"].tolist() == [0, 6]


@pytest.mark.parametrize(
    ("name", "define", "has_bar", "has_filters"),
    [
        ("wooden-chest", Inventory.chest, True, False),
        ("steel-chest", Inventory.chest, True, False),
        ("logistic-chest-storage", Inventory.chest, True, False),
        ("big-ship-wreck-1", Inventory.chest, False, False),
        ("stone-furnace", Inventory.fuel, False, False),
        ("character", Inventory.character_main, False, True),
        ("character", Inventory.character_guns, False, True),
        ("character", Inventory.character_armor, False, False),
    ],
)
def test_bars_and_filters(inventory, name, define, has_bar, has_filters):
    world, row = inventory(name, define)
    assert supports_bar(world, row) is has_bar
    assert supports_filters(world, row) is has_filters


def test_full_in_front_of_the_bar(inventory):
    world, row = inventory("wooden-chest", Inventory.chest)
    insert_items(world, row, item("coal"), 100)
    assert not is_full(world, row)
    set_bar(world, row, 2)
    assert is_full(world, row)
    set_bar(world, row, 3)
    assert not is_full(world, row)


# --- filters


def test_a_filter_keeps_its_slot(inventory):
    world, row = inventory("character", Inventory.character_main)
    for index in range(80):
        assert set_slot_filter(world, row, index, item("wood"))
    assert set_slot_filter(world, row, 3, item("coal"))
    assert insert_items(world, row, item("coal"), 500) == 50
    assert inventory_slots(world, row)["count"][3] == 50
    assert set_slot_filter(world, row, 4, 0)
    assert insert_items(world, row, item("coal"), 500) == 50


def test_filters_that_cannot_be(inventory):
    world, guns = inventory("character", Inventory.character_guns)
    before = world.state_hash()
    assert not accepts_filter(world, guns, item("coal"))
    assert not set_slot_filter(world, guns, 0, item("coal"))
    assert world.state_hash() == before
    assert set_slot_filter(world, guns, 0, item("pistol"))
    chest_world, chest = inventory("wooden-chest", Inventory.chest)
    assert not accepts_filter(chest_world, chest, item("coal"))


def test_empty_slots(inventory):
    world, row = inventory("character", Inventory.character_main)
    insert_items(world, row, item("coal"), 60)  # slots 0 and 1
    set_slot_filter(world, row, 2, item("wood"))
    set_bar(world, row, 5)

    def first(*, item=0, filtered=False, bar=True):
        found = empty_slots(
            world, row, include_filtered=filtered, include_bar=bar, item=item
        )
        return found[0], len(found)

    assert first() == (3, 77)
    assert first(filtered=True) == (2, 78)
    assert first(item=item("wood")) == (2, 78)
    assert first(item=item("coal")) == (3, 77)
    assert first(bar=False) == (3, 2)
