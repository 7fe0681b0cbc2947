"""Texts are brought into a fixed charset losslessly, and cut where all can see it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fle_marl.envs.text import CHARSET, escape_text, fit_text, unescape_text


@given(st.text())
def test_escaping_can_be_undone(text):
    escaped = escape_text(text)

    assert set(escaped) <= set(CHARSET)
    assert unescape_text(escaped) == text


@pytest.mark.parametrize(
    ("text", "escaped"),
    [
        ("plain\n\ttext ~", "plain\n\ttext ~"),
        ("snow \u2603", r"snow \u{2603}"),
        ("\r\x00", r"\u{d}\u{0}"),
        (r"C:\users", r"C:\users"),
        (r"\u{e9}", r"\u{5c}u{e9}"),
        ("\U0001f600", r"\u{1f600}"),
    ],
)
def test_escapes_are_what_they_look_like(text, escaped):
    assert escape_text(text) == escaped


def test_long_text_keeps_its_ends_and_says_what_is_missing():
    text = "begin" + "x" * 5000 + "end"

    fitted = fit_text(text, 1000)

    assert len(fitted) <= 1000
    assert fitted.startswith("begin")
    assert fitted.endswith("end")
    left_out = int(fitted.partition("[... ")[2].partition(" ")[0])
    mark = f"\n[... {left_out} characters left out ...]\n"
    assert len(fitted) - len(mark) + left_out == len(text)


@given(st.text(max_size=400), st.integers(100, 300))
def test_fitted_text_is_never_too_long(text, length):
    assert len(fit_text(text, length)) <= length


def test_text_that_fits_is_left_alone():
    assert fit_text("x" * 1000, 1000) == "x" * 1000
