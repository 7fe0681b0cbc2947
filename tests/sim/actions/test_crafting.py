"""Crafting by hand: planning, the queue, cancelling; nothing appears or disappears."""

from collections import Counter
from fractions import Fraction

import numpy as np
import pytest

from fle_marl.prototypes import load
from fle_marl.sim.actions.build import destroy_entity, entity_contents
from fle_marl.sim.actions.character import create_character, main_inventory
from fle_marl.sim.actions.crafting import (
    begin_crafting,
    cancel_crafting,
    craftable_count,
    crafting_progress,
    crafting_queue,
)
from fle_marl.sim.actions.inventory import (
    insert_items,
    inventory_contents,
    remove_items,
)
from fle_marl.sim.engine import advance
from fle_marl.sim.world import World


def item(name: str) -> int:
    return load().items[name].id


def recipe(name: str) -> int:
    return load().recipes[name].id


def make(flat_world, **items: int) -> tuple[World, int]:
    world = flat_world()
    character = create_character(world, 0, 0)
    for name, count in items.items():
        wanted = item(name.replace("_", "-"))
        assert insert_items(world, main_inventory(world, character), wanted, count)
    return world, character


def held(world: World, character: int) -> dict[str, int]:
    contents = inventory_contents(world, main_inventory(world, character))
    return {load().items.by_id(row).name: count for row, count in contents.items()}


def queue(world: World, character: int) -> list[tuple[str, int, bool]]:
    return [
        (load().recipes.by_id(each.recipe).name, each.count, each.is_prerequisite)
        for each in crafting_queue(world, character)
    ]


def raw_value(name: str) -> Counter[str]:
    """What an item is made of, in items that are not made by hand."""
    for candidate in load().recipes.values():
        products = candidate.products
        is_by_hand = candidate.category == "crafting"
        if is_by_hand and products[0].name == name and name != "wood":
            total: Counter[str] = Counter()
            for part in candidate.ingredients:
                for raw, amount in raw_value(part.name).items():
                    share = Fraction(int(part.amount), int(products[0].amount or 1))
                    total[raw] += amount * share
            return total
    return Counter({name: Fraction(1)})


def total_value(world: World, character: int) -> Counter[str]:
    total: Counter[str] = Counter()
    for row, count in entity_contents(world, character).items():
        for raw, amount in raw_value(load().items.by_id(row).name).items():
            total[raw] += amount * count
    return total


def test_ingredients_go_at_once_and_products_come_one_by_one(flat_world):
    world, character = make(flat_world, iron_plate=10)
    assert begin_crafting(world, character, recipe("iron-gear-wheel"), 3) == 3
    assert held(world, character) == {"iron-plate": 4}
    assert queue(world, character) == [("iron-gear-wheel", 3, False)]
    advance(world, 15)
    assert crafting_progress(world, character) == pytest.approx(0.5)
    advance(world, 15)
    assert held(world, character) == {"iron-plate": 4, "iron-gear-wheel": 1}
    assert queue(world, character) == [("iron-gear-wheel", 2, False)]
    advance(world, 60)
    assert held(world, character) == {"iron-plate": 4, "iron-gear-wheel": 3}
    assert queue(world, character) == []
    assert crafting_progress(world, character) == 0


def test_starts_no_more_than_there_is_material_for(flat_world):
    world, character = make(flat_world, iron_plate=7)
    assert craftable_count(world, character, recipe("iron-gear-wheel")) == 3
    assert begin_crafting(world, character, recipe("iron-gear-wheel"), 5) == 3
    assert begin_crafting(world, character, recipe("iron-gear-wheel"), 5) == 0
    assert held(world, character) == {"iron-plate": 1}


@pytest.mark.parametrize(
    ("name", "count"),
    [
        ("iron-gear-wheel", 50),
        ("electronic-circuit", 66),  # 66 circuits take 99 copper plates
        ("inserter", 25),
        ("transport-belt", 33),
        ("pipe", 100),
        ("iron-plate", 0),  # a furnace's
        ("engine-unit", 0),  # an assembling machine's
        ("automation-science-pack", 50),
        ("steel-chest", 0),  # not researched
    ],
)
def test_craftable_count(flat_world, name, count):
    world, character = make(flat_world, iron_plate=100, copper_plate=100)
    assert craftable_count(world, character, recipe(name)) == count


def test_recipes_must_be_enabled_also_on_the_way(flat_world):
    world, character = make(flat_world, iron_plate=100, copper_plate=100)
    enabled = world.tables["force_recipe"]["enabled"]
    enabled[recipe("copper-cable")] = False
    assert craftable_count(world, character, recipe("electronic-circuit")) == 0
    assert begin_crafting(world, character, recipe("electronic-circuit"), 1) == 0
    assert craftable_count(world, character, recipe("iron-gear-wheel")) == 50


def test_prerequisites_come_first_and_stay_out_of_the_inventory(flat_world):
    world, character = make(flat_world, iron_plate=10, copper_plate=10)
    assert begin_crafting(world, character, recipe("inserter"), 2) == 2
    assert queue(world, character) == [
        ("copper-cable", 3, True),
        ("electronic-circuit", 2, True),
        ("iron-gear-wheel", 2, True),
        ("inserter", 2, False),
    ]
    assert held(world, character) == {"iron-plate": 2, "copper-plate": 7}
    advance(world, 30 * 8)
    assert held(world, character) == {"iron-plate": 2, "copper-plate": 7, "inserter": 1}
    advance(world, 30)
    assert held(world, character)["inserter"] == 2
    flow = world.tables["item_flow"]
    assert flow["hand_crafted"][item("copper-cable")] == 6
    assert flow["consumed"][item("copper-cable")] == 6
    assert flow["consumed"][item("copper-plate")] == 3


def test_what_is_at_hand_is_used_first(flat_world):
    world, character = make(flat_world, iron_plate=5, copper_cable=4, copper_plate=5)
    assert begin_crafting(world, character, recipe("electronic-circuit"), 2) == 2
    assert queue(world, character)[0] == ("copper-cable", 1, True)
    assert held(world, character) == {"iron-plate": 3, "copper-plate": 4}


def test_crafting_waits_while_there_is_no_room(flat_world):
    world, character = make(flat_world, iron_plate=2)
    inventory = main_inventory(world, character)
    insert_items(world, inventory, item("coal"), 79 * 50)
    begin_crafting(world, character, recipe("iron-gear-wheel"), 1)
    insert_items(world, inventory, item("coal"), 50)
    advance(world, 100)
    assert queue(world, character) == [("iron-gear-wheel", 1, False)]
    assert crafting_progress(world, character) == pytest.approx(1)
    remove_items(world, inventory, item("coal"), 50)
    advance(world, 1)
    assert held(world, character)["iron-gear-wheel"] == 1


def test_crafting_speed_modifier(flat_world):
    world, character = make(flat_world, iron_plate=20)
    row = world.entity["component"][character]
    world.tables["character"]["crafting_speed_modifier"][row] = 1.0
    begin_crafting(world, character, recipe("iron-gear-wheel"), 10)
    advance(world, 150)
    assert held(world, character) == {"iron-gear-wheel": 10}


def test_cancelling_gives_the_ingredients_back(flat_world):
    world, character = make(flat_world, iron_plate=10)
    begin_crafting(world, character, recipe("iron-gear-wheel"), 5)
    advance(world, 45)
    assert cancel_crafting(world, character, 0, 3) == 3
    assert held(world, character) == {"iron-plate": 6, "iron-gear-wheel": 1}
    assert crafting_progress(world, character) == pytest.approx(0.5)
    assert cancel_crafting(world, character, 0, 99) == 1
    assert held(world, character) == {"iron-plate": 8, "iron-gear-wheel": 1}
    assert queue(world, character) == []
    assert crafting_progress(world, character) == 0


def test_cancelling_takes_unneeded_prerequisites_along(flat_world):
    world, character = make(flat_world, iron_plate=100, copper_plate=100)
    before = held(world, character)
    begin_crafting(world, character, recipe("inserter"), 5)
    last = len(queue(world, character)) - 1
    assert cancel_crafting(world, character, last, 3) == 3
    assert queue(world, character) == [
        ("copper-cable", 3, True),
        ("electronic-circuit", 2, True),
        ("iron-gear-wheel", 2, True),
        ("inserter", 2, False),
    ]
    assert cancel_crafting(world, character, last, 2) == 2
    assert queue(world, character) == []
    assert held(world, character) == before


def test_cancelling_a_prerequisite_cancels_what_needs_it(flat_world):
    world, character = make(flat_world, iron_plate=100, copper_plate=100)
    before = held(world, character)
    begin_crafting(world, character, recipe("inserter"), 5)
    assert (
        cancel_crafting(world, character, 0, 1) == 2
    )  # two cables, but three a circuit
    assert queue(world, character)[-1] == ("inserter", 4, False)
    assert cancel_crafting(world, character, 1, 99) == 4
    assert queue(world, character) == []
    assert held(world, character) == before


def test_cancelling_what_does_not_fit_changes_nothing(flat_world):
    world, character = make(flat_world, iron_plate=2)
    begin_crafting(world, character, recipe("iron-gear-wheel"), 1)
    insert_items(world, main_inventory(world, character), item("coal"), 80 * 50)
    before = world.state_hash()
    assert cancel_crafting(world, character, 0, 1) == 0
    assert world.state_hash() == before


@pytest.mark.parametrize(("index", "count"), [(-1, 1), (1, 1), (0, 0), (0, -2)])
def test_cancelling_nothing(flat_world, index, count):
    world, character = make(flat_world, iron_plate=2)
    begin_crafting(world, character, recipe("iron-gear-wheel"), 1)
    before = world.state_hash()
    assert cancel_crafting(world, character, index, count) == 0
    assert world.state_hash() == before


def test_orders_of_removed_characters_are_given_back(flat_world):
    world, character = make(flat_world, iron_plate=100, copper_plate=100)
    begin_crafting(world, character, recipe("inserter"), 5)
    destroy_entity(world, character)
    assert not (world.tables["crafting_order"]["entity"] > 0).any()
    again = create_character(world, 0, 0)
    assert queue(world, again) == []


@pytest.mark.parametrize("seed", range(6))
def test_nothing_appears_or_disappears(flat_world, seed):
    world, character = make(
        flat_world, iron_plate=400, copper_plate=300, wood=50, stone=80
    )
    rng = np.random.default_rng(seed)
    names = (
        "iron-gear-wheel",
        "electronic-circuit",
        "inserter",
        "burner-mining-drill",
        "small-electric-pole",
        "transport-belt",
        "automation-science-pack",
    )
    before = total_value(world, character)
    for _ in range(60):
        choice = rng.integers(3)
        if choice == 0:
            name = names[int(rng.integers(len(names)))]
            begin_crafting(world, character, recipe(name), int(rng.integers(1, 6)))
        elif choice == 1:
            orders = len(queue(world, character))
            index = int(rng.integers(orders + 1))
            cancel_crafting(world, character, index, int(rng.integers(1, 4)))
        else:
            advance(world, int(rng.integers(1, 200)))
        assert total_value(world, character) == before
    advance(world, 20_000)
    assert queue(world, character) == []
    assert total_value(world, character) == before


def test_crafting_in_many_short_runs_is_the_same(flat_world):
    def run(lengths: list[int]) -> str:
        world, character = make(flat_world, iron_plate=100, copper_plate=100)
        begin_crafting(world, character, recipe("inserter"), 5)
        for ticks in lengths:
            advance(world, ticks)
        return world.state_hash()

    assert run([500]) == run([1] * 500) == run([7] * 71 + [3])
