"""Inserters: an arm from where it takes to where it puts, with an arrow head."""

import math
from collections.abc import Mapping
from typing import Final

from fle_marl.rendering.canvas import Canvas, Position
from fle_marl.rendering.drawings.shapes import casing
from fle_marl.rendering.marks import draw_mark
from fle_marl.rendering.palette import (
    EDGE,
    GREEN,
    MAUVE,
    SAND,
    SKY,
    STONE,
    Colour,
    blend,
    darker,
)
from fle_marl.rendering.scene import Entity, Point
from fle_marl.rendering.surroundings import STEPS, Surroundings

__all__ = ["draw_inserter"]

_COLOURS: Final[Mapping[str, Colour]] = {
    "burner-inserter": STONE,
    "inserter": SAND,
    "long-handed-inserter": blend(MAUVE, SAND, 0.35),
    "fast-inserter": blend(SKY, SAND, 0.25),
    "filter-inserter": blend(MAUVE, SKY, 0.4),
    "stack-inserter": blend(GREEN, SAND, 0.35),
    "stack-filter-inserter": blend(GREEN, SKY, 0.5),
}

_REACH_INTO: Final = 0.5
"""Tiles short of the middle at which the arm ends, so that goods stay visible."""


def draw_inserter(canvas: Canvas, entity: Entity, _surroundings: Surroundings) -> None:
    """A foot, an arm, a ring at the taking end and an arrow at the putting end.

    Without ``pickup`` or ``drop`` the arm reaches one tile: it takes from the side that
    the direction names. Source: prototype inserter.pickup_position {0, -1}.
    """
    colour = _COLOURS.get(entity.name, SAND)
    take = _shortened(_relative(entity, entity.pickup, 0))
    put = _shortened(_relative(entity, entity.drop, 2))
    casing(canvas, 0.62, 0.62, darker(colour, 0.5), radius=0.12, gap=0.0)
    canvas.line([take, (0.0, 0.0), put], EDGE, 0.24)
    canvas.line([take, (0.0, 0.0), put], colour, 0.13)
    canvas.disc(*take, 0.16, EDGE)
    canvas.disc(*take, 0.11, darker(colour, 0.55))
    _arrow_head(canvas, put, colour)
    canvas.disc(0, 0, 0.17, colour, outline=EDGE, width=0.06)
    if entity.main_content is not None:
        draw_mark(canvas, entity.main_content, put[0] / 2, put[1] / 2, 0.28)


def _relative(entity: Entity, target: Point | None, turns: int) -> Position:
    if target is not None:
        return target.x - entity.x, target.y - entity.y
    dx, dy = STEPS[(entity.quarter_turns + turns) % 4]
    return float(dx), float(dy)


def _shortened(reach: Position) -> Position:
    length = math.hypot(*reach)
    if length <= _REACH_INTO:
        return reach
    tiles = max(1.0, round(length))
    share = (tiles - _REACH_INTO) / length
    return reach[0] * share, reach[1] * share


def _arrow_head(canvas: Canvas, tip: Position, colour: Colour) -> None:
    length = math.hypot(*tip) or 1.0
    ahead = (tip[0] / length, tip[1] / length)
    points = [
        (
            tip[0] + ahead[0] * along - ahead[1] * side,
            tip[1] + ahead[1] * along + ahead[0] * side,
        )
        for along, side in ((0.14, 0.0), (-0.14, 0.2), (-0.14, -0.2))
    ]
    canvas.polygon(points, colour, outline=EDGE, width=0.06)
