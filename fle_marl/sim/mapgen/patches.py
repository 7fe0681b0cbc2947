"""Patches of resources: where they are, and how much lies on each tile.

The map is cut into regions. Each region draws its candidates once, and each resource
takes of its own until the region holds what its density asks for; so which patches
there are depends on the region alone, and a patch that reaches into other chunks or
regions is whole.

Amounts, sizes and distances follow the game's figures (`figures`); edges come from this
module's own noise.
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

from fle_marl.sim.mapgen.fields import Places, distance_from, field
from fle_marl.sim.mapgen.figures import (
    TILES_PER_KM2,
    ResourceFigures,
    resource_figures,
)
from fle_marl.sim.mapgen.noise import uniform
from fle_marl.sim.mapgen.settings import MapGenSettings
from fle_marl.sim.mapgen.start import LARGEST_RADIUS, Spot, StartingArea, cone
from fle_marl.sim.mapgen.terrain import Ground

__all__ = ["Deposits", "deposits_on", "spots_of_region"]

REGION_TILES: Final = 1024
"""Side of a region; the first is centred on the origin. Source: the game's spot noise
uses regions of this size; where they begin is a choice."""

_HALF: Final = REGION_TILES // 2
_SPACING_TILES: Final = 45.25
"""Between candidates. Source: 1.1's resource autoplace, as documented: that of patches
of the largest radius, diagonally."""
_TRIES: Final = 40
_SAMPLES: Final = 16
"""Along each side of a region, at which its density is looked at."""
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
        (int(x[end]) + side + _HALF) // REGION_TILES
        for end, side in ((0, -reach), (-1, reach))
    )
    first_y, last_y = (
        (int(y[end]) + side + _HALF) // REGION_TILES
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


# --- regions


@lru_cache(maxsize=64)
def _candidates(
    seed: int, column: int, row: int, count: int
) -> list[tuple[float, float]]:
    """Drawn places in a region, far enough from each other; x and y, tiles."""
    drawn = uniform(
        seed, f"candidates {column} {row}", np.arange(2 * count * _TRIES)
    ).tolist()
    places: list[tuple[float, float]] = []
    spacing = _SPACING_TILES
    for index in range(count * _TRIES):
        if len(places) == count:
            break
        x = column * REGION_TILES - _HALF + drawn[2 * index] * REGION_TILES
        y = row * REGION_TILES - _HALF + drawn[2 * index + 1] * REGION_TILES
        if all(
            (x - other_x) * (x - other_x) + (y - other_y) * (y - other_y)
            >= spacing * spacing
            for other_x, other_y in places
        ):
            places.append((x, y))
    return places


def spots_of_region(
    settings: MapGenSettings, start: StartingArea, column: int, row: int
) -> list[Spot]:
    """All regular patches whose middle is in a region.

    Args:
        settings: of the map.
        start: its starting area.
        column: of the region, 0 around the origin.
        row: likewise.
    """
    kinds = resource_figures()
    most = sum(figures.candidates for figures in kinds)
    places = _candidates(start.seed, column, row, most)
    spots: list[Spot] = []
    for number, figures in enumerate(kinds):
        control = settings.control(figures.control)
        if control.size:
            # every so many belong to a resource, so that none is tried by two
            own = places[number :: len(kinds)]
            spots += _chosen(settings, start, figures, own, column, row)
    return spots


def _chosen(
    settings: MapGenSettings,
    start: StartingArea,
    figures: ResourceFigures,
    places: list[tuple[float, float]],
    column: int,
    row: int,
) -> Iterator[Spot]:
    """Patches of a resource until the region holds what it should."""
    control = settings.control(figures.control)
    wanted = _region_amount(figures, start.radius, column, row)
    wanted *= control.frequency * control.size
    sizes = uniform(
        start.seed, f"sizes of {figures.name} {column}", np.arange(len(places)), row
    ).tolist()
    lots = uniform(
        start.seed, f"last of {figures.name} {column}", np.arange(len(places)), row
    ).tolist()
    least, most = figures.spot_size
    for (x, y), size, lot in zip(places, sizes, lots, strict=True):
        distance = math.sqrt(x * x + y * y)
        amount = figures.density(distance, start.radius) * TILES_PER_KM2
        amount *= control.size / figures.base_spots_per_km2
        amount *= least + (most - least) * size
        if amount <= 0.0 or _is_in_start(start, x, y):
            continue
        # whether the last one is taken is drawn, so that regions together hold what
        # they should
        if amount > wanted and lot * amount >= wanted:
            return
        wanted -= amount
        yield cone(figures.name, x, y, amount, figures.regular_rq_factor)
        if wanted <= 0.0:
            return


def _is_in_start(start: StartingArea, x: float, y: float) -> bool:
    """Whether a regular patch would come too near to a starting one, or to its lake."""
    taken = [(spot.x, spot.y) for spot in start.patches]
    taken.append((start.lake_x, start.lake_y))
    apart = 2.0 * LARGEST_RADIUS
    return any(
        (x - other_x) * (x - other_x) + (y - other_y) * (y - other_y) < apart * apart
        for other_x, other_y in taken
    )


@lru_cache(maxsize=256)
def _region_amount(
    figures: ResourceFigures, radius: float, column: int, row: int
) -> float:
    """What a region holds of a resource at normal settings."""
    step = REGION_TILES / _SAMPLES
    densities = []
    for sample_y in range(_SAMPLES):
        for sample_x in range(_SAMPLES):
            x = column * REGION_TILES - _HALF + (sample_x + 0.5) * step
            y = row * REGION_TILES - _HALF + (sample_y + 0.5) * step
            densities.append(figures.density(math.sqrt(x * x + y * y), radius))
    # fsum gives the exact sum, rounded once
    return math.fsum(densities) * step * step
