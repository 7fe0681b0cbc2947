"""Texts made fit for a picture: one line, no odd signs, not longer than its room."""

from fle_marl.rendering.canvas import load_font
from fle_marl.units import TICKS_PER_SECOND

__all__ = ["clean_line", "fit_line", "game_time"]

_ELLIPSIS = "…"


def clean_line(text: str, *, longest: int = 200) -> str:
    """The text in one line of printable signs, cut off with an ellipsis."""
    visible = "".join(sign if sign.isprintable() else " " for sign in text)
    line = " ".join(visible.split())
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
