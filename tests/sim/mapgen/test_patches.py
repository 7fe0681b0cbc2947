"""What lies on tiles: wells apart, rich patches, nothing under water."""

import numpy as np
import pytest

from fle_marl.sim.mapgen.figures import resource_figures
from fle_marl.sim.mapgen.patches import deposits_on
from fle_marl.sim.mapgen.regions import spots_of_region
from fle_marl.sim.mapgen.settings import read_map_gen_settings
from fle_marl.sim.mapgen.start import Spot, starting_area
from fle_marl.sim.mapgen.terrain import ground_of

NUMBERS = {each.name: number for number, each in enumerate(resource_figures(), 1)}
RING = [(x, y) for x in range(-2, 3) for y in range(-2, 3)]


def find_well_field(settings, start) -> Spot:
    for region in RING:
        for spot in spots_of_region(settings, start, *region):
            if spot.resource == "crude-oil":
                return spot
    raise AssertionError("no oil in 25 regions")


@pytest.mark.parametrize("seed", range(4))
def test_wells_stand_apart_and_are_rich(seed):
    settings = read_map_gen_settings({"water": 0})
    start = starting_area(settings, seed)
    field = find_well_field(settings, start)
    x = np.arange(int(field.x) - 40, int(field.x) + 40)
    y = np.arange(int(field.y) - 40, int(field.y) + 40)
    deposits = deposits_on(settings, start, ground_of(settings, start, x, y))
    is_well = deposits.resource == NUMBERS["crude-oil"]
    rows, columns = is_well.nonzero()
    assert 3 <= len(rows) <= 50
    # additional_richness of the prototype
    assert deposits.amount[is_well].min() >= 220_000
    for index in range(len(rows)):
        gap = np.maximum(abs(rows - rows[index]), abs(columns - columns[index]))
        assert np.sort(gap)[1] >= 3


def test_richness_multiplies_what_tiles_hold():
    span = np.arange(-130, 130)
    amounts = []
    for given in (None, "rich-resources"):
        settings = read_map_gen_settings(given)
        start = starting_area(settings, 2)
        made = deposits_on(settings, start, ground_of(settings, start, span, span))
        amounts.append(made.amount)
    assert np.abs(amounts[1] - 2 * amounts[0]).max() <= 1
    assert amounts[0].any()


def test_nothing_lies_under_water_and_every_patch_is_a_blob():
    settings = read_map_gen_settings("default")
    start = starting_area(settings, 1)
    span = np.arange(-140, 140)
    ground = ground_of(settings, start, span, span)
    deposits = deposits_on(settings, start, ground)
    assert not (deposits.resource[ground.is_water] > 0).any()
    assert ((deposits.amount > 0) == (deposits.resource > 0)).all()
    iron = next(spot for spot in start.patches if spot.resource == "iron-ore")
    own = deposits.resource == NUMBERS["iron-ore"]
    rows, columns = own.nonzero()
    away = np.hypot(span[columns] + 0.5 - iron.x, span[rows] + 0.5 - iron.y)
    # filled in its middle, and with an edge that is no circle
    assert own[
        np.hypot(*np.meshgrid(span + 0.5 - iron.x, span + 0.5 - iron.y))
        < 0.4 * iron.radius
    ].all()
    assert away.max() > 1.05 * iron.radius
