"""Reading the plain arguments of scripts."""

from typing import Final

from fle_marl.sim.lua_api.errors import fail, shown

__all__ = ["read_count", "read_direction"]

_DIRECTIONS: Final = range(8)


def read_direction(value: object, *, default: int = 0) -> int:
    """A number of ``defines.direction``; nil is the default.

    Raises:
        ScriptError: it is none.
    """
    if value is None:
        return default
    if not isinstance(value, int) or value not in _DIRECTIONS:
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
