"""How long a program may use the processor."""

import math
import resource
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Final

from fle_marl.programs.reports import ProgramEnd

__all__ = ["CpuLimit"]

_REMIND_SECONDS: Final = 0.25
"""Processor time after which a program that did not stop is told so again."""


class CpuLimit:
    """Ends a program that uses too much processor time.

    At the limit a `ProgramEnd` is raised in the program. If it goes on (it may be
    catching everything, or be inside compiled code), the kernel kills the process.

    Args:
        seconds: processor time of a program.
        grace_seconds: processor time from the exception to the kill.
    """

    def __init__(self, seconds: float, grace_seconds: float) -> None:
        self._seconds = seconds
        self._grace_seconds = grace_seconds
        self._is_running = False
        self._is_shielded = False
        self._is_late = False
        signal.signal(signal.SIGPROF, self._on_signal)

    def start(self) -> None:
        """Begin to count the processor time of a program."""
        self._is_running = True
        self._is_late = False
        used = resource.getrusage(resource.RUSAGE_SELF)
        end = used.ru_utime + used.ru_stime + self._seconds + self._grace_seconds
        self._set_kernel_limit(math.ceil(end))
        signal.setitimer(signal.ITIMER_PROF, self._seconds, _REMIND_SECONDS)

    def stop(self) -> None:
        """Stop counting: the program has ended."""
        self._is_running = False
        signal.setitimer(signal.ITIMER_PROF, 0)
        self._set_kernel_limit(resource.RLIM_INFINITY)

    @contextmanager
    def shielded(self) -> Iterator[None]:
        """Put the exception off: what is done inside must not be cut in half."""
        self._is_shielded = True
        try:
            yield
        finally:
            self._is_shielded = False
        if self._is_late:
            self._is_late = False
            raise self._end()

    def _on_signal(self, _number: int, _frame: FrameType | None) -> None:
        if self._is_shielded:
            self._is_late = True
        elif self._is_running:
            raise self._end()

    def _end(self) -> ProgramEnd:
        return ProgramEnd(
            f"the program used more than {self._seconds:g} s of processor time; "
            "is there a loop that never ends?",
            code="cpu-limit-reached",
        )

    @staticmethod
    def _set_kernel_limit(seconds: int) -> None:
        """SIGXCPU, which nobody handles, kills the process after so much time."""
        _, hard = resource.getrlimit(resource.RLIMIT_CPU)
        if hard != resource.RLIM_INFINITY:
            seconds = hard if seconds == resource.RLIM_INFINITY else min(seconds, hard)
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, hard))
