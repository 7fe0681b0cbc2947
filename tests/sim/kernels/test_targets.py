"""Who works on what, and how far away that may be."""

from collections.abc import Callable

import numpy as np

from fle_marl.prototypes import load
from fle_marl.sim.actions.build import destroy_entity, rotate_entity
from fle_marl.sim.kernels.targets import FARTHEST_TARGET_TILES
from fle_marl.sim.world import World

MakeWorld = Callable[..., World]
Place = Callable[..., int]

EAST, WEST = 2, 6


def takers(world: World, entity: int) -> list[int]:
    rows = []
    row = int(world.entity["first_taker"][entity])
    while row:
        rows.append(row)
        row = int(world.inserter["next_taker"][row])
    return rows


def component(world: World, entity: int) -> int:
    return int(world.entity["component"][entity])


def test_nothing_works_farther_away_than_is_looked() -> None:
    """A middle tile holds -0.5 to 0.5, or 0 to 1 of entities of an even size."""
    for prototype in load().entities.values():
        keys = {
            "inserter": ("pickup_position", "insert_position"),
            "mining-drill": ("vector_to_place_result",),
        }.get(prototype.type, ())
        for key in keys:
            vector = prototype.vector(key)
            is_even = prototype.tile_width % 2 == 0
            middle = 0.0 if is_even else 0.5
            for way in (vector.x, vector.y, -vector.x, -vector.y):
                assert abs(np.floor(middle + way)) <= FARTHEST_TARGET_TILES


def test_takers_are_listed_in_the_order_of_rows(
    flat_world: MakeWorld, place: Place
) -> None:
    world = flat_world()
    around = [(1.5, 0.5, WEST), (-0.5, 0.5, EAST), (0.5, 1.5, 0), (0.5, -0.5, 4)]
    inserters = [place(world, "inserter", x, y, turn) for x, y, turn in around]
    # an inserter that faces somewhere takes from that side
    chest = place(world, "wooden-chest", 0.5, 0.5)
    rows = [component(world, each) for each in inserters]
    assert takers(world, chest) == sorted(rows)
    destroy_entity(world, inserters[1])
    assert takers(world, chest) == [rows[0], rows[2], rows[3]]
    # it gets the free row back, and its place in the order
    again = place(world, "inserter", -0.5, 0.5, EAST)
    assert component(world, again) == rows[1]
    assert takers(world, chest) == sorted(rows)


def test_who_loses_a_target_works_on_the_ground(
    flat_world: MakeWorld, place: Place
) -> None:
    world = flat_world()
    chest = place(world, "wooden-chest", 0.5, 0.5)
    taker = component(world, place(world, "inserter", 1.5, 0.5, WEST))
    drill = component(world, place(world, "electric-mining-drill", -1.5, 0.5, EAST))
    assert world.inserter["pickup_target"][taker] == chest
    assert world.mining_drill["drop_target"][drill] == chest
    destroy_entity(world, chest)
    assert world.inserter["pickup_target"][taker] == 0
    assert world.mining_drill["drop_target"][drill] == 0
    # the row is used again, elsewhere
    assert place(world, "wooden-chest", 9.5, 9.5) == chest
    assert takers(world, chest) == []


def test_a_turned_inserter_works_elsewhere(flat_world: MakeWorld, place: Place) -> None:
    world = flat_world()
    west, east = (place(world, "wooden-chest", x, 0.5) for x in (0.5, 2.5))
    inserter = place(world, "inserter", 1.5, 0.5, WEST)
    assert takers(world, west) == [component(world, inserter)]
    rotate_entity(world, inserter, EAST)
    assert takers(world, west) == []
    assert takers(world, east) == [component(world, inserter)]


def test_a_larger_entity_is_found_by_all_who_work_on_its_tiles(
    flat_world: MakeWorld, place: Place
) -> None:
    world = flat_world()
    rows = [
        component(world, place(world, "long-handed-inserter", 3.5, y, WEST))
        for y in (-0.5, 0.5, 1.5, 2.5)
    ]
    machine = place(world, "assembling-machine-1", 0.5, 0.5)
    assert takers(world, machine) == rows[:3]
