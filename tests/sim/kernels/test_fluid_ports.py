"""Which ports of fluid boxes find each other."""

from collections.abc import Callable

import pytest

from fle_marl.sim.actions.build import destroy_entity, rotate_entity
from fle_marl.sim.parts import fluidboxes_of
from fle_marl.sim.systems.fluid_network import connected_boxes
from fle_marl.sim.world import World

NORTH, EAST, SOUTH, WEST = 0, 2, 4, 6

Place = Callable[..., int]
WorldFactory = Callable[..., World]


def box_of(world: World, entity: int) -> int:
    return fluidboxes_of(world, entity)[0]


@pytest.mark.parametrize("direction", [NORTH, EAST, SOUTH, WEST])
@pytest.mark.parametrize(
    ("offset", "is_joined"), [((2, 1), True), ((2, -1), False), ((2, 0), False)]
)
def test_tank_opens_at_two_corners(
    flat_world: WorldFactory,
    place: Place,
    direction: int,
    offset: tuple[int, int],
    is_joined: bool,
) -> None:
    """Turned by a quarter, a tank opens at the other two corners."""
    world = flat_world()
    tank = place(world, "storage-tank", 0.5, 0.5, direction)
    x, y = offset
    place(world, "pipe", 0.5 + x, 0.5 + y)
    if direction in (EAST, WEST) and abs(y) == 1:
        is_joined = not is_joined
    assert len(connected_boxes(world, box_of(world, tank))) == is_joined


@pytest.mark.parametrize(("gap", "is_joined"), [(0, True), (9, True), (10, False)])
@pytest.mark.parametrize("direction", [NORTH, EAST, SOUTH, WEST])
def test_underground_reach(
    flat_world: WorldFactory, place: Place, direction: int, gap: int, is_joined: bool
) -> None:
    """Ten tiles from pipe to pipe, so nine between them."""
    world = flat_world()
    step_x, step_y = {NORTH: (0, 1), EAST: (-1, 0), SOUTH: (0, -1), WEST: (1, 0)}[
        direction
    ]
    one = place(world, "pipe-to-ground", 0.5, 0.5, direction)
    other = place(
        world,
        "pipe-to-ground",
        0.5 + step_x * (gap + 1),
        0.5 + step_y * (gap + 1),
        (direction + 4) % 8,
    )
    found = connected_boxes(world, box_of(world, one))
    assert found == ([box_of(world, other)] if is_joined else [])


def test_undergrounds_join_the_nearest_that_faces_them(
    flat_world: WorldFactory, place: Place
) -> None:
    world = flat_world()
    far = place(world, "pipe-to-ground", -4.5, 0.5, WEST)
    near = place(world, "pipe-to-ground", -1.5, 0.5, WEST)
    crossing = place(world, "pipe-to-ground", 0.5, 0.5, NORTH)
    end = place(world, "pipe-to-ground", 2.5, 0.5, EAST)
    assert connected_boxes(world, box_of(world, end)) == [box_of(world, near)]
    assert connected_boxes(world, box_of(world, far)) == []
    assert connected_boxes(world, box_of(world, crossing)) == []
    destroy_entity(world, near)
    assert connected_boxes(world, box_of(world, end)) == [box_of(world, far)]


def test_pipe_does_not_join_the_underground_side(
    flat_world: WorldFactory, place: Place
) -> None:
    world = flat_world()
    ground = place(world, "pipe-to-ground", 0.5, 0.5, NORTH)
    above = place(world, "pipe", 0.5, -0.5)
    place(world, "pipe", 0.5, 1.5)
    assert connected_boxes(world, box_of(world, ground)) == [box_of(world, above)]
    rotate_entity(world, ground, EAST)
    assert connected_boxes(world, box_of(world, ground)) == []


def test_two_sources_are_not_joined(flat_world: WorldFactory, place: Place) -> None:
    world = flat_world()
    one = place(world, "offshore-pump", 0.5, 0.5, NORTH)
    place(world, "offshore-pump", 0.5, 1.5, SOUTH)
    assert connected_boxes(world, box_of(world, one)) == []
