"""Reading the plain arguments of scripts."""

import math
from typing import TYPE_CHECKING, Final

from lupa.lua52 import lua_type

from fle_marl.sim.lua_api.errors import fail, shown
from fle_marl.sim.lua_api.lua_class import LuaValue

if TYPE_CHECKING:
    from fle_marl.sim.lua_api.runtime import LuaApi

__all__ = [
    "read_count",
    "read_direction",
    "read_number",
    "read_share",
    "read_table",
    "read_whole_position",
]

_DIRECTIONS: Final = range(8)


def read_direction(value: object, *, default: int = 0) -> int:
    """A number of ``defines.direction``; nil is the default.

    What stands behind the point is cut off. Source: FLE 0.3.0, which drives 1.1.110,
    builds poles along diagonals with halves of directions.

    Raises:
        ScriptError: it is none.
    """
    if value is None:
        return default
    if type(value) is float and math.isfinite(value):
        value = math.trunc(value)
    if type(value) is not int or value not in _DIRECTIONS:
        fail(f"Invalid direction: {shown(value)}.")
    return value


def read_count(value: object, name: str) -> int:
    """A whole number, 0 or more.

    Args:
        value: what the script gave.
        name: of the argument, for the message.

    Raises:
        ScriptError: it is none.
    """
    if type(value) is not int or value < 0:
        fail(f"{name} must be a whole number of 0 or more, not {shown(value)}.")
    return value


def read_number(
    value: object, name: str, *, expected: str = "a finite number"
) -> float:
    """A finite number.

    Args:
        value: what the script gave.
        name: of the argument, for the message.
        expected: what it must be, for the message.

    Raises:
        ScriptError: it is none.
    """
    if type(value) not in (int, float) or not math.isfinite(value):  # type: ignore[arg-type]
        fail(f"{name} must be {expected}, not {shown(value)}.")
    return float(value)  # type: ignore[arg-type]


def read_table(value: LuaValue, member: str) -> LuaValue:
    """A table of named arguments.

    Args:
        value: what the script gave.
        member: that takes it, for the message.

    Raises:
        ScriptError: it is none.
    """
    if lua_type(value) != "table":
        fail(f"{member} expects a table, not {shown(value)}.")
    return value


def read_share(value: object, name: str) -> float:
    """A number from 0 to 1.

    Args:
        value: what the script gave.
        name: of the argument, for the message.

    Raises:
        ScriptError: it is none.
    """
    share = read_number(value, name)
    if not 0.0 <= share <= 1.0:
        fail(f"{name} must be 0 to 1, not {share}.")
    return share


def read_whole_position(api: "LuaApi", value: object) -> tuple[int, int]:
    """A TilePosition or ChunkPosition in any form; fractions are rounded down.

    Raises:
        ScriptError: it is none.
    """
    x, y = api.xy(value)
    return math.floor(x), math.floor(y)
