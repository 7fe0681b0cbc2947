"""The operating system's side of an agent's process: starting it, and ending it all."""

import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import weakref
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import IO, Final

from fle_marl.errors import ServerError

__all__ = ["ProcessGroup"]

_PACKAGE_FOLDER: Final = Path(__file__).parent.parent
_STDERR_SHOWN: Final = 2000

_BOOT: Final = """\
import json, sys, types
start = json.loads(sys.argv[1])
sys.path[:] = start["path"]
package = types.ModuleType("fle_marl")
package.__path__ = [start["package"]]
sys.modules["fle_marl"] = package
from fle_marl.programs.worker import main
main(start["control"], start["settings"])
"""
"""The worker gets the package by its folder and the rest by this process's paths, so it
finds the same code in a checkout and in an installation."""


class ProcessGroup:
    """A started worker and what it forks; ended at the latest with this object.

    Args:
        settings: plain data for `worker.main`.

    Attributes:
        control: this end of the worker's control socket.
        group: number of the process group, and of the first process in it.
    """

    def __init__(self, settings: Mapping[str, object]) -> None:
        _check_platform()
        self._owner = os.getpid()
        self.control, far = socket.socketpair()
        self._stderr: IO[bytes] = tempfile.TemporaryFile()  # noqa: SIM115 - closed below
        start = {
            "control": far.fileno(),
            "package": str(_PACKAGE_FOLDER),
            "path": [entry for entry in sys.path if Path(entry).is_absolute()],
            "settings": dict(settings),
        }
        with far:
            process = subprocess.Popen(
                [sys.executable, "-S", "-s", "-P", "-c", _BOOT, json.dumps(start)],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=self._stderr,
                pass_fds=[far.fileno()],
                start_new_session=True,
                cwd="/",
                # Nothing of the environment reaches programs, and sets of strings have
                # the same order in each run.
                env={"PYTHONHASHSEED": "0"},
            )
        self.group = process.pid
        self._finalizer = weakref.finalize(
            self, _end_group, process, self.control, self._stderr, self._owner
        )

    def is_foreign(self) -> bool:
        """Whether this is a forked copy, whose process belongs to its parent."""
        return os.getpid() != self._owner

    def error_text(self) -> str:
        """The end of what the process wrote to its error output."""
        self._stderr.seek(0)
        return self._stderr.read().decode("utf-8", "replace")[-_STDERR_SHOWN:].strip()

    def kill(self) -> None:
        """Kill the process and all of its group; `close` is to follow."""
        if self._finalizer.alive and not self.is_foreign():
            _kill_group(self.group)

    def close(self) -> None:
        """End the process and all of its group."""
        self._finalizer()


def _end_group(
    process: "subprocess.Popen[bytes]",
    control: socket.socket,
    stderr: IO[bytes],
    owner: int,
) -> None:
    control.close()
    stderr.close()
    if os.getpid() != owner:
        process.returncode = 0  # not this process's child: nothing to wait for
        return
    # The first process is reaped only after this, so that the group's number cannot
    # belong to anybody else.
    _kill_group(process.pid)
    process.wait()


def _kill_group(group: int) -> None:
    with suppress(ProcessLookupError):
        os.killpg(group, signal.SIGKILL)


def _check_platform() -> None:
    if not hasattr(os, "fork"):
        raise ServerError(
            f"agents' programs need a system with fork, such as Linux, and not "
            f"{sys.platform}; on Windows, use the Windows Subsystem for Linux",
            code="no-process-isolation",
        )
