"""Cliffs of generated maps: chains that fit, in the right places, with gaps."""

import random

import numpy as np
import pytest

from fle_marl.prototypes import load
from fle_marl.prototypes.cliffs import CLIFF_ORIENTATIONS, cliff_ends
from fle_marl.sim.actions.build import can_place, destroy_entity, entities
from fle_marl.sim.components import KINDS
from fle_marl.sim.mapgen.chunks import generate_chunks
from fle_marl.sim.mapgen.cliffs import cliffs_on, rows_below
from fle_marl.sim.mapgen.settings import map_preset_names, read_map_gen_settings
from fle_marl.sim.mapgen.start import starting_area
from fle_marl.sim.mapgen.terrain import ground_of, height_of

from .pieces import generated, pieces

MARGIN = 12
OPPOSITE = {"north": "south", "south": "north", "west": "east", "east": "west"}
STEP = {"north": (0, -1), "south": (0, 1), "west": (-1, 0), "east": (1, 0)}
SOLID = {"cliff_settings": {"richness": 10}}
ALL_SEEDS = range(6)


def cliffs_of(seed, given=None, low=-400, high=400):
    """``{(column, row) of the square: orientation}``, and the map."""
    settings = read_map_gen_settings(given)
    start = starting_area(settings, seed)
    span = np.arange(low - MARGIN, high + MARGIN)
    ground = ground_of(settings, start, span, span)
    found = cliffs_on(settings, start, ground, MARGIN)
    # square n begins at tile 4 n; the position is half a tile below its middle
    assert (found.x % 1024 == 512).all()
    assert (found.y % 1024 == 640).all()
    squares = zip(
        (found.x // 1024).tolist(),
        (found.y // 1024).tolist(),
        found.orientation.tolist(),
        strict=True,
    )
    return {(x, y): turned for x, y, turned in squares}, settings, start, ground


@pytest.mark.parametrize("seed", ALL_SEEDS)
def test_pieces_fit_end_to_end(seed):
    found, *_ = cliffs_of(seed)
    assert len(found) > 100
    loose = 0
    for (x, y), turned in found.items():
        start, end = cliff_ends(turned)
        for side, is_start in ((start, True), (end, False)):
            if side == "none":
                continue
            there = x + STEP[side][0], y + STEP[side][1]
            if not all(-100 <= axis < 100 for axis in there):
                continue
            if there not in found:
                # at water that lies between dry corners
                loose += 1
                continue
            other = cliff_ends(found[there])
            # one comes where the other goes
            assert other[1 if is_start else 0] == OPPOSITE[side]
    assert loose <= 2


@pytest.mark.parametrize("seed", ALL_SEEDS)
def test_low_ground_is_on_the_right(seed):
    found, settings, start, _ = cliffs_of(seed)
    # on the left and on the right of who comes from a side: row and column of corners
    coming = {
        "north": ((0, 1), (0, 0)),
        "east": ((1, 1), (0, 1)),
        "south": ((1, 0), (1, 1)),
        "west": ((0, 0), (1, 0)),
    }
    for (x, y), turned in found.items():
        across, down = np.array([4 * x, 4 * x + 4]), np.array([4 * y, 4 * y + 4])
        distance = np.hypot(across[None, :] + 0.5, down[:, None] + 0.5)
        height = height_of(settings, start, across, down, distance)
        rows = rows_below(settings, height, across, down, seed)
        first, last = cliff_ends(turned)
        if first != "none":
            left, right = coming[first]
            assert rows[left] > rows[right]
            assert height[left] >= settings.cliff_elevation_0
        if last != "none":
            right, left = coming[last]
            assert rows[left] > rows[right]


@pytest.mark.parametrize("preset", map_preset_names())
def test_none_in_the_starting_area_and_none_in_water(preset):
    for seed in range(3):
        found, _, start, ground = cliffs_of(seed, preset)
        for x, y in found:
            away = np.hypot(4 * x + 2, 4 * y + 2)
            assert away > max(start.radius, 120)
            column, row = 4 * x - int(ground.x[0]), 4 * y - int(ground.y[0])
            assert not ground.is_water[row : row + 4, column : column + 4].any()


def test_every_orientation_is_used():
    used = {turned for seed in ALL_SEEDS for turned in cliffs_of(seed)[0].values()}
    assert used == set(range(len(CLIFF_ORIENTATIONS)))


def test_settings():
    def count(**given):
        return len(cliffs_of(1, {"cliff_settings": given}, -600, 600)[0])

    usual = count()
    assert count(richness=0) == 0
    assert count(richness="none") == 0
    assert count(richness=0.5) < 0.8 * usual < usual < 0.8 * count(richness=3)
    assert count(cliff_elevation_interval=7) > 1.3 * usual
    assert count(cliff_elevation_0=200) == 0
    ends = sum(
        "none" in CLIFF_ORIENTATIONS[turned]
        for turned in cliffs_of(1, SOLID, -600, 600)[0].values()
    )
    # rows without gaps end only where they may not go on
    assert ends < 0.1 * count(richness=10)


def test_nothing_stands_in_cliffs():
    tried = 0
    for seed in (1, 2):
        world = generated(seed)
        generate_chunks(world, [(x, y) for y in range(4, 10) for x in range(4, 10)])
        trees = {load().entities[name].id for name in load().entities if "tree" in name}
        cliff = KINDS.index("cliff")
        rows = entities(world)
        kinds = world.entity["kind"]
        spots = [
            (int(world.entity["prototype"][row]), *world.entity[["x", "y"]][row].item())
            for row in rows
            if kinds[row] == KINDS.index("simple")
            and all(
                129 * 256 < place < 319 * 256
                for place in world.entity[["x", "y"]][row].item()
            )
        ]
        for row in rows:
            if kinds[row] != cliff:
                destroy_entity(world, row)
            else:
                tried += 1
        for prototype, x, y in spots:
            if prototype in trees:
                assert can_place(world, load().entities.by_id(prototype), x, y, 0)
    assert tried > 50


@pytest.mark.parametrize("given", [None, {"terrain_segmentation": 4, **SOLID}])
@pytest.mark.parametrize("seed", [1, 2])
def test_the_order_of_making_chunks_changes_nothing(seed, given):
    area = [(x, y) for y in range(-9, -5) for x in range(5)]
    at_once = generated(seed, given)
    generate_chunks(at_once, area)
    whole = pieces(at_once)
    one_by_one = generated(seed, given)
    for chunk in random.Random(seed).sample(area, len(area)):
        generate_chunks(one_by_one, [chunk])
    assert pieces(one_by_one) == whole
    names = [each[0] for _, standing, _ in whole.values() for each in standing]
    assert names.count("cliff") > 20
