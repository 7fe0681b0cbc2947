"""Which belt piece feeds which, by how they stand to each other."""

from collections.abc import Callable
from typing import Any

import pytest

from fle_marl.defines import Direction
from fle_marl.sim.actions.build import destroy_entity, rotate_entity
from fle_marl.sim.actions.transport_line import (
    belt_neighbours,
    insert_at,
    items_on_line,
    lines_of_belt,
)
from fle_marl.sim.schedule import refreshed
from fle_marl.sim.systems.underground_belt import other_end, set_belt_to_ground_type
from fle_marl.sim.world import World

NORTH, EAST, SOUTH, WEST = (
    int(direction)
    for direction in (Direction.north, Direction.east, Direction.south, Direction.west)
)
STRAIGHT, FROM_LEFT, FROM_RIGHT = 0, 1, 2
INNER, OUTER, TILE = 106, 295, 256
EARLY, LATE = 68, 189

MakeWorld = Callable[..., World]
Belts = Callable[..., Any]
Place = Callable[..., int]


def shape(world: World, entity: int) -> int:
    return int(world.belt["shape"][world.entity["component"][entity]])


def lengths(world: World, entity: int) -> list[int]:
    lines = lines_of_belt(world, entity)
    return [int(length) for length in world.transport_line["length"][lines]]


def leads(world: World, entity: int) -> list[tuple[int, int]]:
    """Where the lines of a piece lead: next line and place on it."""
    table = world.transport_line
    return [
        (int(table["next_line"][line]), int(table["next_position"][line]))
        for line in lines_of_belt(world, entity)
    ]


# a picture, the tile that is looked at, and its shape
SHAPES = [
    pytest.param(".^.\n.^.", (1, 0), STRAIGHT, id="fed from behind"),
    pytest.param(".^.\n...", (1, 0), STRAIGHT, id="fed by none"),
    pytest.param(">^.\n...", (1, 0), FROM_LEFT, id="from the left"),
    pytest.param(".^<\n...", (1, 0), FROM_RIGHT, id="from the right"),
    pytest.param(">^<\n...", (1, 0), STRAIGHT, id="from both sides"),
    pytest.param(">^.\n.^.", (1, 0), STRAIGHT, id="from a side and behind"),
    pytest.param("<^.\n...", (1, 0), STRAIGHT, id="what leads away feeds nothing"),
    pytest.param(".v.\n.^.", (1, 1), STRAIGHT, id="facing"),
    pytest.param(">^.\n.v.", (1, 0), FROM_LEFT, id="behind it leads away"),
]
LENGTHS = {
    STRAIGHT: [TILE, TILE],
    FROM_LEFT: [INNER, OUTER],
    FROM_RIGHT: [OUTER, INNER],
}


def turned(picture: str, tile: tuple[int, int]) -> tuple[str, tuple[int, int]]:
    """A picture a quarter turn clockwise, and where a tile of it comes to be."""
    rows = picture.splitlines()
    signs = dict(zip("^>v<", ">v<^", strict=True)) | {".": "."}
    columns = zip(*reversed(rows), strict=True)
    turned_rows = ["".join(signs[sign] for sign in column) for column in columns]
    return "\n".join(turned_rows), (len(rows) - 1 - tile[1], tile[0])


@pytest.mark.parametrize("turns", range(4))
@pytest.mark.parametrize(("picture", "tile", "expected"), SHAPES)
def test_a_belt_bends_to_its_only_feeder(
    flat_world: MakeWorld,
    belts: Belts,
    picture: str,
    tile: tuple[int, int],
    expected: int,
    turns: int,
) -> None:
    for _ in range(turns):
        picture, tile = turned(picture, tile)
    world = flat_world()
    entity = belts(world, picture)[tile]
    assert shape(world, entity) == expected
    assert lengths(world, entity) == LENGTHS[expected]


def test_shapes_follow_builds_turns_and_removals(
    flat_world: MakeWorld, belts: Belts
) -> None:
    world = flat_world()
    placed = belts(world, ">^")
    behind = belts(world, "^", 1, 1)[1, 1]
    assert shape(world, placed[1, 0]) == STRAIGHT
    destroy_entity(world, behind)
    assert shape(world, placed[1, 0]) == FROM_LEFT
    rotate_entity(world, placed[0, 0], WEST)
    assert shape(world, placed[1, 0]) == STRAIGHT


@pytest.mark.parametrize(("picture", "feeder"), [(">^", (0, 0)), ("^<", (1, 0))])
def test_lanes_go_straight_on_into_curves(
    flat_world: MakeWorld, belts: Belts, picture: str, feeder: tuple[int, int]
) -> None:
    world = flat_world()
    placed = belts(world, picture)
    goal = placed[1 - feeder[0], 0]
    expected = [(line, 0) for line in lines_of_belt(world, goal)]
    assert leads(world, placed[feeder]) == expected


def test_belts_that_face_each_other_feed_nothing(
    flat_world: MakeWorld, belts: Belts
) -> None:
    world = flat_world()
    placed = belts(world, "><")
    for entity in placed.values():
        assert leads(world, entity) == [(0, 0), (0, 0)]
        assert belt_neighbours(world, entity) == {"inputs": [], "outputs": []}


@pytest.mark.parametrize(
    ("picture", "feeder", "near", "entries"),
    [
        (">^\n.^", (0, 0), 0, [LATE, EARLY]),
        ("^<\n^.", (1, 0), 1, [EARLY, LATE]),
    ],
)
def test_a_feeder_from_the_side_fills_the_near_lane(
    flat_world: MakeWorld,
    belts: Belts,
    picture: str,
    feeder: tuple[int, int],
    near: int,
    entries: list[int],
) -> None:
    world = flat_world()
    placed = belts(world, picture)
    goal = lines_of_belt(world, placed[1 - feeder[0], 0])[near]
    assert leads(world, placed[feeder]) == [(goal, entry) for entry in entries]


# --- undergrounds


def underground(
    world: World, place: Place, x: int, end: str, name: str = "underground-belt"
) -> int:
    """One that carries items eastwards."""
    entity = place(world, name, x, 0, EAST)
    set_belt_to_ground_type(world, entity, end)
    refreshed(world)
    return entity


REACH = [
    ("underground-belt", 5),
    ("fast-underground-belt", 7),
    ("express-underground-belt", 9),
]


@pytest.mark.parametrize(("name", "reach"), REACH)
def test_ends_pair_within_reach(
    flat_world: MakeWorld, place: Place, name: str, reach: int
) -> None:
    for distance in (1, reach, reach + 1):
        world = flat_world()
        entrance = underground(world, place, 0, "input", name)
        exit_end = underground(world, place, distance, "output", name)
        is_paired = distance <= reach
        assert other_end(world, entrance) == (exit_end if is_paired else 0)
        assert other_end(world, exit_end) == (entrance if is_paired else 0)


def test_the_nearest_exit_takes_the_pair(flat_world: MakeWorld, place: Place) -> None:
    world = flat_world()
    entrance = underground(world, place, 0, "input")
    far = underground(world, place, 4, "output")
    near = underground(world, place, 2, "output")
    assert other_end(world, entrance) == near
    assert other_end(world, far) == 0
    destroy_entity(world, near)
    assert other_end(world, entrance) == far


def test_an_entrance_between_takes_the_exit(
    flat_world: MakeWorld, place: Place
) -> None:
    world = flat_world()
    behind = underground(world, place, 0, "input")
    exit_end = underground(world, place, 4, "output")
    between = underground(world, place, 2, "input")
    assert other_end(world, behind) == 0
    assert other_end(world, between) == exit_end


def test_kinds_and_directions_do_not_mix(flat_world: MakeWorld, place: Place) -> None:
    world = flat_world()
    entrance = underground(world, place, 0, "input")
    underground(world, place, 2, "output", "fast-underground-belt")
    other_way = place(world, "underground-belt", 3, 0, WEST)
    set_belt_to_ground_type(world, other_way, "output")
    refreshed(world)
    assert other_end(world, entrance) == 0


def test_lanes_go_below_the_ground_and_come_up(
    flat_world: MakeWorld, place: Place
) -> None:
    world = flat_world()
    entrance = underground(world, place, 0, "input")
    exit_end = underground(world, place, 4, "output")
    left, right, left_below, right_below = lines_of_belt(world, entrance)
    up_left, up_right, *_ = lines_of_belt(world, exit_end)
    following = world.transport_line["next_line"]
    assert [following[line] for line in (left, left_below)] == [left_below, up_left]
    assert [following[line] for line in (right, right_below)] == [right_below, up_right]
    assert lengths(world, entrance) == [TILE, TILE, 3 * TILE, 3 * TILE]
    assert belt_neighbours(world, entrance) == {"inputs": [], "outputs": []}


def test_ends_side_by_side_have_nothing_between(
    flat_world: MakeWorld, place: Place
) -> None:
    world = flat_world()
    entrance = underground(world, place, 0, "input")
    exit_end = underground(world, place, 1, "output")
    left = lines_of_belt(world, entrance)[0]
    up_left = lines_of_belt(world, exit_end)[0]
    assert world.transport_line["next_line"][left] == up_left


@pytest.mark.parametrize(
    ("end", "side", "lane", "near", "entry"),
    [
        # the feeder's lane beside the half tile that shows, and where it comes on
        ("input", SOUTH, 1, 0, EARLY),
        ("input", NORTH, 0, 1, EARLY),
        ("output", SOUTH, 0, 0, LATE),
        ("output", NORTH, 1, 1, LATE),
    ],
)
def test_only_one_lane_gets_onto_an_underground_from_the_side(
    flat_world: MakeWorld,
    place: Place,
    end: str,
    side: int,
    lane: int,
    near: int,
    entry: int,
) -> None:
    world = flat_world()
    goal = underground(world, place, 0, end)
    # a belt that faces south feeds it from the north
    feeder = place(world, "transport-belt", 0, -1 if side == SOUTH else 1, side)
    expected = [(0, 0), (0, 0)]
    expected[lane] = (lines_of_belt(world, goal)[near], entry)
    assert leads(world, feeder) == expected
    assert belt_neighbours(world, goal)["inputs"] == [feeder]


@pytest.mark.parametrize(("end", "is_fed"), [("input", True), ("output", False)])
def test_an_exit_is_not_fed_from_behind(
    flat_world: MakeWorld, place: Place, end: str, is_fed: bool
) -> None:
    world = flat_world()
    goal = underground(world, place, 1, end)
    feeder = place(world, "transport-belt", 0, 0, EAST)
    assert belt_neighbours(world, goal)["inputs"] == ([feeder] if is_fed else [])


def test_belts_bend_to_exits_but_not_to_entrances(
    flat_world: MakeWorld, place: Place
) -> None:
    for end, expected in (("output", FROM_LEFT), ("input", STRAIGHT)):
        world = flat_world()
        underground(world, place, 0, end)
        belt = place(world, "transport-belt", 1, 0, NORTH)
        assert shape(world, belt) == expected


# --- splitters


@pytest.mark.parametrize("direction", [NORTH, EAST, SOUTH, WEST])
def test_each_half_of_a_splitter_has_its_own_neighbours(
    flat_world: MakeWorld, place: Place, direction: int
) -> None:
    world = flat_world()
    splitter = place(world, "splitter", 0.5, 0.5, direction)
    component = int(world.entity["component"][splitter])
    x, y = (int(world.belt[axis][component]) / TILE for axis in "xy")
    ahead = {NORTH: (0, -1), EAST: (1, 0), SOUTH: (0, 1), WEST: (-1, 0)}[direction]
    right = (-ahead[1], ahead[0])
    feeders, goals = [], []
    for half in (-0.5, 0.5):
        at_x, at_y = x + half * right[0], y + half * right[1]
        behind = (at_x - ahead[0], at_y - ahead[1])
        feeders.append(place(world, "transport-belt", *behind, direction))
        before = (at_x + ahead[0], at_y + ahead[1])
        goals.append(place(world, "transport-belt", *before, direction))
    lines = lines_of_belt(world, splitter)
    fed = [line for feeder in feeders for line, _ in leads(world, feeder)]
    assert fed == lines[:4]
    goal_lines = [line for goal in goals for line in lines_of_belt(world, goal)]
    assert [line for line, _ in leads(world, splitter)] == [0] * 4 + goal_lines
    assert belt_neighbours(world, splitter) == {"inputs": feeders, "outputs": goals}


def test_splitters_are_not_fed_from_the_side(
    flat_world: MakeWorld, place: Place
) -> None:
    world = flat_world()
    place(world, "splitter", 1, 0.5, NORTH)
    feeder = place(world, "transport-belt", -1, 0, EAST)
    assert leads(world, feeder) == [(0, 0), (0, 0)]


def test_splitters_feed_belts_from_the_side(
    flat_world: MakeWorld, place: Place
) -> None:
    world = flat_world()
    splitter = place(world, "splitter", 1, 0.5, NORTH)
    curve = place(world, "transport-belt", 0, -1, WEST)
    straight = place(world, "transport-belt", 1, -1, WEST)
    assert shape(world, curve) == STRAIGHT  # fed by the other belt from behind
    assert shape(world, straight) == FROM_LEFT
    assert belt_neighbours(world, splitter)["outputs"] == [curve, straight]


def test_items_keep_their_share_of_the_way_when_a_lane_bends(
    flat_world: MakeWorld, belts: Belts
) -> None:

    world = flat_world()
    belt = belts(world, "^", 1, 0)[1, 0]
    for line in lines_of_belt(world, belt):
        for position in (0.1, 0.5, 0.9):
            assert insert_at(world, line, position, 1)
    belts(world, ">", 0, 0)
    for line, length in zip(lines_of_belt(world, belt), (INNER, OUTER), strict=True):
        found = [position for _, position in items_on_line(world, line)]
        assert found == sorted(found)
        assert len(found) == 3
        assert found[0] >= 0
        assert found[-1] < length / TILE
