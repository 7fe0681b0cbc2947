"""Programs of agents mean what they mean in Python: the same ones are run by both.

What Python prints, and where and how it fails, is asked of Python itself. Where the
point is what lasts from one program to the next, it is written down as well.
"""

import contextlib
import io
import re
import tomllib
import traceback
from dataclasses import dataclass, field
from pathlib import Path

import pytest

PROGRAMS = tomllib.loads(
    Path(__file__).with_name("language.toml").read_text(encoding="utf-8")
)["program"]
LINE = re.compile(r"^\d+: ", re.MULTILINE)


@dataclass
class Outcome:
    """What became of a program.

    Attributes:
        printed: lines, without the numbers that ours have.
        error: type and message; empty without one.
        line: of the program, where it failed.
    """

    printed: list[str] = field(default_factory=list)
    error: str = ""
    line: int | None = None


class Python:
    """Runs programs as Python does, one after the other in one namespace."""

    def __init__(self):
        self._names = {"__name__": "__main__"}

    def run(self, source):
        outcome, text = Outcome(), io.StringIO()
        try:
            with contextlib.redirect_stdout(text):
                exec(compile(source, "<program>", "exec"), self._names)
        except Exception as error:  # noqa: BLE001 - whatever a program raises
            outcome.error = "".join(traceback.format_exception_only(error)).strip()
            outcome.line = traceback.extract_tb(error.__traceback__)[-1].lineno
        outcome.printed = text.getvalue().splitlines()
        return outcome


@pytest.fixture(scope="module")
def both(run_in_one_team):
    """Runs a program in both; what programs leave behind is there in both as well."""
    python = Python()

    def run(source):
        result = run_in_one_team(source)
        text, _, error = result.text.partition("Error at line")
        ours = Outcome(LINE.sub("", text).splitlines(), line=result.error_line)
        if error:
            told = error.splitlines()[0].partition(": ")[2]
            # Python has suggestions, too, but not in the exception itself
            ours.error = told.partition(". Did you mean")[0]
        return ours, python.run(source)

    return run


@pytest.mark.parametrize("program", PROGRAMS, ids=lambda program: program["title"])
def test_programs_do_what_python_does(both, program):
    for step in program["steps"]:
        ours, pythons = both(step)
        assert ours == pythons
    assert ours.printed == program.get("prints", ours.printed)


def test_both_sides_are_compared(both):
    """The same would not be said of two programs that differ."""
    ours, pythons = both("import sys\nprint(1)")
    assert pythons == Outcome(["1"])
    assert ours.error.startswith("ImportError: programs cannot import 'sys'")
    assert ours.line == 1
