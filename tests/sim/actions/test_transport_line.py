"""Belts as scripts see them."""

from collections.abc import Callable
from typing import Any

import pytest

from fle_marl.prototypes import load
from fle_marl.sim.actions.transport_line import (
    belt_neighbours,
    can_insert_at,
    can_insert_at_back,
    clear_line,
    input_lines,
    insert_at,
    insert_at_back,
    items_on_line,
    line_contents,
    lines_of_belt,
    output_lines,
    remove_items_from_line,
)
from fle_marl.sim.engine import advance
from fle_marl.sim.world import World

IRON_ORE = load().items["iron-ore"].id
COAL = load().items["coal"].id

MakeWorld = Callable[..., World]
Belts = Callable[..., Any]
Place = Callable[..., int]
Line = tuple[World, int]


@pytest.fixture
def line(flat_world: MakeWorld, belts: Belts) -> Line:
    """The left lane of a belt that leads nowhere."""
    world = flat_world()
    return world, lines_of_belt(world, belts(world, ">")[0, 0])[0]


def test_an_item_at_the_back_of_an_empty_belt_is_where_it_is_in_the_game(
    line: Line,
) -> None:
    assert insert_at_back(*line, IRON_ORE)
    assert items_on_line(*line) == [(IRON_ORE, 0.96875)]


def test_positions_count_from_the_front_end(line: Line) -> None:
    assert insert_at(*line, 0.5, IRON_ORE)
    assert items_on_line(*line) == [(IRON_ORE, 0.5 - 8 / 256)]
    advance(line[0], 10)
    assert items_on_line(*line) == [(IRON_ORE, 0.5 - 88 / 256)]


def test_what_is_beyond_the_front_end_is_put_at_it(line: Line) -> None:
    assert insert_at(*line, -0.3, IRON_ORE)
    assert items_on_line(*line) == [(IRON_ORE, 0)]


@pytest.mark.parametrize("position", [1.01, 3.0])
def test_what_is_beyond_the_back_end_does_not_go_on(
    line: Line, position: float
) -> None:
    assert not can_insert_at(*line, position)
    assert not insert_at(*line, position, IRON_ORE)
    assert line_contents(*line) == {}


def test_asking_says_what_inserting_does_and_changes_nothing(line: Line) -> None:
    world, row = line
    for _ in range(6):
        before = world.state_hash()
        fits = can_insert_at_back(world, row)
        assert world.state_hash() == before
        assert insert_at_back(world, row, IRON_ORE) == fits
        advance(world, 20)
    assert line_contents(world, row) == {IRON_ORE: 4}


@pytest.mark.parametrize(
    ("item", "count", "left"),
    [
        (IRON_ORE, 1, [COAL, IRON_ORE]),
        (IRON_ORE, 9, [COAL]),
        (COAL, 1, [IRON_ORE, IRON_ORE]),
        (0, 2, [IRON_ORE]),
    ],
)
def test_items_are_taken_from_the_front(
    line: Line, item: int, count: int, left: list[int]
) -> None:
    for wanted in (IRON_ORE, COAL, IRON_ORE):
        assert insert_at_back(*line, wanted)
        advance(line[0], 10)
    taken = remove_items_from_line(*line, item, count)
    assert taken == 3 - len(left)
    assert [item for item, _ in items_on_line(*line)] == left


def test_a_line_can_be_cleared(line: Line) -> None:
    insert_at_back(*line, COAL)
    clear_line(*line)
    assert line_contents(*line) == {}


def test_removing_wakes_what_stood_still(flat_world: MakeWorld, belts: Belts) -> None:
    world = flat_world()
    placed = belts(world, ">>>")
    back = lines_of_belt(world, placed[0, 0])[0]
    for _ in range(300):
        insert_at_back(world, back, IRON_ORE)
        advance(world, 1)
    front = lines_of_belt(world, placed[2, 0])[0]
    assert remove_items_from_line(world, front, IRON_ORE, 1) == 1
    advance(world, 8)
    assert [position for _, position in items_on_line(world, front)] == [
        0,
        0.25,
        0.5,
        0.75,
    ]
    assert len(items_on_line(world, back)) == 3


def test_lines_know_what_leads_onto_them(flat_world: MakeWorld, belts: Belts) -> None:
    world = flat_world()
    placed = belts(world, ">^\n.^")
    near, far = lines_of_belt(world, placed[1, 0])
    behind, _ = lines_of_belt(world, placed[1, 1])
    aside = lines_of_belt(world, placed[0, 0])
    assert sorted(input_lines(world, near)) == sorted([behind, *aside])
    assert output_lines(world, behind) == [near]
    assert output_lines(world, far) == []


def test_a_splitter_leads_from_its_inputs_to_its_outputs(
    flat_world: MakeWorld, place: Place
) -> None:
    world = flat_world()
    lines = lines_of_belt(world, place(world, "splitter", 1, 0.5))
    for lane in range(2):
        inputs, outputs = (
            [lines[lane], lines[2 + lane]],
            [lines[4 + lane], lines[6 + lane]],
        )
        for line in inputs:
            assert output_lines(world, line) == outputs
            assert input_lines(world, line) == []
        for line in outputs:
            assert input_lines(world, line) == inputs
            assert output_lines(world, line) == []


def test_neighbours_are_the_entities_that_feed_and_are_fed(
    flat_world: MakeWorld, belts: Belts
) -> None:
    world = flat_world()
    placed = belts(world, "..^.\n>>^<\n..^.")
    middle = placed[2, 1]
    expected = sorted([placed[1, 1], placed[3, 1], placed[2, 2]])
    assert belt_neighbours(world, middle) == {
        "inputs": expected,
        "outputs": [placed[2, 0]],
    }
