"""Small marks for items, fluids and ores: one shape and one colour for each name.

Names that are not in the table get a shape by the end of the name and a colour by a
checksum of it, so that every item of the game, or of a mod, has a steady mark.
"""

import math
import zlib
from collections.abc import Callable, Mapping
from typing import Final, TypeAlias

from fle_marl.rendering.canvas import Canvas
from fle_marl.rendering.palette import AGENTS, HALO, Colour, blend, darker, lighter

__all__ = ["abbreviation", "draw_mark", "mark_colour"]

_COLOURS: Final[Mapping[str, Colour]] = {
    "iron": (124, 160, 190),
    "copper": (214, 132, 84),
    "coal": (30, 31, 33),
    "stone": (196, 178, 140),
    "uranium": (156, 198, 74),
    "steel": (196, 204, 212),
    "wood": (176, 138, 90),
    "crude-oil": (120, 84, 128),
    "heavy-oil": (150, 90, 60),
    "light-oil": (206, 162, 76),
    "petroleum-gas": (150, 120, 176),
    "lubricant": (110, 160, 96),
    "sulfuric-acid": (206, 206, 70),
    "sulfur": (232, 220, 90),
    "water": (84, 150, 200),
    "steam": (210, 218, 222),
    "plastic": (224, 226, 228),
    "electronic-circuit": (96, 176, 112),
    "advanced-circuit": (208, 92, 82),
    "processing-unit": (88, 122, 206),
    "automation-science": (206, 84, 84),
    "logistic-science": (96, 176, 96),
    "chemical-science": (88, 160, 214),
    "military-science": (110, 116, 124),
    "production-science": (160, 96, 190),
    "utility-science": (226, 198, 88),
    "space-science": (236, 236, 240),
}
"""By the beginning of the name; the longest beginning counts."""

_Shape: TypeAlias = Callable[[Canvas, float, Colour], None]


def mark_colour(name: str) -> Colour:
    """The colour of an item, fluid or resource."""
    fitting = [known for known in _COLOURS if name.startswith(known)]
    if fitting:
        return _COLOURS[max(fitting, key=len)]
    hue = AGENTS[zlib.crc32(name.encode()) % len(AGENTS)]
    return blend(hue, (190, 190, 190), 0.35)


def draw_mark(canvas: Canvas, name: str, x: float, y: float, size: float) -> None:
    """Draw the mark of an item or fluid.

    Args:
        canvas: in place.
        name: of the item or fluid.
        x: of the middle, in tiles.
        y: of the middle, in tiles.
        size: height in tiles.
    """
    _shape_of(name)(canvas.at(x, y), size / 2, mark_colour(name))


def abbreviation(name: str) -> str:
    """Up to four letters that stand for a name: ``IGW`` for ``iron-gear-wheel``."""
    words = [word for word in name.replace("_", "-").split("-") if word]
    if len(words) == 1:
        return words[0][:3].upper()
    return "".join(word[0] for word in words[:4]).upper()


def _edge(colour: Colour) -> Colour:
    return (150, 152, 156) if sum(colour[:3]) < 150 else HALO


def _lump(canvas: Canvas, radius: float, colour: Colour) -> None:
    corners = [
        (0.0, 1.0),
        (0.2, 0.86),
        (0.36, 1.0),
        (0.52, 0.84),
        (0.68, 1.0),
        (0.84, 0.9),
    ]
    points = [
        (
            radius * share * math.cos(turn * math.tau),
            radius * share * math.sin(turn * math.tau),
        )
        for turn, share in corners
    ]
    canvas.polygon(points, colour, outline=_edge(colour), width=radius * 0.22)


def _plate(canvas: Canvas, radius: float, colour: Colour) -> None:
    lean, half = radius * 0.28, radius * 0.72
    points = [
        (-radius + lean, -half),
        (radius, -half),
        (radius - lean, half),
        (-radius, half),
    ]
    canvas.polygon(points, colour, outline=_edge(colour), width=radius * 0.22)
    shine = lighter(colour, 0.5)
    canvas.line(
        [(-half + lean, -half * 0.4), (half, -half * 0.4)], shine, radius * 0.16
    )


def _gear(canvas: Canvas, radius: float, colour: Colour) -> None:
    points = []
    for step in range(16):
        reach = radius if step % 4 in (0, 1) else radius * 0.74
        angle = (step + 0.5) / 16 * math.tau
        points.append((reach * math.cos(angle), reach * math.sin(angle)))
    canvas.polygon(points, colour, outline=HALO, width=radius * 0.2)
    canvas.disc(0, 0, radius * 0.32, HALO)


def _coil(canvas: Canvas, radius: float, colour: Colour) -> None:
    canvas.disc(0, 0, radius, HALO)
    canvas.disc(0, 0, radius * 0.86, colour)
    canvas.disc(0, 0, radius * 0.56, HALO)
    canvas.disc(0, 0, radius * 0.38, colour)


def _chip(canvas: Canvas, radius: float, colour: Colour) -> None:
    for side in (-0.5, 0.0, 0.5):
        pins = [(-radius, side * radius), (radius, side * radius)]
        canvas.line(pins, lighter(colour, 0.6), radius * 0.16)
    half = radius * 0.74
    canvas.box(-half, -half, half, half, colour, outline=HALO, width=radius * 0.2)


def _flask(canvas: Canvas, radius: float, colour: Colour) -> None:
    points = [
        (-0.26, -0.95),
        (0.26, -0.95),
        (0.26, -0.3),
        (0.85, 0.95),
        (-0.85, 0.95),
        (-0.26, -0.3),
    ]
    scaled = [(x * radius, y * radius) for x, y in points]
    canvas.polygon(scaled, colour, outline=HALO, width=radius * 0.22)


def _drop(canvas: Canvas, radius: float, colour: Colour) -> None:
    points = [(0.0, -radius)]
    for step in range(13):
        angle = math.radians(-20 + step / 12 * 220)
        points.append(
            (0.72 * radius * math.cos(angle), radius * (0.28 + 0.72 * math.sin(angle)))
        )
    canvas.polygon(points, colour, outline=HALO, width=radius * 0.2)


def _crate(canvas: Canvas, radius: float, colour: Colour) -> None:
    half = radius * 0.85
    canvas.box(
        -half,
        -half,
        half,
        half,
        colour,
        outline=darker(colour, 0.6),
        width=radius * 0.2,
        radius=radius * 0.25,
    )


_SHAPES: Final[Mapping[str, _Shape]] = {
    "ore": _lump,
    "coal": _lump,
    "stone": _lump,
    "sulfur": _lump,
    "plate": _plate,
    "brick": _plate,
    "bar": _plate,
    "wheel": _gear,
    "cable": _coil,
    "circuit": _chip,
    "unit": _chip,
    "pack": _flask,
    "water": _drop,
    "steam": _drop,
    "oil": _drop,
    "gas": _drop,
    "acid": _drop,
    "lubricant": _drop,
}
"""By the last word of the name."""


def _shape_of(name: str) -> _Shape:
    return _SHAPES.get(name.rsplit("-", 1)[-1], _crate)
