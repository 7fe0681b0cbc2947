"""The figures of the agents and their names."""

import math
from collections.abc import Sequence
from typing import Final, TypeAlias

from PIL import Image, ImageDraw

from fle_marl.rendering.canvas import Canvas, load_font
from fle_marl.rendering.drawings.shapes import arc
from fle_marl.rendering.lettering import clean_line
from fle_marl.rendering.palette import AGENTS, HALO, INK, SHADOW, Colour, with_alpha
from fle_marl.rendering.scene import Area, Character

__all__ = ["agent_colours", "draw_figure", "draw_figures", "draw_names"]

_Box: TypeAlias = tuple[float, float, float, float]

_SMALLEST_FIGURE_PX: Final = 24.0
_NAME_SIZE_PX: Final = 14


def agent_colours(characters: Sequence[Character]) -> dict[str, Colour]:
    """The colour of each character, by its place in the list."""
    return {
        one.name: AGENTS[index % len(AGENTS)] for index, one in enumerate(characters)
    }


def draw_figures(canvas: Canvas, characters: Sequence[Character]) -> None:
    """Draw all figures, in place."""
    colours = agent_colours(characters)
    size = _figure_tiles(canvas.px_per_tile)
    for one in characters:
        draw_figure(canvas.at(one.x, one.y), colours[one.name], size)


def draw_figure(canvas: Canvas, colour: Colour, size: float) -> None:
    """A head over shoulders, standing on a round shadow.

    Args:
        canvas: in place; its zero is where the figure stands.
        colour: of the agent.
        size: height in tiles.
    """
    half = size / 2
    canvas.disc(0, half * 0.55, half * 0.75, SHADOW)
    shoulders = canvas.at(0, half * 0.8)
    for grow, shade in ((0.14, HALO), (0.0, colour)):
        reach = half * (0.66 + grow)
        bottom = half * grow
        shoulders.polygon(
            [*arc(reach, 180, 360), (reach, bottom), (-reach, bottom)], shade
        )
    canvas.disc(0, -half * 0.28, half * 0.52, HALO)
    canvas.disc(0, -half * 0.28, half * 0.4, colour)
    canvas.disc(-half * 0.12, -half * 0.4, half * 0.12, with_alpha(INK, 150))


def draw_names(
    image: Image.Image,
    characters: Sequence[Character],
    area: Area,
    px_per_tile: float,
) -> None:
    """Write each name beside its figure, where no other name is, in place.

    Args:
        image: RGB, the finished map.
        characters: of the scene.
        area: that the map shows.
        px_per_tile: of the map.
    """
    draw = ImageDraw.Draw(image, "RGBA")
    font = load_font(_NAME_SIZE_PX)
    colours = agent_colours(characters)
    reach = _figure_tiles(px_per_tile) / 2 * px_per_tile
    taken: list[_Box] = []
    for one in characters:
        if not area.touches(one.x, one.y, 0.0):
            continue
        text = clean_line(one.name, longest=24)
        width, height = math.ceil(font.getlength(text)) + 14, _NAME_SIZE_PX + 8
        x, y = (one.x - area.left) * px_per_tile, (one.y - area.top) * px_per_tile
        box = _free_place(x, y, (width, height), reach, taken, image.size)
        taken.append(box)
        colour = colours[one.name]
        draw.rounded_rectangle(box, 6, with_alpha(HALO, 225), outline=colour, width=2)
        middle = ((box[0] + box[2]) / 2, (box[1] + box[3]) / 2)
        draw.text(middle, text, fill=INK, font=font, anchor="mm")


def _figure_tiles(px_per_tile: float) -> float:
    return max(1.3, _SMALLEST_FIGURE_PX / px_per_tile)


def _free_place(
    x: float,
    y: float,
    size: tuple[float, float],
    reach: float,
    taken: Sequence[_Box],
    room: tuple[int, int],
) -> _Box:
    """The first box above, below or beside a figure that hides no other name."""
    width, height = size
    above, below = y - reach - height - 2, y + reach + 3
    beside = y - height / 2
    places = [
        (x - width / 2, above),
        (x - width / 2, below),
        (x + reach + 3, beside),
        (x - reach - 3 - width, beside),
        *((x - width / 2, above - step * (height + 2)) for step in range(1, 9)),
    ]
    boxes = [_kept_inside(left, top, size, room) for left, top in places]
    free = [box for box in boxes if not any(_overlap(box, one) for one in taken)]
    return free[0] if free else boxes[0]


def _kept_inside(
    left: float, top: float, size: tuple[float, float], room: tuple[int, int]
) -> _Box:
    left = max(2.0, min(left, room[0] - size[0] - 3.0))
    top = max(2.0, min(top, room[1] - size[1] - 3.0))
    return left, top, left + size[0], top + size[1]


def _overlap(first: _Box, second: _Box) -> bool:
    return (
        first[0] < second[2]
        and second[0] < first[2]
        and first[1] < second[3]
        and second[1] < first[3]
    )
