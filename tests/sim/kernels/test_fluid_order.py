"""The order in which pairs of fluid boxes are updated."""

from collections.abc import Callable
from itertools import pairwise

import numpy as np

from fle_marl.sim.components import TABLE_INDEX
from fle_marl.sim.parts import fluidboxes_of
from fle_marl.sim.schedule import refreshed
from fle_marl.sim.world import World

NORTH, SOUTH, WEST = 0, 4, 6

Place = Callable[..., int]
WorldFactory = Callable[..., World]


def pairs(world: World) -> list[tuple[int, int]]:
    """Entities of each connection, in the order of the update."""
    refreshed(world)
    used = world.tables["fluid_connection"]
    owner = world.tables["fluidbox"]["entity"]
    return [
        (int(owner[row["box_a"]]), int(owner[row["box_b"]]))
        for row in used[1 : world.count[TABLE_INDEX["fluid_connection"]]]
    ]


def test_update_runs_downstream_however_it_was_built(
    flat_world: WorldFactory, place: Place
) -> None:
    random = np.random.default_rng(1)
    for _ in range(5):
        world = flat_world()
        pipes = {
            int(x): place(world, "pipe", x + 0.5, 0.5) for x in random.permutation(8)
        }
        pump = place(world, "offshore-pump", -0.5, 0.5, WEST)
        chain = [pump, *(pipes[x] for x in range(8))]
        assert pairs(world) == list(pairwise(chain))


def test_fork_serves_the_older_branch_first(
    flat_world: WorldFactory, place: Place
) -> None:
    world = flat_world()
    east = place(world, "pipe", 1.5, 1.5)
    west = place(world, "pipe", -0.5, 1.5)
    fork = place(world, "pipe", 0.5, 1.5)
    pump = place(world, "offshore-pump", 0.5, 0.5)
    assert pairs(world) == [(pump, fork), (fork, east), (fork, west)]


def test_two_pumps_start_together(flat_world: WorldFactory, place: Place) -> None:
    world = flat_world()
    north = place(world, "offshore-pump", 0.5, 0.5, NORTH)
    pipes = [place(world, "pipe", 0.5, 1.5 + step) for step in range(4)]
    south = place(world, "offshore-pump", 0.5, 5.5, SOUTH)
    assert pairs(world) == [
        (north, pipes[0]),
        (south, pipes[3]),
        (pipes[0], pipes[1]),
        (pipes[3], pipes[2]),
        (pipes[1], pipes[2]),
    ]


def test_boxes_that_only_give_do_not_take(
    flat_world: WorldFactory, place: Place
) -> None:
    world = flat_world()
    pump = place(world, "offshore-pump", 0.5, 0.5)
    place(world, "pipe", 0.5, 1.5)
    place(world, "pipe", 0.5, 2.5)
    one_way = refreshed(world).tables["fluid_connection"]["one_way"][1:3]
    assert one_way.tolist() == [True, False]
    assert fluidboxes_of(world, pump) == [
        int(world.tables["fluid_connection"]["box_a"][1])
    ]


def test_rings_are_updated_once_round(flat_world: WorldFactory, place: Place) -> None:
    world = flat_world()
    corners = [(0, 0), (1, 0), (1, 1), (0, 1)]
    ring = [place(world, "pipe", x + 0.5, y + 0.5) for x, y in corners]
    assert sorted(map(sorted, pairs(world))) == sorted(
        sorted((ring[index], ring[(index + 1) % 4])) for index in range(4)
    )
