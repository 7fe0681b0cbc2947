"""Ghosts among what `LuaSurface.find_entities_filtered` finds.

A ghost is found by the room that its entity will need, which the world's own search
does not know. Source: runtime API, LuaSurface.find_entities_filtered (ghost_name,
ghost_type).
"""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, Final

from fle_marl.prototypes import EntityPrototype, load
from fle_marl.sim.actions.ghosts import (
    ghost_boxes,
    inner_prototype,
)
from fle_marl.sim.components import TABLE_INDEX

if TYPE_CHECKING:
    from fle_marl.sim.lua_api.runtime import LuaApi

__all__ = ["GHOST_PROTOTYPES", "find_ghosts", "has_ghosts", "inner_type"]

GHOST_PROTOTYPES: Final = tuple(
    load().entities[name].id for name in ("entity-ghost", "tile-ghost")
)


_GHOST: Final = TABLE_INDEX["ghost"]


def has_ghosts(api: "LuaApi") -> bool:
    """Whether there is any ghost in the world."""
    ghosts = api.world.count.item(_GHOST)
    return ghosts > 1 and bool((api.world.tables["ghost"]["entity"][:ghosts] > 0).any())


def inner_type(api: "LuaApi", row: int) -> str:
    """Type of what a ghost stands for; tiles are of the type tile."""
    inner = inner_prototype(api.world, row)
    return inner.type if isinstance(inner, EntityPrototype) else "tile"


def find_ghosts(
    api: "LuaApi",
    place: Mapping[str, Any],
    names: tuple[str, ...] | None,
    types: tuple[str, ...] | None,
    meets: Callable[[int], bool],
    *,
    is_inverted: bool,
) -> list[int]:
    """Rows of ghosts at a place that meet all filters, or inverted, do not.

    Args:
        api: of the world.
        place: ``box``, or ``center`` and ``radius``, as `filters` reads them.
        names: of what they stand for; None for any.
        types: the same.
        meets: whether a row meets the other filters.
        is_inverted: ghosts that do not meet all filters are wanted.
    """
    found = []
    for row, box in ghost_boxes(api.world).items():
        if not _is_at(api, row, box, place):
            continue
        is_met = (
            (names is None or inner_prototype(api.world, row).name in names)
            and (types is None or inner_type(api, row) in types)
            and meets(row)
        )
        if is_met != is_inverted:
            found.append(row)
    return found


def _is_at(
    api: "LuaApi", row: int, box: tuple[int, int, int, int], place: Mapping[str, Any]
) -> bool:
    if "radius" in place:
        record = api.world.entity[row]
        away_x = int(record["x"]) - place["center"][0]
        away_y = int(record["y"]) - place["center"][1]
        return bool(away_x**2 + away_y**2 <= place["radius"] ** 2)
    if "box" not in place:
        return True
    left, top, right, bottom = place["box"]
    is_beside = box[0] > right or box[2] < left or box[1] > bottom or box[3] < top
    return not is_beside
