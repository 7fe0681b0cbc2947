"""What an agent's process may say, checked before anything believes it.

An agent's program shares its process with the code that speaks for it, so every frame
may be forged. Frames become the small classes of this module here or are refused.
"""

import math
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from fle_marl.errors import ProgramError

__all__ = [
    "Answer",
    "Called",
    "ErrorReport",
    "Finished",
    "Printed",
    "Started",
    "WorkerMessage",
    "read_message",
]

_MAX_DEPTH: Final = 16
_MOST_WALLS: Final = 20
_LONGEST_WALL: Final = 200
_MAX_ERROR_CHARACTERS: Final = 20_000
_TOOL_NAME: Final = re.compile(r"[a-z][a-z0-9_]{0,63}\Z")
_CODE: Final = re.compile(r"[a-z][a-z0-9-]{0,63}\Z")


@dataclass(frozen=True, slots=True)
class ErrorReport:
    """Why a program ended early, for its agent.

    Attributes:
        code: kebab-case; that of the error of ours that ended it, or
            ``syntax-error`` or ``uncaught-exception``.
        line: of the program; None when it has nothing to do with a line.
        text: what the agent reads.
    """

    code: str
    line: int | None
    text: str


@dataclass(frozen=True, slots=True)
class Started:
    """The program begins.

    Attributes:
        pid: number of its process.
        missing: walls around it that this system does not have, in words.
    """

    pid: int
    missing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Printed:
    """The program printed; the text has its line numbers and line ends already."""

    text: str


@dataclass(frozen=True, slots=True)
class Called:
    """The program called a tool, with plain arguments, and waits."""

    tool: str
    arguments: dict[str, object]


@dataclass(frozen=True, slots=True)
class Finished:
    """The program has ended; `error` is None when it ran to its end."""

    error: ErrorReport | None


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer to a question about the namespace, as plain data."""

    value: object


WorkerMessage = Started | Printed | Called | Finished | Answer


def read_message(frame: Mapping[str, object]) -> WorkerMessage:
    """Check a frame from an agent's process.

    Raises:
        ProgramError: `bad-frame`; the message says what is wrong with it.
    """
    kind = frame.get("type")
    read = _READERS.get(kind) if isinstance(kind, str) else None
    if read is None:
        raise _bad(f"unknown type {repr(kind)[:80]}")
    return read(frame)


def _read_started(frame: Mapping[str, object]) -> Started:
    pid = frame.get("pid")
    if not isinstance(pid, int) or isinstance(pid, bool) or not 1 < pid < 2**31:
        raise _bad("pid is not the number of a process")
    missing = frame.get("missing")
    if not isinstance(missing, list) or len(missing) > _MOST_WALLS:
        raise _bad("missing is not a list of walls")
    if not all(
        isinstance(wall, str) and len(wall) <= _LONGEST_WALL for wall in missing
    ):
        raise _bad("a missing wall is not told in words")
    return Started(pid, tuple(missing))


def _read_printed(frame: Mapping[str, object]) -> Printed:
    return Printed(_text(frame, "text"))


def _read_called(frame: Mapping[str, object]) -> Called:
    tool = _text(frame, "tool")
    if not _TOOL_NAME.match(tool):
        raise _bad(f"{tool[:80]!r} is not the name of a tool")
    arguments = frame.get("arguments")
    if not isinstance(arguments, dict):
        raise _bad("arguments are not a map")
    _check_plain(arguments, _MAX_DEPTH)
    return Called(tool, arguments)


def _read_finished(frame: Mapping[str, object]) -> Finished:
    error = frame.get("error")
    if error is None:
        return Finished(None)
    if not isinstance(error, dict):
        raise _bad("error is not a map")
    code = _text(error, "code")
    if not _CODE.match(code):
        raise _bad(f"{code[:80]!r} is not an error code")
    line = error.get("line")
    if line is not None and (not isinstance(line, int) or isinstance(line, bool)):
        raise _bad("line is not a number")
    text = _text(error, "text")[:_MAX_ERROR_CHARACTERS]
    return Finished(ErrorReport(code, line, text))


def _read_answer(frame: Mapping[str, object]) -> Answer:
    value = frame.get("value")
    _check_plain(value, _MAX_DEPTH)
    return Answer(value)


_READERS: Final[Mapping[str, Callable[[Mapping[str, object]], WorkerMessage]]] = {
    "started": _read_started,
    "printed": _read_printed,
    "called": _read_called,
    "finished": _read_finished,
    "answer": _read_answer,
}


def _text(frame: Mapping[str, object], key: str) -> str:
    value = frame.get(key)
    if not isinstance(value, str):
        raise _bad(f"{key} is not a string")
    return value


def _check_plain(value: object, depth: int) -> None:
    """Refuse what is not JSON: bytes, infinities, odd keys, too deep nesting."""
    if depth == 0:
        raise _bad("nested too deeply")
    if isinstance(value, dict):
        for key, entry in value.items():
            if not isinstance(key, str):
                raise _bad("a key is not a string")
            _check_plain(entry, depth - 1)
    elif isinstance(value, list):
        for entry in value:
            _check_plain(entry, depth - 1)
    elif isinstance(value, float) and not math.isfinite(value):
        raise _bad("a number is not finite")
    elif value is not None and not isinstance(value, bool | int | float | str):
        raise _bad(f"a value of type {type(value).__name__}")


def _bad(what: str) -> ProgramError:
    return ProgramError(f"bad frame: {what}", code="bad-frame")
