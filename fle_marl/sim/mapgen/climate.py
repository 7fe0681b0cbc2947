"""The climate as trees and rocks see it, and looking around a tile."""

from collections.abc import Mapping
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from fle_marl.sim.mapgen.fields import clipped
from fle_marl.sim.mapgen.terrain import Ground

__all__ = ["CoarseClimate", "lowest", "near"]

Field = NDArray[np.float64]
Mask = NDArray[np.bool_]

COARSE_TILES: Final = 4
"""Side of a square within which the climate is the same for what grows."""


class CoarseClimate:
    """The climate of a rectangle on a coarser grid, whose squares begin at tile 0.

    Args:
        ground: of a rectangle that begins and ends between squares.
    """

    def __init__(self, ground: Ground) -> None:
        every = slice(None, None, COARSE_TILES)
        self.x, self.y = ground.x[every], ground.y[every]
        self.shape = len(self.y), len(self.x)
        self._values = {
            "water": ground.moisture[every, every],
            "aux": ground.aux[every, every],
            "temperature": ground.temperature[every, every],
            "distance": ground.distance[every, every],
        }

    def fit(self, peak: Mapping[str, Any]) -> Field:
        """How well a peak fits each square: by what fits least.

        1 within the range, 0 at the largest range, down to -1 outside. Source:
        prototype API, AutoplacePeak (optimal, range, max_range, top_property_limit).
        """
        fit = np.ones(self.shape)
        for name, values in self._values.items():
            optimal = peak.get(f"{name}_optimal")
            if optimal is None:
                continue
            full = float(peak[f"{name}_range"])
            most = float(peak[f"{name}_max_range"])
            values = np.minimum(
                values, float(peak.get(f"{name}_top_property_limit", np.inf))
            )
            away = np.abs(values - float(optimal))
            fit = np.minimum(fit, clipped((most - away) / (most - full), -1.0, 1.0))
        return fit

    def tiled(self, values: NDArray[Any]) -> NDArray[Any]:
        """Values of squares for each of their tiles."""
        return values.repeat(COARSE_TILES, 0).repeat(COARSE_TILES, 1)


def near(mask: Mask, tiles: int) -> Mask:
    """A mask with all tiles of the squares around those in it."""
    found = mask.copy()
    for _ in range(tiles):
        wide = found.copy()
        wide[:, 1:] |= found[:, :-1]
        wide[:, :-1] |= found[:, 1:]
        found = wide.copy()
        found[1:] |= wide[:-1]
        found[:-1] |= wide[1:]
    return found


def lowest(values: Field, tiles: int) -> Field:
    """The lowest value in the square of so many tiles around each tile."""
    least = values.copy()
    for _ in range(tiles):
        wide = least.copy()
        wide[:, 1:] = np.minimum(wide[:, 1:], least[:, :-1])
        wide[:, :-1] = np.minimum(wide[:, :-1], least[:, 1:])
        least = wide.copy()
        least[1:] = np.minimum(least[1:], wide[:-1])
        least[:-1] = np.minimum(least[:-1], wide[1:])
    return least
