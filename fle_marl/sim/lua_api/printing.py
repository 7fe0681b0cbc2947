"""What scripts print, as text.

Source: runtime API, LocalisedString. The game's own texts are not here: of a string
that names one, its key and its parameters are printed, which is a choice. Numbers look
as Lua writes them.
"""

from typing import TYPE_CHECKING, Any, Final

from lupa.lua52 import lua_type

from fle_marl.sim.lua_api.errors import fail, shown
from fle_marl.sim.lua_api.lua_profiler import duration_text

if TYPE_CHECKING:
    from fle_marl.sim.lua_api.runtime import LuaApi

__all__ = ["print_line", "text_of"]

_LONGEST_LINE: Final = 10_000
"""Characters that are kept of a line for the console."""
_MOST_PARTS: Final = 21
"""A key and 20 parameters. Source: runtime API, LocalisedString."""
_MOST_DEPTH: Final = 20
"""Localised strings within each other. A limit of this simulator."""
_JOINED: Final = ""
_FIRST_KNOWN: Final = "?"
"""Keys of no text: the parts joined, and the first part that has a text."""


def print_line(api: "LuaApi", message: object) -> None:
    """Print a LocalisedString to the console.

    Raises:
        ScriptError: it is none.
    """
    api.console.append(text_of(api, message)[:_LONGEST_LINE])


def text_of(api: "LuaApi", value: object, depth: int = 0) -> str:
    """A LocalisedString as text.

    Raises:
        ScriptError: it is none.
    """
    kind = lua_type(value)
    if kind is None:
        return _plain_text(value)
    profiler = api.self_of(value, "LuaProfiler")
    if profiler is not None:
        return duration_text(profiler)
    if kind != "table":
        fail(f"Invalid LocalisedString: {shown(value)}.")
    table: Any = value
    # an object of the game prints as its class
    if table["object_name"] is not None:
        return f"[{table['object_name']}]"
    if depth >= _MOST_DEPTH or len(table) > _MOST_PARTS:
        fail(
            f"A LocalisedString has at most {_MOST_PARTS - 1} parameters, "
            f"{_MOST_DEPTH} deep."
        )
    key, *parts = [table[place] for place in range(1, len(table) + 1)] or [None]
    if not isinstance(key, str):
        fail(f"Invalid LocalisedString: it begins with {shown(key)}, not with a key.")
    texts = [text_of(api, part, depth + 1) for part in parts]
    if key == _JOINED:
        return "".join(texts)
    if key == _FIRST_KNOWN:
        return texts[0] if texts else ""
    return " ".join([key, *texts])


def _plain_text(value: object) -> str:
    if isinstance(value, int | float) and not isinstance(value, bool):
        # as Lua's tostring
        return f"{value:.14g}"
    return shown(value)
