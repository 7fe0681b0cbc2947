"""The legend: what appears in a picture, with the same drawings, small."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from PIL import Image, ImageDraw

from fle_marl.rendering.canvas import Canvas, load_font
from fle_marl.rendering.drawings.table import DRAWINGS, drawing_of
from fle_marl.rendering.lettering import clean_line
from fle_marl.rendering.marks import abbreviation, draw_mark
from fle_marl.rendering.palette import GROUND, INK, INK_DIM, SHORE, WATER
from fle_marl.rendering.scene import Entity, Scene
from fle_marl.rendering.status import Trouble, draw_trouble, trouble_of
from fle_marl.rendering.surroundings import Surroundings

__all__ = ["LegendGroup", "draw_legend", "legend_height_px", "legend_of"]

_ICON_PX: Final = 28
_ICON_OVERSAMPLING: Final = 4
_TEXT_PX: Final = 14
_ROW_PX: Final = 34
_HEADING_PX: Final = 112
_GAP_PX: Final = 18
_MOST_ENTRIES: Final = 40
"""Of a group; a longer one ends in "and 12 more"."""

_Paint = Callable[[Canvas], None]


@dataclass(frozen=True)
class LegendEntry:
    """One sign and what it stands for.

    Attributes:
        label: the text.
        paint: draws the sign on a canvas whose zero is the middle of a box with side 1;
            None for a text alone.
    """

    label: str
    paint: _Paint | None = None


@dataclass(frozen=True)
class LegendGroup:
    """Entries under one heading."""

    heading: str
    entries: tuple[LegendEntry, ...]


def legend_of(scene: Scene) -> list[LegendGroup]:
    """Say what appears in a scene.

    Args:
        scene: only what is inside the area.

    Returns:
        The groups that have entries.
    """
    groups = [
        LegendGroup("Buildings", _buildings(scene.entities)),
        LegendGroup("Ground", _ground(scene)),
        LegendGroup("Goods", _goods(scene.entities)),
        LegendGroup("Standing still", _troubles(scene.entities)),
    ]
    return [_limited(group) for group in groups if group.entries]


def legend_height_px(groups: Sequence[LegendGroup], width_px: int) -> int:
    """Height that the legend takes in a picture of this width."""
    columns = _columns(groups, width_px)[0]
    rows = sum(-(-len(group.entries) // columns) for group in groups)
    return rows * _ROW_PX + 14 if groups else 0


def draw_legend(
    image: Image.Image, groups: Sequence[LegendGroup], top_px: int, margin_px: int
) -> None:
    """Draw the legend over the whole width, in place.

    Args:
        image: RGB.
        groups: what `legend_of` gave.
        top_px: where it begins.
        margin_px: left free on the left.
    """
    draw = ImageDraw.Draw(image)
    columns, column_px = _columns(groups, image.width)
    y = top_px + 7
    for group in groups:
        heading = (margin_px, y + _ROW_PX // 2)
        draw.text(heading, group.heading, INK_DIM, load_font(_TEXT_PX), anchor="lm")
        for index, entry in enumerate(group.entries):
            if index and index % columns == 0:
                y += _ROW_PX
            x = margin_px + _HEADING_PX + index % columns * column_px
            _draw_entry(image, draw, entry, (x, y))
        y += _ROW_PX


def _draw_entry(
    image: Image.Image,
    draw: ImageDraw.ImageDraw,
    entry: LegendEntry,
    place: tuple[int, int],
) -> None:
    x, y = place
    middle = y + _ROW_PX // 2
    if entry.paint is not None:
        image.paste(_icon(entry.paint), (x, middle - _ICON_PX // 2))
        x += _ICON_PX + 8
    draw.text((x, middle), entry.label, INK, load_font(_TEXT_PX), anchor="lm")


def _icon(paint: _Paint) -> Image.Image:
    side = _ICON_PX * _ICON_OVERSAMPLING
    icon = Image.new("RGB", (side, side), GROUND)
    canvas = Canvas(
        icon,
        px_per_tile=_ICON_PX,
        oversampling=_ICON_OVERSAMPLING,
        left=-0.5,
        top=-0.5,
    )
    paint(canvas)
    return icon.reduce(_ICON_OVERSAMPLING)


def _columns(groups: Sequence[LegendGroup], width_px: int) -> tuple[int, int]:
    """How many columns fit, and how wide each is."""
    font = load_font(_TEXT_PX)
    labels = [entry.label for group in groups for entry in group.entries]
    widest = max((font.getlength(label) for label in labels), default=0.0)
    needed = round(widest) + _ICON_PX + 8 + _GAP_PX
    room = width_px - 2 * _GAP_PX - _HEADING_PX
    columns = max(1, room // needed)
    return columns, max(needed, room // columns)


def _buildings(entities: Iterable[Entity]) -> tuple[LegendEntry, ...]:
    order = list(DRAWINGS)
    first: dict[str, Entity] = {}
    counts: Counter[str] = Counter()
    for entity in entities:
        if not drawing_of(entity.type).is_natural:
            first.setdefault(entity.name, entity)
            counts[entity.name] += 1

    def place(name: str) -> tuple[int, int, str]:
        kind = first[name].type
        return order.index(kind) if kind in order else len(order), len(name), name

    return tuple(
        LegendEntry(f"{_label(name)} x {counts[name]}", _entity_icon(first[name]))
        for name in sorted(first, key=place)
    )


def _entity_icon(entity: Entity) -> _Paint:
    width, height = entity.unturned_size
    sample = replace(
        Entity(entity.name, entity.type, 0.0, 0.0),
        width=width,
        height=height,
        contents=(),
    )
    room = max(width, height, 1.0) * (1.15 if max(width, height) <= 1 else 1.0)

    def paint(canvas: Canvas) -> None:
        drawing_of(entity.type).draw(canvas.zoomed(1 / room), sample, Surroundings([]))

    return paint


def _ground(scene: Scene) -> tuple[LegendEntry, ...]:
    names = sorted({one.name for one in scene.resources if one.amount > 0})
    entries = [LegendEntry(_label(name), _mark_icon(name)) for name in names]
    if scene.water:
        entries.append(LegendEntry("water", _water_icon))
    kinds: dict[str, Entity] = {}
    for entity in scene.entities:
        drawing = drawing_of(entity.type)
        if drawing.is_natural and drawing.symbol != " ":
            kinds.setdefault(entity.type, entity)
    labels = {"simple-entity": "rock"}
    entries += [
        LegendEntry(labels.get(kind, kind), _entity_icon(kinds[kind]))
        for kind in sorted(kinds)
    ]
    return tuple(entries)


def _goods(entities: Iterable[Entity]) -> tuple[LegendEntry, ...]:
    names: set[str] = set()
    recipes: set[str] = set()
    for entity in entities:
        names.update(item.item for item in entity.lanes)
        shown = entity.recipe or entity.main_content
        if shown is not None:
            names.add(shown)
        if entity.recipe is not None and entity.type == "assembling-machine":
            recipes.add(entity.recipe)
    entries = []
    for name in sorted(names):
        letters = f"{abbreviation(name)} = " if name in recipes else ""
        entries.append(LegendEntry(letters + _label(name), _mark_icon(name)))
    return tuple(entries)


def _troubles(entities: Iterable[Entity]) -> tuple[LegendEntry, ...]:
    found = Counter(
        trouble for trouble in map(trouble_of, entities) if trouble is not None
    )

    def icon(trouble: Trouble) -> _Paint:
        return lambda canvas: draw_trouble(canvas, trouble, 0, 0, 0.28)

    return tuple(
        LegendEntry(f"{trouble.name} x {found[trouble]}", icon(trouble))
        for trouble in sorted(found, key=lambda one: one.name)
    )


def _mark_icon(name: str) -> _Paint:
    return lambda canvas: draw_mark(canvas, name, 0, 0, 0.66)


def _water_icon(canvas: Canvas) -> None:
    canvas.box(-0.5, -0.1, 0.5, 0.5, SHORE)
    canvas.box(-0.5, 0.02, 0.5, 0.5, WATER)


def _label(name: str) -> str:
    return clean_line(name, longest=32)


def _limited(group: LegendGroup) -> LegendGroup:
    hidden = len(group.entries) - _MOST_ENTRIES
    if hidden <= 0:
        return group
    rest = LegendEntry(f"and {hidden} more")
    return LegendGroup(group.heading, (*group.entries[:_MOST_ENTRIES], rest))
