"""Which system calls a process may make, told to Linux.

A filter of the kernel, written in the little language that Linux has for it (classic
BPF), looks at each call: those listed here go through, all others fail with EPERM.
Sources: seccomp(2), prctl(2) and the kernel's tables of system calls.
"""

import ctypes
import errno
import platform
import struct
from typing import Final

from fle_marl.programs import libc

__all__ = ["SyscallFilterError", "restrict_syscalls"]

_ALLOWED: Final = """
    read write readv writev sendto recvfrom sendmsg recvmsg close shutdown
    getsockname getsockopt fstat lseek pipe pipe2 dup dup2 dup3 poll ppoll select
    pselect6 munmap mremap brk madvise rt_sigaction rt_sigprocmask rt_sigreturn
    sigaltstack setitimer getitimer nanosleep clock_nanosleep clock_gettime gettimeofday
    time getpid gettid getppid getuid geteuid getgid getegid futex set_robust_list rseq
    membarrier sched_yield sched_getaffinity wait4 getrusage getrlimit setrlimit
    getrandom sysinfo uname exit exit_group restart_syscall fcntl newfstatat
    arch_prctl
"""
"""Names of calls: what a started Python needs to compute, to speak over sockets that it
has, to fork a copy of itself and to be told the time that it has used."""

_NEW_NAMESPACES: Final = 0x7E02_0000 | 0x80
"""Source: linux/sched.h, CLONE_NEWNS to CLONE_NEWNET and CLONE_NEWTIME."""
_EXECUTABLE: Final = 0x4
"""Source: PROT_EXEC."""
_UNLESS: Final = {
    "clone": (0, _NEW_NAMESPACES),
    "mmap": (2, _EXECUTABLE),
    "mprotect": (2, _EXECUTABLE),
    # limits of itself, which is 0, and of nobody else
    "prlimit64": (0, 0xFFFF_FFFF),
}
"""Allowed while an argument, by its place, has none of these bits."""

_NUMBERS: Final = {
    "x86_64": """
        read 0  write 1  close 3  fstat 5  poll 7  lseek 8  mmap 9  mprotect 10
        munmap 11  brk 12  rt_sigaction 13  rt_sigprocmask 14  rt_sigreturn 15
        readv 19  writev 20  pipe 22  select 23  sched_yield 24  mremap 25
        madvise 28  dup 32  dup2 33  nanosleep 35  getitimer 36  setitimer 38
        getpid 39  sendto 44  recvfrom 45  sendmsg 46  recvmsg 47  shutdown 48
        getsockname 51  getsockopt 55  clone 56  exit 60  wait4 61  uname 63
        fcntl 72  gettimeofday 96  getrlimit 97  getrusage 98  sysinfo 99
        getuid 102  getgid 104  geteuid 107  getegid 108  getppid 110
        sigaltstack 131  arch_prctl 158  setrlimit 160  gettid 186  time 201
        futex 202  sched_getaffinity 204  restart_syscall 219  clock_gettime 228
        clock_nanosleep 230  exit_group 231  newfstatat 262  pselect6 270  ppoll 271
        set_robust_list 273  dup3 292  pipe2 293  prlimit64 302  getrandom 318
        membarrier 324  rseq 334
    """,
    "aarch64": """
        dup 23  dup3 24  fcntl 25  close 57  pipe2 59  lseek 62  read 63  write 64
        readv 65  writev 66  pselect6 72  ppoll 73  newfstatat 79  fstat 80  exit 93
        exit_group 94  futex 98  set_robust_list 99  nanosleep 101  getitimer 102
        setitimer 103  clock_gettime 113  clock_nanosleep 115  sched_getaffinity 123
        sched_yield 124  restart_syscall 128  sigaltstack 132  rt_sigaction 134
        rt_sigprocmask 135  rt_sigreturn 139  uname 160  getrlimit 163
        setrlimit 164  getrusage 165  gettimeofday 169  getpid 172  getppid 173
        getuid 174  geteuid 175  getgid 176  getegid 177  gettid 178  sysinfo 179
        getsockname 204  getsockopt 209  sendto 206  recvfrom 207  shutdown 210
        sendmsg 211  recvmsg 212  brk 214  munmap 215  mremap 216  clone 220
        mmap 222  mprotect 226  madvise 233  wait4 260  prlimit64 261  getrandom 278
        membarrier 283  rseq 293
    """,
}
"""Names of calls and their numbers, by machine; what a machine does not have is not in
its table. Source: the kernel's syscall_64.tbl and asm-generic/unistd.h."""
_ARCHITECTURES: Final = {"x86_64": 0xC000_003E, "aarch64": 0xC000_00B7}
"""Source: linux/audit.h."""
_OTHER_TABLE: Final = 0x4000_0000
"""From here on are the numbers of x32. Source: asm/unistd.h."""

_LOAD: Final = 0x20  # BPF_LD | BPF_W | BPF_ABS
_IF_EQUAL: Final = 0x15  # BPF_JMP | BPF_JEQ | BPF_K
_IF_AT_LEAST: Final = 0x35  # BPF_JMP | BPF_JGE | BPF_K
_IF_ANY_BIT: Final = 0x45  # BPF_JMP | BPF_JSET | BPF_K
_RETURN: Final = 0x06  # BPF_RET | BPF_K
_NUMBER_AT: Final = 0
_ARCHITECTURE_AT: Final = 4
_ARGUMENTS_AT: Final = 16
_ARGUMENT_BYTES: Final = 8

_ALLOW: Final = 0x7FFF_0000
_KILL: Final = 0x8000_0000
_REFUSE: Final = 0x0005_0000 | errno.EPERM

_PR_SET_NO_NEW_PRIVS: Final = 38
_PR_SET_SECCOMP: Final = 22
_FILTER_MODE: Final = 2


class SyscallFilterError(OSError):
    """The kernel, or this machine, has no such filter."""


def restrict_syscalls() -> None:
    """Hold this process, and all that it forks, to the system calls of this module.

    Nothing takes that back.

    Raises:
        SyscallFilterError: the kernel does not allow it, or the machine is of a kind
            whose system calls are not listed here.
    """
    machine = platform.machine()
    if machine not in _NUMBERS:
        raise SyscallFilterError(f"no list of system calls for {machine}")
    code = b"".join(struct.pack("=HBBI", *each) for each in _program(machine))
    buffer = ctypes.create_string_buffer(code, len(code))
    # struct sock_fprog: a length, and where the program is
    header = struct.pack("@HP", len(code) // 8, ctypes.addressof(buffer))
    for option, value, pointer in (
        (_PR_SET_NO_NEW_PRIVS, 1, None),
        (_PR_SET_SECCOMP, _FILTER_MODE, header),
    ):
        arguments = [ctypes.c_ulong(value), pointer or ctypes.c_ulong(0)]
        zeros = [ctypes.c_ulong(0)] * 2
        try:
            libc.call("prctl", ctypes.c_int(option), *arguments, *zeros)
        except OSError as error:
            raise SyscallFilterError(f"prctl {option}: {error}") from error


def _program(machine: str) -> list[tuple[int, int, int, int]]:
    """Operations of the filter: code, steps to skip if so, if not, and a number."""
    words = _NUMBERS[machine].split()
    numbers = dict(zip(words[::2], map(int, words[1::2]), strict=True))
    program = [
        (_LOAD, 0, 0, _ARCHITECTURE_AT),
        (_IF_EQUAL, 1, 0, _ARCHITECTURES[machine]),
        (_RETURN, 0, 0, _KILL),
        (_LOAD, 0, 0, _NUMBER_AT),
        (_IF_AT_LEAST, 0, 1, _OTHER_TABLE),
        (_RETURN, 0, 0, _REFUSE),
    ]
    for name, (place, bits) in _UNLESS.items():
        program += [
            (_IF_EQUAL, 0, 4, numbers[name]),
            (_LOAD, 0, 0, _ARGUMENTS_AT + _ARGUMENT_BYTES * place),
            (_IF_ANY_BIT, 0, 1, bits),
            (_RETURN, 0, 0, _REFUSE),
            (_RETURN, 0, 0, _ALLOW),
        ]
    for name in _ALLOWED.split():
        if name in numbers:
            program += [(_IF_EQUAL, 0, 1, numbers[name]), (_RETURN, 0, 0, _ALLOW)]
    return [*program, (_RETURN, 0, 0, _REFUSE)]
