"""Points and rectangles on the map, as agents' programs write them.

Lengths are in tiles; x grows to the east and y to the south.
"""

import math
from dataclasses import dataclass, field
from typing import Self, cast

__all__ = [
    "BoundingBox",
    "BuildingBox",
    "Dimensions",
    "IndexedPosition",
    "Position",
    "TileDimensions",
]

_EQUAL_WITHIN_TILES = 1.0


@dataclass(eq=False, repr=False)
class Position:
    """A point on the map.

    Two positions are equal when they are less than one tile apart on both axes, so that
    the position that was asked for equals the one that the game snapped an entity to.
    All positions therefore share one hash: they work as members of sets and keys of
    dictionaries, also after a coordinate was changed, and agree with ``==``.

    Attributes:
        x: tiles to the east of the origin.
        y: tiles to the south of the origin.
    """

    x: float
    y: float

    def __post_init__(self) -> None:
        self.x = float(self.x)
        self.y = float(self.y)
        if not (math.isfinite(self.x) and math.isfinite(self.y)):
            raise ValueError(f"a position needs finite numbers, not {self!r}")

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Position):
            return NotImplemented
        return self.is_close(other, tolerance=_EQUAL_WITHIN_TILES)

    def __hash__(self) -> int:
        return hash(Position)

    def __repr__(self) -> str:
        return f"Position(x={self.x:g}, y={self.y:g})"

    def __str__(self) -> str:
        return f"x={self.x:g} y={self.y:g}"

    def __add__(self, other: "Position") -> Self:
        return self._moved(other.x, other.y)

    def __sub__(self, other: "Position") -> Self:
        return self._moved(-other.x, -other.y)

    def is_close(self, a: "Position", tolerance: float = 0.5) -> bool:
        """Whether another point is less than `tolerance` tiles away on both axes."""
        return abs(self.x - a.x) < tolerance and abs(self.y - a.y) < tolerance

    def distance(self, a: "Position") -> float:
        """Straight distance to another point, in tiles."""
        return math.hypot(self.x - a.x, self.y - a.y)

    def distance_to(self, a: "Position") -> float:
        """The same as `distance`."""
        return self.distance(a)

    def above(self, tiles: float = 1) -> Self:
        """The point so many tiles to the north."""
        return self._moved(0, -tiles)

    def up(self, tiles: float = 1) -> Self:
        """The point so many tiles to the north."""
        return self._moved(0, -tiles)

    def below(self, tiles: float = 1) -> Self:
        """The point so many tiles to the south."""
        return self._moved(0, tiles)

    def down(self, tiles: float = 1) -> Self:
        """The point so many tiles to the south."""
        return self._moved(0, tiles)

    def left(self, tiles: float = 1) -> Self:
        """The point so many tiles to the west."""
        return self._moved(-tiles, 0)

    def right(self, tiles: float = 1) -> Self:
        """The point so many tiles to the east."""
        return self._moved(tiles, 0)

    def to_bounding_box(self, other: "Position") -> "BoundingBox":
        """The rectangle with this point and another in opposite corners."""
        return BoundingBox(
            left_top=Position(min(self.x, other.x), min(self.y, other.y)),
            right_bottom=Position(max(self.x, other.x), max(self.y, other.y)),
        )

    def _moved(self, dx: float, dy: float) -> Self:
        return type(self)(self.x + dx, self.y + dy)


@dataclass(eq=False, repr=False)
class IndexedPosition(Position):
    """A point with what belongs there, such as the fluid of a connection.

    Attributes:
        type: name of what belongs there.
    """

    type: str = ""

    def __repr__(self) -> str:
        return f"IndexedPosition(x={self.x:g}, y={self.y:g}, type={self.type!r})"

    def __str__(self) -> str:
        return f"x={self.x:g} y={self.y:g} type={self.type!r}"

    def _moved(self, dx: float, dy: float) -> Self:
        return type(self)(self.x + dx, self.y + dy, self.type)


@dataclass
class BoundingBox:
    """An upright rectangle on the map, by its corners.

    The two corners that may be left out follow from the other two.

    Attributes:
        left_top: north-west corner.
        right_bottom: south-east corner.
        left_bottom: south-west corner.
        right_top: north-east corner.
    """

    left_top: Position
    right_bottom: Position
    left_bottom: Position = field(default=None)  # type: ignore[assignment]
    right_top: Position = field(default=None)  # type: ignore[assignment]

    def __post_init__(self) -> None:
        if cast("Position | None", self.left_bottom) is None:
            self.left_bottom = Position(self.left_top.x, self.right_bottom.y)
        if cast("Position | None", self.right_top) is None:
            self.right_top = Position(self.right_bottom.x, self.left_top.y)

    @property
    def center(self) -> Position:
        """The middle of the rectangle."""
        return Position(
            (self.left_top.x + self.right_bottom.x) / 2,
            (self.left_top.y + self.right_bottom.y) / 2,
        )

    def width(self) -> float:
        """Extent from west to east, in tiles."""
        return abs(self.right_bottom.x - self.left_top.x)

    def height(self) -> float:
        """Extent from north to south, in tiles."""
        return abs(self.right_bottom.y - self.left_top.y)


@dataclass
class BuildingBox:
    """How much free ground a building needs.

    Attributes:
        height: tiles from north to south.
        width: tiles from west to east.
    """

    height: int
    width: int


@dataclass
class Dimensions:
    """Size of an entity's collision box, in tiles."""

    width: float
    height: float


@dataclass
class TileDimensions:
    """How many tiles an entity takes when it faces north."""

    tile_width: float
    tile_height: float
