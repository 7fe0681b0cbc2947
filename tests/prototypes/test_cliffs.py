"""Cliffs: twenty orientations, and boxes that are where the pieces are."""

import pytest

from fle_marl.prototypes import load
from fle_marl.prototypes.cliffs import CLIFF_ORIENTATIONS, cliff_boxes, cliff_ends

CLIFF = load().entities["cliff"]
BOXES = dict(zip(CLIFF_ORIENTATIONS, cliff_boxes(CLIFF), strict=True))
MIDDLES = {"north": (0, -2), "east": (2, 0), "south": (0, 2), "west": (-2, 0)}


def test_every_orientation_of_the_prototype_is_known():
    given = CLIFF.properties["orientations"]
    assert {name.replace("-", "_") for name in CLIFF_ORIENTATIONS} == set(given)
    assert len(CLIFF_ORIENTATIONS) == 20


def test_ends_are_sides_or_none():
    ends = [cliff_ends(number) for number in range(20)]
    assert len(set(ends)) == 20
    assert {end for pair in ends for end in pair} == {*MIDDLES, "none"}
    assert all(start != end for start, end in ends)


def test_pieces_that_turn_are_slanted():
    for name, box in BOXES.items():
        start, _, end = name.partition("-to-")
        if "none" not in (start, end):
            x, y = (MIDDLES[start][axis] + MIDDLES[end][axis] for axis in (0, 1))
            assert box.is_slanted == bool(x and y)


@pytest.mark.parametrize("name", [n for n in BOXES if "none" not in n])
def test_a_piece_lies_between_its_sides(name):
    start, _, end = name.partition("-to-")
    x, y = ((MIDDLES[start][axis] + MIDDLES[end][axis]) / 2 for axis in (0, 1))
    box = BOXES[name]
    if box.is_slanted:
        low, high = box.sums()
        least, most = box.differences()
        assert low < x + y < high
        assert least < x - y < most
    else:
        assert box.left < x < box.right
        assert box.top < y < box.bottom


def test_sums_and_differences_of_a_turned_box():
    # middle (1.25, -0.75), halves 2.7 and 1.8 over the root of two, turned by an eighth
    box = BOXES["north-to-east"]
    assert box.sums() == pytest.approx((0.5 - 2.7, 0.5 + 2.7))
    assert box.differences() == pytest.approx((2.0 - 1.8, 2.0 + 1.8))
    # the other way round
    box = BOXES["south-to-east"]
    assert box.sums() == pytest.approx((2.0 - 1.8, 2.0 + 1.8))
    assert box.differences() == pytest.approx((0.5 - 2.7, 0.5 + 2.7))
