"""What would bring different fluids together, which the game refuses to players."""

from collections.abc import Callable
from typing import Any

import pytest

from fle_marl.prototypes import load
from fle_marl.sim.actions.fluid_mixing import (
    recipe_would_mix,
    turning_would_mix,
    would_mix,
)
from fle_marl.sim.engine import advance
from fle_marl.sim.parts import fluidboxes_of
from fle_marl.sim.schedule import refreshed
from fle_marl.sim.systems.crafting_machine import set_recipe
from fle_marl.sim.world import World
from fle_marl.units import tiles_to_units

NORTH, EAST, SOUTH, WEST = 0, 2, 4, 6
FLUIDS, RECIPES, ENTITIES = load().fluids, load().recipes, load().entities
WATER, OIL = "water", "crude-oil"

Place = Callable[..., int]


@pytest.fixture
def pipe(flat_world: Any, place: Place) -> tuple[World, Callable[..., int]]:
    """A world, and a function that builds a pipe that holds a fluid."""
    world = flat_world()

    def build(x: float, y: float, fluid: str = "", name: str = "pipe", **more) -> int:
        entity = place(world, name, x, y, **more)
        if fluid:
            fill(world, entity, fluid)
        return entity

    return world, build


def fill(world: World, entity: int, fluid: str) -> None:
    row = world.tables["fluidbox"][fluidboxes_of(world, entity)[0]]
    row["fluid"], row["amount"] = FLUIDS[fluid].id, 10.0
    row["temperature"] = FLUIDS[fluid].default_temperature


def would(
    world: World, name: str, x: float, y: float, direction: int = NORTH, recipe=""
) -> bool:
    refreshed(world)
    number = RECIPES[recipe].id if recipe else 0
    at = tiles_to_units(x), tiles_to_units(y)
    return would_mix(world, ENTITIES[name], *at, direction, recipe=number)


@pytest.mark.parametrize(
    ("fluids", "mixes"),
    [
        ((WATER, OIL), True),
        ((WATER, WATER), False),
        ((WATER, ""), False),
        (("", ""), False),
    ],
)
def test_a_pipe_between_two(pipe, fluids, mixes) -> None:
    world, build = pipe
    build(0.5, 0.5, fluids[0])
    build(2.5, 0.5, fluids[1])
    assert would(world, "pipe", 1.5, 0.5) is mixes
    assert would(world, "pipe", 1.5, 1.5) is False


def test_what_is_far_off_in_the_same_system_counts(pipe) -> None:
    world, build = pipe
    build(0.5, 0.5, WATER)
    for x in (1.5, 2.5, 3.5):
        build(x, 0.5)
    build(5.5, 0.5, OIL)
    assert would(world, "pipe", 4.5, 0.5) is True


def test_nothing_is_changed_by_asking(pipe) -> None:
    world, build = pipe
    build(0.5, 0.5, WATER)
    build(2.5, 0.5, OIL)
    refreshed(world)
    before = world.state_hash()
    assert would(world, "storage-tank", 1.5, 2.5) is False
    assert would(world, "pipe", 1.5, 0.5) is True
    assert world.state_hash() == before


@pytest.mark.parametrize(
    ("direction", "mixes"), [(NORTH, False), (EAST, True), (SOUTH, False), (WEST, True)]
)
def test_a_tank_opens_at_two_corners(pipe, direction, mixes) -> None:
    # facing north it opens above its left column and beside its lower row
    world, build = pipe
    build(1.5, -1.5, WATER)
    build(2.5, -0.5, OIL)
    assert would(world, "storage-tank", 0.5, 0.5, direction) is mixes


@pytest.mark.parametrize(("distance", "mixes"), [(10, True), (11, False)])
def test_below_the_ground(pipe, distance, mixes) -> None:
    world, build = pipe
    build(0.5, -0.5, WATER, "pipe-to-ground", direction=NORTH)
    build(0.5, distance + 0.5, OIL)
    at = 0.5, distance - 0.5
    assert would(world, "pipe-to-ground", *at, SOUTH) is mixes


def test_below_the_ground_the_nearest_counts(pipe) -> None:
    world, build = pipe
    build(0.5, 0.5, WATER, "pipe-to-ground", direction=NORTH)
    build(0.5, 4.5, "", "pipe-to-ground", direction=SOUTH)
    build(0.5, 8.5, OIL)
    # the way is taken by the one that stands nearer
    assert would(world, "pipe-to-ground", 0.5, 7.5, SOUTH) is False
    # between the two it takes the way
    build(0.5, 3.5, OIL)
    assert would(world, "pipe-to-ground", 0.5, 2.5, SOUTH) is True


@pytest.mark.parametrize(("fluid", "mixes"), [(WATER, False), (OIL, True), ("", False)])
def test_filters_count(pipe, fluid, mixes) -> None:
    world, build = pipe
    build(-1.5, 0.5, fluid)
    assert would(world, "boiler", 0.5, 0.0) is mixes


def test_a_filter_of_a_neighbour_counts_while_it_is_empty(pipe) -> None:
    world, build = pipe
    build(0.5, 0.0, "", "boiler")
    build(-2.5, 0.5, OIL)
    assert would(world, "pipe", -1.5, 0.5) is True


def test_both_sides_of_a_pump_count_for_it(pipe) -> None:
    world, build = pipe
    build(0.5, -1.5, WATER)
    build(0.5, 1.5, OIL)
    assert would(world, "pump", 0.5, 0.0, NORTH) is True
    assert would(world, "pump", 0.5, 0.0, EAST) is False


def test_recipes_of_machines_to_be_built(pipe) -> None:
    world, build = pipe
    build(0.5, -1.5, WATER)
    name = "assembling-machine-2"
    assert would(world, name, 0.5, 0.5, recipe="electric-engine-unit") is True
    assert would(world, name, 0.5, 0.5, EAST, recipe="electric-engine-unit") is False
    assert would(world, name, 0.5, 0.5, recipe="concrete") is False
    assert would(world, name, 0.5, 0.5, recipe="iron-gear-wheel") is False
    assert would(world, name, 0.5, 0.5) is False


def test_another_recipe(pipe, place: Place) -> None:
    world, build = pipe
    north = build(-0.5, -1.5)
    plant = place(world, "chemical-plant", 0.5, 0.5)
    set_recipe(world, plant, RECIPES["sulfuric-acid"].id)
    refreshed(world)
    assert recipe_would_mix(world, plant, RECIPES["plastic-bar"].id) is False
    fill(world, north, WATER)
    assert recipe_would_mix(world, plant, RECIPES["plastic-bar"].id) is True
    assert recipe_would_mix(world, plant, RECIPES["sulfuric-acid"].id) is False
    assert recipe_would_mix(world, plant, 0) is False


def test_what_another_recipe_throws_away_does_not_count(pipe, place: Place) -> None:
    world, _ = pipe
    plant = place(world, "chemical-plant", 0.5, 0.5)
    set_recipe(world, plant, RECIPES["sulfuric-acid"].id)
    fill(world, plant, WATER)
    refreshed(world)
    assert recipe_would_mix(world, plant, RECIPES["plastic-bar"].id) is False


def test_turning_a_pipe_to_the_ground(pipe) -> None:
    world, build = pipe
    build(1.5, 0.5, OIL)
    build(0.5, 1.5, WATER)
    turned = build(0.5, 0.5, WATER, "pipe-to-ground", direction=SOUTH)
    refreshed(world)
    assert turning_would_mix(world, turned, EAST) is True
    assert turning_would_mix(world, turned, WEST) is False


def test_turning_a_machine(pipe, place: Place) -> None:
    """A box that a machine turns away from its pipe does not count for the pipe."""
    world, build = pipe
    row = [build(x, -1.5) for x in (-0.5, 0.5, 1.5)]
    plant = place(world, "chemical-plant", 0.5, 0.5)
    set_recipe(world, plant, RECIPES["lubricant"].id)
    refreshed(world)
    # now heavy oil comes in from the row, then lubricant would go out into it
    assert turning_would_mix(world, plant, SOUTH) is False
    fill(world, row[1], "heavy-oil")
    assert turning_would_mix(world, plant, SOUTH) is True
    assert turning_would_mix(world, plant, EAST) is False


def test_a_script_may_build_it_and_nothing_flows(pipe) -> None:
    world, build = pipe
    water, oil = build(0.5, 0.5, WATER), build(1.5, 0.5, OIL)
    advance(world, 600)
    boxes = world.tables["fluidbox"]
    rows = [fluidboxes_of(world, each)[0] for each in (water, oil)]
    assert boxes["amount"][rows].tolist() == [10.0, 10.0]
    assert boxes["fluid"][rows].tolist() == [FLUIDS[WATER].id, FLUIDS[OIL].id]
