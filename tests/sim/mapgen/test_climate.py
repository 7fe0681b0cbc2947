"""Peaks of autoplace, and looking around."""

import numpy as np
import pytest

from fle_marl.sim.mapgen.climate import CoarseClimate, lowest, near
from fle_marl.sim.mapgen.terrain import Ground


def climate(moisture: float, warmth: float, distance: float = 0.0) -> CoarseClimate:
    span = np.arange(8)
    flat = np.zeros((8, 8))
    return CoarseClimate(
        Ground(
            x=span,
            y=span,
            distance=flat + distance,
            is_water=flat > 0,
            moisture=flat + moisture,
            aux=flat + 0.5,
            temperature=flat + warmth,
            tiles=flat.astype(np.uint8),
        )
    )


PEAK = {
    "water_optimal": 0.5,
    "water_range": 0.1,
    "water_max_range": 0.3,
    "temperature_optimal": 20,
    "temperature_range": 5,
    "temperature_max_range": 15,
}


@pytest.mark.parametrize(
    ("moisture", "warmth", "fit"),
    [
        (0.5, 20, 1.0),
        (0.6, 25, 1.0),
        (0.7, 20, 0.5),
        (0.5, 10, 0.5),
        (0.7, 6, 0.1),
        (0.8, 20, 0.0),
        (0.9, 20, -0.5),
        (0.5, 90, -1.0),
    ],
)
def test_peaks_fit_by_what_fits_least(moisture, warmth, fit):
    found = climate(moisture, warmth).fit(PEAK)
    assert found.shape == (2, 2)
    assert found == pytest.approx(np.full((2, 2), fit))


def test_a_top_limit_ends_a_scale():
    peak = {
        "distance_optimal": 0,
        "distance_range": 64,
        "distance_max_range": 192,
        "distance_top_property_limit": 128,
    }
    for distance, fit in ((0.0, 1.0), (128.0, 0.5), (5000.0, 0.5)):
        found = climate(0.5, 20, distance).fit(peak)
        assert found == pytest.approx(np.full((2, 2), fit))


def test_squares_are_spread_over_their_tiles():
    values = np.array([[1, 2], [3, 4]])
    tiled = climate(0.5, 20).tiled(values)
    assert tiled.shape == (8, 8)
    assert (tiled[:4, 4:] == 2).all()
    assert (tiled[4:, :4] == 3).all()


def test_looking_around():
    values = np.full((9, 9), 5.0)
    values[4, 2] = 1.0
    assert (lowest(values, 2) == 1.0).sum() == 25
    mask = np.zeros((9, 9), np.bool_)
    mask[0, 0] = True
    found = near(mask, 3)
    assert found[:4, :4].all()
    assert found.sum() == 16
