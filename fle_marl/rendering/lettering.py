"""Texts made fit for a picture: one line, known signs, not longer than its room."""

import unicodedata
from typing import Final

from fle_marl.rendering.canvas import load_font
from fle_marl.units import TICKS_PER_SECOND

__all__ = ["clean_line", "fit_line", "game_time"]

_ELLIPSIS: Final = "…"

_STAND_INS: Final = str.maketrans(
    {
        "\N{EN DASH}": "-",
        "\N{EM DASH}": "-",
        "\N{MINUS SIGN}": "-",
        "\N{MULTIPLICATION SIGN}": "x",
        "\N{RIGHTWARDS ARROW}": ">",
        "\N{BULLET}": "\N{MIDDLE DOT}",
    }
)
_DRAWABLE: Final = frozenset(map(chr, range(0x20, 0x7F))) | {
    _ELLIPSIS,
    "\N{MIDDLE DOT}",
}
"""What the font that comes with Pillow has, as far as needed here."""


def clean_line(text: str, *, longest: int = 200) -> str:
    """The text in one line of signs that the font has, cut off with an ellipsis.

    Letters lose their accents, and ``?`` stands for what the font cannot show.
    """
    kept = text[: 4 * longest].translate(_STAND_INS)
    plain = unicodedata.normalize("NFKD", kept.replace(_ELLIPSIS, "..."))
    line = " ".join("".join(map(_drawable, plain)).split())
    return line if len(line) <= longest else line[: longest - 1].rstrip() + _ELLIPSIS


def fit_line(text: str, size_px: int, room_px: float) -> str:
    """The text cut off with an ellipsis so that it is no wider than its room."""
    font = load_font(size_px)
    line = clean_line(text)
    if font.getlength(line) <= room_px:
        return line
    while line and font.getlength(line + _ELLIPSIS) > room_px:
        line = line[:-1]
    return line.rstrip() + _ELLIPSIS


def game_time(tick: int) -> str:
    """A tick as game time: ``0:01:40 game time (tick 6,000)``."""
    seconds = tick // TICKS_PER_SECOND
    clock = f"{seconds // 3600}:{seconds // 60 % 60:02}:{seconds % 60:02}"
    return f"{clock} game time (tick {tick:,})"


def _drawable(sign: str) -> str:
    if sign in _DRAWABLE:
        return sign
    if unicodedata.combining(sign):
        return ""
    return "?" if sign.isprintable() else " "
