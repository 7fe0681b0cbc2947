"""What Python refuses while a program runs, with neither the guard nor the kernel."""

import subprocess
import sys

import pytest

SETUP = """
import ctypes, gc, io, mmap, os, pickle, resource, shutil, signal, socket, subprocess
import sys, tempfile, threading, typing
from fle_marl.programs.watch import Watch
watch = Watch()
def function(): pass
class Noted: x: "1"
def attempt(name, source):
    code = compile(source, "<program 1>", "exec")
    try:
        with watch.on():
            exec(code, globals())
    except OSError as error:
        print(name, "refused", error)
    else:
        print(name, "ESCAPED")
"""
ATTEMPTS = {
    "open": "open('/etc/passwd')",
    "io.open": "io.open('/etc/passwd')",
    "os.open": "os.open('/etc/passwd', 0)",
    "system": "os.system('true')",
    "popen": "os.popen('true')",
    "fork": "os.fork()",
    "exec": "os.execv('/bin/true', ['true'])",
    "spawn": "subprocess.run(['/bin/true'])",
    "kill": "os.kill(os.getppid(), 0)",
    "listdir": "os.listdir('/')",
    "remove": "os.remove('/tmp/fle-marl-nothing')",
    "copy": "shutil.copyfile('/etc/passwd', '/tmp/fle-marl-copy')",
    "temporary file": "tempfile.mkstemp()",
    "environment": "os.putenv('A', 'b')",
    "socket": "socket.socket()",
    "name of a host": "socket.getaddrinfo('localhost', 80)",
    "ctypes": "ctypes.CDLL(None)",
    "memory by address": "ctypes.string_at(id(function))",
    "memory map": "mmap.mmap(-1, 4096)",
    "limits": "resource.setrlimit(resource.RLIMIT_CPU, (-1, -1))",
    "objects": "gc.get_objects()",
    "referrers": "gc.get_referrers(function)",
    "pickle": "pickle.loads(b'cos\\nsystem\\n(S\"true\"\\ntR.')",
    "import": "import telnetlib",
    "import of the C kind": "__import__('_lsprof')",
    "code objects": "function.__code__.replace(co_code=b'')",
    "code": "function.__code__",
    "new code": "function.__code__ = function.__code__",
    "frames": "sys._getframe()",
    "all frames": "sys._current_frames()",
    "tracing": "sys.settrace(None)",
    "profiling": "sys.setprofile(None)",
    "eval": "eval('1')",
    "run a text": "exec('1')",
    "compile": "compile('1', '', 'eval')",
    "annotations": "typing.get_type_hints(Noted)",
    "breakpoint": "breakpoint()",
    "input": "input()",
}
FINE = [
    "import dataclasses\n@dataclasses.dataclass(order=True)\n"
    "class P:\n    x: int = 0\nP(1) < P(2)",
    "import collections\ncollections.namedtuple('T', 'a b')(1, 2)",
    "import enum\nenum.Enum('E', 'A B').A",
    "class T(typing.NamedTuple):\n    a: int\nT(1)",
    "import functools\n@functools.lru_cache\ndef f(x): return x\nf(1)",
    "try:\n    1 / 0\nexcept ZeroDivisionError as error:\n    str(error)",
    "import json, re, statistics, copy\njson.loads('[1]'), re.sub('a', 'b', 'a')\n"
    "statistics.median([1, 2]), copy.deepcopy({'a': [1]})",
    "typing.get_type_hints(type('A', (), {'__annotations__': {'x': int}}))",
    "import datetime\ndatetime.datetime.strptime('2024-01-02', '%Y-%m-%d')",
]


def outcome(source):
    done = subprocess.run(
        [sys.executable, "-c", SETUP + source],
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )
    return done.stdout.splitlines(), done.stderr


@pytest.fixture(scope="module")
def attempts():
    """What became of each attempt, in the order of `ATTEMPTS`."""
    source = "\n".join(
        f"attempt({name!r}, {source!r})" for name, source in ATTEMPTS.items()
    )
    lines, problems = outcome(source)
    assert len(lines) == len(ATTEMPTS), problems
    return dict(zip(ATTEMPTS, lines, strict=True))


@pytest.mark.parametrize("name", ATTEMPTS)
def test_refused(attempts, name):
    assert attempts[name].startswith(f"{name} refused")


def test_what_programs_may_do():
    preload = (
        "import dataclasses, collections, enum, functools, json, re, statistics, copy\n"
        "from fle_marl.programs.modules import load_lazy_modules\nload_lazy_modules()\n"
    )
    source = preload + "\n".join(f"attempt('fine', {each!r})" for each in FINE)
    lines, problems = outcome(source)
    assert lines == ["fine ESCAPED"] * len(FINE), problems


def test_only_while_a_program_runs():
    lines, _ = outcome("open('/dev/null').close()\nprint('free')")
    assert lines == ["free"]
