"""Draws reference factories as text.

Stretches in which nothing changes are drawn one tile long, so that a factory whose
parts lie a hundred tiles apart fits onto a page. Electric poles are left out.
"""

import string
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from fle_marl.defines import Direction
from fle_marl.evaluation.reference.format import Placed
from fle_marl.prototypes import EntityPrototype, load

__all__ = ["draw"]

_ARROWS: Final = {
    Direction.north: "^",
    Direction.east: ">",
    Direction.south: "v",
    Direction.west: "<",
}
_SIGNS: Final = {
    "inserter": "i",
    "underground-belt": "u",
    "splitter": "z",
    "pipe": "+",
    "pipe-to-ground": "x",
    "mining-drill": "d",
    "furnace": "f",
    "container": "c",
    "boiler": "b",
    "generator": "g",
    "offshore-pump": "w",
    "storage-tank": "t",
}
"""By the entity's type; capital letters are machines, by their recipes."""
_WORDS: Final = {
    "i": "inserter",
    "u": "end of an underground belt",
    "z": "splitter",
    "+": "pipe",
    "x": "end of a pipe to ground",
    "d": "mining drill or pumpjack",
    "f": "furnace",
    "c": "chest",
    "b": "boiler",
    "g": "steam engine",
    "w": "offshore pump",
    "t": "storage tank",
}
_POLE: Final = "electric-pole"
_BELT: Final = "transport-belt"
_NOTHING: Final = " "
_STRAIGHT: Final = frozenset("^>v<+ ")
"""Signs of what looks alike however long it is."""

_Tiles = Mapping[tuple[int, int], str]


def draw(entities: Iterable[Placed]) -> str:
    """A drawing of entities, and what its signs mean.

    Returns:
        Lines without spaces at their ends.
    """
    drawn = [each for each in entities if _prototype(each).type != _POLE]
    recipes = sorted({each.recipe for each in drawn if each.recipe})
    letters = dict(zip(recipes, string.ascii_uppercase, strict=False))
    tiles = {
        tile: _sign(each, letters) for each in drawn for tile in _tiles_below(each)
    }
    return "\n".join([*_lines(tiles), "", *_legend(set(tiles.values()), letters)])


def _prototype(each: Placed) -> EntityPrototype:
    return load().entities[each.name]


def _tiles_below(each: Placed) -> Iterator[tuple[int, int]]:
    prototype = _prototype(each)
    width, height = prototype.tile_width, prototype.tile_height
    if each.direction in {Direction.east, Direction.west}:
        width, height = height, width
    left, top = each.x - width // 2, each.y - height // 2
    return ((x, y) for y in range(top, top + height) for x in range(left, left + width))


def _sign(each: Placed, letters: Mapping[str, str]) -> str:
    kind = _prototype(each).type
    if kind == _BELT:
        return _ARROWS[each.direction]
    return letters[each.recipe] if each.recipe else _SIGNS[kind]


def _lines(tiles: _Tiles) -> Iterator[str]:
    columns = [x for x, _ in tiles]
    rows = [y for _, y in tiles]
    across = range(min(columns), max(columns) + 1)
    down = range(min(rows), max(rows) + 1)
    # columns are told apart before rows are left out, so that nothing is lost
    kept_columns = _changing(
        {x: "".join(tiles.get((x, y), _NOTHING) for y in down) for x in across}
    )
    kept_rows = _changing(
        {y: "".join(tiles.get((x, y), _NOTHING) for x in across) for y in down}
    )
    for y in kept_rows:
        yield "".join(tiles.get((x, y), _NOTHING) for x in kept_columns).rstrip()


def _changing(lines: Mapping[int, str]) -> list[int]:
    """Numbers of the lines that are not what the line before them is.

    Lines across a machine are alike without being a stretch of anything; they stay.
    """
    kept: list[int] = []
    last = ""
    for number, line in lines.items():
        if line != last or not _STRAIGHT.issuperset(line):
            kept.append(number)
        last = line
    return kept


def _legend(signs: set[str], letters: Mapping[str, str]) -> Iterator[str]:
    words = {**{letter: recipe for recipe, letter in letters.items()}, **_WORDS}
    known = [f"{sign} {words[sign]}" for sign in sorted(signs) if sign in words]
    yield "; ".join(known)
