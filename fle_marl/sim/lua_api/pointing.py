"""What a character points at, and so may mine."""

import math
from typing import TYPE_CHECKING, Final

from fle_marl.sim.actions.find import EntityQuery, find_entities
from fle_marl.sim.components import KINDS
from fle_marl.sim.lua_api.filters import every_prototype
from fle_marl.units import POSITION_UNITS_PER_TILE, tiles_to_units

if TYPE_CHECKING:
    from fle_marl.sim.lua_api.runtime import LuaApi

__all__ = ["entity_at", "select", "selected_by"]

_BEHIND: Final = (KINDS.index("character"), KINDS.index("resource"))
"""Kinds that are not selected where they stand, but by `_resource_in_tile` or never."""


def entity_at(api: "LuaApi", x: float, y: float) -> int:
    """The entity that a pointer at a place selects; 0 for none.

    Of several it is one that stands on the ground rather than the ore below it.

    Args:
        api: with the world.
        x: tiles.
        y: tiles.
    """
    units = tiles_to_units(x), tiles_to_units(y)
    query = EntityQuery(prototypes=every_prototype("entities"), box=(*units, *units))
    kinds = api.world.entity["kind"]
    rows = [int(row) for row in find_entities(api.world, query)]
    built = [row for row in rows if int(kinds[row]) not in _BEHIND]
    return built[0] if built else _resource_in_tile(api, x, y)


def _resource_in_tile(api: "LuaApi", x: float, y: float) -> int:
    left, top = (math.floor(part) * POSITION_UNITS_PER_TILE for part in (x, y))
    right, bottom = left + POSITION_UNITS_PER_TILE, top + POSITION_UNITS_PER_TILE
    query = EntityQuery(
        prototypes=api.world.prototypes["entity_prototype"]["is_resource"],
        box=(left, top, right, bottom),
        limit=1,
    )
    rows = find_entities(api.world, query)
    return int(rows[0]) if len(rows) else 0


def select(api: "LuaApi", character: int, target: int) -> None:
    """Let a character point at an entity; 0 for none."""
    who = api.handle(character)
    if target:
        api.selected[who] = api.handle(target)
    else:
        api.selected.pop(who, None)


def selected_by(api: "LuaApi", character: int) -> int:
    """The entity that a character points at; 0 for none or when it is gone."""
    return api.find_row(api.selected.get(api.handle(character), 0))
