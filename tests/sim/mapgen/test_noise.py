"""Noise belongs to places and seeds, and nothing else."""

import numpy as np
import pytest

from fle_marl.sim.mapgen.noise import integers, smooth_noise, uniform, wavy_radius

KNOWN = [
    0.9515442327662452,
    0.6435324036020861,
    0.5827693253024876,
    0.045643763862139974,
]


def test_known_numbers_never_change():
    drawn = uniform(7, "test", np.arange(-2, 2), np.full(4, 3))
    assert drawn.tolist() == uniform(7, "test", np.arange(-2, 2), 3).tolist()
    assert drawn == pytest.approx(KNOWN, abs=1e-12)


def test_numbers_are_spread_evenly():
    x, y = np.meshgrid(np.arange(-100, 100), np.arange(-100, 100))
    drawn = uniform(1, "spread", x, y)
    assert drawn.min() >= 0
    assert drawn.max() < 1
    counts, _ = np.histogram(drawn, bins=20, range=(0, 1))
    assert counts.min() > 1800
    assert abs(np.corrcoef(drawn[:, :-1].ravel(), drawn[:, 1:].ravel())[0, 1]) < 0.02


def test_seeds_and_streams_are_unrelated():
    x = np.arange(1000)
    drawn = [uniform(seed, stream, x) for seed in (1, 2) for stream in ("a", "b")]
    for index, one in enumerate(drawn):
        for other in drawn[index + 1 :]:
            assert abs(np.corrcoef(one, other)[0, 1]) < 0.1


def test_integers_reach_both_ends():
    assert set(integers(1, "dice", np.arange(200), 1, 6).tolist()) == {1, 2, 3, 4, 5, 6}


def test_smooth_noise_has_no_steps():
    tiles = np.arange(-64, 64)
    height = smooth_noise(1, "hills", tiles, tiles[:100], 16)
    assert height.shape == (100, 128)
    assert np.abs(np.diff(height, axis=0)).max() < 0.15
    assert np.abs(np.diff(height, axis=1)).max() < 0.15
    assert 0 <= height.min() < height.max() < 1


def test_wavy_radius_closes_and_stays_near_one():
    angle = np.linspace(-np.pi, np.pi, 400)
    radius = wavy_radius(1, "patch", angle)
    assert radius[0] == pytest.approx(radius[-1])
    assert 0.4 < radius.min() < radius.max() < 1.6
