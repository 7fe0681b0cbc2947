"""Belts, splitters, underground belts and loaders.

The number of chevrons tells the speed class: one, two (fast) or three (express).
"""

import math

from fle_marl.rendering.canvas import Canvas
from fle_marl.rendering.drawings.shapes import arc, chevron, tier_of
from fle_marl.rendering.palette import (
    BELT,
    BELT_CHEVRON,
    BELT_RAIL,
    EDGE,
    SHADOW,
    STEEL,
    darker,
)
from fle_marl.rendering.scene import Entity
from fle_marl.rendering.surroundings import Surroundings, is_underground_exit

__all__ = [
    "draw_loader",
    "draw_splitter",
    "draw_transport_belt",
    "draw_underground_belt",
]

_HALF = 0.42
_RAIL = 0.07


def draw_transport_belt(
    canvas: Canvas, entity: Entity, surroundings: Surroundings
) -> None:
    """A belt tile, straight or bent as its feeders make it."""
    belt = canvas.at(0, 0, entity.quarter_turns)
    bend = surroundings.belt_bend(entity)
    if bend == 0:
        _straight(belt, -0.5, 0.5)
        _chevrons(belt, tier_of(entity.name), 0.0)
    else:
        _curve(belt, bend, tier_of(entity.name))


def draw_underground_belt(
    canvas: Canvas, entity: Entity, _surroundings: Surroundings
) -> None:
    """Half a belt and the hood where it dives or comes up."""
    belt = canvas.at(0, 0, entity.quarter_turns)
    is_exit = is_underground_exit(entity)
    near, far = (-0.5, 0.1) if is_exit else (-0.1, 0.5)
    _straight(belt, near, far)
    _chevrons(belt, tier_of(entity.name), -0.26 if is_exit else 0.26, size=0.7)
    hood = [(-0.46, 0.46), (0.46, 0.46), (0.3, -0.02), (-0.3, -0.02)]
    if not is_exit:
        hood = [(x, -y) for x, y in hood]
    belt.polygon(hood, darker(STEEL, 0.15), outline=EDGE, width=0.06)


def draw_splitter(canvas: Canvas, entity: Entity, _surroundings: Surroundings) -> None:
    """Two belt tiles side by side under a bridge."""
    splitter = canvas.at(0, 0, entity.quarter_turns)
    for x in (-0.5, 0.5):
        _straight(splitter.at(x, 0), -0.5, 0.5)
        _chevrons(splitter.at(x, 0), tier_of(entity.name), -0.33, size=0.55)
    splitter.box(-0.88, -0.1, 0.94, 0.32, SHADOW, radius=0.1)
    splitter.box(-0.92, -0.16, 0.92, 0.26, STEEL, outline=EDGE, radius=0.1)
    cross = ((-0.5, 0.16), (0.5, -0.06)), ((0.5, 0.16), (-0.5, -0.06))
    for line in cross:
        splitter.line(line, EDGE, 0.06)


def draw_loader(canvas: Canvas, entity: Entity, _surroundings: Surroundings) -> None:
    """A belt that ends in a box."""
    loader = canvas.at(0, 0, entity.quarter_turns)
    _, height = entity.unturned_size
    _straight(loader, -height / 2, height / 2)
    _chevrons(loader, tier_of(entity.name), height / 2 - 0.3)
    loader.box(-0.46, -height / 2, 0.46, 0.1, STEEL, outline=EDGE, radius=0.1)


def _straight(belt: Canvas, near: float, far: float) -> None:
    belt.box(-_HALF, near, _HALF, far, BELT)
    for x in (-_HALF, _HALF - _RAIL):
        belt.box(x, near, x + _RAIL, far, BELT_RAIL)


def _chevrons(belt: Canvas, tier: int, middle: float, *, size: float = 1.0) -> None:
    spacing = 0.2 * size
    for index in range(tier):
        y = middle + (index - (tier - 1) / 2) * spacing
        chevron(
            belt.at(0, y),
            BELT_CHEVRON,
            half_width=0.2 * size,
            height=0.17 * size,
            width=0.07,
        )


def _curve(belt: Canvas, bend: int, tier: int) -> None:
    """A quarter ring around the corner between feeder and exit."""
    pivot = belt.at(0.5 * bend, -0.5)
    start, end = (0.0, 90.0) if bend < 0 else (180.0, 90.0)
    inner, outer = 0.5 - _HALF, 0.5 + _HALF
    pivot.polygon([*arc(outer, start, end), *arc(inner, end, start)], BELT)
    for radius in (inner + _RAIL / 2, outer - _RAIL / 2):
        pivot.polygon(
            [
                *arc(radius + _RAIL / 2, start, end),
                *arc(radius - _RAIL / 2, end, start),
            ],
            BELT_RAIL,
        )
    _curve_chevrons(pivot, bend, tier)


def _curve_chevrons(pivot: Canvas, bend: int, tier: int) -> None:
    for index in range(tier):
        ahead = ((tier - 1) / 2 - index) * 24.0
        angle = 45.0 - ahead if bend < 0 else 135.0 + ahead
        middle, heading = math.radians(angle), math.radians(angle + 90.0 * bend)
        x, y = 0.5 * math.cos(middle), 0.5 * math.sin(middle)
        forward = (math.cos(heading), math.sin(heading))
        points = []
        for side, back in ((-0.2, 0.085), (0.0, -0.085), (0.2, 0.085)):
            points.append(
                (
                    x - forward[0] * back - forward[1] * side,
                    y - forward[1] * back + forward[0] * side,
                )
            )
        pivot.line(points, BELT_CHEVRON, 0.07)
