"""Belts that bend and pipes that join."""

import pytest

from fle_marl.rendering.scene import Entity, Point
from fle_marl.rendering.surroundings import Surroundings, is_underground_exit


def belt(x, y, direction):
    return Entity("transport-belt", "transport-belt", x + 0.5, y + 0.5, direction)


def pipe(x, y):
    return Entity("pipe", "pipe", x + 0.5, y + 0.5)


NORTH, EAST, SOUTH, WEST = 0, 2, 4, 6
BEHIND, FROM_LEFT, FROM_RIGHT = (
    belt(0, 1, NORTH),
    belt(-1, 0, EAST),
    belt(1, 0, WEST),
)


@pytest.mark.parametrize(
    ("feeders", "bend"),
    [
        pytest.param([], 0, id="alone"),
        pytest.param([BEHIND], 0, id="from behind"),
        pytest.param([FROM_LEFT], -1, id="from its left"),
        pytest.param([FROM_RIGHT], 1, id="from its right"),
        pytest.param([FROM_LEFT, FROM_RIGHT], 0, id="from both sides"),
        pytest.param([BEHIND, FROM_LEFT], 0, id="side-loaded"),
        pytest.param([belt(-1, 0, WEST)], 0, id="beside a belt that leads away"),
        pytest.param(
            [Entity("splitter", "splitter", -0.5, 1.0, EAST, 1, 2)],
            -1,
            id="from a splitter",
        ),
    ],
)
@pytest.mark.parametrize("turns", [0, 1, 2, 3])
def test_a_belt_bends_as_in_the_game(feeders, bend, turns):
    middle = belt(0, 0, NORTH)
    turned = [_turned(one, turns) for one in [middle, *feeders]]
    assert Surroundings(turned).belt_bend(turned[0]) == bend


def _turned(entity, turns):
    """The entity turned clockwise around the middle of tile (0, 0)."""
    x, y = entity.x - 0.5, entity.y - 0.5
    for _ in range(turns):
        x, y = -y, x
    direction = (entity.direction + 2 * turns) % 8
    return Entity(entity.name, entity.type, x + 0.5, y + 0.5, direction)


@pytest.mark.parametrize(
    ("other", "stated", "is_exit"),
    [
        (Point(4.5, 0.5), None, False),
        (Point(-3.5, 0.5), None, True),
        (None, None, False),
        (None, "output", True),
        (Point(-3.5, 0.5), "input", False),
    ],
)
def test_an_underground_belt_knows_its_end(other, stated, is_exit):
    end = Entity(
        "underground-belt",
        "underground-belt",
        0.5,
        0.5,
        EAST,
        connected_to=other,
        belt_to_ground_type=stated,
    )
    assert is_underground_exit(end) is is_exit
    fed = belt(1, 0, NORTH)
    assert Surroundings([end, fed]).belt_bend(fed) == (-1 if is_exit else 0)


def test_pipes_join_pipes_and_walls_join_walls_only():
    wall = Entity("stone-wall", "wall", 0.5, -0.5)
    around = Surroundings([pipe(0, 0), pipe(1, 0), pipe(0, 1), wall])
    assert around.joined_sides(pipe(0, 0)) == (False, True, True, False)
    assert around.joined_sides(wall) == (False, False, False, False)


def test_a_pipe_to_ground_joins_only_on_its_open_side():
    mouth = Entity("pipe-to-ground", "pipe-to-ground", 0.5, 0.5, WEST)
    around = Surroundings([mouth, pipe(-1, 0), pipe(1, 0)])
    assert around.joined_sides(pipe(-1, 0))[1]
    assert not around.joined_sides(pipe(1, 0))[3]


@pytest.mark.parametrize(
    ("machine", "joined", "apart"),
    [
        (
            Entity("boiler", "boiler", 0.5, 0.0, NORTH, 3, 2),
            [(-2, 0), (2, 0), (0, -2)],
            [(-2, -1), (0, 1)],
        ),
        (
            Entity("boiler", "boiler", 0.0, 0.5, EAST, 2, 3),
            [(-1, -2), (-1, 2), (1, 0)],
            [(0, 2), (-2, 0)],
        ),
        (
            Entity("steam-engine", "generator", 0.5, 0.5, EAST, 5, 3),
            [(-3, 0), (3, 0)],
            [(0, 2), (3, 1)],
        ),
        (
            Entity("offshore-pump", "offshore-pump", 0.5, 0.5, WEST, 2, 2),
            [(1, 0)],
            [(0, 1), (0, -1)],
        ),
        (
            Entity("pumpjack", "mining-drill", 0.5, 0.5, EAST, 3, 3),
            [(2, -1)],
            [(-1, 2), (1, -2)],
        ),
        (
            Entity(
                "electric-mining-drill",
                "mining-drill",
                0.5,
                0.5,
                NORTH,
                3,
                3,
                ports=(Point(2.5, 0.5),),
            ),
            [(2, 0)],
            [(-2, 0)],
        ),
    ],
)
def test_pipes_join_machines_where_their_fluid_boxes_open(machine, joined, apart):
    for place in joined + apart:
        around = Surroundings([machine, pipe(*place)])
        assert any(around.joined_sides(pipe(*place))) is (place in joined), place
