"""The starting area: what is sure to be near the origin, whatever the seed.

Iron, copper, coal and stone, and a lake, each in a direction of its own. As in the
game, how much there is follows from the prototypes; where it is, from the seed.
"""

from dataclasses import dataclass
from typing import Final

from fle_marl.sim.mapgen.fields import cube_root, direction
from fle_marl.sim.mapgen.figures import STARTING_AREA_TILES, resource_figures
from fle_marl.sim.mapgen.noise import uniform
from fle_marl.sim.mapgen.settings import MapGenSettings

__all__ = ["LARGEST_RADIUS", "Spot", "StartingArea", "cone", "starting_area"]

LARGEST_RADIUS: Final = 32.0
"""Of a patch, tiles. Source: 1.1's resource autoplace, as documented."""

_NEAREST: Final = 55.0
_FARTHEST: Final = 85.0
"""Distance of starting patches from the origin in a normal starting area, tiles; the
game has them within its radius of 150."""
_FREE_TILES: Final = 40.0
"""Around the origin; characters stand there."""
_LAKE_TILES: Final = 20.0
_BORDER_TILES: Final = 3.0


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
        radius: tiles; regular patches begin there.
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


def cone(
    resource: str, x: float, y: float, amount: float, rq_factor: float
) -> Spot:
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
        if figures.has_starting_area_placement and settings.control(figures.control).size
    ]
    sectors = _drawn_order(seed, len(wanted) + 1)
    turn = float(uniform(seed, "turn", 0)[0])
    patches = []
    for index, figures in enumerate(wanted):
        control = settings.control(figures.control)
        amount = figures.starting_amount(control.frequency, control.size)
        spot = cone(figures.name, 0.0, 0.0, amount, figures.starting_rq_factor)
        share = turn + sectors[index] / len(sectors)
        x, y = _place(settings, seed, index, share, spot.radius)
        patches.append(Spot(spot.resource, x, y, spot.radius, spot.height))
    share = turn + sectors[-1] / len(sectors)
    lake_x, lake_y = _place(settings, seed, len(wanted), share, _LAKE_TILES)
    radius = STARTING_AREA_TILES * settings.starting_area
    return StartingArea(seed, radius, tuple(patches), lake_x, lake_y, _LAKE_TILES)


def _place(
    settings: MapGenSettings, seed: int, index: int, turn: float, radius: float
) -> tuple[float, float]:
    """Somewhere in a direction, clear of the origin and of the border of the map."""
    share = float(uniform(seed, "away", index)[0])
    away = (_NEAREST + (_FARTHEST - _NEAREST) * share) * settings.starting_area
    away = max(away, _FREE_TILES + radius)
    along_x, along_y = direction(seed, "direction", index, turn)
    return (
        _within(along_x * away, settings.width, radius),
        _within(along_y * away, settings.height, radius),
    )


def _within(place: float, side: int, radius: float) -> float:
    if not side:
        return place
    most = max(side / 2.0 - radius - _BORDER_TILES, 0.0)
    return min(max(place, -most), most)
