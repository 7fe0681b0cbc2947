"""Belts come, turn and go, and carry items at the game's rates."""

from collections.abc import Callable
from typing import Any

import pytest

from fle_marl.prototypes import load
from fle_marl.sim.actions.build import (
    destroy_entity,
    entity_contents,
    rotate_entity,
    turned_direction,
)
from fle_marl.sim.actions.transport_line import (
    clear_line,
    insert_at,
    insert_at_back,
    items_on_line,
    line_contents,
    lines_of_belt,
)
from fle_marl.sim.components import TABLE_INDEX
from fle_marl.sim.engine import advance
from fle_marl.sim.schedule import refreshed
from fle_marl.sim.systems.underground_belt import (
    belt_to_ground_type,
    other_end,
    set_belt_to_ground_type,
)
from fle_marl.sim.world import World

IRON_ORE = load().items["iron-ore"].id
COAL = load().items["coal"].id
LEFT, RIGHT = 0, 1
UNITS_PER_TILE = 256
NORTH, EAST, SOUTH = 0, 2, 4

MakeWorld = Callable[..., World]
Belts = Callable[..., Any]
Place = Callable[..., int]

# items per second on both lanes. Source: prototype API, TransportBeltConnectable.speed
SPEEDS = [
    ("transport-belt", 15, 8),
    ("fast-transport-belt", 30, 16),
    ("express-transport-belt", 45, 24),
]
SNAKE = ">>>>v\nv<<<<\n>>>>v\n....v"


def flow(world: World, source: list[int], sink: list[int], ticks: int) -> list[int]:
    """Items that come to the end of each lane while its start is fed."""
    arrived = [0] * len(sink)
    for _ in range(ticks):
        for line in source:
            insert_at_back(world, line, IRON_ORE)
        advance(world, 1)
        for lane, line in enumerate(sink):
            arrived[lane] += sum(line_contents(world, line).values())
            clear_line(world, line)
    return arrived


@pytest.mark.parametrize(("name", "per_second", "speed"), SPEEDS)
def test_throughput_is_exact_through_straights_and_curves(
    flat_world: MakeWorld, belts: Belts, name: str, per_second: int, speed: int
) -> None:
    world = flat_world()
    placed = belts(world, SNAKE, name=name)
    source = lines_of_belt(world, placed[0, 0])
    sink = lines_of_belt(world, placed[4, 3])
    flow(world, source, sink, 1200)
    seconds = 24
    arrived = flow(world, source, sink, seconds * 60)
    assert arrived == [per_second * seconds // 2] * 2
    assert set(world.belt["speed"][1:2]) == {speed}


@pytest.mark.parametrize(("name", "per_second", "speed"), SPEEDS)
def test_an_item_moves_by_the_speed_of_its_belt(
    flat_world: MakeWorld, belts: Belts, name: str, per_second: int, speed: int
) -> None:
    world = flat_world()
    placed = belts(world, ">>>>>", name=name)
    line = lines_of_belt(world, placed[0, 0])[LEFT]
    assert insert_at(world, line, 1.0, IRON_ORE)
    for tick in range(40):
        # it makes its first step when it is put on; a tile's end is still on the tile
        tile, rest = divmod(speed * (tick + 1) - 1, UNITS_PER_TILE)
        here = lines_of_belt(world, placed[tile, 0])[LEFT]
        position = 1 - (rest + 1) / UNITS_PER_TILE
        assert items_on_line(world, here) == [(IRON_ORE, position)]
        advance(world, 1)


@pytest.mark.parametrize(
    ("lane", "length"), [(LEFT, 295), (RIGHT, 106)], ids=["outer", "inner"]
)
def test_a_curve_is_as_long_as_in_the_game(
    flat_world: MakeWorld, belts: Belts, lane: int, length: int
) -> None:
    world = flat_world()
    placed = belts(world, ">v\n.v")
    start = lines_of_belt(world, placed[0, 0])[lane]
    goal = lines_of_belt(world, placed[1, 1])[lane]
    assert insert_at(world, start, 8 / UNITS_PER_TILE, IRON_ORE)  # at its very end
    ticks = 0
    while not items_on_line(world, goal):
        advance(world, 1)
        ticks += 1
    assert ticks == length // 8 + 1


@pytest.mark.parametrize("length", [1, 2, 7])
def test_a_standing_belt_holds_four_items_on_each_lane_and_tile(
    flat_world: MakeWorld, belts: Belts, length: int
) -> None:
    world = flat_world()
    placed = belts(world, ">" * length)
    source = lines_of_belt(world, placed[0, 0])
    flow(world, source, [], 40 * length + 100)
    for entity in placed.values():
        for line in lines_of_belt(world, entity):
            positions = [position for _, position in items_on_line(world, line)]
            assert positions == [0, 0.25, 0.5, 0.75]


def test_a_fast_belt_is_held_up_by_a_slow_one(
    flat_world: MakeWorld, belts: Belts
) -> None:
    world = flat_world()
    fast = belts(world, ">>>", name="fast-transport-belt")
    slow = belts(world, ">>>", x=3)
    source, sink = lines_of_belt(world, fast[0, 0]), lines_of_belt(world, slow[5, 0])
    flow(world, source, sink, 600)
    assert flow(world, source, sink, 800) == [100, 100]
    for entity in fast.values():
        for line in lines_of_belt(world, entity):
            assert sum(line_contents(world, line).values()) == 4


@pytest.mark.parametrize(
    ("picture", "start", "lane"), [(">^\n.^", (0, 0), LEFT), ("^<\n^.", (1, 0), RIGHT)]
)
def test_side_loading_fills_one_lane_at_its_full_rate(
    flat_world: MakeWorld, belts: Belts, picture: str, start: tuple[int, int], lane: int
) -> None:
    world = flat_world()
    placed = belts(world, picture)
    beyond = belts(world, "^\n^", 1 - start[0], -2)
    source = lines_of_belt(world, placed[start])
    sink = lines_of_belt(world, beyond[1 - start[0], -2])
    flow(world, source, sink, 400)
    arrived = flow(world, source, sink, 800)
    assert arrived[lane] == 100
    assert arrived[1 - lane] == 0


def test_a_side_feeder_squashes_into_gaps_and_fills_a_thin_stream(
    flat_world: MakeWorld, belts: Belts
) -> None:
    world = flat_world()
    main = belts(world, "^\n^\n^\n^\n^\n^")
    feeder = belts(world, ">", -1, 3)
    sink = lines_of_belt(world, main[0, 0])
    source = lines_of_belt(world, feeder[-1, 3])
    counts: dict[int, int] = {}
    for tick in range(2400):
        if tick % 11 == 0:  # less than an item in 8 ticks: gaps, all too small
            insert_at_back(world, lines_of_belt(world, main[0, 5])[LEFT], COAL)
        for line in source:
            insert_at_back(world, line, IRON_ORE)
        advance(world, 1)
        if tick >= 800:
            for item, count in line_contents(world, sink[LEFT]).items():
                counts[item] = counts.get(item, 0) + count
        clear_line(world, sink[LEFT])
    assert sum(counts.values()) == 1600 // 8
    assert counts[COAL] > 100


@pytest.mark.parametrize("picture", [">>v\n^.v\n^<<", ">v\n^<", ">>>>>v\n^<<<<<"])
def test_a_ring_goes_on_turning_when_it_is_full(
    flat_world: MakeWorld, belts: Belts, picture: str
) -> None:
    world = flat_world()
    lines = [
        line
        for entity in belts(world, picture).values()
        for line in lines_of_belt(world, entity)
    ]
    for _ in range(400):
        for line in lines:
            insert_at_back(world, line, IRON_ORE)
        advance(world, 1)
    held = [items_on_line(world, line) for line in lines]
    advance(world, 1)
    after = [items_on_line(world, line) for line in lines]
    assert sum(map(len, after)) == sum(map(len, held))
    assert all(one != other for one, other in zip(held, after, strict=True))


def test_an_underground_carries_at_full_rate_and_holds_what_is_below(
    flat_world: MakeWorld, belts: Belts, place: Place
) -> None:
    world = flat_world()
    entrance = place(world, "underground-belt", 0, 0, EAST)
    exit_end = place(world, "underground-belt", 4, 0, EAST)
    set_belt_to_ground_type(world, exit_end, "output")
    refreshed(world)
    beyond = belts(world, ">", 5, 0)[5, 0]
    source, sink = lines_of_belt(world, entrance)[:2], lines_of_belt(world, beyond)
    flow(world, source, sink, 600)
    assert flow(world, source, sink, 800) == [100, 100]
    flow(world, source, [], 800)
    assert entity_contents(world, entrance) == {IRON_ORE: 2 * 4 * (1 + 3)}
    assert entity_contents(world, exit_end) == {IRON_ORE: 2 * 4}


# --- building


def test_mining_a_belt_gives_what_lies_on_it(
    flat_world: MakeWorld, belts: Belts
) -> None:
    world = flat_world()
    entity = belts(world, ">")[0, 0]
    left, right = lines_of_belt(world, entity)
    for line, item in ((left, IRON_ORE), (right, IRON_ORE), (right, COAL)):
        assert insert_at_back(world, line, item)
        advance(world, 20)
    assert entity_contents(world, entity) == {IRON_ORE: 2, COAL: 1}


def test_building_and_removing_for_long_needs_no_more_room(
    flat_world: MakeWorld, place: Place
) -> None:
    world = flat_world()
    tables = (
        "belt",
        "transport_line",
        "line_item",
        "free_line_items",
        "line_chain",
        "line_place",
    )

    def build_and_remove() -> None:
        for name in ("transport-belt", "express-underground-belt", "splitter"):
            entity = place(world, name, 0, 0)
            insert_at_back(world, lines_of_belt(world, entity)[0], IRON_ORE)
            destroy_entity(world, entity)

    build_and_remove()
    before = [int(world.count[TABLE_INDEX[name]]) for name in tables]
    for _ in range(20):
        build_and_remove()
    assert [int(world.count[TABLE_INDEX[name]]) for name in tables] == before
    assert not world.line_item["item"].any()


def test_a_belt_that_is_turned_takes_its_items_along(
    flat_world: MakeWorld, belts: Belts
) -> None:
    world = flat_world()
    placed = belts(world, ">>\nv.\nv.")
    entity = placed[0, 0]
    left = lines_of_belt(world, entity)[LEFT]
    assert insert_at(world, left, 0.5, IRON_ORE)
    rotate_entity(world, entity, SOUTH)
    advance(world, 20)
    assert line_contents(world, left) == {}
    assert line_contents(world, lines_of_belt(world, placed[0, 1])[LEFT]) == {
        IRON_ORE: 1
    }


def test_turning_an_underground_turns_the_flow_of_the_pair(
    flat_world: MakeWorld, place: Place
) -> None:
    world = flat_world()
    west = place(world, "underground-belt", 0, 0, EAST)
    east = place(world, "underground-belt", 4, 0, EAST)
    set_belt_to_ground_type(world, east, "output")
    refreshed(world)
    flow(world, lines_of_belt(world, west)[:2], [], 100)
    carried = entity_contents(world, west)[IRON_ORE]
    rotate_entity(world, west, turned_direction(world, west))
    assert [belt_to_ground_type(world, end) for end in (west, east)] == [
        "output",
        "input",
    ]
    assert list(world.entity["direction"][[west, east]]) == [6, 6]
    assert other_end(world, east) == west
    advance(world, 600)
    both = [entity_contents(world, end).get(IRON_ORE, 0) for end in (west, east)]
    assert sum(both) == carried
    assert both[0] == 8


def test_a_belt_beside_does_not_change_how_items_move(
    flat_world: MakeWorld, belts: Belts
) -> None:
    worlds = [flat_world(), flat_world()]
    placed = [belts(world, SNAKE) for world in worlds]
    for world, tiles in zip(worlds, placed, strict=True):
        for line in lines_of_belt(world, tiles[0, 0]):
            insert_at(world, line, 0.5, IRON_ORE)
    for tick in range(200):
        if tick % 20 == 0:
            belts(worlds[1], ">", 20 - tick // 10, 20)
        for world in worlds:
            advance(world, 1)
    found = [
        [
            items_on_line(world, line)
            for entity in tiles.values()
            for line in lines_of_belt(world, entity)
        ]
        for world, tiles in zip(worlds, placed, strict=True)
    ]
    assert found[0] == found[1]
