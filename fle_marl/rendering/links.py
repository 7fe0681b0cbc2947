"""Lines between things: wires of poles, underground connections, ways of characters."""

import math
from collections.abc import Iterable, Mapping
from itertools import pairwise
from typing import Final

from fle_marl.rendering.canvas import Canvas, Position
from fle_marl.rendering.palette import INK_DIM, UNDERGROUND_LINK, WIRE, Colour
from fle_marl.rendering.scene import Entity, Path, Point

__all__ = ["draw_paths", "draw_underground_links", "draw_wires"]

_SAG: Final = 0.05
"""How far a wire hangs down in its middle, as a share of its length."""

_UNDERGROUND_TYPES: Final = frozenset({"underground-belt", "pipe-to-ground"})


def draw_wires(canvas: Canvas, entities: Iterable[Entity]) -> None:
    """Draw every wire once, hanging a little."""
    wires = {
        _unordered((entity.x, entity.y), (end.x, end.y))
        for entity in entities
        for end in entity.wires
    }
    for first, last in sorted(wires):
        canvas.line(_hanging(first, last), WIRE, 0.05)


def draw_underground_links(canvas: Canvas, entities: Iterable[Entity]) -> None:
    """Draw a broken line between the two ends of each underground belt or pipe."""
    links = {
        _unordered((entity.x, entity.y), (end.x, end.y))
        for entity in entities
        if entity.type in _UNDERGROUND_TYPES
        for end in _optional(entity.connected_to)
    }
    for first, last in sorted(links):
        length = math.dist(first, last)
        if length <= 1.0:
            continue
        step = ((last[0] - first[0]) / length, (last[1] - first[1]) / length)
        start = (first[0] + step[0] * 0.5, first[1] + step[1] * 0.5)
        end = (last[0] - step[0] * 0.5, last[1] - step[1] * 0.5)
        canvas.dashes(start, end, UNDERGROUND_LINK, width=0.12)


def draw_paths(
    canvas: Canvas, paths: Iterable[Path], colours: Mapping[str, Colour]
) -> None:
    """Draw ways as broken lines in the colours of the characters of their names."""
    for path in paths:
        colour = colours.get(path.name, INK_DIM)
        places = [(point.x, point.y) for point in path.points]
        for start, end in pairwise(places):
            canvas.dashes(start, end, colour, width=0.1, dash=0.3)


def _optional(point: Point | None) -> tuple[Point, ...]:
    return () if point is None else (point,)


def _unordered(first: Position, last: Position) -> tuple[Position, Position]:
    return (first, last) if first <= last else (last, first)


def _hanging(first: Position, last: Position) -> list[Position]:
    sag = math.dist(first, last) * _SAG
    points = []
    for index in range(13):
        share = index / 12
        points.append(
            (
                first[0] + (last[0] - first[0]) * share,
                first[1] + (last[1] - first[1]) * share + 4 * sag * share * (1 - share),
            )
        )
    return points
