"""Machines that make something: drills, furnaces, assembling machines, labs."""

import math

from fle_marl.rendering.canvas import Canvas
from fle_marl.rendering.drawings.shapes import casing, flanges
from fle_marl.rendering.marks import abbreviation, draw_mark
from fle_marl.rendering.palette import (
    EDGE,
    GLOW,
    HALO,
    INK,
    OCHRE,
    SLATE,
    STEEL,
    STONE,
    Colour,
    darker,
    lighter,
)
from fle_marl.rendering.scene import Entity
from fle_marl.rendering.surroundings import Surroundings

__all__ = [
    "draw_assembling_machine",
    "draw_furnace",
    "draw_lab",
    "draw_mining_drill",
    "draw_rocket_silo",
]


def draw_mining_drill(
    canvas: Canvas, entity: Entity, _surroundings: Surroundings
) -> None:
    """A body with a toothed bit and an arrow to where the ore falls."""
    side = min(entity.width, entity.height)
    colour = darker(OCHRE, 0.2) if entity.name.startswith("burner") else OCHRE
    casing(canvas, entity.width, entity.height, colour, radius=0.24)
    flanges(canvas, entity)
    _bit(canvas, side * 0.3, colour)
    if entity.drop is not None:
        _drop_arrow(canvas, entity, entity.drop.x - entity.x, entity.drop.y - entity.y)


def draw_furnace(canvas: Canvas, entity: Entity, _surroundings: Surroundings) -> None:
    """A body with a mouth that glows while it works."""
    colours: dict[str, Colour] = {"steel-furnace": STEEL, "electric-furnace": SLATE}
    colour = colours.get(entity.name, STONE)
    casing(canvas, entity.width, entity.height, colour, radius=0.3)
    radius = min(entity.width, entity.height) * 0.3
    is_working = entity.status == "working"
    canvas.disc(0, 0, radius + 0.08, darker(colour, 0.4))
    canvas.disc(0, 0, radius, GLOW if is_working else HALO)
    if is_working:
        canvas.disc(0, 0, radius * 0.72, lighter(GLOW, 0.35))
    shown = entity.recipe or entity.main_content
    if shown is not None:
        draw_mark(canvas, shown, 0, 0, radius * 1.15)


def draw_assembling_machine(
    canvas: Canvas, entity: Entity, _surroundings: Surroundings
) -> None:
    """A body with a gear rim, and what it makes on a plate: mark and letters."""
    tier = entity.name.rsplit("-", 1)[-1]
    shade = {"1": 0.18, "2": 0.0}.get(tier, -0.18)
    colour = darker(SLATE, shade) if shade >= 0 else lighter(SLATE, -shade)
    casing(canvas, entity.width, entity.height, colour, radius=0.24)
    flanges(canvas, entity)
    half = min(entity.width, entity.height) / 2
    _rim(canvas, half * 0.76, darker(colour, 0.35))
    canvas.disc(0, 0, half * 0.58, HALO)
    if entity.recipe is None:
        canvas.text(0, 0, "?", size=half * 0.6, colour=STEEL)
        return
    draw_mark(canvas, entity.recipe, 0, -half * 0.18, half * 0.5)
    letters = abbreviation(entity.recipe)
    canvas.text(0, half * 0.3, letters, size=half * 0.32, colour=INK)


def draw_lab(canvas: Canvas, entity: Entity, _surroundings: Surroundings) -> None:
    """A pale dome with a flask."""
    casing(canvas, entity.width, entity.height, lighter(SLATE, 0.35), radius=0.3)
    half = min(entity.width, entity.height) / 2
    canvas.disc(0, 0, half * 0.68, darker(SLATE, 0.5), outline=EDGE)
    shown = entity.main_content or "automation-science-pack"
    draw_mark(canvas, shown, 0, 0, half * 0.8)


def draw_rocket_silo(
    canvas: Canvas, entity: Entity, _surroundings: Surroundings
) -> None:
    """A great round hatch."""
    casing(canvas, entity.width, entity.height, STEEL, radius=0.6)
    half = min(entity.width, entity.height) / 2
    canvas.disc(0, 0, half * 0.74, darker(STEEL, 0.45), outline=EDGE, width=0.12)
    canvas.disc(0, 0, half * 0.55, HALO)
    body = [
        (0.0, -half * 0.42),
        (half * 0.16, half * 0.32),
        (-half * 0.16, half * 0.32),
    ]
    canvas.polygon(body, lighter(STEEL, 0.4), outline=EDGE)


def _bit(canvas: Canvas, radius: float, colour: Colour) -> None:
    canvas.disc(0, 0, radius + 0.07, EDGE)
    teeth = []
    for step in range(18):
        reach = radius if step % 2 else radius * 0.78
        angle = step / 18 * math.tau
        teeth.append((reach * math.cos(angle), reach * math.sin(angle)))
    canvas.polygon(teeth, lighter(colour, 0.35))
    canvas.disc(0, 0, radius * 0.42, darker(colour, 0.55))
    canvas.disc(0, 0, radius * 0.16, lighter(colour, 0.35))


def _drop_arrow(canvas: Canvas, entity: Entity, dx: float, dy: float) -> None:
    """An arrow across the edge that the ore falls over."""
    sideways, lengthways = abs(dx) / entity.width, abs(dy) / entity.height
    if max(sideways, lengthways) < 0.5:
        return
    if sideways > lengthways:
        turns, across, edge = (1 if dx > 0 else 3), dy, entity.width / 2
        place = canvas.at(math.copysign(edge, dx), across, turns)
    else:
        turns, across, edge = (2 if dy > 0 else 0), dx, entity.height / 2
        place = canvas.at(across, math.copysign(edge, dy), turns)
    points = [
        (-0.12, 0.34),
        (0.12, 0.34),
        (0.12, 0.1),
        (0.3, 0.1),
        (0.0, -0.26),
        (-0.3, 0.1),
        (-0.12, 0.1),
    ]
    place.polygon(points, INK, outline=EDGE, width=0.07)


def _rim(canvas: Canvas, radius: float, colour: Colour) -> None:
    teeth = []
    for step in range(32):
        reach = radius if step % 4 in (0, 1) else radius * 0.88
        angle = (step - 0.5) / 32 * math.tau
        teeth.append((reach * math.cos(angle), reach * math.sin(angle)))
    canvas.polygon(teeth, colour)
