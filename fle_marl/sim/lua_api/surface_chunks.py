"""Members of LuaSurface about chunks and how the map is generated."""

import math
from typing import TYPE_CHECKING, Final

import numpy as np

from fle_marl.errors import LuaApiMissing
from fle_marl.sim.components import CHUNK_TILES, DIRECTORY_CHUNKS
from fle_marl.sim.lua_api.arguments import read_whole_position
from fle_marl.sim.lua_api.errors import fail, shown
from fle_marl.sim.lua_api.lua_class import LuaClass, LuaValue
from fle_marl.sim.mapgen import generate_chunks, is_generated
from fle_marl.sim.mapgen.figures import STARTING_AREA_TILES
from fle_marl.sim.mapgen.generator import (
    generator_of,
    has_generator,
    request_chunks,
    take_requests,
)
from fle_marl.sim.mapgen.settings import MapGenSettings

if TYPE_CHECKING:
    from fle_marl.sim.lua_api.runtime import LuaApi

__all__ = ["LUA_CHUNK_ITERATOR", "declare"]

LUA_CHUNK_ITERATOR: Final = LuaClass("LuaChunkIterator")

_HALF: Final = DIRECTORY_CHUNKS // 2
_NEXT: Final = "next"
_ENDLESS_TILES: Final = 2_000_000
"""Width and height that the game gives for a map without a border. Source: wiki, Map
generator; this simulator ends at `DIRECTORY_CHUNKS`."""
_GAMES_LARGEST_SEED: Final = 0xFFFF_FFFF
"""The game's seeds have 32 bits, those of worlds here 64."""


def _is_chunk_generated(api: "LuaApi", _self: int, position: object) -> bool:
    return is_generated(api.world, *read_whole_position(api, position))


def _request_to_generate_chunks(
    api: "LuaApi", _self: int, position: object, radius: object = 0
) -> None:
    """Ask for the chunks within a radius, in chunks, of a position in tiles.

    Without a radius it is the one chunk, a choice.

    Source: runtime API, LuaSurface.request_to_generate_chunks. A map that was drawn by
    hand ends where it ends.
    """
    x, y = api.xy(position)
    if not isinstance(radius, int | float) or not 0 <= radius < math.inf:
        fail(f"Expected a radius of 0 or more, got {shown(radius)}.")
    if not has_generator(api.world):
        return
    reach = min(math.floor(radius), DIRECTORY_CHUNKS)
    columns = _within_directory(math.floor(x / CHUNK_TILES), reach)
    rows = _within_directory(math.floor(y / CHUNK_TILES), reach)
    side = max(columns[1] - columns[0], rows[1] - rows[0])
    if len(range(*columns)) and len(range(*rows)):
        request_chunks(api.world, columns[0], rows[0], side)


def _within_directory(middle: int, reach: int) -> tuple[int, int]:
    """First and last chunk of a span, the last exclusive."""
    return max(middle - reach, -_HALF), min(middle + reach + 1, _HALF)


def _force_generate_chunk_requests(api: "LuaApi", _self: int) -> None:
    generate_chunks(api.world, take_requests(api.world))
    api.events.tell_changes(by_script=True)


def _get_chunks(api: "LuaApi", _self: int) -> LuaValue:
    # how far it has come is kept in Lua, where it goes away with the iterator
    return api.object("LuaChunkIterator", api.lua.table_from({_NEXT: 0}))


@LUA_CHUNK_ITERATOR.getter("valid")
def _valid(_api: "LuaApi", _progress: LuaValue) -> bool:
    return True


@LUA_CHUNK_ITERATOR.operator("call")
def _next_chunk(api: "LuaApi", progress: LuaValue, *_state: object) -> LuaValue:
    """The next chunk, row by row: x, y and area; nil after the last."""
    first = int(progress[_NEXT])
    found = np.flatnonzero(api.world.chunk_index.reshape(-1)[first:] >= 0)
    if not len(found):
        return None
    place = first + int(found[0])
    progress[_NEXT] = place + 1
    row, column = divmod(place, DIRECTORY_CHUNKS)
    x, y = column - _HALF, row - _HALF
    left, top = x * CHUNK_TILES, y * CHUNK_TILES
    area = api.box(left, top, left + CHUNK_TILES, top + CHUNK_TILES)
    return api.lua.table_from({"x": x, "y": y, "area": area})


def _settings(api: "LuaApi", member: str) -> MapGenSettings:
    settings = generator_of(api.world)
    if settings is None:
        raise LuaApiMissing(
            f"LuaSurface.{member}: this map was drawn by hand, so it has no settings",
            details={"class": "LuaSurface", "member": member},
        )
    return settings


def map_gen_settings(api: "LuaApi", _self: int) -> LuaValue:
    """How the map is generated; of a world they are one with those of its surface.

    Source: runtime API, MapGenSettings; of its keys, those that mean something.
    """
    settings = _settings(api, "map_gen_settings")
    plain = settings.plain()
    plain["seed"] &= _GAMES_LARGEST_SEED
    plain["width"] = plain["width"] or _ENDLESS_TILES
    plain["height"] = plain["height"] or _ENDLESS_TILES
    plain["peaceful_mode"] = True
    plain["default_enable_all_autoplace_controls"] = True
    table = api.table(plain)
    table["starting_points"] = api.table([{"x": 0, "y": 0}])
    return table


def _get_starting_area_radius(api: "LuaApi", _self: int) -> float:
    settings = _settings(api, "get_starting_area_radius")
    return STARTING_AREA_TILES * settings.starting_area


def declare(surface: LuaClass) -> None:
    """Add the members of this topic to LuaSurface."""
    surface.getters["map_gen_settings"] = map_gen_settings
    surface.methods |= {
        "force_generate_chunk_requests": _force_generate_chunk_requests,
        "get_chunks": _get_chunks,
        "get_starting_area_radius": _get_starting_area_radius,
        "is_chunk_generated": _is_chunk_generated,
        "request_to_generate_chunks": _request_to_generate_chunks,
    }
