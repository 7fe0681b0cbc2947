"""The figures of the game that resources are laid out by.

Those that the prototypes leave out were looked up in "resource autoplace", the part of
the game's core library that makes noise programs of them; only the numbers are here.
"""

from dataclasses import dataclass
from functools import cache
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from fle_marl.prototypes import load

__all__ = [
    "PLACEMENT_RADIUS_TILES",
    "STARTING_AREA_TILES",
    "TILES_PER_KM2",
    "ResourceFigures",
    "far_richness",
    "resource_figures",
]

TILES_PER_KM2: Final = 1_000_000
STARTING_AREA_TILES: Final = 150.0
"""Radius of a normal starting area. Source: runtime API,
LuaSurface.get_starting_area_radius."""
PLACEMENT_RADIUS_TILES: Final = 120.0
"""Around the origin, within which there are starting patches and none of the others,
whatever the size of the starting area. Source: resource autoplace."""

_FADE_TILES: Final = 300.0
"""Beyond that radius, over which regular patches become as usual as they get; richness
grows from this distance on. Source: resource autoplace."""
_DOUBLE_DENSITY_TILES: Final = 1300.0
"""Further out, at which there is twice as much. Patches grow up to there, and hold more
on each tile beyond. Source: resource autoplace."""
_DEFAULTS: Final = {
    "base_spots_per_km2": 2.5,
    "random_probability": 1.0,
    "random_spot_size_minimum": 0.25,
    "random_spot_size_maximum": 2.0,
    "additional_richness": 0.0,
    "candidate_spot_count": 21,
    "starting_rq_factor_multiplier": 1.0,
}
"""Of figures that a prototype does not give. Source: resource autoplace."""
_REGULAR_RQ_DIVISOR: Final = 10.0
_STARTING_RQ_DIVISOR: Final = 7.0
"""Radius of a patch in tiles: its factor over these, times the cube root of its
amount. Source: resource autoplace."""
_STARTING_AMOUNT: Final = 20_000.0
"""Of a starting patch for each point of base density, at (frequency + 1) times size.
Source: resource autoplace."""


@dataclass(frozen=True, slots=True)
class ResourceFigures:
    """What a resource's prototype says about where it lies.

    Attributes:
        name: of the resource.
        control: of `MapGenSettings.autoplace_controls`.
        order: those of an earlier order win a tile.
        base_density: amount for each tile of the map, on average.
        base_spots_per_km2: patches.
        regular_rq_factor: radius in tiles for a cube root of 1.
        starting_rq_factor: likewise, of starting patches.
        has_starting_area_placement: whether a patch is sure to be near the start.
        spot_size: least and most of a patch's size, 1 is normal.
        random_probability: share of the tiles of a patch that hold something.
        additional_richness: amount of each tile on top.
        candidates: places that are tried in a region.
        tree_removal: probability that a tree on it is removed, at the origin.
        tree_removal_tiles: distance from the origin at which that has ended.
    """

    name: str
    control: str
    order: str
    base_density: float
    base_spots_per_km2: float
    regular_rq_factor: float
    starting_rq_factor: float
    has_starting_area_placement: bool
    spot_size: tuple[float, float]
    random_probability: float
    additional_richness: float
    candidates: int
    tree_removal: float
    tree_removal_tiles: float

    def starting_amount(self, frequency: float, size: float) -> float:
        """Amount of the patch in the starting area."""
        return _STARTING_AMOUNT * self.base_density * (frequency + 1.0) * size

    def density(self, distance: float) -> float:
        """Amount for each tile of the map, on average, that patches are made by.

        Args:
            distance: from the origin, tiles.
        """
        share = min(max((distance - PLACEMENT_RADIUS_TILES) / _FADE_TILES, 0.0), 1.0)
        farther = min(max(distance - _FADE_TILES, 0.0), _DOUBLE_DENSITY_TILES)
        return self.base_density * share * (1.0 + farther / _DOUBLE_DENSITY_TILES)


def far_richness(distance: NDArray[np.float64]) -> NDArray[np.float64]:
    """Factor on what tiles hold where patches grow no more, by distance in tiles."""
    farther = np.maximum(distance - _FADE_TILES, _DOUBLE_DENSITY_TILES)
    richness: NDArray[np.float64] = (1.0 + farther / _DOUBLE_DENSITY_TILES) / 2.0
    return richness


@cache
def resource_figures() -> tuple[ResourceFigures, ...]:
    """Figures of all resources, in the order in which tiles are given to them."""
    found = [
        _figures(prototype.name, dict(prototype.properties))
        for prototype in load().entities.values()
        if prototype.type == "resource"
    ]
    return tuple(sorted(found, key=lambda each: (each.order, each.name)))


def _figures(name: str, properties: dict[str, Any]) -> ResourceFigures:
    given: dict[str, Any] = {**_DEFAULTS, **properties["autoplace"]}
    return ResourceFigures(
        name=name,
        control=given["control"],
        order=given["order"],
        base_density=float(given["base_density"]),
        base_spots_per_km2=float(given["base_spots_per_km2"]),
        regular_rq_factor=given["regular_rq_factor_multiplier"] / _REGULAR_RQ_DIVISOR,
        starting_rq_factor=given["starting_rq_factor_multiplier"]
        / _STARTING_RQ_DIVISOR,
        has_starting_area_placement=given["has_starting_area_placement"],
        spot_size=(
            float(given["random_spot_size_minimum"]),
            float(given["random_spot_size_maximum"]),
        ),
        random_probability=float(given["random_probability"]),
        additional_richness=float(given["additional_richness"]),
        candidates=int(given["candidate_spot_count"]),
        tree_removal=float(properties["tree_removal_probability"]),
        tree_removal_tiles=float(properties["tree_removal_max_distance"]),
    )
