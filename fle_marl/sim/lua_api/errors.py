"""Errors of scripts, in the game's words."""

from typing import NoReturn

from lupa.lua52 import lua_type

from fle_marl.errors import FleMarlError

__all__ = ["ScriptError", "fail", "shown"]


class ScriptError(FleMarlError):
    """A script used the API wrongly; the message is what the game would say."""

    default_code = "script-error"


def fail(message: str) -> NoReturn:
    """Stop the script.

    Raises:
        ScriptError: always.
    """
    raise ScriptError(message)


def shown(value: object) -> str:
    """A value of a script in the words of Lua, for messages."""
    if value is None or isinstance(value, bool):
        return {None: "nil", True: "true", False: "false"}[value]
    if isinstance(value, str | int | float):
        return str(value)
    # what is none of Lua's is one of ours, and scripts are not shown it
    return f"a {lua_type(value) or 'userdata'}"
