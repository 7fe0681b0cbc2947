"""Programs that try to get out, through all that stands in their way.

`test_guard`, `test_watch` and `test_walls` test each wall alone; here they stand
together as agents' programs meet them.
"""

from pathlib import Path

import pytest

SLY = (
    "class S(str):\n    def __str__(self): return 'x'\n"
    "    def __hash__(self): return 0\n"
)
OUT = "\nprint('ESCAPED', out)"
"""Reached only by a program that got something in ``out``."""

ESCAPES = {
    # what Python has a name for
    "open": "out = open('/etc/passwd')",
    "eval": "out = eval('1 + 1')",
    "exec": "exec('out = 1')",
    "compile": "out = compile('1', '', 'eval')",
    "input": "out = input()",
    "breakpoint": "out = breakpoint()",
    "import os": "import os as out",
    "import sys": "import sys as out",
    "import subprocess": "import subprocess as out",
    "import socket": "import socket as out",
    "import ctypes": "import ctypes as out",
    "import importlib": "import importlib as out",
    "import builtins": "import builtins as out",
    "import gc": "import gc as out",
    "import inspect": "import inspect as out",
    "import pickle": "import pickle as out",
    "import threading": "import threading as out",
    "import fle_marl": "import fle_marl.programs.worker as out",
    "import from a package": "from os import path as out",
    "import from below": "from collections.abc import sys as out",
    "relative import": "from . import worker as out",
    "__import__": "out = __import__('os')",
    "import by the builtins": "out = globals()['__builtins__']['__import__']('os')",
    "open by the builtins": "out = globals()['__builtins__']['open']('/etc/passwd')",
    # dunder walks
    "subclasses": "out = ().__class__.__base__.__subclasses__()",
    "mro": "out = int.__mro__[1].__subclasses__()",
    "type.mro": "out = type(1).mro()",
    "bases": "out = bool.__bases__",
    "getattr": "out = getattr(object, '__subcl' + 'asses__')()",
    "getattr with a sly text": f"{SLY}out = getattr(object, S('__subclasses__'))()",
    "getattr by reduce": "import functools\nout = functools.reduce(getattr, "
    "['__class__', '__base__', '__subclasses__'], ())",
    "getattr by map": "out = list(map(getattr, [object], ['__subclasses__']))",
    "vars of type": "out = vars(type)['__subclasses__'](object)",
    "__dict__ of type": "out = type.__dict__['__subclasses__'](object)",
    "__getattribute__": "out = object.__getattribute__(object, '__subclasses__')",
    "super": "out = super(type, type).__getattribute__(object, '__subclasses__')",
    "a class of one's own": "class A(int): pass\nout = A.__base__",
    "a metaclass": "class M(type):\n    def f(cls): return cls.__subclasses__()\n"
    "class A(metaclass=M): pass\nout = A.f()",
    "a match": "match object:\n    case type(__subclasses__=s):\n        out = s()",
    "reduce_ex": "out = (1).__reduce_ex__(2)",
    "globals of a tool": "out = echo.__globals__",
    "closure of a tool": "out = [c.cell_contents for c in echo.__closure__]",
    "self of print": "out = print.__self__",
    "func of print": "out = print.__func__.__globals__",
    "self of a builtin": "out = len.__self__.open",
    "globals of a method": "out = Inventory.get.__globals__",
    "wrapped": "import functools\nout = functools.wraps(len)(lambda: 0).__wrapped__",
    "module of a class": "import enum\nout = enum.Enum.__loader__",
    "spec of a module": "import json\nout = json.__spec__.loader",
    "a module's modules": "import json\nout = json.codecs",
    "a module's builtins": "import json\nout = json.__builtins__",
    "random's os": "import random\nout = random._os",
    "dataclasses' sys": "import dataclasses\nout = dataclasses.sys",
    # frames
    "frame of an error": "try:\n    1 / 0\nexcept Exception as e:\n"
    "    out = e.__traceback__.tb_frame.f_back.f_globals",
    "frame of a generator": "out = (x for x in ()).gi_frame.f_builtins",
    "frame of a coroutine": "async def f(): pass\nout = f().cr_frame",
    "code of a function": "def f(): pass\nout = f.__code__.replace(co_consts=(1,))",
    "code given": "def f(): pass\ndef g(): pass\nf.__code__ = g.__code__\nout = f",
    "type of code": "def f(): pass\nout = type(f.__code__)",
    # formatting
    "format": "out = '{0.__globals__}'.format(echo)",
    "format of a class": "out = '{0.__class__.__mro__}'.format(1)",
    "format_map": "out = '{e.__closure__}'.format_map({'e': echo})",
    "str.format": "out = str.format('{0.__globals__}', echo)",
    "format by getattr": "out = getattr('{0.__globals__}', 'format')(echo)",
    "format of a sly text": f"{SLY}out = S('{{0.__globals__}}').format(echo)",
    "f-string": "out = f'{echo.__globals__}'",
    "Formatter": "import string\n"
    "out = string.Formatter().format('{0.__globals__}', echo)",
    "Formatter's field": "import string\n"
    "out = string.Formatter().get_field('0.__globals__', (echo,), {})",
    # texts that are run
    "annotations": 'import typing\nclass A:\n    x: "().__class__.__base__"\n'
    "out = typing.get_type_hints(A)['x']",
    "single dispatch": "import functools\n@functools.singledispatch\ndef f(x): pass\n"
    '@f.register\ndef g(x: "().__class__.__base__"): pass\nout = f',
    "a named tuple's names": "import collections\n"
    "out = collections.namedtuple('T', ['a=__import__(\"os\")'])",
    "a dataclass's names": "import dataclasses\n"
    "out = dataclasses.make_dataclass('A', ['a=__import__(\"os\")'])",
    # the clock, and chance that is not of the seed
    "the clock": "import datetime\nout = datetime.datetime.now()",
    "the date": "import datetime\nout = datetime.date.today()",
    "the system's chance": "import random\nout = random.SystemRandom().random()",
    # other agents and the server
    "another's name": "out = send_message.__closure__",
    "the sockets": "out = echo.__closure__[0].cell_contents",
    "the process": "out = insider.__globals__['os'].kill(1, 9)",
}


@pytest.mark.parametrize("title", ESCAPES)
def test_nothing_gets_out(run_in_one_team, title):
    result = run_in_one_team(ESCAPES[title] + OUT)

    assert "ESCAPED" not in result.text
    assert result.error_code in ("uncaught-exception", "syntax-error", "bad-argument")
    # and the agent goes on
    assert run_in_one_team("print('well')").text == "1: well"


def test_whoever_gets_something_would_be_seen(run_in_one_team):
    assert run_in_one_team("out = 1" + OUT).text == "2: ESCAPED 1"


INSIDE = "door, os = insider()\n"
"""What a program would have that had got past everything of Python's."""
DEEDS = {
    "read a file": "out = os.read(os.open('/etc/passwd', 0), 5)",
    "list a folder": "out = os.listdir('/')",
    "start a program": "out = os.posix_spawn('/bin/true', ['true'], {})",
    "kill the parent": "os.kill(os.getppid(), 9)\nout = 1",
    "fork": "out = os.fork()",
    "see the environment": "out = os.environ['FLE_MARL_TEST_SECRET']",
    "write a file": "out = os.open('/tmp/fle-marl-escaped', os.O_CREAT | os.O_WRONLY)",
    "leave the group": "os.setsid()\nout = 1",
}


@pytest.mark.parametrize("title", DEEDS)
def test_who_got_past_python_still_does_no_harm(run_in_one_team, monkeypatch, title):
    monkeypatch.setenv("FLE_MARL_TEST_SECRET", "hidden")

    result = run_in_one_team(INSIDE + DEEDS[title] + OUT)

    assert "ESCAPED" not in result.text
    assert not Path("/tmp/fle-marl-escaped").exists()
    assert run_in_one_team("print('well')").text == "1: well"


def test_nobody_sees_what_is_another_agents(team):
    scheduler = team.scheduler
    mine = "secret = 'of agent 0'\ndef mine(): return secret"
    scheduler.run({"agent_0": mine}, tick_budget=60, step=0)

    looked = scheduler.run(
        {"agent_1": "print([n for n in ('secret', 'mine') if n in globals()])"},
        tick_budget=60,
        step=1,
    )

    assert looked["agent_1"].text == "1: []"
