"""Where patches are: regions of the map, and what each holds.

The map is cut into regions. Each region draws its candidates once, and each resource
takes of its own until the region holds what its density asks for; so which patches
there are depends on the region alone, and a patch that reaches into other chunks or
regions is whole.
"""

import math
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

import numpy as np

from fle_marl.sim.mapgen.figures import (
    TILES_PER_KM2,
    ResourceFigures,
    resource_figures,
)
from fle_marl.sim.mapgen.noise import uniform
from fle_marl.sim.mapgen.settings import MapGenSettings
from fle_marl.sim.mapgen.start import LARGEST_RADIUS, Spot, StartingArea, cone

__all__ = ["HALF_REGION_TILES", "REGION_TILES", "spots_of_region"]

REGION_TILES: Final = 1024
"""Side of a region; the first is centred on the origin. Source: the game's spot noise
uses regions of this size (resource autoplace); where they begin is a choice."""
HALF_REGION_TILES: Final = REGION_TILES // 2

_SPACING_TILES: Final = 45.25
"""Between candidates. Source: resource autoplace of the game's core library."""
_TRIES: Final = 40
_SAMPLES: Final = 16
"""Along each side of a region, at which its density is looked at."""


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
        x = column * REGION_TILES - HALF_REGION_TILES + drawn[2 * index] * REGION_TILES
        y = row * REGION_TILES - HALF_REGION_TILES + drawn[2 * index + 1] * REGION_TILES
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
    wanted = _region_amount(figures, column, row)
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
        amount = figures.density(distance) * TILES_PER_KM2
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
def _region_amount(figures: ResourceFigures, column: int, row: int) -> float:
    """What a region holds of a resource at normal settings."""
    step = REGION_TILES / _SAMPLES
    densities = []
    for sample_y in range(_SAMPLES):
        for sample_x in range(_SAMPLES):
            x = column * REGION_TILES - HALF_REGION_TILES + (sample_x + 0.5) * step
            y = row * REGION_TILES - HALF_REGION_TILES + (sample_y + 0.5) * step
            densities.append(figures.density(math.sqrt(x * x + y * y)))
    # fsum gives the exact sum, rounded once
    return math.fsum(densities) * step * step
