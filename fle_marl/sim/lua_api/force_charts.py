"""Members of LuaForce about its chart of the map; of the player force alone.

See `fle_marl.sim.systems.radar`. Charting is done at once, where the game lets it come
by and by, so that nothing is ever still requested.
"""

import math
from typing import TYPE_CHECKING, Final

from fle_marl.sim.components import CHUNK_TILES, DIRECTORY_CHUNKS
from fle_marl.sim.lua_api.errors import fail, shown
from fle_marl.sim.lua_api.force_research import of_player_force
from fle_marl.sim.lua_api.lua_class import LuaClass
from fle_marl.sim.lua_api.notes import ABOUT_FORCE, remember
from fle_marl.sim.lua_api.surface_argument import SURFACE_NAME
from fle_marl.sim.lua_api.world_events import watched
from fle_marl.sim.mapgen.charting import (
    Chunk,
    chart_chunks,
    chart_row,
    charted_rows,
    forget_chunks,
)
from fle_marl.sim.systems.radar import VISIBLE_TICKS

if TYPE_CHECKING:
    from fle_marl.sim.lua_api.runtime import LuaApi

__all__ = ["declare"]

_HALF: Final = DIRECTORY_CHUNKS // 2
_ONLY_SURFACE: Final = (None, 1, SURFACE_NAME)


def _check_surface(api: "LuaApi", surface: object) -> None:
    """A SurfaceIdentification, or nil for all surfaces: there is one.

    Raises:
        ScriptError: there is no such surface.
    """
    number = api.self_of(surface, "LuaSurface")
    if (surface if number is None else number) not in _ONLY_SURFACE:
        fail(f"Unknown surface: {shown(surface)}.")


def _chunk(api: "LuaApi", position: object) -> Chunk:
    x, y = api.xy(position)
    return math.floor(x), math.floor(y)


def _row(api: "LuaApi", surface: object, position: object) -> int:
    """Row of ``chunk_chart``, 0 where there is no chunk."""
    _check_surface(api, surface)
    return chart_row(api.world, _chunk(api, position))


def _chart(api: "LuaApi", _index: int, surface: object, area: object) -> None:
    """Chart all chunks that an area touches."""
    _check_surface(api, surface)
    left, top, right, bottom = api.corners(area)
    chart_chunks(
        api.world,
        [(x, y) for y in _chunks(top, bottom) for x in _chunks(left, right)],
    )


def _chunks(low: float, high: float) -> range:
    """Chunks between two coordinates in tiles, as far as the map reaches."""
    first = math.floor(low / CHUNK_TILES)
    last = max(first, math.ceil(high / CHUNK_TILES) - 1)
    return range(max(first, -_HALF), min(last + 1, _HALF))


def _there(api: "LuaApi") -> list[Chunk]:
    """All chunks that are there."""
    rows, columns = (api.world.chunk_index >= 0).nonzero()
    return [
        (int(column) - _HALF, int(row) - _HALF)
        for row, column in zip(rows, columns, strict=True)
    ]


def _chart_all(api: "LuaApi", _index: int, surface: object = None) -> None:
    _check_surface(api, surface)
    chart_chunks(api.world, _there(api))


def _rechart(api: "LuaApi", _index: int, surface: object = None) -> None:
    _check_surface(api, surface)
    charted = set(charted_rows(api.world).tolist())
    known = [each for each in _there(api) if chart_row(api.world, each) in charted]
    chart_chunks(api.world, known)


def _clear_chart(api: "LuaApi", _index: int, surface: object = None) -> None:
    _check_surface(api, surface)
    forget_chunks(api.world, charted_rows(api.world).tolist())


def _unchart_chunk(
    api: "LuaApi", _index: int, position: object, surface: object
) -> None:
    row = _row(api, surface, position)
    forget_chunks(api.world, [row] if row else [])


def _is_chunk_charted(
    api: "LuaApi", _index: int, surface: object, position: object
) -> bool:
    row = _row(api, surface, position)
    return bool(api.world.tables["chunk_chart"]["is_charted"][row])


def _is_chunk_visible(
    api: "LuaApi", _index: int, surface: object, position: object
) -> bool:
    record = api.world.tables["chunk_chart"][_row(api, surface, position)]
    age = api.world.tick - int(record["charted_tick"])
    return bool(record["is_charted"]) and age < VISIBLE_TICKS


def _is_chunk_requested_for_charting(
    api: "LuaApi", _index: int, surface: object, position: object
) -> bool:
    _row(api, surface, position)
    return False


def _cancel_charting(api: "LuaApi", _index: int, surface: object = None) -> None:
    _check_surface(api, surface)


def declare(force: LuaClass) -> None:
    """Add the members of this topic to LuaForce."""
    # one force alone has a chart, so that there is none to share
    remember(force, ABOUT_FORCE, "share_chart", default=False)
    force.methods |= of_player_force(
        {
            "cancel_charting": _cancel_charting,
            "is_chunk_charted": _is_chunk_charted,
            "is_chunk_requested_for_charting": _is_chunk_requested_for_charting,
            "is_chunk_visible": _is_chunk_visible,
            **watched(
                {
                    "chart": _chart,
                    "chart_all": _chart_all,
                    "clear_chart": _clear_chart,
                    "rechart": _rechart,
                    "unchart_chunk": _unchart_chunk,
                }
            ),
        }
    )
