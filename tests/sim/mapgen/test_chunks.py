"""Chunks are the same whenever and in whatever order they are made."""

import random

import numpy as np
import pytest

from fle_marl.prototypes import load
from fle_marl.sim.actions.build import can_place, create_entity
from fle_marl.sim.actions.character import create_character
from fle_marl.sim.engine import advance
from fle_marl.sim.mapgen.chunks import (
    GROWTH_TICKS,
    generate_chunks,
    grow_map,
    is_generated,
    ticks_until_growth,
)
from fle_marl.sim.mapgen.figures import resource_figures
from fle_marl.sim.mapgen.generator import request_chunks
from fle_marl.sim.mapgen.regions import spots_of_region
from fle_marl.sim.mapgen.settings import read_map_gen_settings
from fle_marl.sim.mapgen.start import starting_area
from fle_marl.sim.saves import load_world, save_world
from fle_marl.sim.world import World

from .pieces import fingerprint, generated, pieces, things

AREA = [(x, y) for y in range(-3, 3) for x in range(-4, 4)]
FAR = [(x, 30) for x in range(24, 44)]
FINGERPRINT = "1f92bed1a5f555c42eb97d524b91325a"
"""Of the map of seed 1 around the origin. A map that another machine or another version
of numpy draws otherwise would be another map for the same seed."""


def test_the_same_seed_is_the_same_map_on_every_machine():
    world = generated(1)
    generate_chunks(world, [*AREA, *FAR])
    assert fingerprint(world) == FINGERPRINT


@pytest.mark.parametrize("settings", ["default", "rail-world", "ribbon-world"])
@pytest.mark.parametrize("seed", [1, 2])
def test_the_order_of_making_chunks_changes_nothing(seed, settings):
    at_once = generated(seed, settings)
    generate_chunks(at_once, AREA)
    whole = pieces(at_once)
    one_by_one = generated(seed, settings)
    shuffled = random.Random(seed).sample(AREA, len(AREA))
    for chunk in shuffled:
        generate_chunks(one_by_one, [chunk])
    assert pieces(one_by_one) == whole
    assert sum(len(standing) for _, standing, _ in whole.values()) > 500


def test_some_chunks_alone_are_as_among_others():
    alone = generated(5)
    generate_chunks(alone, [(2, 1)])
    among = generated(5)
    generate_chunks(among, AREA)
    assert pieces(alone)[2, 1][:2] == pieces(among)[2, 1][:2]


def test_worlds_are_sound_after_every_kind_of_growth():
    world = generated(3)
    create_character(world, 31 * 256, 0, agent=1)
    for chunks in ([(0, 0)], [(1, 0), (-1, -1)], AREA):
        generate_chunks(world, chunks)
        # the checks of saved worlds look at every list of every tile
        again = load_world(save_world(world))
        assert pieces(again) == pieces(world)


def test_patches_across_borders_come_out_whole():
    settings = read_map_gen_settings({"water": 0})
    start = starting_area(settings, 7)
    spot = next(
        spot
        for spot in spots_of_region(settings, start, 0, 0)
        if spot.resource == "iron-ore"
        and min(spot.x % 32, spot.y % 32, 32 - spot.x % 32, 32 - spot.y % 32) < 10
    )
    middle = int(spot.x // 32), int(spot.y // 32)
    around = [(middle[0] + x, middle[1] + y) for x in (-1, 0, 1) for y in (-1, 0, 1)]
    world = generated(7, {"water": 0})
    for chunk in around:
        generate_chunks(world, [chunk])
    own = [each for each in things(world) if each[0] == "iron-ore"]
    near = [
        each
        for each in own
        if np.hypot(each[1] / 256 - spot.x, each[2] / 256 - spot.y) < 1.7 * spot.radius
    ]
    assert len({(x // 8192, y // 8192) for _, x, y, _ in near}) >= 2
    volume = np.pi * spot.radius**2 * spot.height / 3
    assert sum(amount for *_, amount in near) == pytest.approx(volume, rel=0.5)


def test_nothing_stands_in_anything_else():
    world = generated(2)
    generate_chunks(world, AREA)
    boxes = []
    for name, x, y, amount in things(world):
        if not amount:
            box = load().entities[name].collision_box
            left, right = x / 256 + box.left_top.x, x / 256 + box.right_bottom.x
            top, bottom = y / 256 + box.left_top.y, y / 256 + box.right_bottom.y
            boxes.append((left, top, right, bottom))
    found = np.array(boxes)
    assert len(found) > 300
    for left, top, right, bottom in boxes:
        is_in = (found[:, 0] < right) & (found[:, 2] > left)
        is_in &= (found[:, 1] < bottom) & (found[:, 3] > top)
        assert is_in.sum() == 1


def test_trees_are_in_the_way_across_a_border_that_came_later():
    # a tree whose middle is in one chunk and whose box reaches into the next
    for seed in range(40):
        world = generated(seed)
        generate_chunks(world, [(3, 0)])
        edge = [
            each
            for each in things(world)
            if not each[3] and "tree" in each[0] and each[1] > (128 * 256 - 90)
        ]
        generate_chunks(world, [(4, 0)])
        chest = load().entities["iron-chest"]
        for _, _, y, _ in edge:
            tile = y // 256 * 256 + 128
            assert not can_place(world, chest, 128 * 256 + 128, tile, 0)
        if edge:
            return
    raise AssertionError("no tree on a border in 40 maps")


def test_what_is_there_is_left_alone():
    world = generated(1)
    generate_chunks(world, AREA)
    create_entity(world, "iron-chest", 128, 128)
    before = world.state_hash()
    generate_chunks(world, AREA)
    assert world.state_hash() == before


def test_beyond_the_map_there_are_no_chunks():
    world = generated(1, "ribbon-world")
    generate_chunks(world, [(0, 1), (0, 2), (0, -2), (0, -3), (63, 0), (64, 0)])
    there = [is_generated(world, 0, y) for y in (1, 2, -2, -3)]
    assert there == [True, False, True, False]
    assert is_generated(world, 63, 0)
    assert not is_generated(world, 64, 0)


def test_maps_drawn_by_hand_do_not_grow():
    world = World(1)
    generate_chunks(world, AREA)
    grow_map(world)
    assert world.chunk_count == 0
    assert ticks_until_growth(world, 1000) == 1000


# --- growing while time passes


def test_chunks_come_to_be_around_characters():
    world = generated(1)
    create_character(world, 0, 0, agent=1)
    grow_map(world)
    assert len(pieces(world)) == 7 * 7
    assert is_generated(world, -3, 3)
    assert not is_generated(world, 4, 0)


def test_requested_chunks_come_to_be_at_the_next_multiple():
    world = generated(1)
    advance(world, 1)
    request_chunks(world, 5, -2, 2)
    grow_map(world)
    assert not is_generated(world, 5, -2)
    assert ticks_until_growth(world, 1000) == GROWTH_TICKS - 1
    advance(world, GROWTH_TICKS - 1)
    grow_map(world)
    assert set(pieces(world)) == {(5, -2), (6, -2), (5, -1), (6, -1)}
    before = world.state_hash()
    grow_map(world)
    assert world.state_hash() == before


def test_time_is_interrupted_only_where_something_is_missing():
    world = generated(1, {"water": 0})
    create_character(world, 0, 0, agent=1)
    generate_chunks(world, [(x, y) for y in range(-6, 7) for x in range(-6, 7)])
    speed = load().entities["character"].number("running_speed")
    safe = ticks_until_growth(world, 10**6)
    # three rings of chunks more than are needed, at the speed of the prototype
    assert 3 * 32 / speed - GROWTH_TICKS < safe <= 3 * 32 / speed
    assert safe % GROWTH_TICKS == 0


def test_resources_are_numbered_as_in_their_figures():
    world = generated(1)
    generate_chunks(world, AREA)
    names = {name for name, _, _, amount in things(world) if amount}
    assert names == {
        f.name for f in resource_figures() if f.has_starting_area_placement
    }
