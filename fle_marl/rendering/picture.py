"""Pictures of a world: from a scene to a finished image or array."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from fle_marl.rendering.canvas import Canvas
from fle_marl.rendering.characters import agent_colours, draw_figures, draw_names
from fle_marl.rendering.drawings.table import Layer, drawing_of
from fle_marl.rendering.frame import framed
from fle_marl.rendering.ground import (
    draw_grid,
    draw_resources,
    draw_ripples,
    paint_earth,
    paint_water,
)
from fle_marl.rendering.links import draw_paths, draw_underground_links, draw_wires
from fle_marl.rendering.marks import draw_mark
from fle_marl.rendering.parsing import parse_scene
from fle_marl.rendering.scene import Area, Entity, Scene
from fle_marl.rendering.status import draw_trouble, trouble_of
from fle_marl.rendering.surroundings import Surroundings
from fle_marl.rendering.viewport import checked_scale, choose_area, choose_scale

__all__ = ["draw_scene", "image_to_array"]

_MOST_SURFACE_PIXELS: Final = 30_000_000
"""Of the enlarged drawing surface: about 90 MB."""

_ITEM_TILES: Final = 0.29
"""Items on a lane of a belt lie a quarter of a tile apart; marks may touch."""


def draw_scene(
    scene: Mapping[str, object],
    *,
    scale_px_per_tile: float | None = None,
    title: str | None = None,
    legend: bool = True,
) -> Image.Image:
    """Draw a picture of a world that people understand at once.

    The same scene always gives the same pixels with the same version of Pillow.

    Args:
        scene: plain data as `fle_marl.rendering.scene` tells. Without an area, the
            picture shows what was built and the characters, with a margin.
        scale_px_per_tile: 1 to 128; None for a picture of 900 to 1600 pixels width.
        title: one line above the map, beside the game time.
        legend: whether to say below the map what appears in it.

    Returns:
        RGB image.

    Raises:
        ScenarioError: `unreadable-scene`, `area-too-large`, `bad-scale` or
            `picture-too-large`; nothing has been drawn.
    """
    parsed = parse_scene(scene)
    area = choose_area(parsed)
    chosen = choose_scale(area) if scale_px_per_tile is None else scale_px_per_tile
    scale = checked_scale(chosen, area)
    visible = _visible_part(parsed, area)
    map_image = _draw_map(visible, Surroundings(parsed.entities), area, scale)
    return framed(
        map_image, visible, area, px_per_tile=scale, title=title, legend=legend
    )


def image_to_array(image: Image.Image) -> NDArray[np.uint8]:
    """The image as an array for ``render_mode="rgb_array"``.

    Returns:
        uint8[height, width, 3], red, green, blue; the caller's own copy.
    """
    return np.array(image.convert("RGB"), dtype=np.uint8)


def _draw_map(
    scene: Scene, surroundings: Surroundings, area: Area, scale: float
) -> Image.Image:
    width, height = round(area.width * scale), round(area.height * scale)
    oversampling = _oversampling(width * height)
    surface = Image.new("RGB", (width * oversampling, height * oversampling))
    canvas = Canvas(
        surface,
        px_per_tile=scale,
        oversampling=oversampling,
        left=area.left,
        top=area.top,
    )
    paint_earth(surface, area)
    paint_water(surface, area, scene.water)
    draw_ripples(canvas, area, scene.water)
    draw_resources(surface, canvas, area, scene.resources)
    draw_grid(canvas, area)
    _draw_entities(canvas, scene, surroundings)
    _draw_troubles(canvas, scene.entities)
    draw_paths(canvas, scene.paths, agent_colours(scene.characters))
    draw_figures(canvas, scene.characters)
    finished = surface.reduce(oversampling) if oversampling > 1 else surface
    draw_names(finished, scene.characters, area, scale)
    return finished


def _oversampling(pixels: int) -> int:
    """How many times larger the surface may be: 3, or less for large pictures."""
    return next(
        (times for times in (3, 2) if pixels * times**2 <= _MOST_SURFACE_PIXELS), 1
    )


def _draw_entities(canvas: Canvas, scene: Scene, surroundings: Surroundings) -> None:
    """Layer by layer; within one from north to south, so that shadows lie well."""
    ordered = sorted(scene.entities, key=lambda one: (one.y, one.x, one.name))
    for layer in Layer:
        for entity in ordered:
            drawing = drawing_of(entity.type)
            if drawing.layer is layer:
                drawing.draw(canvas.at(entity.x, entity.y), entity, surroundings)
        if layer is Layer.FLOOR:
            _draw_lanes(canvas, ordered)
            draw_underground_links(canvas, ordered)
    draw_wires(canvas, ordered)


def _draw_lanes(canvas: Canvas, entities: list[Entity]) -> None:
    """The goods on belts; what is on its way underground stays hidden."""
    for entity in entities:
        for item in entity.lanes:
            if (
                abs(item.x - entity.x) <= entity.width / 2
                and abs(item.y - entity.y) <= entity.height / 2
            ):
                draw_mark(canvas, item.item, item.x, item.y, _ITEM_TILES)


def _draw_troubles(canvas: Canvas, entities: tuple[Entity, ...]) -> None:
    radius = max(0.2, 4.0 / canvas.px_per_tile)
    for entity in entities:
        trouble = trouble_of(entity)
        if trouble is not None:
            x = entity.x + entity.width / 2 - radius * 0.9
            y = entity.y - entity.height / 2 + radius * 0.9
            draw_trouble(canvas, trouble, x, y, radius)


def _visible_part(scene: Scene, area: Area) -> Scene:
    """The scene without what lies wholly outside the area."""
    return replace(
        scene,
        area=area,
        water=tuple(
            run
            for run in scene.water
            if area.top - 1 <= run.y <= area.bottom
            and run.x <= area.right
            and run.x + run.length >= area.left
        ),
        resources=tuple(
            one for one in scene.resources if area.touches(one.x, one.y, 1.5)
        ),
        entities=tuple(
            one
            for one in scene.entities
            if area.touches(one.x, one.y, max(one.width, one.height) / 2)
        ),
    )
