"""Fish in the water of generated maps.

Source: prototype fish: its autoplace has an influence and no peaks, which is taken as
the share of water tiles that have one; the collision box of fish is in water only. That
fish do not swim here is a choice: in the game they move about where they are.
"""

from functools import cache
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from fle_marl.prototypes import load
from fle_marl.sim.mapgen.climate import lowest, near
from fle_marl.sim.mapgen.noise import uniform
from fle_marl.sim.mapgen.terrain import OUT_OF_MAP, Ground

__all__ = ["fish_in", "fish_kind"]

Mask = NDArray[np.bool_]

_FISH: Final = "fish"
_APART_TILES: Final = 2
"""Within which of two fish the one that was drawn later gives way; the collision box is
one and a half tiles wide."""


def fish_in(seed: int, ground: Ground) -> Mask:
    """Tiles in which a fish is.

    Args:
        seed: of the map.
        ground: of a rectangle.
    """
    is_water = ground.is_water & (ground.tiles != load().tiles[OUT_OF_MAP].id)
    drawn = uniform(seed, "fish", *np.meshgrid(ground.x, ground.y))
    is_fish = (drawn < _share()) & ~near(~is_water, 1)
    rank = np.where(is_fish, drawn, 2.0)
    found: Mask = is_fish & (rank <= lowest(rank, _APART_TILES))
    return found


@cache
def _share() -> float:
    autoplace: Any = load().entities[_FISH].properties["autoplace"]
    return float(autoplace["influence"])


def fish_kind(tiles: Mask) -> NDArray[np.int64]:
    """The prototype for each tile of a rectangle."""
    return np.full(tiles.shape, load().entities[_FISH].id)
