"""Trees, rocks and cliffs: what nobody built. Kept quiet, as it is background."""

import math
import zlib

from fle_marl.rendering.canvas import Canvas
from fle_marl.rendering.palette import (
    EDGE,
    LEAF,
    LEAF_LIGHT,
    ROCK,
    SHADOW,
    darker,
    lighter,
)
from fle_marl.rendering.scene import Entity
from fle_marl.rendering.surroundings import Surroundings

__all__ = ["draw_cliff", "draw_rock", "draw_tree"]


def draw_tree(canvas: Canvas, entity: Entity, _surroundings: Surroundings) -> None:
    """A crown of three discs, turned by where it stands."""
    spot = _spot(entity)
    if entity.name.startswith("dead") or entity.name.startswith("dry"):
        _bare_branches(canvas, spot)
        return
    size = 0.8 + spot % 5 * 0.06
    canvas.disc(0.1, 0.14, 0.6 * size, SHADOW)
    for index in range(3):
        angle = (spot % 360 + index * 120) / 360 * math.tau
        x, y = 0.24 * size * math.cos(angle), 0.24 * size * math.sin(angle)
        canvas.disc(x, y, 0.44 * size, darker(LEAF, 0.12 * index))
    canvas.disc(-0.1 * size, -0.12 * size, 0.26 * size, LEAF_LIGHT)


def draw_rock(canvas: Canvas, entity: Entity, _surroundings: Surroundings) -> None:
    """A boulder with a lit face."""
    spot = _spot(entity)
    rx, ry = max(entity.width, 1.0) * 0.5, max(entity.height, 1.0) * 0.45
    outline = []
    for step in range(9):
        reach = 0.82 + (spot >> step) % 4 * 0.06
        angle = step / 9 * math.tau
        outline.append((rx * reach * math.cos(angle), ry * reach * math.sin(angle)))
    canvas.at(0.1, 0.14).polygon(outline, SHADOW)
    canvas.polygon(outline, ROCK, outline=EDGE, width=0.06)
    lit = [(x * 0.55 - rx * 0.12, y * 0.5 - ry * 0.2) for x, y in outline]
    canvas.polygon(lit, lighter(ROCK, 0.18))


def draw_cliff(canvas: Canvas, entity: Entity, _surroundings: Surroundings) -> None:
    """A hatched step in the ground."""
    half = max(entity.width, entity.height) / 2
    canvas.line([(-half, 0), (half, 0)], darker(ROCK, 0.3), 0.3)
    for index in range(4):
        x = -half + (index + 0.5) * half / 2
        canvas.line([(x, 0), (x - 0.15, 0.45)], darker(ROCK, 0.3), 0.1)


def _bare_branches(canvas: Canvas, spot: int) -> None:
    bark = (118, 102, 84)
    for index in range(5):
        angle = (spot % 360 + index * 72) / 360 * math.tau
        canvas.line(
            [(0, 0), (0.42 * math.cos(angle), 0.42 * math.sin(angle))], bark, 0.08
        )


def _spot(entity: Entity) -> int:
    """A number that is always the same for the same place."""
    return zlib.crc32(f"{entity.x:.2f} {entity.y:.2f}".encode())
