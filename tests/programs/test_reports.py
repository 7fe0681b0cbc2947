"""What an agent reads when its program ends early."""

import sys

from fle_marl.programs.reports import ProgramEnd, describe_error, line_in_program


def raised(source, filename="<program 1>"):
    try:
        exec(compile(source, filename, "exec"), {})
    except BaseException as error:  # noqa: BLE001
        return error
    raise AssertionError("nothing was raised")


def test_an_end_from_outside_keeps_its_code_and_line():
    try:
        exec(compile("x = 1\nstop()", "<program 1>", "exec"), {"stop": stop})
    except ProgramEnd as error:
        report = describe_error(error, "<program 1>", [])

    assert (report.code, report.line) == ("time-is-up", 2)
    assert report.text == "Error at line 2: enough"


def stop():
    raise ProgramEnd("enough", code="time-is-up")


def test_a_program_cannot_catch_its_end_by_accident():
    assert not issubclass(ProgramEnd, Exception)


def test_leaving_is_no_error():
    assert describe_error(raised("raise SystemExit(5)"), "<program 1>", []) is None


def test_long_messages_are_cut():
    report = describe_error(raised("raise ValueError('x' * 10**6)"), "<program 1>", [])

    assert len(report.text) < 5000


def test_an_error_from_nowhere_has_no_line():
    report = describe_error(MemoryError(), "<program 1>", [])

    assert (report.code, report.line) == ("memory-limit-reached", None)
    assert report.text == "Error: MemoryError"


def test_the_line_of_a_program_is_looked_for_outwards():
    scope = {"here": lambda: line_in_program(sys._getframe(), "<program 7>")}
    exec(compile("def f(): return here()", "<program 6>", "exec"), scope)
    exec(compile("\n\nline = f()", "<program 7>", "exec"), scope)

    assert scope["line"] == 3
    assert line_in_program(sys._getframe(), "<program 7>") is None
