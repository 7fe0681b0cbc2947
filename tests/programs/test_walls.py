"""What the operating system refuses, when nothing of Python is in the way any more."""

import subprocess
import sys

import pytest

linux = pytest.mark.skipif(
    not sys.platform.startswith("linux"), reason="only Linux has these walls"
)

SETUP = """
import ctypes, errno, json, os, resource, select, signal, socket, subprocess, sys, time
import threading
from fle_marl.programs.walls import confine
# what the attempts need is there; only the kernel is to stop them
library = ctypes.CDLL(None, use_errno=True)
parent = os.getppid()
missing = confine(400 * 2**20)
assert not missing, missing
def call(result):
    if result == -1:
        raise OSError(ctypes.get_errno(), "refused")
    return result
"""
ATTEMPTS = {
    "read a file": "open('/etc/passwd')",
    "open a file by descriptor": "os.open('/etc/hostname', os.O_RDONLY)",
    "write a file": "open('/tmp/fle-marl-escaped', 'w')",
    "list a folder": "os.listdir('/')",
    "remove a file": "os.unlink('/tmp/fle-marl-nothing')",
    "make a folder": "os.mkdir('/tmp/fle-marl-folder')",
    "rename": "os.rename('/tmp/a', '/tmp/b')",
    "link": "os.symlink('/etc/passwd', '/tmp/fle-marl-link')",
    "change a mode": "os.chmod('/tmp', 0o777)",
    "change the folder": "os.chdir('/tmp')",
    "change the root": "os.chroot('/')",
    "make a socket": "socket.socket()",
    "make a local socket": "socket.socket(socket.AF_UNIX)",
    "make two sockets": "socket.socketpair()",
    "start a program": "os.execv('/bin/true', ['true'])",
    "start a program from memory": "call(library.memfd_create(b'x', 0))",
    "run a program": "subprocess.run(['/bin/true'], check=True)",
    "signal its parent": "os.kill(parent, 0)",
    "kill its parent": "os.kill(parent, signal.SIGKILL)",
    "signal everybody": "os.kill(-1, 0)",
    "signal a thread": "call(library.tgkill(parent, parent, 0))",
    "trace its parent": "call(library.ptrace(16, parent, 0, 0))",
    "read its parent's memory": "call(library.process_vm_readv(parent, 0, 0, 0, 0, 0))",
    "limit its parent": "resource.prlimit(parent, resource.RLIMIT_CPU, (1, 1))",
    "leave its session": "os.setsid()",
    "leave its group": "os.setpgid(0, 0)",
    "become root": "os.setuid(0)",
    "take new namespaces": "call(library.unshare(0x10000000))",
    "clone into new namespaces": "call(library.syscall(56, 0x10000011, 0, 0, 0, 0))",
    "clone in the new way": "call(library.syscall(435, 0, 0))",
    "mount": "call(library.mount(b'none', b'/mnt', b'tmpfs', 0, None))",
    "run memory as code": "call(library.mmap(None, 4096, 7, 34, -1, 0))",
    "make memory code": "call(library.mprotect(id(call) & ~4095, 4096, 7))",
    "have more memory": "resource.setrlimit(resource.RLIMIT_AS, (-1, -1))",
    "open more files": "resource.setrlimit(resource.RLIMIT_NOFILE, (9999, 9999))",
    "use more memory": "bytearray(500 * 2**20)",
    "open files without end": "[os.pipe() for _ in range(50)]",
    "load a library": "ctypes.CDLL('libm.so.6').nothing",
    "lift the filter": "call(library.prctl(22, 0, 0, 0, 0))",
    "set the clock": "time.clock_settime(time.CLOCK_REALTIME, 0)",
    "give itself another name": "socket.sethostname('other')",
    "use another processor": "os.sched_setaffinity(0, [0])",
    "be more important": "os.nice(-5)",
    "start a thread": "threading.Thread(target=print).start()",
    "watch a terminal": "os.ttyname(0)",
    "send to a message queue": "call(library.msgget(0, 0o1777))",
    "share memory": "call(library.shmget(0, 4096, 0o1777))",
    "use the kernel's keys": "call(library.syscall(248, b'user', b'k', b'v', 1, -3))",
    "use the kernel's programs": "call(library.syscall(321, 0, 0, 0))",
    "use io_uring": "call(library.syscall(425, 4, 0))",
    "wait for others' files": "call(library.inotify_init())",
}
REPORT = """
try:
    {attempt}
except (OSError, MemoryError, ValueError, AttributeError, RuntimeError) as error:
    print("refused", type(error).__name__)
else:
    print("ESCAPED")
"""


def outcome(source, timeout=20):
    """What a process prints that runs behind the walls."""
    done = subprocess.run(
        [sys.executable, "-c", SETUP + source],
        capture_output=True,
        text=True,
        timeout=timeout,
        check=False,
    )
    return done.stdout.strip(), done


@linux
def test_what_the_kernel_refuses():
    # all in one process: none of them must weaken what holds the next
    source = "\n".join(
        REPORT.format(attempt=attempt).replace('"refused"', f'{name!r}, "refused"')
        for name, attempt in ATTEMPTS.items()
    )
    text, done = outcome(source)
    lines = text.splitlines()
    assert len(lines) == len(ATTEMPTS), (text, done.stderr)
    assert [line for line in lines if "refused" not in line] == []


@linux
def test_a_fork_bomb_ends_at_the_limit():
    text, _ = outcome(
        "import gc\n"
        "n = 0\n"
        "try:\n"
        "    while True:\n"
        "        if os.fork() == 0:\n"
        "            time.sleep(1)\n"
        "            os._exit(0)\n"
        "        n += 1\n"
        "except BlockingIOError:\n"
        "    print(n)\n"
    )
    assert 0 < int(text) < 64


@linux
def test_what_python_needs_still_works():
    text, done = outcome(
        "reader, writer = os.pipe()\n"
        "if os.fork() == 0:\n"
        "    os.write(writer, b'copy')\n"
        "    os._exit(0)\n"
        "print(os.read(reader, 9), os.wait()[1], json.dumps([1.5]), "
        "time.monotonic() > 0, len(bytearray(10**7)), os.getuid() != 0)\n"
    )
    assert text == "b'copy' 0 [1.5] True 10000000 True", done.stderr


def test_walls_that_are_missing_are_named(monkeypatch):
    from fle_marl.programs import walls

    def refuse(*_arguments):
        raise OSError("not here")

    for name in ("_limit", "_limit_files", "_become_nobody", "_leave_the_network"):
        monkeypatch.setattr(walls, name, refuse)
    for name in ("_hide_memory", "restrict_syscalls"):
        monkeypatch.setattr(walls, name, refuse)
    missing = walls.confine(1)
    assert missing[0] == "memory limit: not here"
    assert any("namespace" in wall for wall in missing)
    monkeypatch.setattr(sys, "platform", "darwin")
    assert walls.confine(1)[-1] == "namespaces and seccomp: only Linux has them"
