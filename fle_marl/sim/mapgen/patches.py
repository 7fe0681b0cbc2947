"""Patches of resources: how much lies on each tile.

Amounts, sizes and distances follow the game's figures (`figures`, `regions`); edges
come from this module's own noise.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from fle_marl.sim.mapgen.fields import Places, distance_from, field
from fle_marl.sim.mapgen.figures import (
    ResourceFigures,
    far_richness,
    resource_figures,
)
from fle_marl.sim.mapgen.noise import uniform
from fle_marl.sim.mapgen.regions import (
    HALF_REGION_TILES,
    REGION_TILES,
    spots_of_region,
)
from fle_marl.sim.mapgen.settings import MapGenSettings
from fle_marl.sim.mapgen.start import LARGEST_RADIUS, Spot, StartingArea
from fle_marl.sim.mapgen.terrain import Ground

__all__ = ["Deposits", "deposits_on"]


_EDGE_OCTAVES: Final = ((31.0, 0.34), (14.0, 0.24), (6.0, 0.12))
"""What frays patches, in shares of the amount in their middle; the game's blobs are of
a similar size."""
_LARGEST_AMOUNT: Final = (1 << 31) - 1
_WELL_TILES: Final = 3
"""Side of a well. Source: prototype crude-oil, collision_box."""


@dataclass(frozen=True, slots=True)
class Deposits:
    """What lies on the tiles of a rectangle; [height, width].

    Attributes:
        resource: uint8, place in `resource_figures` plus 1; 0 for nothing.
        amount: int64.
    """

    resource: NDArray[np.uint8]
    amount: NDArray[np.int64]


def deposits_on(
    settings: MapGenSettings, start: StartingArea, ground: Ground
) -> Deposits:
    """Lay out the resources of a rectangle."""
    x, y = ground.x, ground.y
    shape = (len(y), len(x))
    deposits = Deposits(np.zeros(shape, np.uint8), np.zeros(shape, np.int64))
    spots = list(_spots_near(settings, start, x, y))
    for number, figures in enumerate(resource_figures(), start=1):
        own = [spot for spot in spots if spot.resource == figures.name]
        for spot in own:
            _lay(deposits, settings, start.seed, number, figures, spot, ground)
    return deposits


def _spots_near(
    settings: MapGenSettings, start: StartingArea, x: Places, y: Places
) -> Iterator[Spot]:
    """All patches that may reach into a rectangle, those of the start first."""
    reach = int(2 * LARGEST_RADIUS)
    first_x, last_x = (
        (int(x[end]) + side + HALF_REGION_TILES) // REGION_TILES
        for end, side in ((0, -reach), (-1, reach))
    )
    first_y, last_y = (
        (int(y[end]) + side + HALF_REGION_TILES) // REGION_TILES
        for end, side in ((0, -reach), (-1, reach))
    )
    everything = list(start.patches)
    for row in range(first_y, last_y + 1):
        for column in range(first_x, last_x + 1):
            everything += spots_of_region(settings, start, column, row)
    for spot in everything:
        if (
            x[0] - reach < spot.x < x[-1] + reach
            and y[0] - reach < spot.y < y[-1] + reach
        ):
            yield spot


def _lay(
    deposits: Deposits,
    settings: MapGenSettings,
    seed: int,
    number: int,
    figures: ResourceFigures,
    spot: Spot,
    ground: Ground,
) -> None:
    """Lay one patch; where several overlap, the earlier order and then the richer."""
    reach = 1.6 * spot.radius + 2.0
    columns = _between(ground.x, spot.x, reach)
    rows = _between(ground.y, spot.y, reach)
    x, y = ground.x[columns], ground.y[rows]
    if not len(x) or not len(y):
        return
    away = distance_from(spot.x, spot.y, x, y)
    share = 1.0 - away / spot.radius
    share += field(seed, f"edge of {figures.name}", x, y, _EDGE_OCTAVES)
    is_there = (share > 0.0) & (away < reach) & ~ground.is_water[rows, columns]
    if figures.random_probability < 1.0:
        is_there &= _lots(seed, figures, x, y)
        is_there &= ~_beside(ground.is_water)[rows, columns]
    control = settings.control(figures.control)
    amount = spot.height / figures.random_probability * np.maximum(share, 0.0)
    amount = (amount + figures.additional_richness) * control.richness
    amount *= far_richness(ground.distance[rows, columns])
    whole = np.clip(amount, 1.0, _LARGEST_AMOUNT).astype(np.int64)
    held = deposits.amount[rows, columns]
    names = deposits.resource[rows, columns]
    orders = np.array(["", *(each.order for each in resource_figures())])
    is_there &= (names == 0) | ((orders[names] == figures.order) & (whole > held))
    held[is_there] = whole[is_there]
    names[is_there] = number


def _lots(
    seed: int, figures: ResourceFigures, x: Places, y: Places
) -> NDArray[np.bool_]:
    """Tiles that are drawn to hold something, with room for each around it."""
    apart = _WELL_TILES - 1
    wide_x = np.arange(x[0] - apart, x[-1] + apart + 1)
    wide_y = np.arange(y[0] - apart, y[-1] + apart + 1)
    drawn = uniform(seed, f"lot of {figures.name}", *np.meshgrid(wide_x, wide_y))
    inner = drawn[apart:-apart, apart:-apart]
    is_drawn: NDArray[np.bool_] = inner < figures.random_probability
    height, width = inner.shape
    for row in range(2 * apart + 1):
        for column in range(2 * apart + 1):
            is_drawn &= inner <= drawn[row : row + height, column : column + width]
    return is_drawn


def _beside(mask: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """A mask and all tiles that touch it."""
    wide = mask.copy()
    wide[:, 1:] |= mask[:, :-1]
    wide[:, :-1] |= mask[:, 1:]
    beside = wide.copy()
    beside[1:] |= wide[:-1]
    beside[:-1] |= wide[1:]
    return beside


def _between(tiles: Places, middle: float, reach: float) -> slice:
    first = int(np.searchsorted(tiles, middle - reach))
    return slice(first, int(np.searchsorted(tiles, middle + reach)))
