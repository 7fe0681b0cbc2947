"""Around the map: title, game time, coordinates on the border, scale bar, legend."""

import math
from typing import Final

from PIL import Image, ImageDraw

from fle_marl.rendering.canvas import load_font
from fle_marl.rendering.ground import grid_step
from fle_marl.rendering.legend import draw_legend, legend_height_px, legend_of
from fle_marl.rendering.lettering import fit_line, game_time
from fle_marl.rendering.palette import HALO, INK, INK_DIM, PAPER, with_alpha
from fle_marl.rendering.scene import Area, Scene

__all__ = ["framed"]

_LEFT_PX: Final = 52
_RIGHT_PX: Final = 22
_RULER_PX: Final = 24
_BOTTOM_PX: Final = 14
_TITLE_ROW_PX: Final = 46
_TITLE_SIZE_PX: Final = 20
_SMALL_PX: Final = 13
_SMALLEST_WIDTH_PX: Final = 900
"""Of a picture with a title or a legend, so that they have room."""


def framed(
    map_image: Image.Image,
    scene: Scene,
    area: Area,
    *,
    px_per_tile: float,
    title: str | None,
    legend: bool,
) -> Image.Image:
    """Put a map into its frame.

    Args:
        map_image: RGB, the finished map.
        scene: what is inside the area.
        area: that the map shows.
        px_per_tile: of the map.
        title: one line; None for none.
        legend: whether to say what appears.

    Returns:
        RGB picture: at least 900 pixels wide if it has a title or a legend.
    """
    groups = legend_of(scene) if legend else []
    has_title_row = title is not None or legend
    width = map_image.width + _LEFT_PX + _RIGHT_PX
    if has_title_row:
        width = max(width, _SMALLEST_WIDTH_PX)
    map_top = _RULER_PX + (_TITLE_ROW_PX if has_title_row else 0)
    legend_top = map_top + map_image.height + _BOTTOM_PX
    map_left = _LEFT_PX + (width - _LEFT_PX - _RIGHT_PX - map_image.width) // 2
    height = legend_top + legend_height_px(groups, width)
    picture = Image.new("RGB", (width, height), PAPER)
    picture.paste(map_image, (map_left, map_top))
    if has_title_row:
        _draw_title(picture, title or "", game_time(scene.tick))
    _draw_rulers(picture, (map_left, map_top), area, px_per_tile)
    corner = (map_left + map_image.width, map_top + map_image.height)
    _draw_scale_bar(picture, corner, area, px_per_tile)
    draw_legend(picture, groups, legend_top, _RIGHT_PX)
    return picture


def _draw_title(picture: Image.Image, title: str, time: str) -> None:
    draw = ImageDraw.Draw(picture)
    y = _TITLE_ROW_PX // 2 + 2
    small = load_font(_SMALL_PX + 1)
    time_px = small.getlength(time)
    right = picture.width - _RIGHT_PX
    draw.text((right, y), time, INK_DIM, small, anchor="rm")
    room = right - time_px - 24 - _RIGHT_PX
    line = fit_line(title, _TITLE_SIZE_PX, room)
    draw.text((_RIGHT_PX, y), line, INK, load_font(_TITLE_SIZE_PX), anchor="lm")


def _draw_rulers(
    picture: Image.Image, corner: tuple[int, int], area: Area, px_per_tile: float
) -> None:
    """Numbers and ticks on the upper and left border, at the stronger grid lines."""
    draw = ImageDraw.Draw(picture)
    font = load_font(_SMALL_PX)
    left, top = corner
    step = grid_step(px_per_tile)
    for tile in range(math.ceil(area.left / step) * step, int(area.right) + 1, step):
        x = left + (tile - area.left) * px_per_tile
        draw.line([(x, top - 5), (x, top - 1)], INK_DIM)
        draw.text((x, top - 8), str(tile), INK_DIM, font, anchor="mb")
    for tile in range(math.ceil(area.top / step) * step, int(area.bottom) + 1, step):
        y = top + (tile - area.top) * px_per_tile
        draw.line([(left - 5, y), (left - 1, y)], INK_DIM)
        draw.text((left - 9, y), str(tile), INK_DIM, font, anchor="rm")


def _draw_scale_bar(
    picture: Image.Image, corner: tuple[int, int], area: Area, px_per_tile: float
) -> None:
    """A bar of a round number of tiles in the lower right corner of the map."""
    tiles = max(
        [size for size in (1, 2, 5, 10, 20, 50, 100) if size <= area.width / 6],
        default=1,
    )
    length = tiles * px_per_tile
    draw = ImageDraw.Draw(picture, "RGBA")
    right, bottom = corner[0] - 20, corner[1] - 16
    left = right - length
    draw.rounded_rectangle(
        (left - 10, bottom - 26, right + 10, bottom + 8), 6, with_alpha(HALO, 170)
    )
    label = f"{tiles} tiles" if tiles > 1 else "1 tile"
    middle = ((left + right) / 2, bottom - 13)
    draw.text(middle, label, INK, load_font(_SMALL_PX), anchor="mm")
    draw.line([(left, bottom), (right, bottom)], INK, 2)
    for x in (left, right):
        draw.line([(x, bottom - 4), (x, bottom + 4)], INK, 2)
