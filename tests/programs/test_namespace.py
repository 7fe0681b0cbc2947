"""Running programs in a lasting namespace, without a process around it."""

import sys

import pytest

from fle_marl.errors import ToolError
from fle_marl.programs.namespace import AgentNamespace


class Session:
    """A namespace and what was printed in it."""

    def __init__(self):
        self.pieces = []
        provided = {"tool": self.tool, "number": 5}
        self.namespace = AgentNamespace(provided, self.pieces.append, "seed")

    def tool(self, value):
        if value == "bad":
            raise ToolError("not allowed", code="out-of-reach")
        return value

    def run(self, source):
        """What a program prints, and its error."""
        self.pieces.clear()
        error = self.namespace.run(source, start=lambda: None, stop=lambda: None)
        return "".join(self.pieces), error


@pytest.fixture
def session():
    main = sys.modules["__main__"]
    yield Session()
    sys.modules["__main__"] = main


def case(title, *programs):
    """Programs, one after the other, the last with what it must print."""
    return pytest.param(programs, id=title)


@pytest.mark.parametrize(
    "programs",
    [
        case("nothing", ("", "")),
        case("print has its line", ("x = 1\nprint(x)", "2: 1\n")),
        case("sep and end", ("print(1, 2, sep='-', end='!')\nprint(3)", "1: 1-2!3\n")),
        case("empty print", ("print()", "1: \n")),
        case("several lines", ("print('a\\nb')", "1: a\nb\n")),
        case("variables last", ("x = 2", ""), ("print(x)", "1: 2\n")),
        case("functions last", ("def f(): return 3", ""), ("print(f())", "1: 3\n")),
        case(
            "functions see new globals",
            ("def f(): return g() + y", ""),
            ("y = 1\ndef g(): return 2\nprint(f())", "3: 3\n"),
        ),
        case(
            "globals changed by functions",
            ("n = 0\ndef add():\n    global n\n    n += 1", ""),
            ("x = add()\nadd()\nprint(n)", "3: 2\n"),
        ),
        case(
            "closures last",
            ("def make(n):\n    def inner(x): return x + n\n    return inner", ""),
            ("add = make(5)", ""),
            ("print(add(1))", "1: 6\n"),
        ),
        case(
            "keyword defaults last",
            ("def f(a, *, b=7): return a + b", ""),
            ("print(f(1))", "1: 8\n"),
        ),
        case(
            "classes last",
            ("class A:\n    kind = 'a'\n    def hi(self): return self.kind", ""),
            ("class B(A): kind = 'b'\nprint(B().hi(), isinstance(B(), A))",
             "2: b True\n"),
        ),
        case(
            "dataclasses last",
            (
                "from dataclasses import dataclass, field\n"
                "@dataclass(order=True)\n"
                "class P:\n    x: int\n    tags: list = field(default_factory=list)",
                "",
            ),
            ("print(P(1), P(1) < P(2))", "1: P(x=1, tags=[]) True\n"),
        ),
        case(
            "enums and named tuples",
            (
                "from enum import Enum\nfrom typing import NamedTuple\n"
                "class E(Enum):\n    A = 1\n"
                "class T(NamedTuple):\n    a: int = 2\n"
                "print(E.A, T())",
                "7: E.A T(a=2)\n",
            ),
        ),
        case(
            "generators last",
            ("def count():\n    n = 0\n    while True:\n"
             "        yield n\n        n += 1", ""),
            ("c = count()\nnext(c)", ""),
            ("print(next(c))", "1: 1\n"),
        ),
        case(
            "comprehensions",
            ("k = 3\nprint([i * k for i in range(3) if i], {i: k for i in 'a'})",
             "2: [3, 6] {'a': 3}\n"),
        ),
        case(
            "continue",
            ("out = []\nfor i in range(4):\n    if i == 1:\n        continue\n"
             "    out.append(i)\nprint(out)", "6: [0, 2, 3]\n"),
        ),
        case(
            "break before an inner loop",
            ("n = 0\nwhile True:\n    n += 1\n    if n >= 3:\n        break\n"
             "    for j in range(2):\n        pass\nprint(n)", "8: 3\n"),
        ),
        case(
            "for, while and try with else",
            ("for i in []:\n    pass\nelse:\n    print('e')\n"
             "try:\n    pass\nexcept ValueError:\n    pass\nelse:\n    print('f')\n"
             "finally:\n    print('g')", "4: e\n10: f\n12: g\n"),
        ),
        case(
            "loop targets of all kinds",
            ("d = {}\nfor a, *d['k'] in [(1, 2, 3)]:\n    pass\nprint(a, d)",
             "4: 1 {'k': [2, 3]}\n"),
        ),
        case(
            "match",
            ("match (1, 'a'):\n    case (1, x):\n        print(x)", "3: a\n"),
        ),
        case("walrus", ("if (n := 5) > 3:\n    print(n)", "2: 5\n")),
        case("lambda", ("f = lambda x: x * 2", ""), ("print(f(4))", "1: 8\n")),
        case("deleting lasts", ("x = 1", ""), ("del x", ""),
             ("print('x' in globals())", "1: False\n")),
        case(
            "print in a function has the function's line",
            ("def f():\n    print('in')\nf()", "2: in\n"),
        ),
        case(
            "print in an old function has the line that calls it",
            ("def f():\n    print('in')", ""),
            ("x = 1\n\nf()", "3: in\n"),
        ),
        case("print through map", ("list(map(print, 'ab'))", "1: a\n1: b\n")),
        case(
            "a tool can be shadowed and is back after del",
            ("number = 1\nprint(number)\ndel number\nprint(number)", "2: 1\n4: 5\n"),
        ),
        case(
            "errors of tools are exceptions",
            ("try:\n    tool('bad')\nexcept Exception as e:\n"
             "    print(e, e.code)", "4: not allowed out-of-reach\n"),
        ),
        case("main", ("if __name__ == '__main__':\n    print('main')", "2: main\n")),
        case("exit ends quietly", ("print(1)\nexit()\nprint(2)", "1: 1\n"),
             ("print(3)", "1: 3\n")),
        case("raising SystemExit", ("raise SystemExit(3)", "")),
        case("future imports",
             ("from __future__ import annotations\nprint(1)", "2: 1\n")),
        case("star imports", ("from math import *\nprint(floor(2.5))", "2: 2\n")),
    ],
)  # fmt: skip
def test_programs_do_what_python_does(session, programs):
    for source, printed in programs:
        assert session.run(source) == (printed, None)


@pytest.mark.parametrize(
    ("source", "code", "line", "text"),
    [
        (
            "x = 1\ny = x / 0",
            "uncaught-exception",
            2,
            "Error at line 2: ZeroDivisionError: division by zero\n    y = x / 0",
        ),
        (
            "def f(n):\n    return 1 / n\n\nf(1)\nf(0)",
            "uncaught-exception",
            2,
            "Error at line 2, in f, called at line 5: ZeroDivisionError: "
            "division by zero\n    return 1 / n",
        ),
        (
            "print(1)\ntool('bad')",
            "out-of-reach",
            2,
            "Error at line 2: not allowed [out-of-reach]\n    tool('bad')",
        ),
        (
            "for i in range(3)\n    print(i)",
            "syntax-error",
            1,
            "Error at line 1: SyntaxError: expected ':'\n    for i in range(3)",
        ),
        ("y = 2\nx = 'a\0b'", "syntax-error", 2, None),
        ("if 1:\nprint(2)", "syntax-error", 2, None),
        ("tol(3)", "uncaught-exception", 1, None),
        ("raise ValueError", "uncaught-exception", 1,
         "Error at line 1: ValueError\n    raise ValueError"),
        ("assert 1 > 2, 'no'", "uncaught-exception", 1, None),
        ("raise KeyboardInterrupt", "uncaught-exception", 1, None),
        ("raise GeneratorExit", "uncaught-exception", 1, None),
        ("def f(): f()\nf()", "uncaught-exception", 1, None),
        ("import os", "uncaught-exception", 1, None),
        ("open('/etc/passwd')", "uncaught-exception", 1, None),
        ("eval('1')", "uncaught-exception", 1, None),
        ("input()", "uncaught-exception", 1, None),
        ("return 5", "syntax-error", 1, None),
        ("class E(Exception):\n    def __str__(self): return 1 / 0\nraise E",
         "uncaught-exception", 3, None),
    ],
)  # fmt: skip
def test_errors_say_what_and_where(session, source, code, line, text):
    _, error = session.run(source)

    assert (error.code, error.line) == (code, line)
    assert text is None or error.text == text
    assert "Traceback" not in error.text
    assert "namespace.py" not in error.text


def test_what_was_printed_before_an_error_is_kept(session):
    printed, error = session.run("print('before')\n1 / 0\nprint('after')")

    assert printed == "1: before\n"
    assert error.line == 2


def test_what_was_done_before_an_error_is_kept(session):
    session.run("x = [1]\nx.append(2)\n1 / 0")

    assert session.run("print(x)") == ("1: [1, 2]\n", None)


def test_an_error_in_an_earlier_programs_function_says_so(session):
    session.run("def f(n):\n    return 1 / n")

    _, error = session.run("x = 0\nf(x)")

    assert error.line == 2
    assert error.text == (
        "Error at line 2 of an earlier program, in f, called at line 2: "
        "ZeroDivisionError: division by zero\n    return 1 / n"
    )


def test_a_wrong_name_is_told_the_right_one(session):
    session.run("my_furnace = 1")

    assert "Did you mean: my_furnace?" in session.run("my_furnac")[1].text
    assert "Did you mean: tool?" in session.run("tol")[1].text


def test_names_and_functions(session):
    session.run(
        "import math\n"
        "x = 1\n"
        "def near(a, b: int = 5):\n"
        "    '''Say what is near.\n\n    Always.\n    '''\n"
        "    return a\n"
        "twice = lambda v: v * 2\n"
    )
    session.run("def plain(): pass")

    assert session.namespace.names() == ["math", "near", "plain", "twice", "x"]
    by_name = {f["name"]: f for f in session.namespace.functions()}
    assert list(by_name) == ["near", "plain", "twice"]
    assert by_name["near"]["signature"] == "(a, b: int = 5)"
    assert by_name["near"]["docstring"] == "Say what is near.\n\nAlways."
    assert by_name["near"]["source"].startswith("def near(a, b: int = 5):\n    '''Say")
    assert by_name["plain"]["source"] == "def plain(): pass"


def test_a_function_that_cannot_be_described_is_still_listed(session):
    session.run(
        "class Bad:\n    def __repr__(self): raise ValueError\n"
        "def f(a=Bad()): pass"
    )  # fmt: skip

    (record,) = session.namespace.functions()

    assert record["signature"] == "(...)"


def test_each_program_starts_and_stops_its_count_even_when_it_fails(session):
    calls = []
    for source in ("x = 1", "1 / 0", "(", "raise SystemExit"):
        session.namespace.run(
            source,
            start=lambda: calls.append("start"),
            stop=lambda: calls.append("stop"),
        )

    assert calls == ["start", "stop"] * 4
