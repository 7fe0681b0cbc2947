"""The errors that the package raises on purpose."""

import inspect
import re

import pytest

from fle_marl import errors
from fle_marl.errors import FleMarlError, ProgramError, ServerError, ToolError

ALL = [getattr(errors, name) for name in errors.__all__]


@pytest.mark.parametrize("error", ALL)
def test_error_belongs_to_the_tree(error: type[FleMarlError]) -> None:
    assert issubclass(error, FleMarlError)
    assert error.__name__ in (errors.__doc__ or "")
    assert inspect.getdoc(error)


def test_default_codes_are_kebab_case_and_differ() -> None:
    codes = [error.default_code for error in ALL]
    assert all(re.fullmatch(r"[a-z]+(-[a-z]+)*", code) for code in codes)
    assert len(set(codes)) == len(codes)


def test_error_tells_its_message_and_keeps_the_rest() -> None:
    details = {"distance": 12.5}
    error = ToolError("too far away", code="out-of-reach", details=details)
    details["distance"] = 0
    assert str(error) == error.message == "too far away"
    assert error.code == "out-of-reach"
    assert error.details == {"distance": 12.5}


def test_error_without_a_code_has_the_one_of_its_class() -> None:
    assert ServerError("gone").code == "server-failed"
    assert ServerError("gone").details == {}


def test_program_errors_are_caught_with_tool_errors() -> None:
    with pytest.raises(ToolError) as caught:
        raise ProgramError("took too long")
    assert caught.value.code == "program-ended"
