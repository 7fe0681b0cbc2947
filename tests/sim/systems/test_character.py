"""Walking: speeds, obstacles, belts, and the cells that a character is entered in."""

from collections.abc import Iterator

import numpy as np
import pytest

from fle_marl.prototypes import load
from fle_marl.sim.actions.build import can_place, destroy_entity
from fle_marl.sim.actions.character import (
    create_character,
    set_walking,
    teleport_character,
)
from fle_marl.sim.components import DIRECTORY_CHUNKS
from fle_marl.sim.engine import advance
from fle_marl.sim.world import World

STEP = 38
DIAGONAL_STEP = 27  # floor(0.15 * sqrt(0.5) * 256)
HALF = 52
NORTH, EAST, SOUTH, WEST = 0, 2, 4, 6


def position(world: World, character: int) -> tuple[int, int]:
    return int(world.entity["x"][character]), int(world.entity["y"][character])


def cells_of(world: World, entity: int) -> Iterator[tuple[int, int]]:
    """Tiles in whose list the entity stands."""
    links = world.tables["cell_link"]
    for chunk_y, chunk_x in zip(*(world.chunk_index >= 0).nonzero(), strict=True):
        cells = world.tables["cell"][world.chunk_index[chunk_y, chunk_x]]
        for row, column in zip(*cells.nonzero(), strict=True):
            link = int(cells[row, column])
            while link:
                if links["entity"][link] == entity:
                    yield (
                        int(column) + 32 * (int(chunk_x) - 64),
                        int(row) + 32 * (int(chunk_y) - 64),
                    )
                link = int(links["next_in_cell"][link])


@pytest.mark.parametrize(
    ("direction", "step"),
    [
        (0, (0, -STEP)),
        (1, (DIAGONAL_STEP, -DIAGONAL_STEP)),
        (2, (STEP, 0)),
        (3, (DIAGONAL_STEP, DIAGONAL_STEP)),
        (4, (0, STEP)),
        (5, (-DIAGONAL_STEP, DIAGONAL_STEP)),
        (6, (-STEP, 0)),
        (7, (-DIAGONAL_STEP, -DIAGONAL_STEP)),
    ],
)
def test_walks_in_eight_directions(flat_world, direction, step):
    world = flat_world()
    character = create_character(world, 0, 0)
    set_walking(world, character, direction)
    advance(world, 10)
    assert position(world, character) == (10 * step[0], 10 * step[1])
    assert world.entity["direction"][character] == direction
    set_walking(world, character, None)
    advance(world, 10)
    assert position(world, character) == (10 * step[0], 10 * step[1])


@pytest.mark.parametrize(
    ("ground", "step"),
    [
        ("grass-1", 38),
        ("stone-path", 49),
        ("concrete", 53),
        ("refined-concrete", 57),
        ("water-shallow", 30),
        ("water-mud", 26),
    ],
)
def test_ground_changes_the_speed(flat_world, ground, step):
    world = flat_world(ground=ground)
    character = create_character(world, 0, 0)
    set_walking(world, character, EAST)
    advance(world, 7)
    assert position(world, character) == (7 * step, 0)


def test_speed_modifier(flat_world):
    world = flat_world()
    character = create_character(world, 0, 0)
    row = world.entity["component"][character]
    world.tables["character"]["running_speed_modifier"][row] = 0.5
    set_walking(world, character, SOUTH)
    advance(world, 1)
    assert position(world, character) == (0, 57)  # floor(0.15 * 1.5 * 256)


def test_stops_right_at_a_wall(flat_world, place):
    world = flat_world()
    for y in range(-3, 4):
        place(world, "wooden-chest", 5.5, y + 0.5)
    character = create_character(world, 0, 0)
    set_walking(world, character, EAST)
    advance(world, 100)
    left_edge = 5 * 256 + 128 - 90  # chests are 0.35 tiles to each side
    assert position(world, character) == (left_edge - HALF, 0)


def test_slides_around_a_corner_straight_ahead(flat_world, place):
    world = flat_world()
    place(world, "wooden-chest", 3.5, 0.5)
    character = create_character(world, 0, 0)  # only its lower half is in the way
    set_walking(world, character, EAST)
    advance(world, 60)
    x, y = position(world, character)
    assert x > 4 * 256
    assert y < 0


def test_does_not_slide_along_a_long_wall(flat_world, place):
    world = flat_world()
    for y in range(-2, 3):
        place(world, "wooden-chest", 3.5, y + 0.5)
    character = create_character(world, 0, 128)
    set_walking(world, character, EAST)
    advance(world, 60)
    assert position(world, character)[1] == 128


def test_slides_along_a_wall_diagonally(flat_world, place):
    world = flat_world()
    for y in range(-6, 7):
        place(world, "wooden-chest", 2.5, y + 0.5)
    character = create_character(world, 0, 0)
    set_walking(world, character, 3)
    advance(world, 30)
    x, y = position(world, character)
    assert x < 2 * 256
    assert y == 30 * DIAGONAL_STEP


@pytest.mark.parametrize(
    ("name", "y_above", "y_below", "passes"),
    [
        ("assembling-machine-1", -1.5, 1.5, True),
        ("stone-furnace", -1.0, 1.0, True),
        ("small-electric-pole", -0.5, 0.5, True),
        ("wooden-chest", -0.5, 0.5, False),
        ("electric-mining-drill", -1.5, 1.5, False),
    ],
)
def test_fits_through_gaps(flat_world, place, name, y_above, y_below, passes):
    world = flat_world()
    place(world, name, 5.5, y_above)
    place(world, name, 5.5, y_below)
    character = create_character(world, 0, 0)
    set_walking(world, character, EAST)
    advance(world, 100)
    assert (position(world, character) == (100 * STEP, 0)) is passes


def test_does_not_slip_through_a_row_of_pipes(flat_world, place):
    world = flat_world()
    for y in range(-4, 4):
        place(world, "pipe", 2.5, y + 0.5)
    character = create_character(world, 0, 10)
    set_walking(world, character, EAST)
    advance(world, 600)
    assert position(world, character)[0] < 3 * 256


def test_characters_do_not_run_through_each_other(flat_world):
    world = flat_world()
    left, right = create_character(world, 0, 0), create_character(world, 512, 0)
    set_walking(world, left, EAST)
    set_walking(world, right, WEST)
    met = False
    for _ in range(60):
        advance(world, 1)
        (left_x, left_y), (right_x, right_y) = (
            position(world, each) for each in (left, right)
        )
        apart = max(abs(left_x - right_x), abs(left_y - right_y))
        assert apart >= 2 * HALF
        met = met or apart == 2 * HALF
    assert met


def test_does_not_leave_the_map(flat_world):
    world = flat_world()
    character = create_character(world, 30 * 256, 0)
    set_walking(world, character, EAST)
    advance(world, 100)
    assert position(world, character) == (32 * 256 - HALF, 0)


def test_belts_carry_it(flat_world, place):
    world = flat_world()
    for x in range(10):
        place(world, "transport-belt", x + 0.5, 0.5, EAST)
    character = create_character(world, 128, 128)
    advance(world, 100)
    assert position(world, character) == (128 + 100 * 8, 128)
    set_walking(world, character, WEST)
    advance(world, 10)
    assert position(world, character) == (128 + 110 * 8 - 10 * STEP, 128)


def test_cells_follow_it(flat_world):
    world = flat_world()
    character = create_character(world, 0, 0)
    links_before = sorted(world.tables["cell_link"]["entity"].tolist())
    rng = np.random.default_rng(1)
    for _ in range(60):
        set_walking(world, character, int(rng.integers(8)))
        advance(world, int(rng.integers(1, 12)))
        x, y = position(world, character)
        corners = {
            (corner_x >> 8, corner_y >> 8)
            for corner_x in (x - HALF, x + HALF - 1)
            for corner_y in (y - HALF, y + HALF - 1)
        }
        found = list(cells_of(world, character))
        assert set(found) == corners
        assert len(found) == 4
    assert sorted(world.tables["cell_link"]["entity"].tolist()) == links_before
    destroy_entity(world, character)
    assert list(cells_of(world, character)) == []


def test_nothing_is_built_on_it(flat_world):
    world = flat_world()
    create_character(world, 128, 128)
    chest = load().entities["wooden-chest"]
    assert not can_place(world, chest, 128, 128, NORTH)
    assert can_place(world, chest, 128 + 2 * 256, 128, NORTH)
    assert can_place(world, load().entities["transport-belt"], 128, 128, NORTH)


def test_teleports_within_the_map_only(flat_world):
    world = flat_world()
    character = create_character(world, 0, 0)
    assert teleport_character(world, character, 10 * 256, -4 * 256)
    assert position(world, character) == (2560, -1024)
    before = world.state_hash()
    assert not teleport_character(world, character, 33 * 256, 0)
    assert world.state_hash() == before
    middle = DIRECTORY_CHUNKS // 2
    assert world.chunk_index[middle, middle + 1] < 0


def test_many_short_runs_are_one_long_run(flat_world, place):
    def run(lengths: list[int]) -> str:
        world = flat_world(seed=5)
        for x in range(8):
            place(world, "wooden-chest", x * 2 + 4.5, x % 3 + 0.5)
        for index in range(3):
            character = create_character(world, 0, index * 256)
            set_walking(world, character, (2, 3, 1)[index])
        for ticks in lengths:
            advance(world, ticks)
        return world.state_hash()

    assert run([200]) == run([1] * 200) == run([7] * 28 + [4])


def test_inactive_characters_stand_still(flat_world):
    world = flat_world()
    character = create_character(world, 0, 0)
    set_walking(world, character, EAST)
    world.entity["active"][character] = False
    advance(world, 10)
    assert position(world, character) == (0, 0)
