"""`LuaSurface.request_path`: found at once, told in the next tick as in the game.

Of the flags, those about how long a search may take mean nothing here, and ways are
straight where they can be, with ``prefer_straight_paths`` or without. Nothing is ever
destroyed to get on.
"""

from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final

from fle_marl.sim.actions.path import Walker, find_path
from fle_marl.sim.lua_api.errors import fail
from fle_marl.sim.lua_api.forces import force_index
from fle_marl.sim.lua_api.lua_class import LuaValue
from fle_marl.sim.tables import collision_bits
from fle_marl.units import POSITION_UNITS_PER_TILE, tiles_to_units, units_to_tiles

if TYPE_CHECKING:
    from fle_marl.sim.lua_api.runtime import LuaApi

__all__ = ["request_path"]

_RESOLUTIONS: Final = range(-8, 9)
"""Source: runtime API, LuaSurface.request_path, path_resolution_modifier."""


def request_path(api: "LuaApi", given: LuaValue) -> int:
    """Find a way and have ``on_script_path_request_finished`` raised.

    Args:
        api: with the world.
        given: the table of LuaSurface.request_path.

    Returns:
        Number of the request, as in the event's ``id``.
    """
    left, top, right, bottom = api.corners(given["bounding_box"])
    box = (
        tiles_to_units(left),
        tiles_to_units(top),
        -tiles_to_units(-right),
        -tiles_to_units(-bottom),
    )
    ignored = given["entity_to_ignore"]
    force = force_index(api, given["force"])
    flags = given["pathfind_flags"]
    passes_own = flags is not None and flags["allow_paths_through_own_entities"]
    resolution = int(given["path_resolution_modifier"] or 0)
    if resolution not in _RESOLUTIONS:
        fail(f"path_resolution_modifier must be from -8 to 8, was {resolution}.")
    start = _units(api, given["start"])
    walker = Walker(
        box=box,
        mask=collision_bits(_layers(given["collision_mask"])),
        opener=force if given["can_open_gates"] else 0,
        friend=force if passes_own else 0,
        ignored=api.row_of(ignored) if ignored is not None else 0,
    )
    path = find_path(
        api.world,
        start,
        _units(api, given["goal"]),
        walker,
        radius=tiles_to_units(1.0 if given["radius"] is None else given["radius"]),
        resolution=resolution,
    )
    api.path_requests += 1
    request = api.path_requests
    data: dict[str, Any] = {"id": request, "try_again_later": False}
    if path is not None:
        data["path"] = [
            {
                "position": {"x": units_to_tiles(x), "y": units_to_tiles(y)},
                "needs_destroy_to_reach": False,
            }
            # who is there already is told where that is
            for x, y in _steps([start, *path], resolution) or [start]
        ]
    event = api.prototypes.defines["events"]["on_script_path_request_finished"]
    api.events.later(event, data)
    return request


def _steps(path: list[tuple[int, int]], resolution: int) -> list[tuple[int, int]]:
    """All points of the grid on a way, without the first.

    The game gives them all. Source: FLE 0.3.0, which drives 1.1.110, builds belts from
    one waypoint to the next only where these are neighbours.
    """
    step = max(1, round(POSITION_UNITS_PER_TILE * 0.5**resolution))
    points: list[tuple[int, int]] = []
    for (from_x, from_y), (to_x, to_y) in pairwise(path):
        away_x, away_y = to_x - from_x, to_y - from_y
        longest = max(abs(away_x), abs(away_y))
        # the legs from a start and to a goal off the grid are shorter than a step
        count = longest // step
        points.extend(
            (
                from_x + away_x * index * step // longest,
                from_y + away_y * index * step // longest,
            )
            for index in range(1, count)
        )
        points.append((to_x, to_y))
    return points


def _units(api: "LuaApi", position: object) -> tuple[int, int]:
    x, y = api.xy(position)
    return tiles_to_units(x), tiles_to_units(y)


def _layers(mask: LuaValue) -> list[str]:
    """Names in a CollisionMask: a list of names, or a table of true by name."""
    return [
        str(value if isinstance(key, int) else key)
        for key, value in mask.items()
        if value
    ]
