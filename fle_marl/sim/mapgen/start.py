"""The starting area: what is sure to be near the origin, whatever the seed.

Iron, copper, coal and stone, and a lake, each in a direction of its own. As in the
game, how much there is follows from the prototypes; where it is, from the seed. The
game cuts what there is into more patches when they are frequent; here it is always one.
"""

from dataclasses import dataclass, replace
from typing import Final

from fle_marl.sim.integrity.limits import LARGEST_MAP_TILES
from fle_marl.sim.mapgen.fields import cube_root, direction
from fle_marl.sim.mapgen.figures import STARTING_AREA_TILES, resource_figures
from fle_marl.sim.mapgen.noise import uniform
from fle_marl.sim.mapgen.settings import MapGenSettings

__all__ = [
    "FREE_TILES",
    "LARGEST_RADIUS",
    "Spot",
    "StartingArea",
    "cone",
    "starting_area",
]

LARGEST_RADIUS: Final = 32.0
"""Of a patch, tiles. Source: resource autoplace of the game's core library."""

_NEAREST: Final = 55.0
_FARTHEST: Final = 85.0
"""Distance of starting patches from the origin, tiles, whatever the size of the
starting area; the game has them within 120 (`figures.PLACEMENT_RADIUS_TILES`)."""
FREE_TILES: Final = 46.0
"""Radius around the origin that is dry and free: as many characters as a scenario may
have stand there, in columns."""
_LAKE_TILES: Final = 20.0
"""Radius of the lake without its bays, which nearly double it."""
_BORDER_TILES: Final = 3.0
_FIRST_IN_ROW: Final = 86.0
_ROW_TILES: Final = 75.0
"""On narrow maps: distance from the origin of the nearest patches, and between them;
twice the radius of the largest, and some room."""


@dataclass(frozen=True, slots=True)
class Spot:
    """A patch of a resource: a cone of amounts, before its edge is frayed.

    Attributes:
        resource: its name.
        x: middle, tiles.
        y: middle, tiles.
        radius: tiles.
        height: amount of the tile in the middle.
    """

    resource: str
    x: float
    y: float
    radius: float
    height: float


@dataclass(frozen=True, slots=True)
class StartingArea:
    """What is around the origin.

    Attributes:
        seed: of the map.
        radius: tiles, within which the land is lifted out of the water.
        patches: of resources.
        lake_x: middle of the lake, tiles.
        lake_y: likewise.
        lake_radius: tiles.
    """

    seed: int
    radius: float
    patches: tuple[Spot, ...]
    lake_x: float
    lake_y: float
    lake_radius: float


def cone(resource: str, x: float, y: float, amount: float, rq_factor: float) -> Spot:
    """A patch that holds an amount.

    The volume of a cone is a third of its base times its height.
    """
    radius = min(rq_factor * cube_root(amount), LARGEST_RADIUS)
    height = 3.0 * amount / (3.141592653589793 * radius * radius)
    return Spot(resource, x, y, radius, height)


def _drawn_order(seed: int, count: int) -> tuple[int, ...]:
    """A drawn order of the first so many numbers."""
    keys = uniform(seed, "order", range(count)).tolist()
    return tuple(sorted(range(count), key=keys.__getitem__))


def starting_area(settings: MapGenSettings, seed: int) -> StartingArea:
    """Draw the starting area of a map."""
    wanted = [
        figures
        for figures in resource_figures()
        if figures.has_starting_area_placement
        and settings.control(figures.control).size
    ]
    sectors = _drawn_order(seed, len(wanted) + 1)
    patches = []
    for sector, figures in zip(sectors, wanted, strict=False):
        control = settings.control(figures.control)
        amount = figures.starting_amount(control.frequency, control.size)
        spot = cone(figures.name, 0.0, 0.0, amount, figures.starting_rq_factor)
        x, y = _place(settings, seed, sector, len(sectors), spot.radius)
        patches.append(replace(spot, x=x, y=y))
    # the lake has bays, so it is kept farther away
    lake_x, lake_y = _place(
        settings, seed, sectors[-1], len(sectors), 2.0 * _LAKE_TILES
    )
    radius = STARTING_AREA_TILES * settings.starting_area
    return StartingArea(seed, radius, tuple(patches), lake_x, lake_y, _LAKE_TILES)


def _place(
    settings: MapGenSettings, seed: int, sector: int, sectors: int, radius: float
) -> tuple[float, float]:
    """Where a patch of some radius lies: in its sector around the origin.

    Where the map is too narrow for that, patches lie in a row along its longer side.
    """
    share = float(uniform(seed, "away", sector)[0])
    sides = [side or LARGEST_MAP_TILES for side in (settings.width, settings.height)]
    if min(sides) / 2.0 < _FARTHEST + 2.0 * LARGEST_RADIUS:
        most = max(min(sides) / 2.0 - radius - _BORDER_TILES, 0.0)
        along = _FIRST_IN_ROW + _ROW_TILES * (sector // 2)
        place = along * (1.0 - 2.0 * (sector % 2)), most * (2.0 * share - 1.0)
        return place if sides[0] >= sides[1] else place[::-1]
    away = max(_NEAREST + (_FARTHEST - _NEAREST) * share, FREE_TILES + radius)
    turn = float(uniform(seed, "turn", 0)[0])
    x, y = direction(seed, "direction", sector, turn + sector / sectors)
    return x * away, y * away
