"""`LuaSurface.request_path`: found at once, told in the next tick as in the game."""

from typing import TYPE_CHECKING, Any

from fle_marl.sim.actions.path import Walker, find_path
from fle_marl.sim.lua_api.forces import force_index
from fle_marl.sim.lua_api.lua_class import LuaValue
from fle_marl.sim.tables import collision_bits
from fle_marl.units import tiles_to_units, units_to_tiles

if TYPE_CHECKING:
    from fle_marl.sim.lua_api.runtime import LuaApi

__all__ = ["request_path"]


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
    walker = Walker(
        box=box,
        mask=collision_bits(_layers(given["collision_mask"])),
        opener=_opener(api, given),
        ignored=api.row_of(ignored) if ignored is not None else 0,
    )
    path = find_path(
        api.world,
        _units(api, given["start"]),
        _units(api, given["goal"]),
        walker,
        radius=tiles_to_units(given["radius"] or 1.0),
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
            for x, y in path
        ]
    event = api.prototypes.defines["events"]["on_script_path_request_finished"]
    api.events.later(event, data)
    return request


def _opener(api: "LuaApi", given: LuaValue) -> int:
    """The force for which gates are no obstacle; 0 for none."""
    if not given["can_open_gates"] or given["force"] is None:
        return 0
    return force_index(api, given["force"])


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
