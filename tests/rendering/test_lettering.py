"""Texts made fit for a picture."""

import pytest

from fle_marl.rendering.canvas import load_font
from fle_marl.rendering.lettering import clean_line, fit_line, game_time


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("plain text", "plain text"),
        (" two\n lines\t", "two lines"),
        ("16 \N{EM DASH} 17 \N{MULTIPLICATION SIGN} 2", "16 - 17 x 2"),
        ("Zo\N{LATIN SMALL LETTER E WITH DIAERESIS}", "Zoe"),
        ("a\0b\ud800c", "a b c"),
        ("\N{SNOWMAN}", "?"),
    ],
)
def test_lines_hold_only_what_the_font_has(text, line):
    assert clean_line(text) == line


def test_a_long_line_is_cut_with_an_ellipsis():
    assert clean_line("abcdef", longest=4) == "abc…"
    assert len(clean_line("x" * 100_000)) == 200


def test_a_line_fits_its_room():
    assert fit_line("short", 20, 500) == "short"
    cut = fit_line("word " * 30, 20, 120)
    assert cut.endswith("…")
    assert load_font(20).getlength(cut) <= 120


@pytest.mark.parametrize(
    ("tick", "text"),
    [
        (0, "0:00:00 game time (tick 0)"),
        (6_000, "0:01:40 game time (tick 6,000)"),
        (216_059, "1:00:00 game time (tick 216,059)"),
    ],
)
def test_game_time(tick, text):
    assert game_time(tick) == text
