"""Colours as scripts give them."""

from typing import TYPE_CHECKING, Final

from lupa.lua52 import lua_type

from fle_marl.sim.lua_api.arguments import read_number
from fle_marl.sim.lua_api.errors import fail, shown
from fle_marl.sim.lua_api.lua_class import LuaValue

if TYPE_CHECKING:
    from fle_marl.sim.lua_api.runtime import LuaApi

__all__ = ["WHITE", "read_color"]

WHITE: Final = {"r": 1.0, "g": 1.0, "b": 1.0, "a": 1.0}
_PARTS: Final = {"r": 0.0, "g": 0.0, "b": 0.0, "a": 1.0}
"""What parts are when they are not given. Source: runtime API, Color."""
_MOST_SHARE: Final = 1.0
_MOST_BYTE: Final = 255.0


def read_color(_api: "LuaApi", value: LuaValue) -> dict[str, float]:
    """A Color, named or as a list; parts above 1 make all of them 0 to 255.

    Raises:
        ScriptError: it is none.
    """
    if lua_type(value) != "table":
        fail(f"Invalid Color: {shown(value)}.")
    color = {}
    for place, (name, default) in enumerate(_PARTS.items(), start=1):
        given = value[name] if value[name] is not None else value[place]
        color[name] = default if given is None else read_number(given, name)
    if any(part > _MOST_SHARE for part in color.values()):
        is_alpha_given = value["a"] is not None or value[len(_PARTS)] is not None
        color = {
            name: part / _MOST_BYTE if name != "a" or is_alpha_given else part
            for name, part in color.items()
        }
    return color
