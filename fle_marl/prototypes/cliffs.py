"""Cliffs: pieces that fit end to end, each with a box of its own.

A piece goes from one side of its square to another, or begins or ends in its middle;
the low ground is on its right. Half of the boxes are turned by an eighth of a circle.

Source: prototype cliff (``orientations``, ``grid_size``, ``grid_offset``); runtime API,
CliffOrientation, whose names and order are used here.
"""

from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from fle_marl.prototypes.entities import EntityPrototype

__all__ = [
    "CLIFF_ORIENTATIONS",
    "CliffBox",
    "cliff_boxes",
    "cliff_ends",
]

CLIFF_ORIENTATIONS: Final = (
    "west-to-east",
    "north-to-south",
    "east-to-west",
    "south-to-north",
    "west-to-north",
    "north-to-east",
    "east-to-south",
    "south-to-west",
    "west-to-south",
    "north-to-west",
    "east-to-north",
    "south-to-east",
    "west-to-none",
    "none-to-east",
    "east-to-none",
    "none-to-west",
    "north-to-none",
    "none-to-south",
    "south-to-none",
    "none-to-north",
)
"""Source: runtime API, CliffOrientation."""

_EIGHTH: Final = 0.125
_SEVEN_EIGHTHS: Final = 0.875
_ROOT_OF_TWO: Final = 1.4142135623730951


@dataclass(frozen=True, slots=True)
class CliffBox:
    """The collision box of one orientation, around the cliff's position, in tiles.

    Attributes:
        left: of the box before it is turned; as the game's BoundingBox has it.
        top: likewise.
        right: likewise.
        bottom: likewise.
        orientation: how far it is turned around its middle: 0, 1/8 or 7/8 of a circle
            clockwise.
    """

    left: float
    top: float
    right: float
    bottom: float
    orientation: float

    @property
    def is_slanted(self) -> bool:
        """Whether it is turned."""
        return self.orientation != 0.0

    def sums(self) -> tuple[float, float]:
        """Least and greatest x + y of a slanted box."""
        middle = (self.left + self.right + self.top + self.bottom) / 2.0
        return self._around(middle, self.orientation == _EIGHTH)

    def differences(self) -> tuple[float, float]:
        """Least and greatest x - y of a slanted box."""
        middle = (self.left + self.right - self.top - self.bottom) / 2.0
        return self._around(middle, self.orientation != _EIGHTH)

    def _around(self, middle: float, is_along: bool) -> tuple[float, float]:
        """Ends along a diagonal: of the box's width or its height."""
        side = self.right - self.left if is_along else self.bottom - self.top
        half = side / 2.0 * _ROOT_OF_TWO
        return middle - half, middle + half


@cache
def cliff_boxes(prototype: EntityPrototype) -> tuple[CliffBox, ...]:
    """Collision boxes of a cliff, in the order of `CLIFF_ORIENTATIONS`.

    Args:
        prototype: of type ``"cliff"``.
    """
    given: Any = prototype.properties["orientations"]
    boxes = []
    for name in CLIFF_ORIENTATIONS:
        raw = given[name.replace("-", "_")]["collision_bounding_box"]
        (left, top), (right, bottom), *turned = raw
        orientation = float(turned[0]) if turned else 0.0
        if orientation not in (0.0, _EIGHTH, _SEVEN_EIGHTHS):
            raise ValueError(f"{prototype.name} {name} is turned by {orientation}")
        boxes.append(CliffBox(left, top, right, bottom, orientation))
    return tuple(boxes)


def cliff_ends(orientation: int) -> tuple[str, str]:
    """Where a cliff comes from and goes to: sides of its square, or ``"none"``.

    Args:
        orientation: place in `CLIFF_ORIENTATIONS`.
    """
    start, _, end = CLIFF_ORIENTATIONS[orientation].partition("-to-")
    return start, end
