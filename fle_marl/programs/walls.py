"""What the operating system itself keeps an agent's process from.

Whatever a program finds inside Python, it can open no file, speak to no network, start
no program and reach no other process: the kernel refuses. Where a kernel lacks a wall,
`confine` says so instead of pretending.
"""

import ctypes
import os
import resource
import sys
from collections.abc import Callable
from typing import Final

from fle_marl.programs import libc
from fle_marl.programs.seccomp import restrict_syscalls

__all__ = ["confine"]

_OPEN_FILES: Final = 16
"""The control socket, the connection, two pipes of copies, and the standard three."""
_WRITTEN_BYTES: Final = 64 * 1024
"""The file that takes what Python says when it crashes is the only one."""
_PROCESSES: Final = 64
"""Two are enough, but killed ones count until somebody has taken note of them."""
_NOBODY: Final = 65534
_PR_SET_DUMPABLE: Final = 4
_NEW_USER: Final = 0x1000_0000
_NEW_NETWORK: Final = 0x4000_0000
_NEW_IPC: Final = 0x0800_0000
_NEW_NAMES: Final = 0x0400_0000
"""Source: linux/sched.h."""


def confine(memory_bytes: int) -> list[str]:
    """Hold this process, and all that it forks, to its limits; nothing takes it back.

    Args:
        memory_bytes: address space at most.

    Returns:
        For each wall that this system does not have, what it is and why.
    """
    missing: list[str] = []
    _try(missing, "memory limit", lambda: _limit(resource.RLIMIT_AS, memory_bytes))
    _try(missing, "limit of open files", _limit_files)
    if not sys.platform.startswith("linux"):
        return [*missing, "namespaces and seccomp: only Linux has them"]
    _try(missing, "own user", _become_nobody)
    _try(missing, "empty network namespace", _leave_the_network)
    _try(
        missing, "limit of processes", lambda: _limit(resource.RLIMIT_NPROC, _PROCESSES)
    )
    _try(missing, "hidden memory", _hide_memory)
    _try(missing, "no_new_privs and seccomp", restrict_syscalls)
    return missing


def _try(missing: list[str], wall: str, build: Callable[[], None]) -> None:
    try:
        build()
    except (OSError, ValueError) as error:
        missing.append(f"{wall}: {error}")


def _limit(what: int, most: int) -> None:
    resource.setrlimit(what, (most, most))


def _limit_files() -> None:
    _limit(resource.RLIMIT_CORE, 0)
    _limit(resource.RLIMIT_FSIZE, _WRITTEN_BYTES)
    _limit(resource.RLIMIT_NOFILE, _OPEN_FILES)


def _become_nobody() -> None:
    """Give up root, if need be: its processes are not counted, and it owns files."""
    if os.geteuid() == 0:
        os.setgroups([])
        os.setresgid(_NOBODY, _NOBODY, _NOBODY)
        os.setresuid(_NOBODY, _NOBODY, _NOBODY)


def _leave_the_network() -> None:
    """Into namespaces without a network, without others' semaphores or processes."""
    wanted = _NEW_USER | _NEW_NETWORK | _NEW_IPC | _NEW_NAMES
    libc.call("unshare", ctypes.c_int(wanted))


def _hide_memory() -> None:
    """Let no other process of the same user read or change this one's memory."""
    zeros = [ctypes.c_ulong(0)] * 4
    libc.call("prctl", ctypes.c_int(_PR_SET_DUMPABLE), *zeros)
