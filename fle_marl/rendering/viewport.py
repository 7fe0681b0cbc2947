"""Which part of the world a picture shows, and how large."""

import math
from statistics import median_low
from typing import Final

from fle_marl.errors import ScenarioError
from fle_marl.rendering.drawings.table import drawing_of
from fle_marl.rendering.scene import Area, Entity, Scene

__all__ = ["MAX_AREA_SIDE_TILES", "checked_scale", "choose_area", "choose_scale"]

MAX_AREA_SIDE_TILES: Final = 512
"""A picture of more would be too small to read or too large to hold."""

MAX_MAP_PIXELS: Final = 24_000_000

_MARGIN_TILES: Final = 3
_SMALLEST_WIDTH_TILES, _SMALLEST_HEIGHT_TILES = 24, 16
_NARROWEST, _WIDEST = 1.0, 2.2
"""Width over height that a chosen area has at least and at most."""

_MAP_WIDTH_PX, _MAP_HEIGHT_PX = 1500, 1150
_SMALLEST_SCALE, _LARGEST_SCALE = 2, 48


def choose_area(scene: Scene) -> Area:
    """The area to draw, in whole tiles.

    The scene's own area, or else a box around everything built and all characters with
    a margin, at least 24 x 16 tiles and not too long and thin. If that would be more
    than 512 tiles on a side, the part around the middle (median) of it all.

    Args:
        scene: with or without an area.

    Raises:
        ScenarioError: `area-too-large`: the scene's own area has a side over 512.
    """
    if scene.area is not None:
        return _given_area(scene.area)
    boxes = [_box(entity) for entity in scene.entities if not _is_natural(entity)]
    boxes += [Area(one.x, one.y, one.x, one.y) for one in scene.characters]
    if not boxes:
        boxes = [Area(0.0, 0.0, 0.0, 0.0)]
    left, right = _span([box.left for box in boxes], [box.right for box in boxes])
    top, bottom = _span([box.top for box in boxes], [box.bottom for box in boxes])
    width = max(_SMALLEST_WIDTH_TILES, right - left)
    height = max(_SMALLEST_HEIGHT_TILES, bottom - top, math.ceil(width / _WIDEST))
    width = max(width, math.ceil(height * _NARROWEST))
    left -= (width - (right - left)) // 2
    top -= (height - (bottom - top)) // 2
    return Area(left, top, left + width, top + height)


def choose_scale(area: Area) -> int:
    """Pixels per tile that make the map about 1500 pixels wide, or 1150 high."""
    fitting = min(_MAP_WIDTH_PX / area.width, _MAP_HEIGHT_PX / area.height)
    return max(_SMALLEST_SCALE, min(_LARGEST_SCALE, math.floor(fitting)))


def checked_scale(scale_px_per_tile: float, area: Area) -> float:
    """The scale that a caller asks for, if a picture can have it.

    Raises:
        ScenarioError: `bad-scale`: not finite or not from 1 to 128; or
            `picture-too-large`: the map would have over 24 million pixels.
    """
    smallest, largest = 1.0, 128.0
    if not smallest <= scale_px_per_tile <= largest:
        raise ScenarioError(
            f"scale_px_per_tile is {scale_px_per_tile!r}; allowed is from "
            f"{smallest:g} to {largest:g}",
            code="bad-scale",
            details={"scale_px_per_tile": repr(scale_px_per_tile)},
        )
    pixels = area.width * area.height * scale_px_per_tile**2
    if pixels > MAX_MAP_PIXELS:
        raise ScenarioError(
            f"{area.width:g} x {area.height:g} tiles at {scale_px_per_tile:g} pixels a "
            f"tile are {pixels:.0f} pixels; allowed are {MAX_MAP_PIXELS}",
            code="picture-too-large",
            details={"pixels": pixels, "allowed": MAX_MAP_PIXELS},
        )
    return scale_px_per_tile


def _given_area(area: Area) -> Area:
    whole = Area(
        math.floor(area.left),
        math.floor(area.top),
        math.ceil(area.right),
        math.ceil(area.bottom),
    )
    if max(whole.width, whole.height) > MAX_AREA_SIDE_TILES:
        raise ScenarioError(
            f"the area of the scene is {whole.width:g} x {whole.height:g} tiles; "
            f"allowed are {MAX_AREA_SIDE_TILES} on a side",
            code="area-too-large",
            details={"width": whole.width, "height": whole.height},
        )
    return whole


def _is_natural(entity: Entity) -> bool:
    return drawing_of(entity.type).is_natural


def _box(entity: Entity) -> Area:
    return Area(
        entity.x - entity.width / 2,
        entity.y - entity.height / 2,
        entity.x + entity.width / 2,
        entity.y + entity.height / 2,
    )


def _span(starts: list[float], ends: list[float]) -> tuple[int, int]:
    first = math.floor(min(starts)) - _MARGIN_TILES
    last = math.ceil(max(ends)) + _MARGIN_TILES
    if last - first > MAX_AREA_SIDE_TILES:
        first = math.floor(median_low(starts)) - MAX_AREA_SIDE_TILES // 2
        last = first + MAX_AREA_SIDE_TILES
    return first, last
