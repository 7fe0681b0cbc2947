"""Reading the filter tables of `LuaSurface.find_entities_filtered` and its kin."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from numpy.typing import NDArray

from fle_marl.sim.actions.find import EntityQuery
from fle_marl.sim.lua_api.errors import fail
from fle_marl.sim.lua_api.lua_class import LuaValue
from fle_marl.sim.lua_api.lua_game_script import FORCES
from fle_marl.units import POSITION_UNITS_PER_TILE, tiles_to_units

if TYPE_CHECKING:
    from fle_marl.sim.lua_api.runtime import LuaApi

__all__ = ["entity_query", "force_index", "tile_area", "tile_mask"]

_ENTITY_KEYS: Final = frozenset(
    {
        "area",
        "position",
        "radius",
        "name",
        "type",
        "ghost_name",
        "ghost_type",
        "direction",
        "collision_mask",
        "force",
        "to_be_deconstructed",
        "to_be_upgraded",
        "limit",
        "invert",
    }
)
"""Source: runtime API, LuaSurface.find_entities_filtered."""

_UNSUPPORTED: Final = frozenset(
    {"ghost_name", "ghost_type", "to_be_deconstructed", "to_be_upgraded"}
)
_ALL_FORCES: Final = 0xFF


def force_index(api: "LuaApi", value: object) -> int:
    """Index of a force given as LuaForce, name or index.

    Raises:
        ScriptError: it is none of them.
    """
    index = api.self_of(value, "LuaForce")
    if index is None:
        index = FORCES.get(value) if isinstance(value, str) else value
    if index not in FORCES.values():
        fail(f"Unknown force: {value}.")
    return int(index)


def entity_query(api: "LuaApi", filters: LuaValue) -> EntityQuery:
    """What a filter table asks for, without its direction (see `has_direction`).

    Raises:
        ScriptError: an unknown key or value.
    """
    given = dict(filters.items())
    unknown = set(given) - _ENTITY_KEYS
    if unknown:
        fail(f"Unknown filter: {', '.join(sorted(map(str, unknown)))}.")
    inverted = bool(given.get("invert"))
    mask = _prototype_mask(api, given)
    forces = _ALL_FORCES
    if given.get("force") is not None:
        forces = sum(
            1 << force_index(api, force) for force in _names(api, given["force"])
        )
        if inverted:
            forces = _ALL_FORCES & ~forces
    if inverted:
        mask = ~mask
        mask[0] = False
    place = _place(api, given)
    limit = int(given.get("limit") or 0)
    return EntityQuery(prototypes=mask, forces=forces, limit=limit, **place)


def _names(api: "LuaApi", value: object) -> list[Any]:
    return api.list_of(value)


def _prototype_mask(api: "LuaApi", given: dict[str, Any]) -> NDArray[np.bool_]:
    """Prototypes that meet the name, type and collision filters together."""
    for key in _UNSUPPORTED:
        if given.get(key) not in (None, False):
            # nothing is a ghost or marked: no entity meets the filter
            return np.zeros(len(api.prototypes.entities) + 1, np.bool_)
    mask = api.every("entities").copy()
    if given.get("name") is not None:
        mask &= _mask_by(api, "name", _names(api, given["name"]))
    if given.get("type") is not None:
        mask &= _mask_by(api, "type", _names(api, given["type"]))
    if given.get("collision_mask") is not None:
        mask &= _mask_by_layers(api, _names(api, given["collision_mask"]))
    return mask


def _mask_by(api: "LuaApi", attribute: str, values: Iterable[str]) -> NDArray[np.bool_]:
    wanted = set(values)
    mask = np.zeros(len(api.prototypes.entities) + 1, np.bool_)
    if attribute == "name":
        for name in wanted:
            if name not in api.prototypes.entities:
                fail(f"Unknown entity name: {name}.")
            mask[api.prototypes.entities[name].id] = True
        return mask
    mask[[p.id for p in api.prototypes.entities.values() if p.type in wanted]] = True
    return mask


def _mask_by_layers(api: "LuaApi", layers: Iterable[str]) -> NDArray[np.bool_]:
    wanted = set(layers)
    mask = np.zeros(len(api.prototypes.entities) + 1, np.bool_)
    entities = api.prototypes.entities.values()
    mask[[p.id for p in entities if p.collision_mask & wanted]] = True
    return mask


def _place(api: "LuaApi", given: dict[str, Any]) -> dict[str, Any]:
    if given.get("area") is not None:
        left, top, right, bottom = api.corners(given["area"])
        return {
            "box": (
                tiles_to_units(left),
                tiles_to_units(top),
                tiles_to_units(right),
                tiles_to_units(bottom),
            )
        }
    if given.get("position") is None:
        return {}
    x, y = (tiles_to_units(part) for part in api.xy(given["position"]))
    if given.get("radius") is not None:
        radius = float(given["radius"]) * POSITION_UNITS_PER_TILE
        return {"center": (x, y), "radius": radius}
    return {"box": (x, y, x, y)}


def tile_mask(api: "LuaApi", given: dict[str, Any]) -> NDArray[np.bool_]:
    """Tile prototypes that a tile filter asks for."""
    mask = api.every("tiles").copy()
    tiles = api.prototypes.tiles
    if given.get("name") is not None:
        mask[:] = False
        mask[[tiles[name].id for name in _names(api, given["name"])]] = True
    if given.get("collision_mask") is not None:
        wanted = set(_names(api, given["collision_mask"]))
        layered = np.zeros_like(mask)
        layered[[t.id for t in tiles.values() if t.collision_mask & wanted]] = True
        mask &= layered
    if given.get("invert"):
        mask = ~mask
        mask[0] = False
    return mask


def tile_area(api: "LuaApi", given: dict[str, Any]) -> tuple[int, int, int, int]:
    """Whole tiles that a tile filter's area or circle's square touches.

    Raises:
        ScriptError: the filter names no place.
    """
    if given.get("area") is not None:
        left, top, right, bottom = api.corners(given["area"])
        return int(left // 1), int(top // 1), int(-(-right // 1)), int(-(-bottom // 1))
    if given.get("position") is None:
        fail("A tile filter needs an area or a position.")
    x, y = api.xy(given["position"])
    radius = given.get("radius")
    if radius is None:
        return int(x // 1), int(y // 1), int(x // 1) + 1, int(y // 1) + 1
    return (
        int((x - radius) // 1),
        int((y - radius) // 1),
        int((x + radius) // 1) + 1,
        int((y + radius) // 1) + 1,
    )
