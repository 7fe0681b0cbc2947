"""The order in which lines move."""

from collections.abc import Callable
from typing import Any

import pytest

from fle_marl.sim.actions.transport_line import lines_of_belt
from fle_marl.sim.components import TABLE_INDEX
from fle_marl.sim.schedule import refreshed
from fle_marl.sim.world import World

MakeWorld = Callable[..., World]
Belts = Callable[..., Any]
Place = Callable[..., int]


def chain_fronts(world: World) -> list[int]:
    refreshed(world)
    used = world.tables["line_chain"][1 : world.count[TABLE_INDEX["line_chain"]]]
    return [int(front) for front in used["front"]]


def splitter_lanes(world: World) -> dict[int, int]:
    """The lane that is served before each chain, by its front."""
    lanes = world.tables["line_chain"]["splitter_lane"]
    fronts = chain_fronts(world)
    return {front: int(lanes[row]) for row, front in enumerate(fronts, 1)}


def front_of(world: World, line: int) -> int:
    return int(refreshed(world).transport_line["chain_front"][line])


def test_belts_in_a_row_are_one_chain_for_each_lane(
    flat_world: MakeWorld, belts: Belts
) -> None:
    world = flat_world()
    placed = belts(world, ">>>v\n...v")
    left, right = lines_of_belt(world, placed[3, 1])
    assert chain_fronts(world) == [left, right]
    for entity in placed.values():
        fronts = [front_of(world, line) for line in lines_of_belt(world, entity)]
        assert fronts == [left, right]


@pytest.mark.parametrize("feeder_first", [True, False])
def test_what_is_fed_moves_before_what_feeds_it(
    flat_world: MakeWorld, belts: Belts, feeder_first: bool
) -> None:
    world = flat_world()
    pictures = [">.", ".^\n.^"] if feeder_first else [".^\n.^", ">."]
    placed: dict[tuple[int, int], int] = {}
    for picture in pictures:
        placed |= belts(world, picture)
    order = refreshed(world).transport_line["order"]
    near = lines_of_belt(world, placed[1, 0])[0]
    for line in lines_of_belt(world, placed[0, 0]):
        assert order[near] < order[line]


def test_outputs_of_a_splitter_move_before_its_inputs(
    flat_world: MakeWorld, place: Place
) -> None:
    world = flat_world()
    splitter = place(world, "splitter", 1, 0.5)
    lines = lines_of_belt(world, splitter)
    order = [int(rank) for rank in refreshed(world).transport_line["order"][lines]]
    for lane in range(2):
        assert max(order[4 + lane], order[6 + lane]) < min(order[lane], order[2 + lane])


def test_a_splitter_is_served_once_for_each_lane_before_both_inputs(
    flat_world: MakeWorld, place: Place
) -> None:
    world = flat_world()
    lines = lines_of_belt(world, place(world, "splitter", 1, 0.5))
    fronts = chain_fronts(world)
    served = {front: lane for front, lane in splitter_lanes(world).items() if lane}
    assert sorted(served.values()) == [1, 2]
    for front, number in served.items():
        lane = number - 1
        inputs = [lines[lane], lines[2 + lane]]
        assert front == min(inputs, key=fronts.index)


RINGS = [">>v\n^.v\n^<<", ">v\n^<", "v<<\nv.^\n>>^"]


@pytest.mark.parametrize("picture", RINGS)
def test_a_ring_is_cut_at_its_first_line(
    flat_world: MakeWorld, belts: Belts, picture: str
) -> None:
    world = flat_world()
    placed = belts(world, picture)
    first = lines_of_belt(world, next(iter(placed.values())))
    assert chain_fronts(world) == first


def test_a_ring_is_cut_before_a_line_that_is_not_slower(
    flat_world: MakeWorld, belts: Belts
) -> None:
    world = flat_world()
    belts(world, ">.\n..", name="fast-transport-belt")
    belts(world, ".v\n^<")
    table = world.transport_line
    for front in chain_fronts(world):
        following = int(table["next_line"][front])
        assert table["speed"][following] >= table["speed"][front]


CIRCLES = [
    pytest.param(".v.\n>v<\n.>.", id="sides of one belt"),
    pytest.param("..v..\n>>v>v\n^.v.v\n^<v<<\n..v..", id="a loop across a belt"),
    pytest.param(".^..\n>^.v\n.^<<\n.^..", id="in at both sides"),
]


@pytest.mark.parametrize("picture", CIRCLES)
def test_every_chain_is_in_the_order_once(
    flat_world: MakeWorld, belts: Belts, picture: str
) -> None:
    world = flat_world()
    belts(world, picture)
    table = world.transport_line
    fronts = chain_fronts(world)
    assert sorted(fronts) == sorted(
        {int(front) for front in table["chain_front"][table["entity"] > 0]}
    )
    assert [int(rank) for rank in table["order"][fronts]] == list(
        range(1, len(fronts) + 1)
    )


def test_chains_that_wait_for_each_other_are_ordered_all_the_same(
    flat_world: MakeWorld, place: Place
) -> None:
    # both outputs of a splitter lead back to its inputs
    world = flat_world()
    place(world, "splitter", 1, 0.5, 0)
    for x, y, direction in [
        *[(0, -1, 6), (-1, -1, 4), (-1, 0, 4), (-1, 1, 2), (0, 1, 0)],
        *[(1, -1, 2), (2, -1, 4), (2, 0, 4), (2, 1, 6), (1, 1, 0)],
    ]:
        place(world, "transport-belt", x, y, direction)
    fronts = chain_fronts(world)
    assert len(fronts) == 4
    assert sorted(splitter_lanes(world).values()) == [0, 0, 1, 2]
