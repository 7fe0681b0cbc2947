"""The starting area is there for every seed and every preset."""

import math
from itertools import combinations

import numpy as np
import pytest

from fle_marl.sim.mapgen.figures import resource_figures
from fle_marl.sim.mapgen.patches import deposits_on
from fle_marl.sim.mapgen.settings import map_preset_names, read_map_gen_settings
from fle_marl.sim.mapgen.start import FREE_TILES, starting_area
from fle_marl.sim.mapgen.terrain import ground_of

ORES = ("iron-ore", "copper-ore", "coal", "stone")
NUMBERS = {each.name: number for number, each in enumerate(resource_figures(), 1)}


@pytest.mark.parametrize("preset", map_preset_names())
@pytest.mark.parametrize("seed", [*range(6), 2**63 + 5])
def test_ores_water_and_room_are_near(preset, seed):
    settings = read_map_gen_settings(preset)
    start = starting_area(settings, seed)
    span = np.arange(-320, 320)
    rows = span if not settings.height else np.arange(-64, 64)
    ground = ground_of(settings, start, span, rows)
    deposits = deposits_on(settings, start, ground)
    assert not ground.is_water[ground.distance < FREE_TILES].any()
    # on narrow maps they lie in a row, which is longer
    within = ground.distance < (300.0 if settings.height else 120.0 + 15.0)
    for figures in resource_figures():
        if not figures.has_starting_area_placement:
            continue
        control = settings.control(figures.control)
        wanted = figures.starting_amount(control.frequency, control.size)
        own = (deposits.resource == NUMBERS[figures.name]) & within
        assert own.sum() >= 80
        assert deposits.amount[own].sum() >= 0.35 * wanted * control.richness
    assert (ground.is_water & within).sum() >= 300


@pytest.mark.parametrize("seed", range(10))
@pytest.mark.parametrize("size", [(0, 128), (128, 0), (576, 576), (128, 576)])
def test_narrow_maps_have_room_for_everything(size, seed):
    width, height = size
    settings = read_map_gen_settings({"width": width, "height": height})
    start = starting_area(settings, seed)
    x, y = (np.arange(-(side or 576) // 2, (side or 576) // 2) for side in size)
    ground = ground_of(settings, start, x, y)
    deposits = deposits_on(settings, start, ground)
    for ore in ORES:
        assert (deposits.resource == NUMBERS[ore]).sum() >= 60
    assert ground.is_water.sum() >= 300
    assert not ground.is_water[ground.distance < FREE_TILES].any()


def test_patches_hold_what_the_game_gives_on_average():
    settings = read_map_gen_settings("default")
    span = np.arange(-130, 130)
    totals = dict.fromkeys(ORES, 0)
    for seed in range(25):
        start = starting_area(settings, seed)
        deposits = deposits_on(settings, start, ground_of(settings, start, span, span))
        for ore in ORES:
            own = deposits.resource == NUMBERS[ore]
            totals[ore] += int(deposits.amount[own].sum())
    for ore, amount in zip(ORES, (400_000, 320_000, 320_000, 160_000), strict=True):
        assert totals[ore] / 25 == pytest.approx(amount, rel=0.25)


@pytest.mark.parametrize("seed", range(20))
def test_everything_is_in_a_direction_of_its_own(seed):
    start = starting_area(read_map_gen_settings("default"), seed)
    assert {patch.resource for patch in start.patches} == set(ORES)
    middles = [(patch.x, patch.y) for patch in start.patches]
    middles.append((start.lake_x, start.lake_y))
    for one, other in combinations(middles, 2):
        assert math.dist(one, other) > 40
    for middle in middles:
        assert 55 <= math.hypot(*middle) <= 87


def test_what_is_turned_off_is_not_there():
    given = {"autoplace_controls": {"coal": {"size": 0}}}
    start = starting_area(read_map_gen_settings(given), 1)
    assert {each.resource for each in start.patches} == {*ORES} - {"coal"}


def test_a_larger_starting_area_leaves_the_patches_where_they_are():
    # the game's ores go by a radius of their own, which the setting does not change
    near = starting_area(read_map_gen_settings(None), 3)
    far = starting_area(read_map_gen_settings({"starting_area": 3}), 3)
    assert (near.radius, far.radius) == (150.0, 450.0)
    assert near.patches == far.patches
