"""Figures of resources: from the prototypes, and the documented arithmetic on them."""

import numpy as np
import pytest

from fle_marl.sim.mapgen.figures import far_richness, resource_figures

FIGURES = {each.name: each for each in resource_figures()}


def test_all_resources_have_figures_solid_ones_first():
    names = [each.name for each in resource_figures()]
    assert set(names[:4]) == {"iron-ore", "copper-ore", "coal", "stone"}
    assert set(names[4:]) == {"uranium-ore", "crude-oil"}


@pytest.mark.parametrize(
    ("name", "base_density", "spots", "amount"),
    [
        # 20,000 times the base density at (1 + 1) times 1
        ("iron-ore", 10.0, 2.5, 400_000),
        ("copper-ore", 8.0, 2.5, 320_000),
        ("coal", 8.0, 2.5, 320_000),
        ("stone", 4.0, 2.5, 160_000),
    ],
)
def test_starting_resources(name, base_density, spots, amount):
    figures = FIGURES[name]
    assert figures.has_starting_area_placement
    assert figures.base_density == base_density
    assert figures.base_spots_per_km2 == spots
    assert figures.starting_amount(1.0, 1.0) == amount
    assert figures.starting_amount(3.0, 0.5) == amount


def test_the_others_are_not_at_the_start():
    oil, uranium = FIGURES["crude-oil"], FIGURES["uranium-ore"]
    assert not oil.has_starting_area_placement
    assert not uranium.has_starting_area_placement
    assert oil.random_probability == 1 / 48
    assert oil.additional_richness == 220_000
    assert uranium.spot_size == (2.0, 4.0)
    assert (oil.base_density, oil.base_spots_per_km2) == (8.2, 1.8)


def test_density_grows_with_distance():
    # nothing within 120 tiles, usual 300 further out; growing from 300 on, twice as
    # much 1300 tiles after that and no more
    iron = FIGURES["iron-ore"]
    assert iron.density(119.0) == 0.0
    assert iron.density(270.0) == pytest.approx(5.0)
    assert iron.density(420.0) == pytest.approx(10.0 * (1 + 120 / 1300))
    assert iron.density(1600.0) == pytest.approx(20.0)
    assert iron.density(4000.0) == pytest.approx(20.0)


def test_richness_grows_where_patches_do_not():
    far = far_richness(np.array([0.0, 1600.0, 2900.0]))
    assert far.tolist() == pytest.approx([1.0, 1.0, 1.5])
