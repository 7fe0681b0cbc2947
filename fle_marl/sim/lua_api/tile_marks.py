"""Tiles that are marked to go.

Only scripts are told: nobody takes up what is marked. The game marks a tile by an
entity of its own, a deconstructible tile proxy; there is none here, so that ordering
gives nil and raises no event, which is a limit of this simulator. A mark ends with the
tile that it was made on. Source: runtime API, LuaTile.order_deconstruction.
"""

from typing import TYPE_CHECKING, Final

from fle_marl.sim.actions.tiles import tile_at
from fle_marl.sim.lua_api.notes import ABOUT_SURFACE

if TYPE_CHECKING:
    from fle_marl.sim.lua_api.runtime import LuaApi

__all__ = ["mark_tile", "marked_tiles", "unmark_tile"]

_MARKS: Final = "tiles_to_be_deconstructed"
Place = tuple[int, int]


def _kept(api: "LuaApi") -> dict[str, list[int]]:
    return dict(api.notes.get(ABOUT_SURFACE, 1, _MARKS) or {})


def _key(place: Place) -> str:
    return f"{place[0]} {place[1]}"


def mark_tile(api: "LuaApi", place: Place, force: int) -> None:
    """Mark the tile at a place, if it can be taken up; one mark replaces another."""
    tile = tile_at(api.world, *place)
    if tile and api.prototypes.tiles.by_id(tile).minable is not None:
        marks = {**_kept(api), _key(place): [tile, force]}
        api.notes.put(ABOUT_SURFACE, 1, _MARKS, marks)


def unmark_tile(api: "LuaApi", place: Place, force: int) -> None:
    """Take a force's mark back."""
    marks = _kept(api)
    if marks.get(_key(place), (0, 0))[1] == force:
        del marks[_key(place)]
        api.notes.put(ABOUT_SURFACE, 1, _MARKS, marks or None)


def marked_tiles(api: "LuaApi") -> dict[Place, int]:
    """Forces that have marked tiles, by place."""
    found = {}
    for key, (tile, force) in _kept(api).items():
        x, y = map(int, key.split())
        if tile_at(api.world, x, y) == tile:
            found[x, y] = force
    return found
