"""The four directions that an entity can face."""

from enum import Enum

__all__ = ["Direction"]


class Direction(Enum):
    """A direction, with the number that the game gives it.

    Source: defines.direction of Factorio 1.1, where north is 0 and a quarter turn is 2.
    """

    UP = NORTH = 0
    RIGHT = EAST = 2
    DOWN = SOUTH = 4
    LEFT = WEST = 6

    def __repr__(self) -> str:
        return f"Direction.{self.name}"

    @classmethod
    def from_string(cls, direction_string: str) -> "Direction | None":
        """The direction of that name, such as ``"up"`` or ``"NORTH"``; else None."""
        return cls.__members__.get(direction_string.strip().upper())

    @classmethod
    def opposite(cls, direction: "Direction") -> "Direction":
        """The direction half a turn away."""
        return cls((direction.value + 4) % 8)

    @classmethod
    def next_clockwise(cls, direction: "Direction") -> "Direction":
        """The direction a quarter turn to the right."""
        return cls((direction.value + 2) % 8)

    @classmethod
    def next_counterclockwise(cls, direction: "Direction") -> "Direction":
        """The direction a quarter turn to the left."""
        return cls((direction.value - 2) % 8)
