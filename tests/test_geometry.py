"""Laws of positions and boxes."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fle_marl.defines import Direction
from fle_marl.geometry import (
    CHUNK_SIZE_TILES,
    BoundingBox,
    ChunkPosition,
    MapPosition,
    TilePosition,
    rotate_vector,
)

CARDINAL = [Direction.north, Direction.east, Direction.south, Direction.west]
DIAGONAL = [direction for direction in Direction if not direction.is_cardinal]

# the game's positions: multiples of 1/256, on which float arithmetic is exact
coordinates = st.integers(-(2**20), 2**20).map(lambda units: units / 256)
positions = st.builds(MapPosition, coordinates, coordinates)
any_positions = st.builds(MapPosition, *[st.floats(-1e5, 1e5)] * 2)
directions = st.sampled_from(CARDINAL)


@st.composite
def boxes(draw: st.DrawFn) -> BoundingBox:
    """Boxes of up to 16 tiles a side, some of them without an inside."""
    left_top = draw(positions)
    sides = st.integers(0, 16 * 256).map(lambda units: units / 256)
    return BoundingBox(left_top, left_top + MapPosition(draw(sides), draw(sides)))


@pytest.mark.parametrize(
    ("direction", "expected"),
    [
        (Direction.north, MapPosition(0, -1)),
        (Direction.east, MapPosition(1, 0)),
        (Direction.south, MapPosition(0, 1)),
        (Direction.west, MapPosition(-1, 0)),
    ],
)
def test_vector_to_the_north_turns_to_where_the_entity_faces(
    direction: Direction, expected: MapPosition
) -> None:
    assert rotate_vector(MapPosition(0, -1), direction) == expected


@pytest.mark.parametrize("direction", DIAGONAL)
def test_turning_to_a_diagonal_is_refused(direction: Direction) -> None:
    with pytest.raises(ValueError, match="allowed are north, east, south, west"):
        rotate_vector(MapPosition(0, -1), direction)


@given(positions)
def test_four_quarter_turns_are_none(vector: MapPosition) -> None:
    turned = vector
    for _ in range(4):
        turned = rotate_vector(turned, Direction.east)
    assert turned == vector


@given(positions, directions)
def test_turning_keeps_the_length(vector: MapPosition, direction: Direction) -> None:
    origin = MapPosition(0, 0)
    turned = rotate_vector(vector, direction)
    assert origin.distance(turned) == origin.distance(vector)


@given(positions, directions, directions)
def test_turns_add_up(vector: MapPosition, first: Direction, second: Direction) -> None:
    at_once = rotate_vector(vector, Direction((first + second) % 8))
    assert rotate_vector(rotate_vector(vector, first), second) == at_once


@pytest.mark.parametrize("direction", CARDINAL)
def test_turning_makes_no_negative_zero(direction: Direction) -> None:
    for coordinate in rotate_vector(MapPosition(0.0, 0.0), direction):
        assert math.copysign(1, coordinate) == 1


@pytest.mark.parametrize("raw", [[1, -2.5], (1, -2.5), {"x": 1, "y": -2.5}])
def test_position_is_read_from_json(raw: object) -> None:
    assert MapPosition.from_json(raw) == MapPosition(1.0, -2.5)


@pytest.mark.parametrize("raw", [[], [1], [1, 2, 3], {"x": 1}, {"x": 1, "z": 2}])
def test_position_without_two_coordinates_is_refused(raw: object) -> None:
    with pytest.raises(ValueError, match="position has"):
        MapPosition.from_json(raw)


@given(any_positions)
def test_snapping_goes_down_by_less_than_a_unit_and_only_once(
    position: MapPosition,
) -> None:
    snapped = position.snapped()
    assert snapped.snapped() == snapped
    for before, after in zip(position, snapped, strict=True):
        assert (after * 256).is_integer()
        assert 0 <= before - after < 1 / 256 + 1e-9


@given(positions, positions)
def test_sum_and_difference_undo_each_other(one: MapPosition, two: MapPosition) -> None:
    assert one + two - two == one


@given(positions, positions)
def test_distance_is_the_same_both_ways(one: MapPosition, two: MapPosition) -> None:
    assert one.distance(two) == two.distance(one)


def test_distance_is_that_of_the_straight_way() -> None:
    assert MapPosition(1, 1).distance(MapPosition(4, -3)) == 5


@given(positions)
def test_position_lies_in_its_tile_and_its_chunk(position: MapPosition) -> None:
    tile = position.tile()
    area = BoundingBox.around(tile.center(), 1, 1)
    assert area.contains(position)
    assert tile.chunk().area().contains(position)


def test_tiles_left_of_the_origin_are_negative() -> None:
    assert MapPosition(-0.25, 31.75).tile() == TilePosition(-1, 31)
    assert TilePosition(-1, 31).chunk() == ChunkPosition(-1, 0)


def test_chunk_covers_its_tiles() -> None:
    tiles = list(ChunkPosition(-1, 2).area().tiles())
    assert len(tiles) == CHUNK_SIZE_TILES**2
    assert {tile.chunk() for tile in tiles} == {ChunkPosition(-1, 2)}


def test_box_is_read_from_json_without_its_orientation() -> None:
    expected = BoundingBox(MapPosition(-1, -0.5), MapPosition(1, 0.5))
    assert BoundingBox.from_json([[-1, -0.5], [1, 0.5]]) == expected
    assert BoundingBox.from_json([[-1, -0.5], [1, 0.5], 0.125]) == expected


@pytest.mark.parametrize("raw", [[], [[0, 0]], [[0, 0], [1]]])
def test_box_without_two_corners_is_refused(raw: list[list[float]]) -> None:
    with pytest.raises(ValueError, match="two co"):
        BoundingBox.from_json(raw)


@pytest.mark.parametrize("corner", [(-1, 1), (1, -1), (math.nan, 1)])
def test_box_with_corners_in_the_wrong_order_is_refused(
    corner: tuple[float, float],
) -> None:
    with pytest.raises(ValueError, match="left_top"):
        BoundingBox(MapPosition(0, 0), MapPosition(*corner))


@given(boxes(), directions)
def test_turned_box_swaps_its_sides_with_every_quarter(
    box: BoundingBox, direction: Direction
) -> None:
    turned = box.rotated(direction)
    sides = (turned.width, turned.height)
    upright = direction in (Direction.north, Direction.south)
    assert sides == ((box.width, box.height) if upright else (box.height, box.width))
    assert turned.center == rotate_vector(box.center, direction)


@given(boxes())
def test_box_turned_four_times_is_itself(box: BoundingBox) -> None:
    turned = box
    for _ in range(4):
        turned = turned.rotated(Direction.east)
    assert turned == box


@given(boxes(), positions)
def test_moving_a_box_moves_its_center(box: BoundingBox, offset: MapPosition) -> None:
    moved = box.translated(offset)
    assert moved.center == box.center + offset
    assert (moved.width, moved.height) == (box.width, box.height)


@given(boxes(), boxes(), directions)
def test_collision_goes_both_ways_and_survives_turning(
    one: BoundingBox, two: BoundingBox, direction: Direction
) -> None:
    collides = one.collides(two)
    assert two.collides(one) == collides
    assert one.rotated(direction).collides(two.rotated(direction)) == collides


@given(boxes())
def test_boxes_that_touch_do_not_collide(box: BoundingBox) -> None:
    assert not box.collides(box.translated(MapPosition(box.width, 0)))
    assert not box.collides(box.translated(MapPosition(0, -box.height)))


def test_boxes_that_overlap_collide() -> None:
    box = BoundingBox.around(MapPosition(0, 0), 2, 2)
    assert box.collides(box.translated(MapPosition(1.75, -1.75)))
    assert box.collides(box.expanded(-0.5))


def test_box_contains_its_left_and_top_edges_only() -> None:
    box = BoundingBox.from_json([[0, 0], [2, 1]])
    assert box.contains(MapPosition(0, 0))
    assert not box.contains(MapPosition(2, 0.5))
    assert not box.contains(MapPosition(0.5, 1))


def test_box_that_would_shrink_to_less_than_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="left_top"):
        BoundingBox.around(MapPosition(0, 0), 2, 4).expanded(-1.5)


@given(boxes())
def test_tiles_of_a_box_are_those_that_collide_with_it(box: BoundingBox) -> None:
    tiles = list(box.tiles())
    assert tiles == sorted(set(tiles), key=lambda tile: (tile.y, tile.x))
    if box.width and box.height:
        around = box.expanded(2).tiles()
        expected = [
            tile
            for tile in around
            if BoundingBox.around(tile.center(), 1, 1).collides(box)
        ]
        assert tiles == expected
    else:
        assert box.left_top.tile() in tiles


def test_snapped_box_has_snapped_corners() -> None:
    box = BoundingBox.from_json([[-0.4, -0.4], [0.4, 0.4]]).snapped()
    assert box == BoundingBox.from_json(
        [[-103 / 256, -103 / 256], [102 / 256, 102 / 256]]
    )
