"""Members of LuaSurface about pollution: what was emitted in each chunk.

See `fle_marl.sim.kernels.pollution`.
"""

from typing import TYPE_CHECKING

from fle_marl.sim.cells import chunk_row
from fle_marl.sim.components import CHUNK_TILES
from fle_marl.sim.lua_api.arguments import read_number
from fle_marl.sim.lua_api.lua_class import LuaClass, LuaValue

if TYPE_CHECKING:
    from fle_marl.sim.lua_api.runtime import LuaApi

__all__ = ["declare"]


def _row_at(api: "LuaApi", position: LuaValue) -> int:
    """Row of ``chunk_pollution`` for a place; 0 where there is no chunk."""
    x, y = api.xy(position)
    chunk_x, chunk_y = int(x // CHUNK_TILES), int(y // CHUNK_TILES)
    # each row is the one behind the chunk's own number
    return chunk_row(api.world.chunk_index, chunk_x, chunk_y) + 1


def _get_pollution(api: "LuaApi", _self: int, position: LuaValue) -> float:
    row = _row_at(api, position)
    return float(api.world.tables["chunk_pollution"]["amount"][row])


def _get_total_pollution(api: "LuaApi", _self: int) -> float:
    return float(api.world.tables["chunk_pollution"]["amount"].sum())


def _pollute(api: "LuaApi", _self: int, source: LuaValue, amount: object) -> None:
    """Nothing happens where there is no chunk; a negative amount cleans, to nothing."""
    row = _row_at(api, source)
    if row:
        counter = api.world.tables["chunk_pollution"]["amount"]
        counter[row] = max(counter[row] + read_number(amount, "amount"), 0.0)


def _clear_pollution(api: "LuaApi", _self: int) -> None:
    api.world.tables["chunk_pollution"]["amount"] = 0.0


def declare(surface: LuaClass) -> None:
    """Add the members of this topic to LuaSurface."""
    surface.methods |= {
        "clear_pollution": _clear_pollution,
        "get_pollution": _get_pollution,
        "get_total_pollution": _get_total_pollution,
        "pollute": _pollute,
    }
