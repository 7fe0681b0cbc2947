"""A drawing surface measured in tiles.

Drawings of entities are made around their own centre, facing north; `Canvas.at` gives a
canvas that is moved and turned there. The surface is larger than the picture by the
oversampling, and the picture is made by averaging down, which smooths every edge.
"""

import math
from collections.abc import Sequence
from functools import lru_cache
from typing import Final, TypeAlias

from PIL import Image, ImageDraw, ImageFont

from fle_marl.rendering.palette import Colour

__all__ = ["Canvas", "Position", "load_font"]

Position: TypeAlias = tuple[float, float]

_QUARTERS: Final = ((1, 0, 0, 1), (0, -1, 1, 0), (-1, 0, 0, -1), (0, 1, -1, 0))
"""Clockwise turns by 0, 90, 180, 270 degrees as (xx, xy, yx, yy), y south."""

_SMALLEST_TEXT_PX: Final = 7


@lru_cache(maxsize=64)
def load_font(size_px: int) -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    """The font that comes with Pillow, at this height."""
    return ImageFont.load_default(size=size_px)


class Canvas:
    """Draws shapes given in tiles onto an image.

    Args:
        image: RGB image to draw on, in place.
        px_per_tile: pixels of the finished picture for a tile.
        oversampling: how many times larger than the picture the image is.
        left: x in tiles at the image's left edge.
        top: y in tiles at the image's top edge.
    """

    def __init__(
        self,
        image: Image.Image,
        *,
        px_per_tile: float,
        oversampling: int = 1,
        left: float = 0.0,
        top: float = 0.0,
    ) -> None:
        self.px_per_tile = px_per_tile
        self._oversampling = oversampling
        self._scale = px_per_tile * oversampling
        self._draw = ImageDraw.Draw(image, "RGBA")
        self._offset = (-left, -top)
        self._turn = _QUARTERS[0]

    def at(self, x: float, y: float, quarter_turns: int = 0) -> "Canvas":
        """The same surface with its zero point here, turned clockwise."""
        moved = object.__new__(Canvas)
        moved.__dict__.update(self.__dict__)
        a, b, c, d = self._turn
        moved._offset = (
            self._offset[0] + a * x + b * y,
            self._offset[1] + c * x + d * y,
        )
        e, f, g, h = _QUARTERS[quarter_turns % 4]
        moved._turn = (a * e + b * g, a * f + b * h, c * e + d * g, c * f + d * h)
        return moved

    def zoomed(self, times: float) -> "Canvas":
        """The same surface and zero point with tiles this many times as large."""
        zoomed = object.__new__(Canvas)
        zoomed.__dict__.update(self.__dict__)
        zoomed.px_per_tile *= times
        zoomed._scale *= times
        zoomed._offset = (self._offset[0] / times, self._offset[1] / times)
        return zoomed

    def polygon(
        self,
        points: Sequence[Position],
        fill: Colour | None,
        *,
        outline: Colour | None = None,
        width: float = 0.06,
    ) -> None:
        """A closed shape; the outline lies half outside."""
        places = self._places(points)
        if fill is not None:
            self._draw.polygon(places, fill=fill)
        if outline is not None:
            closed = [*places, *places[:2]]
            self._draw.line(closed, outline, self._width(width), joint="curve")

    def box(  # noqa: PLR0913 - four sides, then the style
        self,
        left: float,
        top: float,
        right: float,
        bottom: float,
        fill: Colour | None,
        *,
        outline: Colour | None = None,
        width: float = 0.06,
        radius: float = 0.0,
    ) -> None:
        """A rectangle with rounded corners; the outline lies inside."""
        corners = self._bounds([(left, top), (right, bottom)])
        self._draw.rounded_rectangle(
            corners,
            radius=radius * self._scale,
            fill=fill,
            outline=outline,
            width=self._width(width) if outline is not None else 0,
        )

    def disc(
        self,
        x: float,
        y: float,
        radius: float,
        fill: Colour | None,
        *,
        outline: Colour | None = None,
        width: float = 0.06,
    ) -> None:
        """A circle; the outline lies inside."""
        (px, py), r = self._places([(x, y)])[0], radius * self._scale
        self._draw.ellipse(
            (px - r, py - r, px + r, py + r),
            fill=fill,
            outline=outline,
            width=self._width(width) if outline is not None else 0,
        )

    def line(
        self, points: Sequence[Position], colour: Colour, width: float = 0.08
    ) -> None:
        """A line through the points with round ends and corners."""
        places = self._places(points)
        width_px = self._width(width)
        self._draw.line(places, colour, width_px, joint="curve")
        is_opaque = len(colour) == 3
        if is_opaque and width_px > 2:
            r = width_px / 2
            for px, py in (places[0], places[-1]):
                self._draw.ellipse((px - r, py - r, px + r, py + r), fill=colour)

    def dashes(
        self,
        start: Position,
        end: Position,
        colour: Colour,
        *,
        width: float = 0.08,
        dash: float = 0.2,
    ) -> None:
        """A straight broken line; gaps are as long as dashes."""
        length = math.dist(start, end)
        count = min(max(1, round(length / dash / 2)), 4096)
        for index in range(count):
            first, last = index / count, (index + 0.5) / count
            ends = [
                (
                    start[0] + (end[0] - start[0]) * share,
                    start[1] + (end[1] - start[1]) * share,
                )
                for share in (first, last)
            ]
            self.line(ends, colour, width)

    def text(
        self,
        x: float,
        y: float,
        text: str,
        *,
        size: float,
        colour: Colour,
        halo: Colour | None = None,
    ) -> None:
        """Text centred here, upright however the canvas is turned.

        Args:
            x: tiles.
            y: tiles.
            text: one line.
            size: height of the font in tiles; too small to read is not drawn.
            colour: of the letters.
            halo: of a thin edge around them.
        """
        if size * self.px_per_tile < _SMALLEST_TEXT_PX:
            return
        place = self._places([(x, y)])[0]
        self._draw.text(
            place,
            text,
            fill=colour,
            font=load_font(round(size * self._scale)),
            anchor="mm",
            stroke_width=self._oversampling if halo is not None else 0,
            stroke_fill=halo,
        )

    def _width(self, tiles: float) -> int:
        return max(self._oversampling, round(tiles * self._scale))

    def _places(self, points: Sequence[Position]) -> list[Position]:
        a, b, c, d = self._turn
        (dx, dy), scale = self._offset, self._scale
        return [
            ((dx + a * x + b * y) * scale, (dy + c * x + d * y) * scale)
            for x, y in points
        ]

    def _bounds(self, points: Sequence[Position]) -> tuple[float, float, float, float]:
        places = self._places(points)
        xs, ys = [x for x, _ in places], [y for _, y in places]
        return min(xs), min(ys), max(xs), max(ys)
