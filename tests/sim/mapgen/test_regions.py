"""Regular patches: amounts, distances and places by the game's figures."""

import math

import numpy as np
import pytest

from fle_marl.sim.mapgen.figures import TILES_PER_KM2, resource_figures
from fle_marl.sim.mapgen.regions import REGION_TILES, spots_of_region
from fle_marl.sim.mapgen.settings import read_map_gen_settings
from fle_marl.sim.mapgen.start import LARGEST_RADIUS, Spot, starting_area

FIGURES = {each.name: each for each in resource_figures()}
RING = [(x, y) for x in range(-2, 3) for y in range(-2, 3)]


def volume(spot: Spot) -> float:
    return math.pi * spot.radius**2 * spot.height / 3


def spots(given: object = None, seeds: int = 6) -> list[Spot]:
    settings = read_map_gen_settings(given)
    return [
        spot
        for seed in range(seeds)
        for region in RING
        for spot in spots_of_region(settings, starting_area(settings, seed), *region)
    ]


def wanted(name: str) -> float:
    """What the regions of `RING` hold by the density of the game, numerically."""
    step = 32
    reach = int(2.5 * REGION_TILES)
    span = np.arange(-reach + step // 2, reach, step)
    x, y = np.meshgrid(span, span)
    distance = np.hypot(x, y).ravel()
    densities = [FIGURES[name].density(float(each)) for each in distance]
    return sum(densities) * step * step


USUAL = spots()


@pytest.mark.parametrize("name", FIGURES)
def test_amounts_are_those_of_the_density(name):
    found = sum(volume(spot) for spot in USUAL if spot.resource == name) / 6
    assert found == pytest.approx(wanted(name), rel=0.2)


@pytest.mark.parametrize("name", ["crude-oil", "uranium-ore"])
def test_neither_oil_nor_uranium_is_in_the_starting_area(name):
    away = [math.hypot(spot.x, spot.y) for spot in USUAL if spot.resource == name]
    assert len(away) > 10
    assert min(away) > 120


@pytest.mark.parametrize("name", ["iron-ore", "coal", "uranium-ore"])
def test_patches_are_as_large_as_the_game_says(name):
    figures = FIGURES[name]
    least, most = figures.spot_size
    for spot in USUAL:
        if spot.resource != name:
            continue
        density = figures.density(math.hypot(spot.x, spot.y))
        normal = density * TILES_PER_KM2 / figures.base_spots_per_km2
        assert least * 0.999 <= volume(spot) / normal <= most * 1.001
        radius = figures.regular_rq_factor * volume(spot) ** (1 / 3)
        assert spot.radius == pytest.approx(min(radius, LARGEST_RADIUS), rel=1e-6)


def test_patches_grow_with_distance():
    iron = [spot for spot in USUAL if spot.resource == "iron-ore"]
    near = [volume(spot) for spot in iron if 450 < math.hypot(spot.x, spot.y) < 900]
    far = [volume(spot) for spot in iron if math.hypot(spot.x, spot.y) > 1600]
    # 2 far away against 1 + 375 / 1300 at 675 tiles on average
    assert np.mean(far) / np.mean(near) == pytest.approx(2 / 1.29, rel=0.2)


def test_patches_of_a_region_keep_apart():
    settings = read_map_gen_settings("default")
    start = starting_area(settings, 4)
    found = spots_of_region(settings, start, 1, -1)
    assert len(found) > 8
    for index, spot in enumerate(found):
        assert -512 + 1024 <= spot.x <= 512 + 1024
        assert -512 - 1024 <= spot.y <= 512 - 1024
        for other in found[:index]:
            assert math.dist((spot.x, spot.y), (other.x, other.y)) >= 45.25


def test_frequency_gives_more_patches_and_size_larger_ones():
    def iron(part: str, value: float) -> list[Spot]:
        found = spots({"autoplace_controls": {"iron-ore": {part: value}}})
        return [spot for spot in found if spot.resource == "iron-ore"]

    usual = [spot for spot in USUAL if spot.resource == "iron-ore"]
    frequent, large = iron("frequency", 3.0), iron("size", 2.0)
    assert len(frequent) == pytest.approx(3 * len(usual), rel=0.2)
    assert len(large) == pytest.approx(len(usual), rel=0.2)
    mean = np.mean([volume(spot) for spot in usual])
    assert np.mean([volume(spot) for spot in large]) == pytest.approx(2 * mean, rel=0.2)
    assert iron("size", 0.0) == []
