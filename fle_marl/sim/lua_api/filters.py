"""Reading the filter tables of `LuaSurface.find_entities_filtered` and its kin."""

from collections.abc import Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from numpy.typing import NDArray

from fle_marl.prototypes import load
from fle_marl.sim.actions.find import EntityQuery, find_entities
from fle_marl.sim.actions.items import item_count
from fle_marl.sim.components import MOST_FORCES
from fle_marl.sim.lua_api.entity_types import is_military_target
from fle_marl.sim.lua_api.errors import fail, shown
from fle_marl.sim.lua_api.forces import force_index
from fle_marl.sim.lua_api.ghost_filters import (
    GHOST_PROTOTYPES,
    find_ghosts,
    has_ghosts,
)
from fle_marl.sim.lua_api.lua_class import LuaValue
from fle_marl.sim.lua_api.stacks import read_item_prototype
from fle_marl.units import POSITION_UNITS_PER_TILE, tiles_to_units

if TYPE_CHECKING:
    from fle_marl.sim.lua_api.runtime import LuaApi

__all__ = ["every_prototype", "filter_keys", "find_rows"]

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
        "is_military_target",
        "has_item_inside",
        "invert",
    }
)
"""Source: runtime API, LuaSurface.find_entities_filtered."""

_MARKS: Final = {
    "to_be_deconstructed": "deconstruction_force",
    "to_be_upgraded": "upgrade_force",
}
"""Field of ``entity`` that a filter asks about."""
_OF_GHOSTS: Final = ("ghost_name", "ghost_type")
_INSIDE: Final = "has_item_inside"
_LOOKED_CLOSER: Final = frozenset({"direction", _INSIDE, *_MARKS})
"""Filters that the search itself does not know."""
_DIRECTIONS: Final = 8
_ALL_FORCES: Final = (1 << MOST_FORCES) - 1

Mask = NDArray[np.bool_]


def filter_keys(filters: LuaValue, known: frozenset[str]) -> dict[str, Any]:
    """The filters that a script gave; what is no filter is read over, as in the game.

    Source: FLE 0.3.0 asks the game with a filter that does not exist, and is answered.
    """
    return {name: value for name, value in filters.items() if name in known}


def find_rows(api: "LuaApi", filters: LuaValue) -> NDArray[np.int32]:
    """Entities that a filter table asks for, in the order of their rows.

    Raises:
        ScriptError: an unknown filter or value.

    Source: runtime API, LuaSurface.find_entities_filtered; with ``invert`` those that
    do not meet all filters together.
    """
    given = filter_keys(filters, _ENTITY_KEYS)
    place = _place(api, given)
    wanted = _prototypes(api, given)
    forces = _forces(api, given)
    limit = int(given.get("limit") or 0)
    is_inverted = bool(given.get("invert"))
    if has_ghosts(api):
        return _with_ghosts(api, given, wanted, limit)
    if not given.keys().isdisjoint(_OF_GHOSTS):
        wanted = np.zeros_like(wanted)
    if not is_inverted and given.keys().isdisjoint(_LOOKED_CLOSER):
        query = EntityQuery(prototypes=wanted, forces=forces, limit=limit, **place)
        return find_entities(api.world, query)
    query = EntityQuery(prototypes=every_prototype("entities"), **place)
    rows = find_entities(api.world, query)
    found = api.world.entity[rows]
    meets = wanted[found["prototype"]] & _of_forces(forces, found)
    meets &= _directions(api, given)[_facing(found)]
    meets &= _marked(given, found) & _holding(api, given, rows)
    chosen: NDArray[np.int32] = rows[meets != is_inverted]
    return chosen[:limit] if limit else chosen


def _with_ghosts(
    api: "LuaApi", given: Mapping[str, Any], wanted: Mask, limit: int
) -> NDArray[np.int32]:
    """The same in a world with ghosts, which take up more room than the world knows."""
    place = _place(api, given)
    forces, directions = _forces(api, given), _directions(api, given)
    is_inverted = bool(given.get("invert"))
    is_ghost = np.zeros_like(wanted)
    is_ghost[list(GHOST_PROTOTYPES)] = True
    entity = api.world.entity

    def meets(row: int) -> bool:
        found = entity[row]
        return bool(
            # nothing is ever to become of ghosts, and nothing is in them
            not any(given.get(key) for key in _MARKS)
            and given.get(_INSIDE) is None
            and wanted[found["prototype"]]
            and forces >> int(found["force"]) & 1
            and directions[found["direction"]]
        )

    names, types = (_texts(api, given.get(key)) for key in _OF_GHOSTS)
    ghosts = find_ghosts(api, place, names, types, meets, is_inverted=is_inverted)
    query = EntityQuery(prototypes=every_prototype("entities") & ~is_ghost, **place)
    rows = find_entities(api.world, query)
    found = entity[rows]
    met = wanted[found["prototype"]] & _of_forces(forces, found)
    met &= directions[_facing(found)]
    met &= _marked(given, found) & _holding(api, given, rows)
    if any(given.get(key) is not None for key in _OF_GHOSTS):
        met[:] = False
    others = np.array(ghosts, np.int32)
    chosen: NDArray[np.int32] = np.sort(np.append(rows[met != is_inverted], others))
    return chosen[:limit] if limit else chosen


# --- what


@lru_cache
def every_prototype(table: str) -> Mask:
    """A mask in which every prototype counts; do not change it.

    Args:
        table: ``"entities"`` or ``"tiles"``.
    """
    mask = np.ones(len(getattr(load(), table)) + 1, np.bool_)
    mask[0] = False
    return mask


def _prototypes(api: "LuaApi", given: Mapping[str, Any]) -> Mask:
    """Prototypes that meet the filters of what they are together."""
    return _prototype_mask(
        _texts(api, given.get("name")),
        _texts(api, given.get("type")),
        _texts(api, given.get("collision_mask")),
        given.get("is_military_target"),
    )


def _texts(api: "LuaApi", value: object) -> tuple[str, ...] | None:
    if value is None:
        return None
    return (value,) if isinstance(value, str) else tuple(api.list_of(value))


@lru_cache(maxsize=512)
def _prototype_mask(
    names: tuple[str, ...] | None,
    types: tuple[str, ...] | None,
    layers: tuple[str, ...] | None,
    is_target: bool | None,
) -> Mask:
    entities = load().entities
    for name in names or ():
        if name not in entities:
            fail(f"Unknown entity name: {shown(name)}.")
    mask = np.zeros_like(every_prototype("entities"))
    for entity in entities.values():
        mask[entity.id] = (
            (names is None or entity.name in names)
            and (types is None or entity.type in types)
            and (layers is None or not entity.collision_mask.isdisjoint(layers))
            and is_target in (None, is_military_target(entity))
        )
    return mask


def _forces(api: "LuaApi", given: Mapping[str, Any]) -> int:
    if given.get("force") is None:
        return _ALL_FORCES
    return sum({1 << force_index(api, force) for force in api.list_of(given["force"])})


def _of_forces(forces: int, found: NDArray[Any]) -> Mask:
    """Which of some entities belong to forces, which are bits."""
    return (forces >> found["force"].astype(np.int64) & 1).astype(bool)


def _marked(given: Mapping[str, Any], found: NDArray[Any]) -> Mask:
    """Which of some entities are marked as the filters ask for."""
    met = np.ones(len(found), np.bool_)
    for key, field in _MARKS.items():
        if given.get(key) is not None:
            met &= (found[field] > 0) == bool(given[key])
    return met


def _holding(api: "LuaApi", given: Mapping[str, Any], rows: NDArray[np.int32]) -> Mask:
    """Which entities hold the item that is asked for."""
    if given.get(_INSIDE) is None:
        return np.ones(len(rows), np.bool_)
    item = read_item_prototype(api, given[_INSIDE])
    held = (item_count(api.world, row, item) > 0 for row in rows.tolist())
    return np.fromiter(held, np.bool_, len(rows))


def _directions(api: "LuaApi", given: Mapping[str, Any]) -> Mask:
    if given.get("direction") is None:
        return np.ones(_DIRECTIONS, np.bool_)
    mask = np.zeros(_DIRECTIONS, np.bool_)
    for direction in api.list_of(given["direction"]):
        if direction not in range(_DIRECTIONS):
            fail(f"Invalid direction: {shown(direction)}.")
        mask[direction] = True
    return mask


@lru_cache
def _cliffs() -> Mask:
    mask = np.zeros_like(every_prototype("entities"))
    for prototype in load().entities.values():
        mask[prototype.id] = prototype.type == "cliff"
    return mask


def _facing(found: NDArray[np.void]) -> NDArray[np.integer[Any]]:
    """Which way entities face; cliffs have an orientation there, and answer north."""
    return np.where(_cliffs()[found["prototype"]], 0, found["direction"])


# --- where


def _place(api: "LuaApi", given: Mapping[str, Any]) -> dict[str, Any]:
    # Position has precedence over area. Source: runtime API
    if given.get("position") is not None:
        x, y = (tiles_to_units(part) for part in api.xy(given["position"]))
        if given.get("radius") is None:
            return {"box": (x, y, x, y)}
        radius = float(given["radius"]) * POSITION_UNITS_PER_TILE
        return {"center": (x, y), "radius": radius}
    if given.get("area") is None:
        return {}
    left, top, right, bottom = map(tiles_to_units, api.corners(given["area"]))
    return {"box": (left, top, right, bottom)}
