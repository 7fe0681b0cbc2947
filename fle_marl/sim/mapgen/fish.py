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
from fle_marl.sim.mapgen.climate import near
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
    is_shore = near(~is_water, 1)
    rows, columns = (is_water & ~is_shore).nonzero()
    drawn = uniform(seed, "fish", ground.x[columns], ground.y[rows])
    is_drawn = drawn < _share()
    rows, columns, drawn = rows[is_drawn], columns[is_drawn], drawn[is_drawn]
    apart = _APART_TILES
    rank = np.full((len(ground.y) + 2 * apart, len(ground.x) + 2 * apart), 2.0)
    rank[rows + apart, columns + apart] = drawn
    least = np.full(len(drawn), 2.0)
    for down in range(2 * apart + 1):
        for across in range(2 * apart + 1):
            least = np.minimum(least, rank[rows + down, columns + across])
    found = np.zeros(is_water.shape, np.bool_)
    found[rows, columns] = drawn <= least
    return found


@cache
def _share() -> float:
    autoplace: Any = load().entities[_FISH].properties["autoplace"]
    return float(autoplace["influence"])


def fish_kind(tiles: Mask) -> NDArray[np.int64]:
    """The prototype for each tile of a rectangle."""
    return np.full(tiles.shape, load().entities[_FISH].id)
