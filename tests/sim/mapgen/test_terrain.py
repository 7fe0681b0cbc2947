"""The ground: lakes with shores, tiles by climate, borders."""

import numpy as np
import pytest

from fle_marl.prototypes import load
from fle_marl.sim.mapgen.settings import read_map_gen_settings
from fle_marl.sim.mapgen.start import starting_area
from fle_marl.sim.mapgen.terrain import Ground, ground_of

NAMES = np.array(["", *load().tiles])
SPAN = np.arange(-512, 512)


def ground(seed: int, given: object = None, span: np.ndarray = SPAN) -> Ground:
    settings = read_map_gen_settings(given)
    return ground_of(settings, starting_area(settings, seed), span, span)


def water_share(given: object) -> float:
    # each ninth tile of a square of 1,000 tiles is enough to know the share
    sample = np.arange(300, 1300, 3)
    shares = [ground(seed, given, sample).is_water.mean() for seed in range(4)]
    return float(np.mean(shares))


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_shores_are_shallow(seed):
    made = ground(seed)
    deep = NAMES[made.tiles] == "deepwater"
    assert deep.sum() > 500
    beside = np.zeros_like(deep)
    beside[1:] |= deep[:-1]
    beside[:-1] |= deep[1:]
    beside[:, 1:] |= deep[:, :-1]
    beside[:, :-1] |= deep[:, 1:]
    around = set(np.unique(NAMES[made.tiles][beside & ~deep]))
    assert around == {"water"}


def test_is_water_is_what_the_tiles_say():
    made = ground(1)
    masks = [
        load().tiles.by_id(int(tile)).collision_mask for tile in np.unique(made.tiles)
    ]
    wet = [
        int(t)
        for t, m in zip(np.unique(made.tiles), masks, strict=True)
        if "player-layer" in m
    ]
    assert (np.isin(made.tiles, wet) == made.is_water).all()


def test_land_has_many_kinds_of_ground():
    kinds = set(NAMES[np.unique(ground(3).tiles)])
    for family in ("grass", "dirt", "sand", "red-desert"):
        assert any(family in kind for kind in kinds)


def test_wet_land_is_green_and_dry_land_is_not():
    made = ground(2, None, np.arange(-2000, 2000, 4))
    names = NAMES[made.tiles]
    wet = names[(made.moisture > 0.75) & ~made.is_water]
    dry = names[(made.moisture < 0.2) & ~made.is_water]
    assert len(wet) > 1000
    assert len(dry) > 1000
    assert (np.char.find(wet, "grass") >= 0).mean() > 0.95
    assert (np.char.find(dry, "grass") < 0).all()


def test_settings_of_water():
    usual = water_share(None)
    assert 0.05 < usual < 0.35
    assert water_share({"water": "very-high"}) > 1.4 * usual
    assert water_share({"water": "very-low"}) < 0.7 * usual
    assert water_share({"water": 0}) == 0.0


def test_without_water_there_is_a_starting_lake_all_the_same():
    assert ground(1, {"water": 0}).is_water.sum() > 300


def test_an_island_ends_in_the_sea():
    made = ground(1, "island", np.arange(-1200, 1200, 4))
    assert made.is_water[made.distance > 1000].all()
    assert made.is_water[made.distance < 250].mean() < 0.2


def test_segmentation_makes_lakes_smaller():
    def borders(given: object) -> int:
        water = ground(1, given, np.arange(300, 1300)).is_water
        return int(
            (water[1:] != water[:-1]).sum() + (water[:, 1:] != water[:, :-1]).sum()
        )

    assert borders({"terrain_segmentation": 3}) > 1.5 * borders(None)


def test_beyond_the_border_there_is_nothing():
    made = ground(1, {"width": 700, "height": 131})
    outside = NAMES[made.tiles] == "out-of-map"
    x, y = np.meshgrid(SPAN, SPAN)
    assert (outside == ((x < -350) | (x >= 350) | (y < -65) | (y >= 66))).all()
    assert made.is_water[outside].all()
