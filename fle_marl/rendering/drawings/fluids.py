"""Pipes, pumps, tanks, boilers and engines."""

from fle_marl.rendering.canvas import Canvas
from fle_marl.rendering.drawings.shapes import arc, casing, chevron, flanges
from fle_marl.rendering.marks import draw_mark, mark_colour
from fle_marl.rendering.palette import (
    BRICK,
    EDGE,
    GLOW,
    HALO,
    INK,
    SAGE,
    SHADOW,
    STEEL,
    TUBE,
    WATER,
    Colour,
    blend,
    darker,
    lighter,
)
from fle_marl.rendering.scene import Entity
from fle_marl.rendering.surroundings import STEPS, Surroundings

__all__ = [
    "draw_boiler",
    "draw_generator",
    "draw_heat_pipe",
    "draw_offshore_pump",
    "draw_pipe",
    "draw_pipe_to_ground",
    "draw_pump",
    "draw_storage_tank",
]

_OUTER, _INNER = 0.46, 0.32


def draw_pipe(canvas: Canvas, entity: Entity, surroundings: Surroundings) -> None:
    """A tube toward every joined neighbour; its core shows the fluid."""
    _tubes(canvas, surroundings.joined_sides(entity), TUBE, _core_of(entity))


def draw_heat_pipe(canvas: Canvas, entity: Entity, surroundings: Surroundings) -> None:
    """A copper-coloured tube toward every joined neighbour."""
    colour = mark_colour("copper-plate")
    _tubes(canvas, surroundings.joined_sides(entity), colour, lighter(colour, 0.3))


def draw_pipe_to_ground(
    canvas: Canvas, entity: Entity, _surroundings: Surroundings
) -> None:
    """A tube from the open side into a collar in the ground."""
    tube = canvas.at(0, 0, entity.quarter_turns)
    ends = [(0.0, -0.5), (0.0, 0.05)]
    tube.line(ends, EDGE, _OUTER)
    tube.line(ends, TUBE, _INNER)
    tube.line(ends, _core_of(entity), 0.12)
    tube.box(-0.38, 0.0, 0.38, 0.42, darker(TUBE, 0.25), outline=EDGE, radius=0.12)
    for y in (0.14, 0.26):
        tube.line([(-0.2, y), (0.2, y)], EDGE, 0.05)


def draw_pump(canvas: Canvas, entity: Entity, _surroundings: Surroundings) -> None:
    """A tube with a motor and a chevron for the way of the fluid."""
    flanges(canvas, entity)
    width, height = entity.unturned_size
    pump = canvas.at(0, 0, entity.quarter_turns)
    upright = (
        (height - 0.4, width) if entity.quarter_turns % 2 else (width, height - 0.4)
    )
    casing(canvas, *upright, SAGE, radius=0.25)
    chevron(pump, INK, half_width=0.22, height=0.22, width=0.1)


def draw_offshore_pump(
    canvas: Canvas, entity: Entity, _surroundings: Surroundings
) -> None:
    """An intake in the water and a wheel on the shore."""
    pump = canvas.at(0, 0, entity.quarter_turns)
    flanges(canvas, entity)
    pump.line([(0, -0.1), (0, -1.1)], EDGE, 0.5)
    pump.line([(0, -0.1), (0, -1.1)], TUBE, 0.36)
    pump.disc(0, -1.1, 0.34, lighter(WATER, 0.25), outline=EDGE, width=0.08)
    pump.disc(0.05, 0.08, 0.45, SHADOW)
    pump.disc(0, 0, 0.45, SAGE, outline=EDGE, width=0.08)
    for angle in (0.0, 120.0, 240.0):
        blade = [(0.0, 0.0), *arc(0.28, angle, angle + 55.0)]
        pump.polygon(blade, INK)


def draw_storage_tank(
    canvas: Canvas, entity: Entity, _surroundings: Surroundings
) -> None:
    """A round tank filled with the colour of its fluid."""
    flanges(canvas, entity)
    half = min(entity.width, entity.height) / 2
    casing(canvas, entity.width, entity.height, darker(STEEL, 0.3), radius=0.5)
    canvas.disc(0, 0, half * 0.82, STEEL, outline=EDGE, width=0.08)
    fluid = entity.main_content
    canvas.disc(0, 0, half * 0.55, mark_colour(fluid) if fluid else HALO)
    if fluid is not None:
        draw_mark(canvas, fluid, 0, 0, half * 0.6)


def draw_boiler(canvas: Canvas, entity: Entity, _surroundings: Surroundings) -> None:
    """A long drum over a fire; the dome is where the steam leaves."""
    width, height = entity.unturned_size
    boiler = canvas.at(0, 0, entity.quarter_turns)
    flanges(canvas, entity)
    casing(canvas, entity.width, entity.height, BRICK, radius=0.3)
    top = -height / 2
    boiler.box(
        -width / 2 + 0.25,
        top + 0.95,
        width / 2 - 0.25,
        top + 1.6,
        STEEL,
        outline=EDGE,
        radius=0.3,
    )
    boiler.disc(0, top + 0.55, 0.4, lighter(STEEL, 0.25), outline=EDGE)
    is_lit = entity.status == "working"
    for x in (-0.75, 0.0, 0.75):
        fire: Colour = GLOW if is_lit else HALO
        flame = [(x - 0.16, top + 1.42), (x, top + 1.06), (x + 0.16, top + 1.42)]
        boiler.polygon(flame, fire)


def draw_generator(canvas: Canvas, entity: Entity, _surroundings: Surroundings) -> None:
    """A long cylinder with a flywheel and a bolt."""
    width, height = entity.unturned_size
    engine = canvas.at(0, 0, entity.quarter_turns)
    flanges(canvas, entity)
    colour = STEEL if "turbine" in entity.name else SAGE
    casing(canvas, entity.width, entity.height, colour, radius=0.3)
    x, y = width / 2 - 0.4, height / 2
    drum = darker(colour, 0.3)
    engine.box(-x, -y + 0.35, x, y - 0.35, drum, outline=EDGE, radius=0.5)
    for ring in (-0.32, 0.32):
        engine.line([(-x, ring * height), (x, ring * height)], EDGE, 0.08)
    radius = width * 0.3
    engine.disc(0, 0, radius, lighter(colour, 0.2), outline=EDGE, width=0.09)
    bolt = [
        (0.1, -0.6),
        (-0.36, 0.1),
        (-0.04, 0.1),
        (-0.1, 0.6),
        (0.36, -0.1),
        (0.04, -0.1),
    ]
    is_running = entity.status == "working"
    canvas.polygon(
        [(bx * 0.9, by * 0.9) for bx, by in bolt], GLOW if is_running else HALO
    )


def _core_of(entity: Entity) -> Colour:
    fluid = entity.main_content
    return blend(mark_colour(fluid), TUBE, 0.15) if fluid else darker(TUBE, 0.3)


def _tubes(
    canvas: Canvas,
    sides: tuple[bool, bool, bool, bool],
    colour: Colour,
    core: Colour,
) -> None:
    ends = [step for step, is_joined in zip(STEPS, sides, strict=True) if is_joined]
    for width, shade in ((_OUTER, EDGE), (_INNER, colour), (0.12, core)):
        canvas.disc(0, 0, width / 2, shade)
        for dx, dy in ends:
            _arm(canvas, dx, dy, width, shade)


def _arm(canvas: Canvas, dx: int, dy: int, width: float, colour: Colour) -> None:
    """From the middle to the edge of the tile, with a straight end."""
    half = width / 2
    if dx:
        canvas.box(min(0, dx / 2), -half, max(0, dx / 2), half, colour)
    else:
        canvas.box(-half, min(0, dy / 2), half, max(0, dy / 2), colour)
