"""Everything else: radar, walls, turrets, and a labelled box for unknown types."""

from fle_marl.rendering.canvas import Canvas
from fle_marl.rendering.drawings.shapes import arc, casing
from fle_marl.rendering.marks import abbreviation
from fle_marl.rendering.palette import (
    EDGE,
    HALO,
    INK,
    SLATE,
    STEEL,
    STONE,
    VERMILION,
    darker,
    lighter,
)
from fle_marl.rendering.scene import Entity
from fle_marl.rendering.surroundings import STEPS, Surroundings

__all__ = [
    "draw_beacon",
    "draw_labelled_box",
    "draw_nothing",
    "draw_radar",
    "draw_rail",
    "draw_turret",
    "draw_wall",
]


def draw_labelled_box(
    canvas: Canvas, entity: Entity, _surroundings: Surroundings
) -> None:
    """A plain body with the initials of the name: for types without a drawing."""
    casing(canvas, entity.width, entity.height, darker(SLATE, 0.1), radius=0.12)
    letters = abbreviation(entity.name)
    size = min(entity.height * 0.45, entity.width * 1.1 / max(2, len(letters)))
    canvas.text(0, 0, letters, size=size, colour=INK, halo=HALO)


def draw_nothing(_canvas: Canvas, _entity: Entity, _surroundings: Surroundings) -> None:
    """For what the scene shows by other means, such as characters."""


def draw_radar(canvas: Canvas, entity: Entity, _surroundings: Surroundings) -> None:
    """A dish on a body."""
    casing(canvas, entity.width, entity.height, darker(STEEL, 0.25), radius=0.3)
    half = min(entity.width, entity.height) / 2
    canvas.polygon(arc(half * 0.7, 20, 200), lighter(STEEL, 0.3), outline=EDGE)
    canvas.line([(0, 0), (half * 0.28, -half * 0.5)], EDGE, 0.1)
    canvas.disc(half * 0.28, -half * 0.5, 0.14, VERMILION, outline=EDGE)


def draw_beacon(canvas: Canvas, entity: Entity, _surroundings: Surroundings) -> None:
    """Rings that go out from a body."""
    casing(canvas, entity.width, entity.height, darker(SLATE, 0.2), radius=0.3)
    half = min(entity.width, entity.height) / 2
    for share in (0.75, 0.5, 0.25):
        ring = half * share
        canvas.disc(0, 0, ring, None, outline=lighter(SLATE, 0.5), width=0.08)


def draw_wall(canvas: Canvas, entity: Entity, surroundings: Surroundings) -> None:
    """A block that grows together with its neighbours."""
    sides = surroundings.joined_sides(entity)
    for grow, colour in ((0.34, EDGE), (0.26, STONE)):
        canvas.box(-grow, -grow, grow, grow, colour, radius=0.05)
        for (dx, dy), is_joined in zip(STEPS, sides, strict=True):
            if is_joined:
                x, y = dx * 0.5, dy * 0.5
                wide, high = (0.0, grow) if dx else (grow, 0.0)
                canvas.box(
                    min(0, x) - wide,
                    min(0, y) - high,
                    max(0, x) + wide,
                    max(0, y) + high,
                    colour,
                )


def draw_turret(canvas: Canvas, entity: Entity, _surroundings: Surroundings) -> None:
    """A round mount with a barrel."""
    casing(canvas, entity.width, entity.height, darker(STEEL, 0.3), radius=0.3)
    half = min(entity.width, entity.height) / 2
    turned = canvas.at(0, 0, entity.quarter_turns)
    turned.line([(0, 0), (0, -half * 1.1)], EDGE, 0.34)
    turned.line([(0, 0), (0, -half * 1.1)], STEEL, 0.2)
    canvas.disc(0, 0, half * 0.55, STEEL, outline=EDGE)


def draw_rail(canvas: Canvas, entity: Entity, _surroundings: Surroundings) -> None:
    """Two rails on sleepers."""
    turned = canvas.at(0, 0, entity.quarter_turns)
    half = max(entity.width, entity.height) / 2
    for y in (-0.6, 0.0, 0.6):
        turned.line([(-0.6, y * half), (0.6, y * half)], darker(STONE, 0.4), 0.16)
    for x in (-0.36, 0.36):
        turned.line([(x, -half), (x, half)], STEEL, 0.1)
