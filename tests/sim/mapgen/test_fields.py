"""Fields belong to places, and the arithmetic of single numbers is right."""

import math

import numpy as np
import pytest

from fle_marl.sim.mapgen.fields import cube_root, direction, field, log2, wavy_noise

OCTAVES = ((50.0, 1.0), (13.0, 0.5))


def test_a_piece_is_cut_out_of_the_whole():
    x, y = np.arange(-70, 70), np.arange(-40, 90)
    whole = field(3, "hills", x, y, OCTAVES)
    piece = field(3, "hills", x[31:60], y[7:100], OCTAVES)
    assert piece.tobytes() == whole[7:100, 31:60].tobytes()


def test_noise_is_smooth_and_fills_its_range():
    span = np.arange(-1000, 1000)
    noise = wavy_noise(1, "hills", span, span, 40.0)
    assert abs(noise.mean()) < 0.05
    assert -1.2 < noise.min() < -0.8
    assert 0.8 < noise.max() < 1.2
    # no edge along the borders of cells: neighbours differ by a small part of a hill
    assert np.abs(np.diff(noise, axis=0)).max() < 0.15
    assert np.abs(np.diff(noise, axis=1)).max() < 0.15


def test_noise_has_no_rows_or_columns():
    span = np.arange(4000)
    noise = wavy_noise(5, "hills", span, span, 20.0)
    # were zeros of all corners lined up, whole rows would be flatter than others
    for axis in (0, 1):
        height = noise.std(axis=axis)
        assert height.min() > 0.7 * height.mean()


def test_seeds_and_names_give_other_fields():
    span = np.arange(64)
    first = wavy_noise(1, "hills", span, span, 16.0)
    for seed, name in ((2, "hills"), (1, "dales")):
        other = wavy_noise(seed, name, span, span, 16.0)
        assert abs(np.corrcoef(first.ravel(), other.ravel())[0, 1]) < 0.5


@pytest.mark.parametrize("value", [1e-3, 0.5, 1.0, 7.0, 8.0, 4e5, 1.2e7])
def test_cube_root(value):
    assert cube_root(value) == pytest.approx(value ** (1 / 3), rel=1e-12)
    assert cube_root(-value) == 0.0


@pytest.mark.parametrize("value", [1 / 6, 0.25, 1.0, 1.5, 2.0, 6.0])
def test_log2(value):
    assert log2(value) == pytest.approx(math.log2(value), abs=1e-9)


@pytest.mark.parametrize("turn", [0.0, 0.1, 0.24, 0.25, 0.4, 0.5, 0.77, 0.99])
def test_directions_go_once_around(turn):
    for index in range(20):
        x, y = direction(1, "way", index, turn)
        assert math.hypot(x, y) == pytest.approx(1.0)
        # 0.02 of a turn is drawn on top, and rational angles are off by less than 0.01
        found = math.atan2(y, x) / math.tau
        assert abs((found - turn + 0.5) % 1.0 - 0.5) < 0.03
