"""Trees and rocks: where they like it, and not where they may not be."""

from collections import Counter
from functools import cache

import numpy as np
import pytest

from fle_marl.prototypes import load
from fle_marl.sim.mapgen.cliffs import cliffs_on
from fle_marl.sim.mapgen.growth import MARGIN_TILES, Growth, growth_on
from fle_marl.sim.mapgen.patches import deposits_on
from fle_marl.sim.mapgen.settings import read_map_gen_settings
from fle_marl.sim.mapgen.start import FREE_TILES, starting_area
from fle_marl.sim.mapgen.terrain import Ground, ground_of

SPAN = np.arange(-300 - MARGIN_TILES, 300 + MARGIN_TILES)


@cache
def usual(seed: int) -> tuple[Ground, Growth]:
    """What several tests look at and none changes."""
    return grown(seed)


def grown(seed: int, given: object = None) -> tuple[Ground, Growth]:
    settings = read_map_gen_settings(given)
    start = starting_area(settings, seed)
    ground = ground_of(settings, start, SPAN, SPAN)
    deposits = deposits_on(settings, start, ground)
    cliffs = cliffs_on(settings, start, ground, MARGIN_TILES)
    return ground, growth_on(settings, seed, ground, deposits, cliffs.covered)


def counted(growth: Growth) -> Counter[str]:
    names = [load().entities.by_id(each).name for each in growth.prototype.tolist()]
    return Counter(names)


def trees(growth: Growth) -> int:
    return sum(count for name, count in counted(growth).items() if "tree" in name)


def test_there_are_many_kinds():
    found: Counter[str] = Counter()
    for seed in range(4):
        found += counted(usual(seed)[1])
    assert sum("tree" in name or "trunk" in name for name in found) >= 8
    assert {"rock-huge", "rock-big", "sand-rock-big"} <= set(found)
    assert 5_000 < sum(found.values()) / 4 < 60_000


@pytest.mark.parametrize("seed", [1, 2])
def test_nothing_stands_in_water_or_at_the_origin(seed):
    ground, growth = usual(seed)
    x, y = growth.x >> 8, growth.y >> 8
    assert abs(x).max() <= 300
    assert abs(y).max() <= 300
    is_fish = growth.prototype == load().entities["fish"].id
    assert (ground.is_water[y - SPAN[0], x - SPAN[0]] == is_fish).all()
    assert np.hypot(growth.x / 256, growth.y / 256).min() > FREE_TILES - 1


def test_trees_stand_where_their_prototype_likes_it():
    # prototype tree-03: water_optimal 0.8, water_max_range 0.3, temperature 25 +- 10.5
    limits = {"tree-03": (0.5, 14.5, 35.5), "tree-02-red": (0.375, 6.5, 27.5)}
    for name, (wet, cold, warm) in limits.items():
        number = load().entities[name].id
        for seed in (1, 2, 3):
            ground, growth = usual(seed)
            own = growth.prototype == number
            # the climate of the square of four tiles that a tree is in
            x = ((growth.x[own] >> 8) - SPAN[0]) // 4 * 4
            y = ((growth.y[own] >> 8) - SPAN[0]) // 4 * 4
            assert (ground.moisture[y, x] > wet).all()
            warmth = ground.temperature[y, x]
            assert ((warmth > cold) & (warmth < warm)).all()


def test_settings_of_trees():
    as_usual = trees(usual(1)[1])
    assert trees(grown(1, {"autoplace_controls": {"trees": {"size": "none"}}})[1]) == 0
    more = {"autoplace_controls": {"trees": {"size": 3}}}
    assert trees(grown(1, more)[1]) > 1.3 * as_usual
    thin = {"autoplace_controls": {"trees": {"richness": 0.5}}}
    assert trees(grown(1, thin)[1]) < 0.8 * as_usual
    rocks = counted(usual(1)[1])["rock-big"]
    none = counted(grown(1, {"autoplace_controls": {"trees": {"size": 0}}})[1])
    assert none["rock-big"] == rocks
