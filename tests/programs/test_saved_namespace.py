"""Namespaces that last longer than their processes."""

import json
import linecache
import sys
from dataclasses import replace

import msgpack
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fle_marl.errors import ProgramError
from fle_marl.lua.types import agent_vocabulary
from fle_marl.programs.namespace import AgentNamespace
from fle_marl.programs.saved_namespace import (
    LARGEST_BYTES,
    MOST_VALUES,
    check_namespace,
)

from .conftest import QUICK

PREPARED = """\
from __future__ import annotations
import math, random, json
from collections import Counter, OrderedDict, defaultdict, deque, namedtuple
from dataclasses import dataclass, field
from enum import Enum
from functools import cache, partial
Pair = namedtuple("Pair", "left right", defaults=(9,))
LIMIT = 3
class Kind(Enum):
    ORE = 1
    PLATE = 2
@dataclass
class Site:
    name: str
    where: Position
    tags: list[str] = field(default_factory=list)
    most: int = LIMIT
    def label(self):
        return f"{self.name}@{self.where.x:g}"
class Base:
    made = 0
    def __init__(self, size):
        self.size = size
        Base.made += 1
    def double(self):
        return self.size * 2
    @classmethod
    def of(cls, size):
        return cls(size)
class Better(Base):
    def double(self):
        return super().double() + 1
class Slotted:
    __slots__ = ("x", "y")
def counter(start):
    count = start
    def up():
        nonlocal count
        count += 1
        return count
    def now():
        return count
    return up, now
def doubled(function):
    def wrapper(*args):
        return 2 * function(*args)
    return wrapper
@doubled
def three(): return 3
@cache
def fib(n):
    return n if n < 2 else fib(n - 1) + fib(n - 2)
def default(n, into=[]):
    into.append(n)
    return into
"""
VALUES = [
    ("None", "x is None"),
    ("True", "x is True"),
    ("-5", "x == -5"),
    ("10 ** 5000", "x == 10 ** 5000"),
    ("0.1", "x == 0.1"),
    ("-0.0", "str(x) == '-0.0'"),
    ("float('nan')", "x != x"),
    ("-float('inf')", "x == -float('inf')"),
    ("5e-324", "x == 5e-324"),
    ("1.7976931348623157e308", "x == 1.7976931348623157e308"),
    ("'ä\\n\\0'", "x == 'ä\\n\\0'"),
    ("'\\ud800'", "x == '\\ud800'"),
    ("b'\\xff'", "x == b'\\xff'"),
    ("bytearray(b'ab')", "x == bytearray(b'ab')"),
    ("[1, [2, ()]]", "x == [1, [2, ()]]"),
    ("(1, ('a',))", "x == (1, ('a',)) and type(x) is tuple"),
    ("{3, 'a', (1, 2)}", "x == {3, 'a', (1, 2)}"),
    ("frozenset({1, frozenset()})", "x == frozenset({1, frozenset()})"),
    ("{'b': 1, (2,): [3], 'a': None}", "list(x.items())[1] == ((2,), [3])"),
    ("range(1, 9, 3)", "x == range(1, 9, 3)"),
    ("deque([1, 2], maxlen=2)", "x == deque([1, 2]) and x.maxlen == 2"),
    ("defaultdict(list, a=[1])", "x['a'] == [1] and x['b'] == []"),
    ("Counter('aab')", "x == Counter('aab') and type(x) is Counter"),
    ("OrderedDict(b=1, a=2)", "list(x) == ['b', 'a']"),
    ("Pair(1)", "x == Pair(1, 9) and x.left == 1"),
    ("Prototype.IronChest", "x is Prototype.IronChest"),
    ("[Direction.UP, Resource.Coal]", "x == [Direction.UP, Resource.Coal]"),
    ("{Technology.Automation: 1}", "x[Technology.Automation] == 1"),
    ("EntityStatus.NORMAL", "x is EntityStatus.NORMAL"),
    ("Position(x=1.5, y=-2)", "x.x == 1.5 and x.y == -2.0"),
    ("Inventory(coal=2)", "x[Prototype.Coal] == 2 and x == Inventory(coal=2)"),
    ("Recipe(name='pipe')", "x == Recipe(name='pipe')"),
    (
        "Chest(name='iron-chest', position=Position(x=1, y=2), id=3)",
        "x.position.y == 2 and type(x) is Chest and x.id == 3",
    ),
    (
        "BeltGroup(id=1, position=Position(x=0, y=0), belts=[])",
        "x.members() == [] and x.id == 1",
    ),
    ("Kind.PLATE", "x is Kind.PLATE and Kind(1) is Kind.ORE"),
    (
        "Site('a', Position(x=1, y=2), ['t'])",
        "x.label() == 'a@1' and x.tags == ['t'] and Site('b', x.where).most == 3",
    ),
    ("Better(4)", "x.double() == 9 and isinstance(x, Base) and Base.made == 2"),
    ("Better(4).double", "x() == 9"),
    ("Better.of", "x(2).double() == 5"),
    ("lambda n, m=4: n * m", "x(2) == 8"),
    ("[lambda: 1, lambda: 2]", "[f() for f in x] == [1, 2]"),
    ("counter(5)", "x[0]() == 6 and x[0]() == 7 and x[1]() == 7"),
    ("three", "x() == 6"),
    ("fib", "x(30) == 832040"),
    ("default(1)", "default(2) is x and x == [1, 2]"),
    ("partial(max, 3, key=abs)", "x(-4) == -4"),
    ("len", "x is len"),
    ("math", "x.sqrt(4) == 2"),
    ("move_to", "x is move_to"),
    ("game", "x is game and x.sleep is sleep"),
    ("Position", "x is Position"),
    ("json.dumps", "x([1]) == '[1]'"),
    ("random.Random(4)", "x.random() == (random.Random(4)).random()"),
]
NOT_SAVED = [
    ("x = (n for n in [1])", "generator"),
    ("x = iter([1])", "list_iterator"),
    ("x = [1, (n for n in [1])]", "generator"),
    ("x = type('Made', (), {})", "no source"),
    ("x = type('Made', (), {})()", "no source"),
    ("x = [].append", "builtin_function_or_method"),
    ("x = ValueError('no')", "made by Python itself"),
    (
        "def make():\n    g = (n for n in [1])\n    return lambda: next(g)\nx = make()",
        "generator",
    ),
    ("def make():\n    class Local: pass\n    return Local\nx = make()", "inside of a"),
    ("x = ()\nfor n in range(300):\n    x = (x,)", "nested"),
    ("class Text(str): pass\nx = Text('a')", "made by Python itself"),
    ("x = 'a' * 5_000_000", "too large"),
    ("from functools import partial\nx = partial(len, **{'a b': 1})", "is no name"),
]


LASTING = {
    "a NamedTuple": (
        (
            "from typing import NamedTuple\n"
            "class P(NamedTuple):\n"
            "    a: int\n"
            "    b: int = 2\n"
            "x=P(1)"
        ),
        "assert x == P(1, 2) and x.b == 2",
    ),
    "a frozen dataclass with slots": (
        (
            "from dataclasses import dataclass\n"
            "@dataclass(frozen=True, slots=True)\n"
            "class F:\n"
            "    a: int\n"
            "    b: tuple = ()\n"
            "x=F(1)\n"
            "s={F(2),F(3)}"
        ),
        "assert x == F(1) and F(2) in s",
    ),
    "protocols and generics": (
        (
            "from typing import Protocol, Generic, TypeVar\n"
            "T=TypeVar('T')\n"
            "class Q(Protocol):\n"
            "    def go(self): ...\n"
            "class G(Generic[T]):\n"
            "    def __init__(self, v): self.v=v\n"
            "x=G(3)"
        ),
        "assert x.v==3",
    ),
    "a class in a class": (
        (
            "class O:\n"
            "    class I:\n"
            "        def hi(self): return 4\n"
            "    def __init__(self): self.i=self.I()\n"
            "x=O()"
        ),
        "assert x.i.hi()==4",
    ),
    "enums": (
        (
            "from enum import IntEnum, Flag, auto\n"
            "class L(IntEnum):\n"
            "    A=1\n"
            "class Fl(Flag):\n"
            "    R=auto(); W=auto()\n"
            "x=L.A\n"
            "y=Fl.R"
        ),
        "assert x==1 and y is Fl.R",
    ),
    "hashes of its own": (
        (
            "class A:\n"
            "    @property\n"
            "    def p(self): return self._p\n"
            "    @staticmethod\n"
            "    def s(): return 5\n"
            "    @classmethod\n"
            "    def c(cls): return cls\n"
            "    def __hash__(self): return self.h\n"
            "    def __eq__(self,o): return self.h==o.h\n"
            "x=A(); x._p=2; x.h=7\n"
            "d={x: 1}\n"
            "s=frozenset([x])\n"
            "st=A.s"
        ),
        "assert x.p==2 and d[x]==1 and x in s and st()==5 and A.c() is A",
    ),
    "long chains and generators": (
        (
            "def g():\n"
            "    yield 1\n"
            "async def co(): pass\n"
            "class N:\n"
            "    def __init__(self, nxt=None): self.nxt=nxt\n"
            "head=None\n"
            "for i in range(3000): head=N(head)"
        ),
        (
            "c=0\n"
            "h=head\n"
            "while h: c+=1; h=h.nxt\n"
            "assert c==3000, c\n"
            "assert list(g())==[1]"
        ),
    ),
    "strange classes": (
        (
            "class A:\n"
            "    def __getattr__(self, n): raise RuntimeError(n)\n"
            "x=A()\n"
            "class M(type): pass\n"
            "class B(metaclass=M): z=[1]\n"
            "b=B()"
        ),
        "assert b.z==[1]",
    ),
    "annotations": (
        ("x: int = 3\nclass A:\n  y: 'int' = 4\n"),
        "assert x==3 and A().y==4 and A.__annotations__=={'y':'int'}",
    ),
    "closures in loops": (
        (
            "def outer():\n"
            "    fs=[]\n"
            "    for i in range(3):\n"
            "        fs.append(lambda i=i: i)\n"
            "    return fs\n"
            "fs=outer()\n"
            "def rec():\n"
            "    def fact(n): return 1 if n<2 else n*fact(n-1)\n"
            "    return fact\n"
            "f=rec()"
        ),
        "assert [q() for q in fs]==[0,1,2] and f(5)==120",
    ),
    "wrapped functions": (
        (
            "from functools import wraps\n"
            "def deco(fn):\n"
            "    @wraps(fn)\n"
            "    def inner(*a): return fn(*a)+1\n"
            "    return inner\n"
            "@deco\n"
            "def q(a: list[int], *, k: 'x' = 2) -> dict[str, int]:\n"
            "    'Doc.'\n"
            "    return 1\n"
            "class W:\n"
            "    @deco\n"
            "    def m(self): return 10"
        ),
        "assert q([])==2 and q.__name__=='q' and q.__doc__=='Doc.' and W().m()==11",
    ),
    "what was put into a class": (
        ("class A:\n    pass\nA.f = lambda self: 1\nA.g = len\nx=A()"),
        "assert x.f()==1",
    ),
    "attributes of functions": (
        ("def f(): pass\nf.note=[1]\nf.__name__='renamed'"),
        "assert f.note==[1]",
    ),
    "a class whose name is gone": (
        ("del_me=1\nclass Gone:\n    def v(self): return 1\nx=Gone()\ndel Gone"),
        "assert x.v()==1",
    ),
    "all that modules have": (
        (
            "from collections import *\n"
            "from math import *\n"
            "import collections.abc\n"
            "x=collections.abc.Mapping"
        ),
        "assert x is collections.abc.Mapping and sqrt(4)==2",
    ),
    "types": (
        (
            "x = Prototype\n"
            "y = [Prototype]\n"
            "z = {Position: 1}\n"
            "v = list[int]\n"
            "u = int | None\n"
            "t=type(None)"
        ),
        "assert x is Prototype and v==list[int] and u==(int|None) and t is type(None)",
    ),
    "a list of instances in their class": (
        (
            "class A:\n"
            "    items = []\n"
            "    def add(self): self.items.append(self)\n"
            "a=A(); a.add()"
        ),
        "assert A.items[0] is a and a.items is A.items",
    ),
    "slots": (
        ("class A:\n    __slots__=('p','q')\nx=A(); x.p=[1]"),
        "assert x.p==[1] and not hasattr(x,'q')",
    ),
    "parameters": (
        "def f(a, b=2, *c, d=4, **e): return a,b,c,d,e",
        "assert f(1)==(1,2,(),4,{})",
    ),
    "nested lambdas": (
        ("x = [f'{i}' for i in range(3)]\nf = (lambda: (lambda: 7))()\n"),
        "assert f()==7",
    ),
    "a class in a block": (
        (
            "if True:\n"
            "\n"
            "    class A:\n"
            "        # c\n"
            "        '''d\n"
            "not indented\n"
            "'''\n"
            "        def m(self): return 1\n"
        ),
        "assert A().m()==1",
    ),
    "a class after a statement": (
        (
            "if 1: \n"
            "  x=1\n"
            "  class B(object):\n"
            "    def m(self): return super().__hash__() is not None\n"
        ),
        "assert B().m()",
    ),
}


def carry_over(team):
    """Save, restore into new processes from JSON, and save again."""
    saved = team.scheduler.save_namespaces()
    text = json.dumps(saved)
    assert json.loads(text) == saved
    assert msgpack.unpackb(msgpack.packb(saved)) == saved
    team.scheduler.restore_namespaces(json.loads(text))
    again = team.scheduler.save_namespaces()
    for agent, namespace in again.items():
        namespace["not_saved"] = saved[agent]["not_saved"]
    assert json.dumps(again) == text
    return saved


def first(saved):
    return saved["agent_0"]


def test_values_last(run):
    program = PREPARED + "".join(
        f"x{index} = {value}\n" for index, (value, _) in enumerate(VALUES)
    )
    # tools that the tests have
    program = program.replace("move_to", "echo")
    assert run(program).error_code is None, run(program).text
    assert first(carry_over(run.team))["not_saved"] == {}
    for index, (value, check) in enumerate(VALUES):
        asked = check.replace("move_to", "echo")
        asked = f"x = x{index}\nassert {asked}, repr(x)\ndel x"
        assert (value, run(asked).text) == (value, "")


FREE = {"start": lambda: None, "stop": lambda: None}


@pytest.fixture
def make_namespace():
    """Make namespaces in this process, without walls around them."""
    main = sys.modules["__main__"]
    for name in [name for name in linecache.cache if name.startswith("<program")]:
        del linecache.cache[name]  # of other tests: a process has one namespace
    yield lambda: AgentNamespace(agent_vocabulary(), print, "seed")
    sys.modules["__main__"] = main


@pytest.mark.parametrize(("program", "check"), LASTING.values(), ids=LASTING)
def test_definitions_last(make_namespace, program, check):
    before, after = make_namespace(), make_namespace()
    # each is the main module while it is used
    sys.modules["__main__"] = before._module
    assert before.run(program, **FREE) is None
    saved = json.loads(json.dumps(before.save()))
    assert saved["not_saved"] == {}
    sys.modules["__main__"] = after._module
    after.restore(check_namespace(saved), **FREE)
    assert after.save() == saved
    assert after.run(check, **FREE) is None


plain = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.binary(),
    lambda parts: (
        st.lists(parts)
        | st.lists(parts).map(tuple)
        | st.dictionaries(st.text() | st.integers(), parts)
        | st.sets(st.integers() | st.text())
        | st.frozensets(st.tuples(st.integers(), st.text()))
    ),
)


@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(value=plain)
def test_plain_values_last(make_namespace, value):
    before, after = make_namespace(), make_namespace()
    vars(before._module)["x"] = value
    saved = json.loads(json.dumps(before.save()))
    after.restore(saved, **FREE)
    assert shown(vars(after._module)["x"]) == shown(value)
    assert after.save() == saved


def shown(value):
    """A value in words that tell 1 from True and have one order for sets."""
    if isinstance(value, set | frozenset):
        return (type(value).__name__, sorted(map(repr, value)))
    if isinstance(value, list | tuple):
        return (type(value).__name__, [shown(part) for part in value])
    if isinstance(value, dict):
        return [(repr(key), shown(entry)) for key, entry in value.items()]
    return repr(value)


def test_what_is_not_saved_is_named(run):
    run("before = [1]")
    for index, (program, _) in enumerate(NOT_SAVED):
        assert run(f"{program}\nx{index} = x\ndel x").error_code is None, program
    run("after = before")
    not_saved = first(carry_over(run.team))["not_saved"]
    for index, (program, reason) in enumerate(NOT_SAVED):
        assert reason in not_saved[f"x{index}"], program
    assert run("print(before is after, 'x0' in globals())").text == "1: True False"


def test_what_is_shared_stays_shared(run):
    run("a = [1]\nb = {'a': a}\nc = (a, b)\na.append(c)\nb['b'] = b")
    carry_over(run.team)
    assert run("print(a is b['a'] is c[0], a[1] is c, b['b'] is b)").text == (
        "1: True True True"
    )


def test_definitions_keep_their_lines_and_sources(run):
    run("import math\n\n\ndef fail(n: int = 2) -> float:\n    '''Fail.'''\n    1 / 0\n")
    functions = run.team.scheduler.functions("agent_0")
    carry_over(run.team)
    assert run.team.scheduler.functions("agent_0") == functions
    assert "line 6 of an earlier program, in fail" in run("\nfail()").text
    run("def later(): return 1")
    assert run("later()\nfail()").error_line == 2


def test_random_numbers_go_on(run):
    run("import random\nrandom.random()")
    saved = run.team.scheduler.save_namespaces()
    expected = run("print(random.random(), random.gauss(0, 1))").text
    run.team.scheduler.restore_namespaces(saved)
    assert run("print(random.random(), random.gauss(0, 1))").text == expected


def test_running_the_text_of_a_class_changes_nothing(run):
    run(
        "classes = []\ndef listed(kind):\n    classes.append(kind)\n    return kind\n"
        "if True:\n    @listed\n    class A:\n        size = len(classes)\n"
        "first = classes\nA.size = 7\nA.grow = lambda self: self.size + 1\n"
    )
    carry_over(run.team)
    asked = "print(len(classes), classes[0] is A, first is classes, A().grow())"
    assert run(asked).text == "1: 1 True True 8"


def test_an_old_class_of_the_same_name(run):
    run("class A:\n    def name(self): return 'old'\nold = A()")
    run("class A:\n    def name(self): return 'new'\nnew = A()")
    carry_over(run.team)
    assert run("print(old.name(), new.name(), A().name())").text == "1: old new new"


def test_programs_that_are_no_python_are_passed_over(run):
    run("class A: size = 3")
    run("class A: size = (")
    run("class A: size = 4\0")
    carry_over(run.team)
    assert run("print(A.size)").text == "1: 3"


def test_names_keep_their_order(run):
    run("b = 1\nclass A: pass\na = A()\nc = a")
    carry_over(run.team)
    asked = "print([name for name in globals() if name[0] != '_'])"
    assert run(asked).text == "1: ['b', 'A', 'a', 'c']"


def test_agents_have_their_own(team):
    run = team.scheduler.run
    programs = {"agent_0": "mine = 1", "agent_1": "yours = 2"}
    run(programs, tick_budget=60, step=0)
    saved = team.scheduler.save_namespaces()
    run({"agent_1": "yours = 3"}, tick_budget=60, step=1)
    team.scheduler.restore_namespaces({"agent_0": saved["agent_0"]})
    assert team.scheduler.names("agent_0") == ["mine"]
    assert team.scheduler.names("agent_1") == []
    team.scheduler.restore_namespaces(saved)
    asked = {"agent_0": "print(mine)", "agent_1": "print(yours)"}
    results = run(asked, tick_budget=60, step=2)
    assert [result.text for result in results.values()] == ["1: 1", "1: 2"]


def test_agents_that_ran_nothing_have_nothing_to_save(team):
    assert team.scheduler.save_namespaces() == {}
    team.scheduler.restore_namespaces({})


def test_a_program_that_takes_all_memory_leaves_what_was_restored(run):
    run("kept = 5")
    carry_over(run.team)
    assert run("kept = 6\n'a' * 10**9").error_code == "memory-limit-reached"
    assert run("print(kept)").text == "1: 5"


GOOD = {
    "version": 1,
    "programs_run": 1,
    "programs": {"1": "class A: pass\ndef f(): return 1\n"},
    "values": [["int", "1"], ["list", [0]]],
    "names": {"x": 1},
    "random": [*([1] * 624), 0, None],
    "not_saved": {},
}


def bad(**parts):
    return {**GOOD, **parts}


BAD_FORMS = {
    "no map": [],
    "a missing part": {"version": 1},
    "one part more": bad(more=1),
    "another version": bad(version=2),
    "a true version": bad(version=True),
    "programs run": bad(programs_run=-1),
    "a program that was not run": bad(programs={"2": "x"}),
    "a program that is no text": bad(programs={"1": 5}),
    "the number of a program": bad(programs={"one": ""}),
    "values": bad(values={}),
    "a value without a kind": bad(values=[[], ["list", []]]),
    "an unknown kind": bad(values=[["pickle", "00"], ["list", []]]),
    "parts": bad(values=[["int"], ["list", []]]),
    "an integer": bad(values=[["int", "1.5"], ["list", []]]),
    "a float": bad(values=[["float", "__import__"], ["list", []]]),
    "bytes": bad(values=[["bytes", "xy"], ["list", []]]),
    "a place": bad(values=[["int", "1"], ["list", [2]]]),
    "a negative place": bad(values=[["int", "1"], ["list", [-1]]]),
    "a place that is a flag": bad(values=[["int", "1"], ["list", [True]]]),
    "a pair": bad(values=[["int", "1"], ["dict", [[0]]]]),
    "an attribute": bad(values=[["int", "1"], ["instance", 0, {"a b": 0}]]),
    "a name": bad(names={"x": 5}),
    "a name with spaces": bad(names={"x y": 1}),
    "random": bad(random=[1] * 626),
    "too many values": bad(values=[["none"]] * (MOST_VALUES + 1)),
    "too large": bad(not_saved={"x": "a" * LARGEST_BYTES}),
}


def values(*more, **parts):
    return bad(values=[*more], names={"x": 0}, **parts)


BAD_CONTENTS = {
    "a tuple in itself": values(["tuple", [0]]),
    "an unhashable key": values(["dict", [[1, 1]]], ["list", []]),
    "no class": values(["instance", 1, {}], ["int", "1"]),
    "a class of Python's": values(["instance", 1, {}], ["provided", "int"]),
    "what is not provided": values(["provided", "eval_it"]),
    "a hidden name": values(["provided", "__import__"]),
    "a module": values(["module", "os"]),
    "what a module has not": values(["imported", "math", "system"]),
    "a module of a module": values(["imported", "json", "codecs"]),
    "a refused part": values(["part", 1, "__subclasses__"], ["class", 1, 1, {}, {}]),
    "a part of Python's": values(["part", 1, "mro"], ["provided", "object"]),
    "no such function": values(["function", 1, 9, "f", "f", 0, None, None, [], {}, {}]),
    "no such program": values(["function", 2, 0, "f", "f", 0, None, None, [], {}, {}]),
    "a cell too many": values(
        ["function", 1, 0, "f", "f", 0, None, None, [1], {}, {}], ["cell", None]
    ),
    "no cell": values(
        ["function", 1, 0, "f", "f", 0, None, None, [1], {}, {}], ["none"]
    ),
    "no class on the line": values(["class", 1, 2, {}, {}]),
    "names of Python's own": bad(names={"__builtins__": 1}),
    "no member": values(["enum", 1, "Iron"], ["provided", "Prototype"]),
    "a text that is no Python": values(
        ["class", 1, 1, {}, {}], programs={"1": "class A"}
    ),
    "a text with a refused name": values(
        ["function", 1, 0, "f", "f", 0, None, None, [], {}, {}],
        programs={"1": "def f(): return ().__class__.__base__"},
    ),
    "a class that opens a file": values(
        ["class", 1, 1, {}, {}], programs={"1": "class A:\n    x = open('/etc/passwd')"}
    ),
    "a class that acts": values(
        ["class", 1, 1, {}, {}], programs={"1": "class A:\n    x = echo('a')"}
    ),
    "a long range": values(["tuple", [1] * 9], ["range", 2, 2, 3], ["int", "f"],
                           ["none"]),
}  # fmt: skip


@pytest.mark.parametrize("saved", BAD_FORMS.values(), ids=BAD_FORMS)
def test_bad_forms_are_refused(saved):
    check_namespace(GOOD)
    with pytest.raises(ProgramError) as caught:
        check_namespace(saved)
    assert caught.value.code == "bad-namespace"


BAD_IN_A_PROCESS = {
    "a class that acts": BAD_CONTENTS["a class that acts"],
    "a class that never ends": values(
        ["class", 1, 1, {}, {}], programs={"1": "class A:\n    while True: pass"}
    ),
    "a class that takes all memory": values(
        ["class", 1, 1, {}, {}], programs={"1": "class A:\n    x = 'a' * 10**9"}
    ),
}


@pytest.mark.parametrize("saved", BAD_CONTENTS.values(), ids=BAD_CONTENTS)
def test_bad_contents_are_refused(make_namespace, saved):
    with pytest.raises(ProgramError) as caught:
        make_namespace().restore(saved, **FREE)
    assert caught.value.code == "bad-namespace"


@pytest.mark.parametrize("saved", BAD_IN_A_PROCESS.values(), ids=BAD_IN_A_PROCESS)
def test_bad_contents_are_held_in_a_process(make_team, saved):
    check_namespace(saved)
    scheduler = make_team(limits=replace(QUICK, cpu_seconds=0.4)).scheduler
    scheduler.run({"agent_0": "before = 1"}, tick_budget=60, step=0)
    with pytest.raises(ProgramError) as caught:
        scheduler.restore_namespaces({"agent_0": saved})
    assert caught.value.code == "bad-namespace"
    assert scheduler.names("agent_0") == []


@pytest.mark.parametrize("saved", [{"stranger": GOOD}, {5: GOOD}, [], [GOOD], "agent"])
def test_strangers_are_refused(team, saved):
    with pytest.raises(ProgramError) as caught:
        team.scheduler.restore_namespaces(saved)
    assert caught.value.code == "bad-namespace"


def test_strange_names_are_told(run):
    run(
        "for n in range(4000):\n    globals()[f'{n}' + 'b' * 300] = 1\n"
        "globals()[5] = 1\nkept = 2"
    )
    saved = run.team.scheduler.save_namespaces()["agent_0"]
    assert set(saved["names"]) == {"n", "kept"}
    told = len(saved["not_saved"]) - 1
    assert saved["not_saved"]["..."] == f"{4001 - told} more names"
    assert "kept" in run.team.scheduler.names("agent_0")


def test_the_form_is_all_that_is_needed(run):
    run.team.scheduler.restore_namespaces({"agent_0": GOOD})
    assert run("print(x)").text == "1: [1]"
