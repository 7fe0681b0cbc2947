"""Errors of scripts, in the game's words."""

from typing import NoReturn

from fle_marl.errors import FleMarlError

__all__ = ["ScriptError", "fail"]


class ScriptError(FleMarlError):
    """A script used the API wrongly; the message is what the game would say."""

    default_code = "script-error"


def fail(message: str) -> NoReturn:
    """Stop the script.

    Raises:
        ScriptError: always.
    """
    raise ScriptError(message)
