"""Collision masks: which things cannot be in the same place."""

from collections.abc import Iterable
from typing import Final

__all__ = ["COLLISION_FLAGS", "read_collision_mask"]

COLLISION_FLAGS: Final = frozenset(
    {
        "colliding-with-tiles-only",
        "consider-tile-transitions",
        "not-colliding-with-itself",
    }
)
"""Entries of a mask that are not layers. Source: CollisionMask of the prototype API."""


def read_collision_mask(
    entries: Iterable[str],
) -> tuple[frozenset[str], frozenset[str]]:
    """Split a mask of the tables.

    Returns:
        Names of layers, and flags.
    """
    mask = frozenset(entries)
    return mask - COLLISION_FLAGS, mask & COLLISION_FLAGS
