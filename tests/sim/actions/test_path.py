"""Ways on foot: they exist where characters fit, and walking them touches nothing."""

import numpy as np
import pytest

from fle_marl.prototypes import load
from fle_marl.sim.actions.build import can_place, destroy_entity
from fle_marl.sim.actions.character import (
    character_of_agent,
    create_character,
    set_walking,
)
from fle_marl.sim.actions.path import Walker, character_walker, find_path
from fle_marl.sim.components import KINDS
from fle_marl.sim.engine import advance
from fle_marl.sim.mapgen import build_scenario, generate_chunks
from fle_marl.sim.mapgen.generator import add_generator
from fle_marl.sim.mapgen.settings import read_map_gen_settings
from fle_marl.sim.world import World

Point = tuple[int, int]


def tiles(x: float, y: float) -> Point:
    return int(x * 256), int(y * 256)


def walk(world: World, character: int, path: list[Point]) -> bool:
    """Walk a path by pressing keys, as an agent's tool does; True when it got there."""
    for goal_x, goal_y in path:
        for _ in range(4000):
            dx = goal_x - int(world.entity["x"][character])
            dy = goal_y - int(world.entity["y"][character])
            east = (dx > 19) - (dx < -19)
            south = (dy > 19) - (dy < -19)
            if not east and not south:
                break
            direction = {
                (0, -1): 0,
                (1, -1): 1,
                (1, 0): 2,
                (1, 1): 3,
                (0, 1): 4,
                (-1, 1): 5,
                (-1, 0): 6,
                (-1, -1): 7,
            }[east, south]
            set_walking(world, character, direction)
            advance(world, 1)
        else:
            return False
    set_walking(world, character, None)
    return True


def legs_are_free(world: World, start: Point, path: list[Point]) -> bool:
    """Whether a character fits everywhere on a path's legs.

    The first half tile is left out: there the walking character itself stands.
    """
    character = load().entities["character"]
    here = start
    for there in path:
        steps = max(abs(there[0] - here[0]), abs(there[1] - here[1]))
        for step in range(0, steps + 1, 8):
            x = here[0] + (there[0] - here[0]) * step // max(steps, 1)
            y = here[1] + (there[1] - here[1]) * step // max(steps, 1)
            is_away = max(abs(x - start[0]), abs(y - start[1])) > 128
            if is_away and not can_place(world, character, x, y, 0):
                return False
        here = there
    return True


def test_straight_over_free_ground(flat_world):
    world = flat_world()
    path = find_path(world, tiles(0, 0), tiles(10, 4), character_walker())
    assert path == [tiles(4, 4), tiles(10, 4)]


def test_off_the_grid(flat_world):
    world = flat_world()
    start, goal = (3, 7), (2571, 1033)
    path = find_path(world, start, goal, character_walker())
    assert path is not None
    assert path[-1] == goal


def test_near_enough_is_no_way_at_all(flat_world):
    world = flat_world()
    assert find_path(world, (0, 0), tiles(3, 0), character_walker(), radius=768) == []


def test_around_a_wall(flat_world, place):
    world = flat_world()
    for y in range(-10, 11):
        place(world, "stone-wall", 5.5, y + 0.5)
    start, goal = tiles(0, 0), tiles(10, 0)
    path = find_path(world, start, goal, character_walker())
    assert path is not None
    assert max(abs(y) for _, y in path) >= 10 * 256
    assert legs_are_free(world, start, path)


def test_between_assemblers(flat_world, place):
    world = flat_world()
    for index in range(-4, 5):
        place(world, "assembling-machine-1", 5.5, 3 * index + 0.5)
    path = find_path(world, tiles(0, 0), tiles(10, 0), character_walker())
    assert path is not None
    assert max(abs(y) for _, y in path) <= 3 * 256


@pytest.mark.parametrize("name", ["pipe", "stone-wall", "wooden-chest"])
def test_no_way_into_a_ring(flat_world, place, name):
    world = flat_world()
    for x in range(-3, 4):
        for y in range(-3, 4):
            if max(abs(x), abs(y)) == 3:
                place(world, name, x + 0.5, y + 0.5)
    assert find_path(world, tiles(10, 0), tiles(0.5, 0.5), character_walker()) is None
    assert find_path(world, tiles(0.5, 0.5), tiles(10, 0), character_walker()) is None


def test_belts_and_ore_are_no_obstacle(flat_world, place):
    world = flat_world()
    for y in range(-30, 30):
        place(world, "transport-belt", 5.5, y + 0.5)
        place(world, "iron-ore", 7.5, y + 0.5)
    path = find_path(world, tiles(0, 0), tiles(10, 0), character_walker())
    assert path == [tiles(10, 0)]


def test_to_a_building_by_radius(flat_world, place):
    world = flat_world()
    place(world, "stone-furnace", 10, 0)
    start, goal = tiles(0, 0), tiles(10, 0)
    assert find_path(world, start, goal, character_walker()) is None
    path = find_path(world, start, goal, character_walker(), radius=2 * 256)
    assert path is not None
    x, y = path[-1]
    assert (x - goal[0]) ** 2 + (y - goal[1]) ** 2 <= (2 * 256) ** 2
    assert legs_are_free(world, start, path)


def test_large_walkers_need_large_gaps(flat_world, place):
    world = flat_world()
    for y in (*range(-31, -2), *range(2, 31)):
        place(world, "stone-wall", 5.5, y + 0.5)
    mask = character_walker().mask
    for half, fits in ((256, True), (3 * 256, False)):
        walker = Walker(box=(-half, -half, half, half), mask=mask)
        path = find_path(world, tiles(0, 0), tiles(12, 0), walker)
        assert (path is not None) is fits


def test_characters_stand_in_the_way_but_not_in_their_own(flat_world, place):
    world = flat_world()
    for y in (*range(-32, 0), *range(1, 32)):
        place(world, "wooden-chest", 5.5, y + 0.5)
    start, goal = tiles(0, 0.5), tiles(10, 0.5)
    walking = create_character(world, *start)
    assert find_path(world, start, goal, character_walker(walking)) is not None
    create_character(world, *tiles(5.5, 0.5))
    assert find_path(world, start, goal, character_walker(walking)) is None


def test_gives_up_at_its_limit(flat_world):
    world = flat_world()
    walker = character_walker()
    path = find_path(world, tiles(0, 0), tiles(20, 0), walker, maximum_points=10)
    assert path is None


def test_off_the_map(flat_world):
    world = flat_world()
    assert find_path(world, tiles(0, 0), tiles(60, 0), character_walker()) is None
    assert find_path(World(), tiles(0, 0), tiles(1, 0), character_walker()) is None


@pytest.mark.parametrize("seed", range(5))
def test_paths_through_a_crowded_place_can_be_walked(flat_world, place, seed):
    world = flat_world()
    rng = np.random.default_rng(seed)
    names = ("stone-furnace", "assembling-machine-1", "small-electric-pole", "pipe")
    for _ in range(120):
        name = names[int(rng.integers(len(names)))]
        x, y = (float(each) for each in rng.integers(-28, 28, 2))
        if max(abs(x), abs(y)) > 4:
            place(world, name, x + 0.5, y + 0.5)
    character = create_character(world, 0, 0)
    found = 0
    for _ in range(6):
        start = (int(world.entity["x"][character]), int(world.entity["y"][character]))
        goal = (int(rng.integers(-7000, 7000)), int(rng.integers(-7000, 7000)))
        path = find_path(world, start, goal, character_walker(character), radius=256)
        if path is None:
            continue
        found += 1
        assert path == find_path(
            world, start, goal, character_walker(character), radius=256
        )
        assert legs_are_free(world, start, path[:-1])
        assert walk(world, character, path)
    assert found >= 3


def test_from_the_start_to_every_patch_of_the_lab_map():
    world = World(4)
    build_scenario(world, {"name": "lab-play"}, 1)
    walker = character_walker(character_of_agent(world, 1))
    goals = [tiles(-66, -12), tiles(67, -14), tiles(-24, -67), tiles(28, 67)]
    goals += [tiles(108, 84), tiles(-104, 82), tiles(34, -108)]
    for goal in goals:
        path = find_path(world, (0, 0), goal, walker, radius=512)
        assert path is not None
        assert legs_are_free(world, (0, 0), path)


def test_ways_among_cliffs_are_walked_to_their_ends():
    given = {
        "terrain_segmentation": 3,
        "cliff_settings": {"richness": 3},
        "autoplace_controls": {"trees": {"size": 0}},
    }
    world = World(2)
    add_generator(world, read_map_gen_settings(given))
    generate_chunks(world, [(x, y) for x in range(5, 11) for y in range(5, 11)])
    assert (world.entity["kind"] == KINDS.index("cliff")).sum() > 300
    drawn = np.random.default_rng(1).integers(170, 340, (60, 4)).tolist()
    walked = 0
    for number, (x, y, to_x, to_y) in enumerate(drawn):
        start, goal = tiles(x + 0.5, y + 0.5), tiles(to_x + 0.5, to_y + 0.5)
        character = load().entities["character"]
        if not all(can_place(world, character, *at, 0) for at in (start, goal)):
            continue
        walker = create_character(world, *start, agent=number + 1)
        path = find_path(world, start, goal, character_walker(walker), radius=256)
        if path is not None:
            assert walk(world, walker, path)
            walked += 1
        destroy_entity(world, walker)
    assert walked > 15
