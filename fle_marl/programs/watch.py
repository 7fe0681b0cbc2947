"""Refuses, while a program runs, what Python itself tells of being about to be done.

Python calls audit hooks before it opens files, starts processes, makes sockets and so
on, whoever asks for it. A hook cannot be taken back. The kernel would refuse most of
that as well (`walls`); here it is refused with words, and on all systems.

Source: docs.python.org/3/library/audit_events.html.
"""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Final

from fle_marl.programs.reports import is_program_code

__all__ = ["Watch"]

_REFUSED: Final = (
    *("open", "os.", "posix.", "socket.", "subprocess.", "ctypes.", "mmap.", "fcntl."),
    *("resource.", "signal.", "gc.", "marshal.", "pickle.", "shutil.", "glob."),
    *("tempfile.", "pty.", "syslog.", "import", "builtins.input", "code.__new__"),
    *(
        "builtins.breakpoint",
        "sys.set",
        "sys._current",
        "sys.excepthook",
        "sys.unraisablehook",
        "cpython.",
    ),
    *("sys.addaudithook", "sys.monitoring", "http.", "urllib.", "ftplib.", "smtplib."),
    *("sqlite3.", "webbrowser.", "winreg.", "msvcrt.", "_thread.", "threading."),
)
"""Beginnings of the names of events that no program needs."""
_OF_PROGRAMS: Final = (
    "object.",
    "sys._getframe",
    "compile",
    "exec",
    "function.__new__",
)
"""Those that Python's own modules need, and programs themselves do not."""
_EVALUATES: Final = "typing"
"""A module that runs texts as code: annotations."""


class Watch:
    """Watches over the programs of this process."""

    def __init__(self) -> None:
        self._is_on = False
        self._is_looking = False
        sys.addaudithook(self._look)

    @contextmanager
    def on(self) -> Iterator[None]:
        """While a program runs."""
        self._is_on = True
        try:
            yield
        finally:
            self._is_on = False

    def _look(self, event: str, arguments: tuple[object, ...]) -> None:
        if not self._is_on or self._is_looking:
            return
        self._is_looking = True
        try:
            if event.startswith(_REFUSED) or self._is_refused_here(event, arguments):
                raise PermissionError(f"programs cannot do that: {event}")
        finally:
            self._is_looking = False

    def _is_refused_here(self, event: str, arguments: tuple[object, ...]) -> bool:
        if not event.startswith(_OF_PROGRAMS):
            return False
        # the hook and this function are the nearest ones
        asking: FrameType = sys._getframe(2)  # noqa: SLF001 - how a frame is found
        if event == "exec" and asking.f_globals.get("__name__") == _EVALUATES:
            return True
        return is_program_code(asking.f_code)
