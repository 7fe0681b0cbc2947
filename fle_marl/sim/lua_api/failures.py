"""How failures of scripts, and of what they call, are told."""

import logging
from typing import Final, NoReturn

import lupa.lua52 as lupa

from fle_marl.errors import FleMarlError, LuaApiMissing, NotSimulated

__all__ = ["described", "raise_missing", "refused"]

_LOG: Final = logging.getLogger(__name__)


def raise_missing(class_name: str, key: object) -> NoReturn:
    """Say that the game has a member which we lack.

    Raises:
        LuaApiMissing: always.
    """
    raise LuaApiMissing(
        f"{class_name}.{key} is part of the game's API, but the embedded "
        "simulator does not have it yet",
        details={"class": class_name, "member": key},
    )


def refused(problem: object) -> tuple[str | None, str, object]:
    """Code, message and name of what is not simulated; no code for other problems."""
    if isinstance(problem, NotSimulated):
        return problem.code, problem.message, problem.details.get("name")
    return None, "", None


_MISUSES: Final[tuple[tuple[type[BaseException], str], ...]] = (
    (UnicodeError, "A text is not UTF-8."),
    (RecursionError, "Tables are nested too deeply."),
    (MemoryError, "not enough memory"),
    (OverflowError, "A number is too large or not finite."),
)
"""What scripts are told of Python's errors: Python itself is none of their business."""


def _misuse(error: BaseException) -> str:
    """What a script did wrong when a member failed on what it did not expect."""
    for kind, message in _MISUSES:
        if isinstance(error, kind):
            return message
    return "An argument or an object has a wrong type or value."


def described(problem: object) -> str:
    """A failure in one line: an exception, a message, or a table with one."""
    if isinstance(problem, FleMarlError | lupa.LuaError):
        return str(problem)
    if isinstance(problem, BaseException):
        _LOG.debug("the API failed by what a script gave it", exc_info=problem)
        return _misuse(problem)
    if lupa.lua_type(problem) == "table":
        # as it is, whatever its metatable says
        fields: dict[object, object] = dict(problem.items())  # type: ignore[attr-defined]
        if "code" in fields:
            return f"{fields['code']}: {fields.get('message')}"
        return "a table"
    return str(problem)
