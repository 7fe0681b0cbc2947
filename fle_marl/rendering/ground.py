"""The ground of a picture: earth, water with a shore, ore, the tile grid."""

import math
import zlib
from collections.abc import Iterable
from typing import Final

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageFilter

from fle_marl.rendering.canvas import Canvas
from fle_marl.rendering.marks import draw_mark, mark_colour
from fle_marl.rendering.palette import (
    EDGE,
    GRID,
    GRID_STRONG,
    GROUND,
    GROUND_SHADE,
    INK,
    SHORE,
    WATER,
    WATER_DEEP,
    WATER_RIPPLE,
    Colour,
    darker,
    lighter,
)
from fle_marl.rendering.scene import Area, Resource, WaterRun

__all__ = [
    "draw_grid",
    "draw_resources",
    "draw_ripples",
    "grid_step",
    "paint_earth",
    "paint_water",
]

FULL_ORE_AMOUNT: Final = 10_000
"""Ore in a tile at which it is drawn at its densest: what the lab map starts with."""

WELL_RESOURCES: Final = frozenset({"crude-oil"})
"""Resources that come as single wells, not as fields."""

_PAD: Final = 3
_BLUR_PX: Final = 8
"""Pixels a tile at which outlines are rounded before they are enlarged."""

_EDGE_SHARPNESS: Final = 0.8
"""Makes the rim of a rounded mask two or three pixels soft at every scale."""

_SMALLEST_PEBBLE_SCALE: Final = 9.0


def paint_earth(image: Image.Image, area: Area) -> None:
    """Fill the image with softly mottled ground, in place.

    Args:
        image: RGB, of the whole area.
        area: in whole tiles; the mottling depends on the place in the world only.
    """
    cell = 3.0
    left, top = math.floor(area.left / cell) - 1, math.floor(area.top / cell) - 1
    columns = math.ceil(area.right / cell) + 1 - left
    rows = math.ceil(area.bottom / cell) + 1 - top
    noise = Image.fromarray(_noise(left, top, columns, rows))
    box = (
        area.left / cell - left,
        area.top / cell - top,
        area.right / cell - left,
        area.bottom / cell - top,
    )
    mask = noise.resize(image.size, Image.Resampling.BICUBIC, box=box)
    image.paste(GROUND, (0, 0, *image.size))
    image.paste(GROUND_SHADE, (0, 0), mask)


def paint_water(image: Image.Image, area: Area, runs: Iterable[WaterRun]) -> None:
    """Paint lakes with a shore and a deeper middle, in place."""
    tiles = _water_tiles(area, runs)
    if not tiles.any():
        return
    for blur_tiles, level, colour in (
        (0.6, 0.22, SHORE),
        (0.45, 0.5, WATER),
        (1.0, 0.93, WATER_DEEP),
    ):
        mask = _rounded_mask(tiles, image.size, blur_tiles, level)
        image.paste(colour, (0, 0), mask)


def draw_ripples(canvas: Canvas, area: Area, runs: Iterable[WaterRun]) -> None:
    """Short waves on some of the water tiles that have water all around."""
    tiles = _water_tiles(area, runs)
    inner = tiles[1:-1, 1:-1] & tiles[:-2, 1:-1] & tiles[2:, 1:-1]
    inner &= tiles[1:-1, :-2] & tiles[1:-1, 2:]
    for row, column in np.argwhere(inner):
        x, y = (
            int(area.left) + int(column) + 1 - _PAD,
            int(area.top) + int(row) + 1 - _PAD,
        )
        if _spot(x, y) % 11 == 0:
            wave = [(x + 0.1 + 0.2 * i, y + 0.5 + 0.07 * (-1) ** i) for i in range(5)]
            canvas.line(wave, WATER_RIPPLE, 0.06)


def draw_resources(
    image: Image.Image, canvas: Canvas, area: Area, resources: Iterable[Resource]
) -> None:
    """Paint ore fields and oil wells, in place; richer tiles hold more pebbles.

    Args:
        image: RGB, of the whole area.
        canvas: on the same image.
        area: in whole tiles.
        resources: in any order.
    """
    fields: dict[str, list[Resource]] = {}
    for one in resources:
        if area.touches(one.x, one.y, 1.5) and one.amount > 0:
            fields.setdefault(one.name, []).append(one)
    for name in sorted(fields):
        if name in WELL_RESOURCES:
            for well in fields[name]:
                _draw_well(canvas, well)
        else:
            _draw_field(image, canvas, area, fields[name])


def draw_grid(canvas: Canvas, area: Area) -> None:
    """Faint lines between tiles, stronger ones at the numbers of the border."""
    step = grid_step(canvas.px_per_tile)
    has_fine_lines = canvas.px_per_tile >= 10
    for x in range(int(area.left), int(area.right) + 1):
        if x % step == 0 or has_fine_lines:
            colour = GRID_STRONG if x % step == 0 else GRID
            canvas.line([(x, area.top), (x, area.bottom)], colour, 0.0)
    for y in range(int(area.top), int(area.bottom) + 1):
        if y % step == 0 or has_fine_lines:
            colour = GRID_STRONG if y % step == 0 else GRID
            canvas.line([(area.left, y), (area.right, y)], colour, 0.0)


def grid_step(px_per_tile: float) -> int:
    """Tiles between the numbers on the border: at least 60 pixels."""
    for step in (1, 2, 5, 10, 20, 50, 100):
        if step * px_per_tile >= 60:
            return step
    return 200


def _draw_field(
    image: Image.Image, canvas: Canvas, area: Area, field: list[Resource]
) -> None:
    colour = mark_colour(field[0].name)
    shares = np.zeros(_padded_shape(area), dtype=np.float32)
    for one in field:
        row = math.floor(one.y) - int(area.top) + _PAD
        column = math.floor(one.x) - int(area.left) + _PAD
        shares[row, column] = max(shares[row, column], _share(one.amount))
    outline = _rounded_mask(shares > 0, image.size, 0.4, 0.42)
    strength = _resized(Image.fromarray((shares * 255).astype(np.uint8)), image.size)
    has_pebbles = canvas.px_per_tile >= _SMALLEST_PEBBLE_SCALE
    least, more = (0.16, 0.26) if has_pebbles else (0.3, 0.5)
    tint = np.asarray(outline, dtype=np.float32) * (
        least + more * np.asarray(strength, dtype=np.float32) / 255
    )
    image.paste(colour, (0, 0), Image.fromarray(tint.astype(np.uint8)))
    if has_pebbles:
        for one in field:
            _draw_pebbles(canvas, one, colour)


def _share(amount: float) -> float:
    """How full a tile looks, 0 to 1; the root keeps poor tiles visible."""
    return math.sqrt(min(1.0, amount / FULL_ORE_AMOUNT))


def _draw_pebbles(canvas: Canvas, one: Resource, colour: Colour) -> None:
    tile_x, tile_y = math.floor(one.x), math.floor(one.y)
    spot = _spot(tile_x, tile_y)
    count = 1 + round(5 * _share(one.amount))
    edge = lighter(colour, 0.22) if sum(colour[:3]) < 150 else darker(colour, 0.45)
    for index in range(count):
        # places of a low-discrepancy sequence never lump together
        x = (spot / 997 + (index + 1) * 0.7548776662) % 1.0
        y = (spot / 1009 + (index + 1) * 0.5698402910) % 1.0
        radius = 0.10 + (spot >> (index + 3)) % 4 * 0.018
        place = canvas.at(tile_x + 0.1 + 0.8 * x, tile_y + 0.1 + 0.8 * y)
        place.disc(0, 0, radius, edge)
        place.disc(-0.012, -0.02, radius * 0.74, colour)


def _draw_well(canvas: Canvas, well: Resource) -> None:
    place = canvas.at(well.x, well.y)
    colour = mark_colour(well.name)
    spot = _spot(math.floor(well.x), math.floor(well.y))
    for index in range(5):
        angle = (spot % 360 + index * 72) / 360 * math.tau
        x, y = 0.62 * math.cos(angle), 0.62 * math.sin(angle)
        place.disc(x, y, 0.5 - 0.05 * (index % 3), darker(colour, 0.55))
    place.disc(0, 0, 0.85, darker(colour, 0.7))
    place.disc(0, 0, 0.5, colour, outline=EDGE)
    draw_mark(place, well.name, 0, 0, 0.6)
    place.disc(-0.1, -0.05, 0.06, INK)


def _noise(left: int, top: int, columns: int, rows: int) -> NDArray[np.uint8]:
    """Random bytes by place: uint8[rows, columns]."""
    xs = (np.arange(left, left + columns) & 0xFFFFFFFF).astype(np.uint32)
    ys = (np.arange(top, top + rows) & 0xFFFFFFFF).astype(np.uint32)
    mixed = xs[None, :] * np.uint32(374761393) + ys[:, None] * np.uint32(668265263)
    mixed = (mixed ^ (mixed >> np.uint32(13))) * np.uint32(1274126177)
    noise: NDArray[np.uint8] = (mixed >> np.uint32(24)).astype(np.uint8)
    return noise


def _spot(x: int, y: int) -> int:
    """A number that is always the same for the same tile."""
    return zlib.crc32(b"%d %d" % (x, y))


def _padded_shape(area: Area) -> tuple[int, int]:
    return int(area.height) + 2 * _PAD, int(area.width) + 2 * _PAD


def _water_tiles(area: Area, runs: Iterable[WaterRun]) -> NDArray[np.bool_]:
    """Which tiles are water: bool[height + 6, width + 6], three tiles around."""
    tiles = np.zeros(_padded_shape(area), dtype=np.bool_)
    height, width = tiles.shape
    for run in runs:
        row = run.y - int(area.top) + _PAD
        first = run.x - int(area.left) + _PAD
        if 0 <= row < height:
            tiles[row, max(0, first) : max(0, min(width, first + run.length))] = True
    return tiles


def _rounded_mask(
    tiles: NDArray[np.bool_], size: tuple[int, int], blur_tiles: float, level: float
) -> Image.Image:
    """A mask of tiles with round corners: L, of the area without its padding.

    Args:
        tiles: bool[height + 6, width + 6].
        size: of the mask in pixels.
        blur_tiles: how round.
        level: share of the blurred tiles at which the edge lies; lower is wider.
    """
    coarse = Image.fromarray(tiles.astype(np.uint8) * 255)
    large = (coarse.width * _BLUR_PX, coarse.height * _BLUR_PX)
    soft = coarse.resize(large, Image.Resampling.NEAREST).filter(
        ImageFilter.GaussianBlur(_BLUR_PX * blur_tiles)
    )
    px_per_tile = size[0] / (tiles.shape[1] - 2 * _PAD)
    steepness = max(4.0, px_per_tile * blur_tiles * _EDGE_SHARPNESS)
    ramp = [
        min(255, max(0, round((value - level * 255) * steepness + 128)))
        for value in range(256)
    ]
    return _resized(soft, size, _PAD * _BLUR_PX).point(ramp)


def _resized(
    padded: Image.Image, size: tuple[int, int], pad_px: int = _PAD
) -> Image.Image:
    """Cut the padding off a picture of tiles and enlarge the rest to a size."""
    box = (pad_px, pad_px, padded.width - pad_px, padded.height - pad_px)
    return padded.resize(size, Image.Resampling.BICUBIC, box=box)
