"""Shapes that several drawings share: casings, flanges, chevrons, arcs."""

import math
from collections.abc import Callable, Sequence
from typing import TypeAlias

from fle_marl.rendering.canvas import Canvas, Position
from fle_marl.rendering.palette import EDGE, SHADOW, TUBE, Colour, darker, lighter
from fle_marl.rendering.ports import ports_of
from fle_marl.rendering.scene import Entity
from fle_marl.rendering.surroundings import Surroundings

__all__ = ["Draw", "arc", "casing", "chevron", "flanges", "tier_of"]


Draw: TypeAlias = Callable[[Canvas, Entity, Surroundings], None]
"""Draws an entity, in place, on a canvas whose zero is its centre, north up."""


def casing(
    canvas: Canvas,
    width: float,
    height: float,
    colour: Colour,
    *,
    radius: float = 0.2,
    gap: float = 0.1,
) -> None:
    """The body of a machine: shadow, rounded box, a lighter upper edge.

    Args:
        canvas: in place; zero is the middle of the body.
        width: tiles that the machine takes.
        height: tiles that the machine takes.
        colour: of the body.
        radius: of the corners in tiles.
        gap: tiles left free on each side.
    """
    x, y = width / 2 - gap, height / 2 - gap
    canvas.box(-x + 0.07, -y + 0.1, x + 0.07, y + 0.1, SHADOW, radius=radius)
    canvas.box(-x, -y, x, y, colour, outline=EDGE, width=0.08, radius=radius)
    inner = radius + 0.1
    light = lighter(colour, 0.3)
    canvas.line([(-x + inner, -y + 0.13), (x - inner, -y + 0.13)], light, 0.06)


def flanges(canvas: Canvas, entity: Entity) -> None:
    """Short pipe ends at the places where the entity's fluid boxes open."""
    for port in ports_of(entity):
        dx, dy = port.x - entity.x, port.y - entity.y
        is_sideways = abs(dx) - entity.width / 2 > abs(dy) - entity.height / 2
        toward = (
            (math.copysign(1.0, dx), 0.0)
            if is_sideways
            else (0.0, math.copysign(1.0, dy))
        )
        edge = canvas.at(dx - toward[0] * 0.5, dy - toward[1] * 0.5)
        across = (toward[1] * 0.26, toward[0] * 0.26)
        stub = [(-toward[0] * 0.3, -toward[1] * 0.3), (0.0, 0.0)]
        edge.line(stub, EDGE, 0.44)
        edge.line(stub, TUBE, 0.3)
        edge.line([(-across[0], -across[1]), across], darker(TUBE, 0.45), 0.12)


def chevron(
    canvas: Canvas, colour: Colour, *, half_width: float, height: float, width: float
) -> None:
    """An angle that points north, with its tip half its height above zero."""
    points: Sequence[Position] = (
        (-half_width, height / 2),
        (0.0, -height / 2),
        (half_width, height / 2),
    )
    canvas.line(points, colour, width)


def arc(radius: float, start_degrees: float, end_degrees: float) -> list[Position]:
    """Points on a circle around zero; 0 degrees is east, 90 is south."""
    steps = max(2, round(abs(end_degrees - start_degrees) / 8))
    points = []
    for step in range(steps + 1):
        share = step / steps
        angle = math.radians(start_degrees + (end_degrees - start_degrees) * share)
        points.append((radius * math.cos(angle), radius * math.sin(angle)))
    return points


def tier_of(name: str) -> int:
    """Speed class of a belt, splitter or underground: 1, 2 (fast) or 3 (express)."""
    return {"fast": 2, "express": 3}.get(name.split("-", 1)[0], 1)
