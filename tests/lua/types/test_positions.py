"""Points and rectangles."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fle_marl.lua.types import BoundingBox, IndexedPosition, Position

coordinates = st.integers(-2000, 2000).map(lambda quarter: quarter / 4)
positions = st.builds(Position, coordinates, coordinates)


def test_a_position_is_made_by_place_and_by_name():
    assert vars(Position(1, 2)) == vars(Position(x=1.0, y=2.0)) == {"x": 1.0, "y": 2.0}


@pytest.mark.parametrize("x", [float("nan"), float("inf"), "east", None])
def test_a_position_needs_finite_numbers(x):
    with pytest.raises((ValueError, TypeError)):
        Position(x, 0)


@pytest.mark.parametrize(
    ("move", "expected"),
    [
        (lambda p: p.above(), (10, 19)),
        (lambda p: p.up(2), (10, 18)),
        (lambda p: p.below(3), (10, 23)),
        (lambda p: p.down(), (10, 21)),
        (lambda p: p.left(0.5), (9.5, 20)),
        (lambda p: p.right(), (11, 20)),
        (lambda p: p + Position(1, 2), (11, 22)),
        (lambda p: p - Position(1, 2), (9, 18)),
    ],
)
def test_moves(move, expected):
    moved = move(Position(10, 20))

    assert (moved.x, moved.y) == expected


def test_an_indexed_position_keeps_its_type_when_it_moves():
    moved = IndexedPosition(1, 2, "water").above()

    assert repr(moved) == "IndexedPosition(x=1, y=1, type='water')"
    assert IndexedPosition(x=1, y=2, type="steam").left(1).type == "steam"


@pytest.mark.parametrize(
    ("dx", "dy", "are_equal"),
    [(0, 0, True), (0.9, -0.9, True), (1, 0, False), (0, -1, False), (5, 5, False)],
)
def test_positions_are_equal_within_a_tile(dx, dy, are_equal):
    assert (Position(3, 4) == Position(3 + dx, 4 + dy)) is are_equal


@given(positions, positions)
def test_hashes_agree_with_equality(one, other):
    if one == other:
        assert hash(one) == hash(other)
        assert one in {other}
    else:
        assert one not in {other}


def test_distances():
    assert Position(0, 0).distance(Position(3, 4)) == 5
    assert Position(0, 0).distance_to(Position(3, 4)) == 5
    assert Position(0, 0).is_close(Position(0.4, 0))
    assert not Position(0, 0).is_close(Position(0.5, 0))


def test_texts_are_those_that_agents_know():
    assert str(Position(1.5, -2)) == "x=1.5 y=-2"
    assert repr(Position(1.5, -2)) == "Position(x=1.5, y=-2)"


@given(positions, positions)
def test_a_box_between_two_points_holds_both(one, other):
    box = one.to_bounding_box(other)

    for point in (one, other):
        assert box.left_top.x <= point.x <= box.right_bottom.x
        assert box.left_top.y <= point.y <= box.right_bottom.y
    assert box.width() == abs(one.x - other.x)
    assert box.height() == abs(one.y - other.y)


def test_a_box_knows_its_corners_and_middle():
    box = BoundingBox(left_top=Position(-2, -4), right_bottom=Position(4, 0))

    assert repr(box.left_bottom) == "Position(x=-2, y=0)"
    assert repr(box.right_top) == "Position(x=4, y=-4)"
    assert repr(box.center) == "Position(x=1, y=-2)"
