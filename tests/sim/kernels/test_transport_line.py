"""Putting items on lines and taking them off, place by place."""

from collections.abc import Callable
from typing import Any

import pytest

from fle_marl.defines import Direction
from fle_marl.prototypes import load
from fle_marl.sim._jit import Tables, entry_point
from fle_marl.sim.actions.transport_line import (
    insert_at,
    items_on_line,
    line_contents,
    lines_of_belt,
)
from fle_marl.sim.engine import advance
from fle_marl.sim.kernels.transport_line import (
    count_on_belt,
    drop_on_belt,
    insert_on_line,
    position_on_line,
    remove_from_line,
)
from fle_marl.sim.world import World

UNITS_PER_TILE = 256
IRON_ORE = load().items["iron-ore"].id
COAL = load().items["coal"].id

NORTH, EAST, SOUTH, WEST = (
    int(direction)
    for direction in (Direction.north, Direction.east, Direction.south, Direction.west)
)
LEFT, RIGHT = 0, 1

MakeWorld = Callable[..., World]
Belts = Callable[..., Any]
Place = Callable[..., int]


@entry_point
def _position(state: Tables, line: int, index: int) -> int:
    return position_on_line(state, line, index)


@entry_point
def _insert(state: Tables, line: int, position: int, item: int) -> bool:
    return insert_on_line(state, line, position, item)


@entry_point
def _remove(state: Tables, line: int, index: int) -> int:
    return remove_from_line(state, line, index)


@entry_point
def _count(state: Tables, belt: int, item: int) -> int:
    return count_on_belt(state, belt, item)


@entry_point
def _drop(
    state: Tables, belt: int, x: int, y: int, direction: int, far_lane: bool, item: int
) -> bool:
    return drop_on_belt(state, belt, x, y, direction, far_lane, item)


def positions(world: World, line: int) -> list[int]:
    count = int(world.transport_line["count"][line])
    return [_position(world.state, line, index) for index in range(count)]


def put(world: World, line: int, *wanted: int) -> None:
    for position in wanted:
        # the step of the line's speed that follows is taken off beforehand
        assert _insert(world.state, line, position - 8, IRON_ORE)


@pytest.fixture
def line(flat_world: MakeWorld, belts: Belts) -> tuple[World, int]:
    """The left lane of the first of two belts that go east."""
    world = flat_world()
    placed = belts(world, ">>")
    return world, lines_of_belt(world, placed[0, 0])[LEFT]


# Two items lie on the line; where one more comes to lie. Recorded from the game.
SQUASHED = [
    pytest.param((216, 152), 150, (216, 152, 88), id="touching: behind both"),
    pytest.param((216, 152), 188, None, id="touching: nothing fits between"),
    pytest.param((216, 151), 188, (216, 152, 151), id="the smallest gap is enough"),
    pytest.param((216, 136), 138, (216, 146, 136), id="keeps its length to the front"),
    pytest.param((216, 136), 66, (216, 136, 72), id="behind, at its distance"),
    pytest.param((216, 128), 88, (216, 128, 64), id="pushed back from the one ahead"),
    pytest.param((216, 88), 96, (216, 104, 88), id="between, where it is wanted"),
    pytest.param((216, 88), 88, None, id="never on top of another"),
]


@pytest.mark.parametrize(("lying", "wanted", "after"), SQUASHED)
def test_items_are_squashed_into_gaps(
    line: tuple[World, int],
    lying: tuple[int, ...],
    wanted: int,
    after: tuple[int, ...] | None,
) -> None:
    world, row = line
    put(world, row, *lying)
    assert _insert(world.state, row, wanted, COAL) == (after is not None)
    assert positions(world, row) == list(after or lying)


@pytest.mark.parametrize(
    ("front", "after"), [(96, 8), (72, 8), (71, 7), (66, 2), (65, 1), (64, None)]
)
def test_the_back_of_a_line_needs_room_on_the_line_itself(
    line: tuple[World, int], front: int, after: int | None
) -> None:
    world, row = line
    put(world, row, front)
    assert _insert(world.state, row, 0, COAL) == (after is not None)
    assert positions(world, row) == [front] + ([] if after is None else [after])


def test_the_step_after_an_insertion_may_lead_to_the_next_line(
    line: tuple[World, int],
) -> None:
    world, row = line
    assert _insert(world.state, row, 253, COAL)
    following = int(world.transport_line["next_line"][row])
    assert positions(world, row) == []
    assert positions(world, following) == [5]


def test_an_item_ahead_on_the_next_line_is_kept_away_from(
    line: tuple[World, int],
) -> None:
    world, row = line
    put(world, int(world.transport_line["next_line"][row]), 36)
    assert _insert(world.state, row, 246, COAL)
    assert positions(world, row) == [256 + 36 - 64]


def test_a_full_run_takes_nothing_more(line: tuple[World, int]) -> None:
    world, row = line
    world.transport_line["capacity"][row] = 1
    put(world, row, 200)
    assert not _insert(world.state, row, 20, COAL)


@pytest.mark.parametrize(
    ("index", "left"), [(0, [150, 70]), (1, [220, 70]), (2, [220, 150])]
)
def test_removing_leaves_the_others_where_they_are(
    line: tuple[World, int], index: int, left: list[int]
) -> None:
    world, row = line
    put(world, row, 220, 150, 70)
    assert _remove(world.state, row, index) == IRON_ORE
    assert positions(world, row) == left


@pytest.mark.parametrize("index", [-1, 1])
def test_nothing_is_removed_from_where_nothing_is(
    line: tuple[World, int], index: int
) -> None:
    world, row = line
    put(world, row, 220)
    assert _remove(world.state, row, index) == 0
    assert positions(world, row) == [220]


def test_an_emptied_line_is_as_if_never_used(
    flat_world: MakeWorld, belts: Belts
) -> None:
    world = flat_world()
    row = lines_of_belt(world, belts(world, ">")[0, 0])[LEFT]
    world.tables["transport_line_awake"]["rows"] = 0
    before = world.state_hash()
    put(world, row, 220, 150)
    for _ in range(2):
        assert _remove(world.state, row, 0) == IRON_ORE
    world.tables["transport_line_awake"]["rows"] = 0
    assert world.state_hash() == before


def test_items_of_a_belt_are_counted_by_kind(
    flat_world: MakeWorld, belts: Belts
) -> None:
    world = flat_world()
    entity = belts(world, ">")[0, 0]
    left, right = lines_of_belt(world, entity)
    put(world, left, 220, 150)
    insert_at(world, right, 0.5, COAL)
    belt = int(world.entity["component"][entity])

    found = [_count(world.state, belt, item) for item in (IRON_ORE, COAL, 0)]
    assert found == [2, 1, 3]


# --- drops

# How a belt stands, who drops from where, and where the item lies in the same tick:
# lane and 1/256 tile from the lane's front end. Recorded from the game.
INSERTER_DROPS = [
    ("^", EAST, RIGHT, 120),
    (">", EAST, RIGHT, 69),
    ("v", EAST, LEFT, 120),
    ("<", EAST, RIGHT, 171),
    ("^", WEST, LEFT, 120),
    ("^", NORTH, RIGHT, 69),
    ("^", SOUTH, RIGHT, 171),
    ("^<", EAST, RIGHT, 45),
    ("^<", NORTH, RIGHT, 45),
    ("^<", SOUTH, LEFT, 139),
    (">^", WEST, LEFT, 45),
    (">^", NORTH, LEFT, 45),
    (">^", SOUTH, RIGHT, 139),
]
DRILL_DROPS = [
    ("^", NORTH, RIGHT, 172),
    (">", NORTH, RIGHT, 120),
    ("v", NORTH, RIGHT, 68),
    ("<", NORTH, LEFT, 120),
    ("^", EAST, LEFT, 120),
    (">", EAST, RIGHT, 172),
    ("v", EAST, RIGHT, 120),
    ("<", EAST, RIGHT, 68),
    (">^", NORTH, RIGHT, 139),
    ("^<", NORTH, LEFT, 139),
    ("v<", NORTH, LEFT, 45),
    (">v", NORTH, RIGHT, 45),
]
DROPS = [(*drop, True, 51) for drop in INSERTER_DROPS] + [
    (*drop, False, -52) for drop in DRILL_DROPS
]


@pytest.mark.parametrize(
    ("picture", "direction", "lane", "position", "far_lane", "past_middle"), DROPS
)
def test_drops_come_to_lie_where_they_do_in_the_game(
    flat_world: MakeWorld,
    belts: Belts,
    picture: str,
    direction: int,
    lane: int,
    position: int,
    far_lane: bool,
    past_middle: int,
) -> None:
    world = flat_world()
    placed = belts(world, picture)
    feeder_first = picture[0] == ">" and len(picture) > 1
    entity = placed[1 if feeder_first else 0, 0]
    away = {NORTH: (0, -1), EAST: (1, 0), SOUTH: (0, 1), WEST: (-1, 0)}[direction]
    drop = drop_of(world, entity, away, past_middle)
    component = int(world.entity["component"][entity])
    assert _drop(world.state, component, *drop, direction, far_lane, COAL)
    line = lines_of_belt(world, entity)[lane]
    assert items_on_line(world, line) == [(COAL, position / UNITS_PER_TILE)]


def drop_of(
    world: World, entity: int, away: tuple[int, int], past_middle: int
) -> tuple[int, int]:
    """Drop position: an inserter's is 51 past a tile's middle, a drill's 52 short."""
    x, y = int(world.entity["x"][entity]), int(world.entity["y"][entity])
    return x + away[0] * past_middle, y + away[1] * past_middle


@pytest.mark.parametrize(("direction", "filled"), [(EAST, 3), (NORTH, 3), (SOUTH, 4)])
def test_drops_fill_a_standing_lane_as_far_as_in_the_game(
    flat_world: MakeWorld, belts: Belts, direction: int, filled: int
) -> None:
    world = flat_world()
    entity = belts(world, "^")[0, 0]
    away = {NORTH: (0, -1), EAST: (1, 0), SOUTH: (0, 1)}[direction]
    drop = drop_of(world, entity, away, 51)
    component = int(world.entity["component"][entity])
    dropped = 0
    for _ in range(10):
        dropped += _drop(world.state, component, *drop, direction, True, COAL)
        advance(world, 40)
    assert dropped == filled


@pytest.mark.parametrize("direction", [NORTH, EAST, SOUTH, WEST])
@pytest.mark.parametrize(("x", "lane"), [(0, 1), (1, 3)])
def test_splitters_take_drops_on_the_right_lane_before_their_middle(
    flat_world: MakeWorld, place: Place, direction: int, x: int, lane: int
) -> None:
    world = flat_world()
    entity = place(world, "splitter", 1, 0.5, NORTH)
    component = int(world.entity["component"][entity])
    drop = (x * UNITS_PER_TILE + 128, 20)
    assert _drop(world.state, component, *drop, direction, True, COAL)
    line = lines_of_belt(world, entity)[lane]
    assert positions(world, line) == [128 + 8]


@pytest.mark.parametrize("far_lane", [True, False])
@pytest.mark.parametrize("direction", [NORTH, EAST, SOUTH, WEST])
def test_undergrounds_take_drops_on_the_right_lane(
    flat_world: MakeWorld, place: Place, direction: int, far_lane: bool
) -> None:
    world = flat_world()
    entity = place(world, "underground-belt", 0, 0, NORTH)
    component = int(world.entity["component"][entity])
    assert _drop(world.state, component, 128, 128, direction, far_lane, COAL)
    assert line_contents(world, lines_of_belt(world, entity)[RIGHT]) == {COAL: 1}
