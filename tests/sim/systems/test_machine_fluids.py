"""Recipes with fluids: which box takes what, when crafts begin, and what comes out."""

from collections.abc import Callable
from typing import Any

import pytest

from fle_marl.defines import EntityStatus
from fle_marl.prototypes import load
from fle_marl.sim.actions.build import has_direction, rotate_entity
from fle_marl.sim.actions.items import insert_into, item_count
from fle_marl.sim.engine import advance
from fle_marl.sim.parts import fluidboxes_of
from fle_marl.sim.schedule import refreshed
from fle_marl.sim.systems.crafting_machine import set_recipe
from fle_marl.sim.systems.fluid_network import connected_boxes
from fle_marl.sim.world import World

FLUIDS, ITEMS, RECIPES = load().fluids, load().items, load().recipes
EAST = 2

Place = Callable[..., int]


def give(world: World, box: int, fluid: str, amount: float) -> None:
    row = world.tables["fluidbox"][box]
    row["fluid"] = FLUIDS[fluid].id
    row["amount"] = amount
    row["temperature"] = FLUIDS[fluid].default_temperature


def amounts(world: World, entity: int) -> list[float]:
    boxes = world.tables["fluidbox"]["amount"]
    return [float(boxes[box]) for box in fluidboxes_of(world, entity)]


def filters(world: World, entity: int) -> list[str]:
    rows = world.tables["fluidbox"]["filter"][fluidboxes_of(world, entity)]
    return [FLUIDS.by_id(int(row)).name if row else "" for row in rows]


def status(world: World, entity: int) -> str:
    return EntityStatus(world.entity["status"][entity]).name


@pytest.fixture
def machine(flat_world: Any, place: Place) -> Callable[..., tuple[World, int]]:
    def make(name: str, recipe: str) -> tuple[World, int]:
        """A machine with power for ever."""
        world = flat_world()
        entity = place(world, name, 0.5, 0.5)
        set_recipe(world, entity, RECIPES[recipe].id)
        refreshed(world)
        source = world.tables["electric"][world.entity["electric"][entity]]
        source["buffer_joules"] = source["capacity_joules"] = 1e12
        source["drain_joules"] = 0.0
        return world, entity

    return make


@pytest.mark.parametrize(
    ("name", "recipe", "expected"),
    [
        ("assembling-machine-2", "electric-engine-unit", ["lubricant", ""]),
        ("assembling-machine-2", "iron-gear-wheel", []),
        (
            "chemical-plant",
            "heavy-oil-cracking",
            ["water", "heavy-oil", "light-oil", ""],
        ),
        ("chemical-plant", "plastic-bar", ["petroleum-gas", "", "", ""]),
        (
            "oil-refinery",
            "advanced-oil-processing",
            ["water", "crude-oil", "heavy-oil", "light-oil", "petroleum-gas"],
        ),
        # the recipe names the second input and the third output
        (
            "oil-refinery",
            "basic-oil-processing",
            ["", "crude-oil", "", "", "petroleum-gas"],
        ),
    ],
)
def test_each_fluid_has_its_box(machine, name, recipe, expected) -> None:
    world, entity = machine(name, recipe)
    assert filters(world, entity) == expected


def test_a_craft_takes_and_gives_its_fluids(machine) -> None:
    world, plant = machine("chemical-plant", "sulfuric-acid")
    water, _, acid, _ = fluidboxes_of(world, plant)
    insert_into(world, plant, ITEMS["sulfur"].id, 5)
    insert_into(world, plant, ITEMS["iron-plate"].id, 1)
    give(world, water, "water", 99.0)
    advance(world, 30)
    assert status(world, plant) == "fluid_ingredient_shortage"
    give(world, water, "water", 130.0)
    advance(world, 1)
    assert amounts(world, plant)[0] == 30.0
    advance(world, 60)  # one second at speed 1
    assert amounts(world, plant) == [30.0, 0.0, 50.0, 0.0]
    assert world.tables["fluidbox"]["fluid"][acid] == FLUIDS["sulfuric-acid"].id
    assert world.tables["fluid_flow"]["consumed"][FLUIDS["water"].id] == 100.0
    assert world.tables["fluid_flow"]["produced"][FLUIDS["sulfuric-acid"].id] == 50.0


def test_a_full_output_stops_the_machine_until_it_is_emptied(machine) -> None:
    world, refinery = machine("oil-refinery", "advanced-oil-processing")
    water, crude, *_ = fluidboxes_of(world, refinery)
    give(world, water, "water", 1000.0)
    give(world, crude, "crude-oil", 1000.0)
    advance(world, 60 * 60)
    # once 55 petroleum gas; a second time has no room in 100
    assert amounts(world, refinery)[2:] == [25.0, 45.0, 55.0]
    assert status(world, refinery) == "full_output"
    finished = int(world.tables["crafting_machine"]["products_finished"][1])
    for box in fluidboxes_of(world, refinery)[2:]:
        world.tables["fluidbox"]["amount"][box] = 0.0
    advance(world, 5 * 60 + 2)
    assert int(world.tables["crafting_machine"]["products_finished"][1]) == finished + 1


def test_fluid_comes_over_a_pipe_and_wakes_the_machine(machine, place: Place) -> None:
    world, assembler = machine("assembling-machine-2", "electric-engine-unit")
    pipe = place(world, "pipe", 0.5, -1.5)
    (box,) = fluidboxes_of(world, pipe)
    assert connected_boxes(world, box) == [fluidboxes_of(world, assembler)[0]]
    for name, count in (("engine-unit", 1), ("electronic-circuit", 2)):
        insert_into(world, assembler, ITEMS[name].id, count)
    advance(world, 10)
    give(world, box, "lubricant", 60.0)
    advance(world, 60 * 20)
    assert item_count(world, assembler, ITEMS["electric-engine-unit"].id) == 1
    assert sum(amounts(world, assembler)) + sum(amounts(world, pipe)) == pytest.approx(
        45
    )


def test_another_recipe_empties_and_closes_the_boxes(machine, place: Place) -> None:
    world, assembler = machine("assembling-machine-2", "electric-engine-unit")
    pipe = place(world, "pipe", 0.5, -1.5)
    give(world, fluidboxes_of(world, assembler)[0], "lubricant", 60.0)
    assert has_direction(world, assembler)
    set_recipe(world, assembler, RECIPES["iron-gear-wheel"].id)
    refreshed(world)
    assert fluidboxes_of(world, assembler) == []
    assert connected_boxes(world, fluidboxes_of(world, pipe)[0]) == []
    assert not has_direction(world, assembler)


def test_a_turned_machine_has_its_openings_elsewhere(machine, place: Place) -> None:
    world, assembler = machine("assembling-machine-2", "electric-engine-unit")
    north = place(world, "pipe", 0.5, -1.5)
    east = place(world, "pipe", 2.5, 0.5)
    rotate_entity(world, assembler, EAST)
    assert connected_boxes(world, fluidboxes_of(world, north)[0]) == []
    assert connected_boxes(world, fluidboxes_of(world, east)[0]) == [
        fluidboxes_of(world, assembler)[0]
    ]
