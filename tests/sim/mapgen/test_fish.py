"""Fish: in water, about one on a hundred tiles."""

import numpy as np

from fle_marl.prototypes import load
from fle_marl.sim.mapgen.fish import fish_in, fish_kind
from fle_marl.sim.mapgen.settings import read_map_gen_settings
from fle_marl.sim.mapgen.start import starting_area
from fle_marl.sim.mapgen.terrain import OUT_OF_MAP, ground_of

SPAN = np.arange(-300, 300)


def ground(seed, given=None):
    settings = read_map_gen_settings(given)
    return ground_of(settings, starting_area(settings, seed), SPAN, SPAN)


def test_fish_are_in_water_with_water_around():
    shares = []
    for seed in range(4):
        around = ground(seed, {"water": 2})
        fish = fish_in(seed, around)
        for row, column in zip(*fish.nonzero(), strict=True):
            box = slice(max(row - 1, 0), row + 2), slice(max(column - 1, 0), column + 2)
            assert around.is_water[box].all()
            assert fish[box].sum() == 1
        shares.append(fish.sum() / around.is_water.sum())
    # prototype fish, autoplace.influence 0.01; shores have none
    assert 0.006 < np.mean(shares) < 0.01


def test_none_beyond_the_border():
    around = ground(1, {"height": 128})
    fish = fish_in(1, around)
    nothing = load().tiles[OUT_OF_MAP].id
    assert (around.tiles == nothing).any()
    assert not fish[around.tiles == nothing].any()


def test_their_kind():
    assert (fish_kind(np.ones((2, 3), np.bool_)) == load().entities["fish"].id).all()
