"""Positions, tiles, chunks and boxes of the map, and how they turn.

x grows eastwards and y southwards; lengths are in tiles. A tile is named by the integer
coordinates of its left top corner, so tile (0, 0) covers positions from (0, 0) up to
but not including (1, 1), and chunk (0, 0) covers tiles 0 to 31.
"""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from fle_marl.defines import Direction
from fle_marl.units import tiles_to_units, units_to_tiles

__all__ = [
    "CHUNK_SIZE_TILES",
    "BoundingBox",
    "ChunkPosition",
    "MapPosition",
    "TilePosition",
    "rotate_vector",
]

CHUNK_SIZE_TILES: Final = 32
"""Side of a chunk. Source: ChunkPosition in the game's API."""


@dataclass(frozen=True, slots=True, order=True)
class MapPosition:
    """A point on the map, or the way from one point to another.

    Attributes:
        x: tiles, east.
        y: tiles, south.
    """

    x: float
    y: float

    @classmethod
    def from_json(cls, raw: Sequence[float] | Mapping[str, float]) -> "MapPosition":
        """Read ``[x, y]`` or ``{"x": x, "y": y}``.

        Raises:
            ValueError: there are not just two coordinates.
        """
        if isinstance(raw, Mapping):
            if set(raw) != {"x", "y"}:
                raise ValueError(f"a position has the keys 'x' and 'y', not {raw!r}")
            return cls(float(raw["x"]), float(raw["y"]))
        if len(raw) != 2:
            raise ValueError(f"a position has two coordinates, not {raw!r}")
        return cls(float(raw[0]), float(raw[1]))

    def __iter__(self) -> Iterator[float]:
        yield self.x
        yield self.y

    def __add__(self, other: "MapPosition") -> "MapPosition":
        return MapPosition(self.x + other.x, self.y + other.y)

    def __sub__(self, other: "MapPosition") -> "MapPosition":
        return MapPosition(self.x - other.x, self.y - other.y)

    def distance(self, other: "MapPosition") -> float:
        """Length of the straight way to another point, in tiles."""
        return math.hypot(other.x - self.x, other.y - self.y)

    def snapped(self) -> "MapPosition":
        """The position that the game stores: both coordinates down to 1/256 tile."""
        return MapPosition(
            units_to_tiles(tiles_to_units(self.x)),
            units_to_tiles(tiles_to_units(self.y)),
        )

    def tile(self) -> "TilePosition":
        """The tile that this point lies in."""
        return TilePosition(math.floor(self.x), math.floor(self.y))


@dataclass(frozen=True, slots=True, order=True)
class TilePosition:
    """A tile, by the coordinates of its left top corner."""

    x: int
    y: int

    def __iter__(self) -> Iterator[int]:
        yield self.x
        yield self.y

    def center(self) -> MapPosition:
        """The point in the middle of the tile."""
        return MapPosition(self.x + 0.5, self.y + 0.5)

    def chunk(self) -> "ChunkPosition":
        """The chunk that this tile is part of."""
        return ChunkPosition(self.x // CHUNK_SIZE_TILES, self.y // CHUNK_SIZE_TILES)


@dataclass(frozen=True, slots=True, order=True)
class ChunkPosition:
    """A chunk of 32 x 32 tiles, in chunks from the origin."""

    x: int
    y: int

    def __iter__(self) -> Iterator[int]:
        yield self.x
        yield self.y

    def area(self) -> "BoundingBox":
        """The box that the chunk covers."""
        left, top = self.x * CHUNK_SIZE_TILES, self.y * CHUNK_SIZE_TILES
        return BoundingBox(
            MapPosition(left, top),
            MapPosition(left + CHUNK_SIZE_TILES, top + CHUNK_SIZE_TILES),
        )


@dataclass(frozen=True, slots=True)
class BoundingBox:
    """A rectangle along the axes.

    Attributes:
        left_top: the corner with the smallest coordinates.
        right_bottom: the corner with the largest coordinates.

    Raises:
        ValueError: the corners are not in this order.
    """

    left_top: MapPosition
    right_bottom: MapPosition

    def __post_init__(self) -> None:
        left_top, right_bottom = self.left_top, self.right_bottom
        if not (left_top.x <= right_bottom.x and left_top.y <= right_bottom.y):
            raise ValueError(
                f"left_top {left_top} must not be right of or below right_bottom "
                f"{right_bottom}"
            )

    @classmethod
    def from_json(cls, raw: Sequence[Sequence[float]]) -> "BoundingBox":
        """Read ``[[left, top], [right, bottom]]``.

        A third entry, the orientation that the game's boxes may have, is left out.

        Raises:
            ValueError: there are not two corners, or they are in the wrong order.
        """
        if len(raw) not in (2, 3):
            raise ValueError(f"a box has two corners, not {raw!r}")
        return cls(MapPosition.from_json(raw[0]), MapPosition.from_json(raw[1]))

    @classmethod
    def around(cls, center: MapPosition, width: float, height: float) -> "BoundingBox":
        """The box of a size in tiles with its middle at a point."""
        half = MapPosition(width / 2, height / 2)
        return cls(center - half, center + half)

    @property
    def width(self) -> float:
        """Tiles from west to east."""
        return self.right_bottom.x - self.left_top.x

    @property
    def height(self) -> float:
        """Tiles from north to south."""
        return self.right_bottom.y - self.left_top.y

    @property
    def center(self) -> MapPosition:
        """The point in the middle."""
        return MapPosition(
            (self.left_top.x + self.right_bottom.x) / 2,
            (self.left_top.y + self.right_bottom.y) / 2,
        )

    def contains(self, position: MapPosition) -> bool:
        """Whether a point lies inside; the right and bottom edges are outside.

        So every point lies in just one tile and in just one chunk.
        """
        return (
            self.left_top.x <= position.x < self.right_bottom.x
            and self.left_top.y <= position.y < self.right_bottom.y
        )

    def collides(self, other: "BoundingBox") -> bool:
        """Whether the insides of two boxes meet; boxes that only touch do not."""
        return (
            self.left_top.x < other.right_bottom.x
            and other.left_top.x < self.right_bottom.x
            and self.left_top.y < other.right_bottom.y
            and other.left_top.y < self.right_bottom.y
        )

    def translated(self, offset: MapPosition) -> "BoundingBox":
        """The box moved; a prototype's box moved by an entity's position is its box."""
        return BoundingBox(self.left_top + offset, self.right_bottom + offset)

    def rotated(self, direction: Direction) -> "BoundingBox":
        """The box turned around the origin from north to a direction.

        Raises:
            ValueError: the direction is diagonal.
        """
        one = rotate_vector(self.left_top, direction)
        other = rotate_vector(self.right_bottom, direction)
        return BoundingBox(
            MapPosition(min(one.x, other.x), min(one.y, other.y)),
            MapPosition(max(one.x, other.x), max(one.y, other.y)),
        )

    def expanded(self, margin: float) -> "BoundingBox":
        """The box with all sides moved outwards by so many tiles (inwards if negative).

        Raises:
            ValueError: nothing would be left.
        """
        corner = MapPosition(margin, margin)
        return BoundingBox(self.left_top - corner, self.right_bottom + corner)

    def snapped(self) -> "BoundingBox":
        """The box with both corners as the game stores them."""
        return BoundingBox(self.left_top.snapped(), self.right_bottom.snapped())

    def tiles(self) -> Iterator[TilePosition]:
        """Tiles that the inside of the box meets, row by row from the left top.

        A box without an inside gives the tiles that its line or point lies in.
        """
        left, top = self.left_top.tile()
        right = max(left + 1, math.ceil(self.right_bottom.x))
        bottom = max(top + 1, math.ceil(self.right_bottom.y))
        for y in range(top, bottom):
            for x in range(left, right):
                yield TilePosition(x, y)


def rotate_vector(vector: MapPosition, direction: Direction) -> MapPosition:
    """Turn a vector that is given for an entity facing north.

    Args:
        vector: for north, tiles; a vector to the north turned east points east.
        direction: where the entity faces.

    Raises:
        ValueError: the direction is diagonal; entities that turn face four ways.
    """
    x, y = vector
    # 0.0 - y and not -y, so that no negative zero appears
    if direction == Direction.north:
        return vector
    if direction == Direction.east:
        return MapPosition(0.0 - y, x)
    if direction == Direction.south:
        return MapPosition(0.0 - x, 0.0 - y)
    if direction == Direction.west:
        return MapPosition(y, 0.0 - x)
    raise ValueError(
        f"cannot turn to {direction!r}; allowed are north, east, south, west"
    )
