"""Poles, solar panels, accumulators, lamps, reactors: what carries and gives power."""

from fle_marl.rendering.canvas import Canvas
from fle_marl.rendering.drawings.shapes import casing
from fle_marl.rendering.palette import (
    EDGE,
    GLOW,
    HALO,
    NAVY,
    SAND,
    SHADOW,
    STEEL,
    WIRE,
    WOOD,
    YELLOW,
    Colour,
    darker,
    lighter,
    with_alpha,
)
from fle_marl.rendering.scene import Entity
from fle_marl.rendering.surroundings import Surroundings

__all__ = [
    "draw_accumulator",
    "draw_electric_pole",
    "draw_lamp",
    "draw_reactor",
    "draw_solar_panel",
]


def draw_electric_pole(
    canvas: Canvas, entity: Entity, _surroundings: Surroundings
) -> None:
    """A post with a crossbar and insulators; a substation is a box with a coil."""
    if entity.name == "substation":
        _substation(canvas, entity)
        return
    colour: Colour = WOOD if entity.name.startswith("small") else STEEL
    size = 1.0 if min(entity.width, entity.height) < 1.5 else 1.7
    canvas.disc(0.05 * size, 0.08 * size, 0.24 * size, SHADOW)
    bar = 0.34 * size
    canvas.line([(-bar, 0), (bar, 0)], EDGE, 0.2 * size)
    canvas.line([(-bar, 0), (bar, 0)], colour, 0.11 * size)
    canvas.disc(0, 0, 0.2 * size, lighter(colour, 0.25), outline=EDGE, width=0.07)
    for x in (-bar, bar):
        canvas.disc(x, 0, 0.09 * size, with_alpha(WIRE, 255), outline=EDGE, width=0.04)


def draw_solar_panel(
    canvas: Canvas, entity: Entity, _surroundings: Surroundings
) -> None:
    """Blue cells in a frame."""
    casing(canvas, entity.width, entity.height, darker(STEEL, 0.2), radius=0.1)
    x, y = entity.width / 2 - 0.22, entity.height / 2 - 0.22
    canvas.box(-x, -y, x, y, NAVY, outline=EDGE)
    for share in (-1 / 3, 1 / 3):
        canvas.line([(share * x, -y), (share * x, y)], lighter(NAVY, 0.35), 0.05)
        canvas.line([(-x, share * y), (x, share * y)], lighter(NAVY, 0.35), 0.05)
    canvas.line([(-x * 0.8, y * 0.2), (-x * 0.1, -y * 0.8)], lighter(NAVY, 0.6), 0.07)


def draw_accumulator(
    canvas: Canvas, entity: Entity, _surroundings: Surroundings
) -> None:
    """Two cells with plus and minus."""
    casing(canvas, entity.width, entity.height, darker(STEEL, 0.25), radius=0.15)
    for x in (-0.4, 0.4):
        canvas.box(x - 0.3, -0.6, x + 0.3, 0.65, STEEL, outline=EDGE, radius=0.2)
        canvas.line([(x - 0.12, 0.05), (x + 0.12, 0.05)], HALO, 0.09)
    canvas.line([(0.4, -0.07), (0.4, 0.17)], HALO, 0.09)


def draw_lamp(canvas: Canvas, _entity: Entity, _surroundings: Surroundings) -> None:
    """A bright disc in a socket."""
    canvas.disc(0, 0, 0.5, with_alpha(YELLOW, 40))
    canvas.disc(0, 0, 0.34, darker(STEEL, 0.3), outline=EDGE)
    canvas.disc(0, 0, 0.2, lighter(SAND, 0.4))


def draw_reactor(canvas: Canvas, entity: Entity, _surroundings: Surroundings) -> None:
    """A round core that glows while it works."""
    casing(canvas, entity.width, entity.height, STEEL, radius=0.5)
    half = min(entity.width, entity.height) / 2
    canvas.disc(0, 0, half * 0.7, darker(STEEL, 0.5), outline=EDGE, width=0.1)
    is_hot = entity.status == "working"
    canvas.disc(0, 0, half * 0.4, GLOW if is_hot else HALO)


def _substation(canvas: Canvas, entity: Entity) -> None:
    casing(canvas, entity.width, entity.height, darker(STEEL, 0.1), radius=0.15)
    canvas.disc(0, 0, 0.55, darker(STEEL, 0.5), outline=EDGE)
    canvas.disc(0, 0, 0.32, with_alpha(WIRE, 255), outline=EDGE)
    for x in (-0.62, 0.62):
        for y in (-0.62, 0.62):
            canvas.disc(x, y, 0.11, with_alpha(WIRE, 255), outline=EDGE, width=0.04)
