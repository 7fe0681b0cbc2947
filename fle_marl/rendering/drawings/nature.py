"""Trees, rocks, cliffs and fish: what nobody built. Kept quiet, as it is background."""

import math
import zlib
from itertools import pairwise
from typing import Final

from fle_marl.rendering.canvas import Canvas
from fle_marl.rendering.palette import (
    CLIFF,
    EDGE,
    FISH,
    LEAF,
    LEAF_LIGHT,
    ROCK,
    SHADOW,
    darker,
    lighter,
)
from fle_marl.rendering.scene import Entity
from fle_marl.rendering.surroundings import Surroundings

__all__ = ["draw_cliff", "draw_fish", "draw_rock", "draw_tree"]

_CLIFF_SIDES: Final = {
    "north": (0.0, -2.0),
    "east": (2.0, 0.0),
    "south": (0.0, 2.0),
    "west": (-2.0, 0.0),
}
"""Where cliffs meet. Source: prototype cliff, grid_size."""
_CLIFF_STEPS: Final = 4
_CLIFF_FACE: Final = 0.8
"""How wide the slope is shown, tiles."""


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
    """A step in the ground from side to side of its square, hatched downhill."""
    start, _, end = (entity.cliff_orientation or "west-to-east").partition("-to-")
    # its square is half a tile further up. Source: prototype cliff, grid_offset
    way = _cliff_way(start, end)
    way = [(x, y - 0.5) for x, y in way]
    crest, face = lighter(CLIFF, 0.1), darker(CLIFF, 0.35)
    for (x, y), (next_x, next_y) in pairwise(way):
        # right of the way it goes down
        down_x, down_y = y - next_y, next_x - x
        scale = _CLIFF_FACE / math.hypot(down_x, down_y)
        down_x, down_y = down_x * scale, down_y * scale
        foot = [(next_x + down_x, next_y + down_y), (x + down_x, y + down_y)]
        canvas.polygon([(x, y), (next_x, next_y), *foot], face)
    for (x, y), (next_x, next_y) in pairwise(way):
        down_x, down_y = y - next_y, next_x - x
        scale = _CLIFF_FACE / math.hypot(down_x, down_y)
        middle = (x + next_x) / 2, (y + next_y) / 2
        tip = middle[0] + down_x * scale, middle[1] + down_y * scale
        canvas.line([middle, tip], crest, 0.1)
    canvas.line(way, crest, 0.3)


def _cliff_way(start: str, end: str) -> list[tuple[float, float]]:
    """Points along a cliff, around the middle of its square, tiles."""
    first, last = _CLIFF_SIDES.get(start, (0, 0)), _CLIFF_SIDES.get(end, (0, 0))
    points = []
    for step in range(_CLIFF_STEPS + 1):
        share = step / _CLIFF_STEPS
        # bent towards the middle where it turns
        near, far = (1 - share) ** 2, share**2
        if "none" in (start, end):
            near, far = 1 - share, share
        points.append(
            (first[0] * near + last[0] * far, first[1] * near + last[1] * far)
        )
    return points


def draw_fish(canvas: Canvas, entity: Entity, _surroundings: Surroundings) -> None:
    """A body and a tail, turned either way."""
    facing = 1 if _spot(entity) % 2 else -1
    tail = [(-0.15 * facing, 0.0), (-0.45 * facing, -0.2), (-0.45 * facing, 0.2)]
    canvas.polygon(tail, FISH)
    canvas.disc(0.05 * facing, 0.0, 0.24, FISH)


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
