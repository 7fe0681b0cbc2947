"""The world as text, one sign for a tile, for ``render_mode="ansi"``."""

import math
from collections.abc import Mapping
from typing import Final

from fle_marl.rendering.drawings.table import drawing_of
from fle_marl.rendering.lettering import clean_line, game_time
from fle_marl.rendering.parsing import parse_scene
from fle_marl.rendering.scene import Area, Entity, Scene
from fle_marl.rendering.surroundings import tile_at
from fle_marl.rendering.viewport import choose_area

__all__ = ["scene_to_text"]

_EARTH: Final = "."
_WATER: Final = "~"
_RESOURCES: Final[Mapping[str, str]] = {
    "iron-ore": "i",
    "copper-ore": "c",
    "coal": "k",
    "stone": "s",
    "uranium-ore": "a",
    "crude-oil": "%",
}
_OTHER_RESOURCE: Final = "m"
_FIGURES: Final = "0123456789"
_OTHER_FIGURE: Final = "@"
_RULER_STEP_TILES: Final = 10
_MOST_NAMES: Final = 8
"""That the legend gives for one sign."""


def scene_to_text(scene: Mapping[str, object]) -> str:
    """Write the scene as a map of signs.

    The first line is the game time, the second marks every tenth column with its x;
    each row begins with its y; the last line says what the signs mean.

    Args:
        scene: plain data as `fle_marl.rendering.scene` tells.

    Returns:
        Lines without colours or control signs.

    Raises:
        ScenarioError: `unreadable-scene` or `area-too-large`.
    """
    parsed = parse_scene(scene)
    sheet = _Sheet(choose_area(parsed))
    _put_ground(sheet, parsed)
    for entity in sorted(parsed.entities, key=lambda one: drawing_of(one.type).layer):
        _put_entity(sheet, entity)
    for index, one in enumerate(parsed.characters):
        sign = _FIGURES[index] if index < len(_FIGURES) else _OTHER_FIGURE
        sheet.put(*tile_at(one.x, one.y), sign, clean_line(one.name, longest=24))
    return "\n".join([game_time(parsed.tick), *sheet.lines(), sheet.legend()])


class _Sheet:
    """A grid of signs that remembers what they mean."""

    def __init__(self, area: Area) -> None:
        self._left, self._top = int(area.left), int(area.top)
        self._width, self._height = int(area.width), int(area.height)
        self._rows = [[_EARTH] * self._width for _ in range(self._height)]
        self._meanings: dict[str, list[str]] = {}

    def put(self, x: int, y: int, sign: str, meaning: str, group: str = "") -> None:
        """Set the sign of a tile; outside the sheet nothing happens."""
        column, row = x - self._left, y - self._top
        if not (0 <= column < self._width and 0 <= row < self._height):
            return
        self._rows[row][column] = sign
        names = self._meanings.setdefault(group or sign, [])
        if meaning not in names:
            names.append(meaning)

    def put_run(self, x: int, y: int, length: int, sign: str, meaning: str) -> None:
        """Set the signs of tiles in a row."""
        first = max(x, self._left)
        for column in range(first, min(x + length, self._left + self._width)):
            self.put(column, y, sign, meaning)

    def lines(self) -> list[str]:
        """The ruler and the rows."""
        pad = max(len(str(self._top)), len(str(self._top + self._height - 1)))
        rows = [
            f"{self._top + index:>{pad}} {''.join(row)}"
            for index, row in enumerate(self._rows)
        ]
        return [f"{'':{pad}} {self._ruler()}".rstrip(), *rows]

    def legend(self) -> str:
        """What the signs mean, in one line."""
        parts = [f"{sign} {_joined(names)}" for sign, names in self._meanings.items()]
        return "legend: " + ", ".join([f"{_EARTH} earth", *parts])

    def _ruler(self) -> str:
        step = _RULER_STEP_TILES
        ruler = [" "] * self._width
        for tile in range(
            math.ceil(self._left / step) * step, self._left + self._width, step
        ):
            start = tile - self._left
            label = f"|{tile}"
            if start + len(label) <= self._width:
                ruler[start : start + len(label)] = label
        return "".join(ruler)


def _joined(names: list[str]) -> str:
    hidden = len(names) - _MOST_NAMES
    shown = names if hidden <= 0 else [*names[:_MOST_NAMES], f"{hidden} more"]
    return "/".join(shown)


def _put_ground(sheet: _Sheet, scene: Scene) -> None:
    for run in scene.water:
        sheet.put_run(run.x, run.y, run.length, _WATER, "water")
    for one in scene.resources:
        if one.amount > 0:
            sign = _RESOURCES.get(one.name, _OTHER_RESOURCE)
            sheet.put(*tile_at(one.x, one.y), sign, clean_line(one.name, longest=32))


def _put_entity(sheet: _Sheet, entity: Entity) -> None:
    symbols = drawing_of(entity.type).symbol
    if symbols == " ":
        return
    sign = symbols[entity.quarter_turns % len(symbols)]
    name = clean_line(entity.name, longest=32)
    left = round(entity.x - entity.width / 2)
    top = round(entity.y - entity.height / 2)
    for y in range(top, top + max(1, round(entity.height))):
        for x in range(left, left + max(1, round(entity.width))):
            sheet.put(x, y, sign, name, symbols)
