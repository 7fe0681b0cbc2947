"""Chests and what lies on the ground."""

from collections.abc import Mapping
from typing import Final

from fle_marl.rendering.canvas import Canvas
from fle_marl.rendering.drawings.shapes import casing
from fle_marl.rendering.marks import draw_mark
from fle_marl.rendering.palette import (
    BLUE,
    EDGE,
    GREEN,
    HALO,
    INK,
    MAUVE,
    ORANGE,
    SLATE,
    STEEL,
    VERMILION,
    WOOD,
    YELLOW,
    Colour,
    blend,
    darker,
)
from fle_marl.rendering.scene import Entity
from fle_marl.rendering.surroundings import Surroundings

__all__ = ["draw_chest", "draw_item_on_ground"]

_COLOURS: Final[Mapping[str, Colour]] = {
    "wooden-chest": WOOD,
    "iron-chest": STEEL,
    "steel-chest": SLATE,
    "logistic-chest-active-provider": blend(MAUVE, STEEL, 0.3),
    "logistic-chest-passive-provider": blend(VERMILION, STEEL, 0.3),
    "logistic-chest-storage": blend(YELLOW, STEEL, 0.4),
    "logistic-chest-buffer": blend(GREEN, STEEL, 0.3),
    "logistic-chest-requester": blend(BLUE, STEEL, 0.3),
}


def draw_chest(canvas: Canvas, entity: Entity, _surroundings: Surroundings) -> None:
    """A box with a lid; on it the mark of what it holds most of, and how many."""
    colour = _COLOURS.get(entity.name, blend(ORANGE, STEEL, 0.6))
    casing(canvas, entity.width, entity.height, colour, radius=0.1, gap=0.06)
    x, y = entity.width / 2 - 0.1, entity.height / 2 - 0.1
    canvas.line([(-x, -y * 0.42), (x, -y * 0.42)], EDGE, 0.05)
    if entity.main_content is None:
        canvas.box(-0.1, -y * 0.42 - 0.06, 0.1, -y * 0.42 + 0.12, darker(colour, 0.5))
        return
    canvas.box(-x * 0.8, -y * 0.3, x * 0.8, y * 0.86, HALO, radius=0.08)
    draw_mark(canvas, entity.main_content, 0, 0.12, 0.4)
    count = max(amount for _, amount in entity.contents)
    canvas.text(0, y + 0.02, short_count(count), size=0.3, colour=INK, halo=HALO)


def draw_item_on_ground(
    canvas: Canvas, entity: Entity, _surroundings: Surroundings
) -> None:
    """The mark of the item itself."""
    draw_mark(canvas, entity.main_content or entity.name, 0, 0, 0.4)


def short_count(count: float) -> str:
    """A count in at most four signs, such as ``12``, ``3.4k`` or ``2M``."""
    for size, letter in ((1e9, "G"), (1e6, "M"), (1e3, "k")):
        if count >= size:
            share = count / size
            return f"{share:.1f}{letter}" if share < 10 else f"{share:.0f}{letter}"
    return f"{count:.0f}"
