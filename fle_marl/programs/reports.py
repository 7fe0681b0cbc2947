"""What an agent reads when its program ends early."""

import linecache
from collections.abc import Iterable, Iterator
from difflib import get_close_matches
from types import CodeType, FrameType, TracebackType
from typing import Final

from fle_marl.errors import ToolError
from fle_marl.programs.protocol import ErrorReport

__all__ = ["ProgramEnd", "describe_error", "is_program_code", "line_in_program"]

_FILENAME_START: Final = "<program "
_MESSAGE_CHARACTERS: Final = 4_000


class ProgramEnd(BaseException):
    """Ends a program from outside; not an Exception, so programs do not catch it.

    Attributes:
        code: kebab-case reason.
    """

    def __init__(self, message: str, *, code: str) -> None:
        super().__init__(message)
        self.code = code


def is_program_code(code: CodeType) -> bool:
    """Whether a piece of code was compiled from an agent's program."""
    return code.co_filename.startswith(_FILENAME_START)


def line_in_program(frame: FrameType | None, filename: str) -> int | None:
    """The line that the program of that file name is at.

    Args:
        frame: where to begin to look, outwards.
        filename: of the program that the agent sees as its present one; a function of
            an earlier program counts as the line that called it.
    """
    while frame is not None:
        if frame.f_code.co_filename == filename:
            return frame.f_lineno
        frame = frame.f_back
    return None


def describe_error(
    error: BaseException, filename: str, known_names: Iterable[str]
) -> ErrorReport | None:
    """Say why a program ended early.

    Args:
        error: what came out of it.
        filename: of the program.
        known_names: what it could have meant by a name that does not exist.

    Returns:
        The report; None when the program ended itself (SystemExit).
    """
    if isinstance(error, SystemExit):
        return None
    if isinstance(error, SyntaxError) and error.filename == filename:
        return _describe_syntax_error(error)
    places = list(_program_places(error.__traceback__))
    own_lines = [line for code, line in places if code.co_filename == filename]
    line = own_lines[-1] if own_lines else None
    where, source = _describe_place(places, filename, own_lines)
    text = f"Error{where}: {_describe(error, known_names)}"
    return ErrorReport(_code_of(error), line, text + source)


def _describe_syntax_error(error: SyntaxError) -> ErrorReport:
    where = f" at line {error.lineno}" if error.lineno else ""
    text = f"Error{where}: {type(error).__name__}: {error.msg}"
    if error.text and error.text.strip():
        text += f"\n    {error.text.strip()}"
    return ErrorReport("syntax-error", error.lineno, text)


def _program_places(
    traceback: TracebackType | None,
) -> Iterator[tuple[CodeType, int]]:
    """The lines of programs that led to an error, outermost first."""
    while traceback is not None:
        code = traceback.tb_frame.f_code
        if is_program_code(code):
            yield code, traceback.tb_lineno
        traceback = traceback.tb_next


def _describe_place(
    places: list[tuple[CodeType, int]], filename: str, own_lines: list[int]
) -> tuple[str, str]:
    """Where an error happened, in words, and that line of source."""
    if not places:
        return "", ""
    code, line = places[-1]
    where = f" at line {line}"
    if code.co_filename != filename:
        where += " of an earlier program"
    if code.co_name != "<module>":
        where += f", in {code.co_name}"
        callers = own_lines if code.co_filename != filename else own_lines[:-1]
        if callers:
            where += f", called at line {callers[0]}"
    source = linecache.getline(code.co_filename, line).strip()
    return where, f"\n    {source}" if source else ""


def _describe(error: BaseException, known_names: Iterable[str]) -> str:
    if isinstance(error, ProgramEnd):
        return str(error)
    message = _message(error)[:_MESSAGE_CHARACTERS]
    if isinstance(error, ToolError):
        return f"{message} [{error.code}]"
    if isinstance(error, NameError) and error.name:
        close = get_close_matches(error.name, known_names, n=3)
        message += f". Did you mean: {', '.join(close)}?" if close else ""
    name = type(error).__name__
    return f"{name}: {message}" if message else name


def _message(error: BaseException) -> str:
    try:
        return str(error)
    except Exception as broken:  # noqa: BLE001 - a program's own __str__ can do anything
        return f"(its message cannot be shown: {type(broken).__name__})"


def _code_of(error: BaseException) -> str:
    if isinstance(error, ToolError | ProgramEnd):
        return error.code
    if isinstance(error, MemoryError):
        return "memory-limit-reached"
    return "uncaught-exception"
