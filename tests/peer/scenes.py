"""What several topics need to build a scene."""

from fle.env.entities import Direction
from fle.env.game_types import Prototype

DIRECTIONS = [Direction.UP, Direction.RIGHT, Direction.DOWN, Direction.LEFT]
NORTH_EAST_SOUTH_WEST = [0, 2, 4, 6]
"""`defines.direction`, in the order of `DIRECTIONS`."""


def prototypes(*names: str) -> list[Prototype]:
    return [getattr(Prototype, name) for name in names]


def named(value) -> str | None:
    """A name for a parametrized test."""
    return getattr(value, "name", None)


def items(**counts: int) -> dict[str, int]:
    return {name.replace("_", "-"): count for name, count in counts.items()}
