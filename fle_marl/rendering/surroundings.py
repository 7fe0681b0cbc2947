"""What a drawing needs to know of the neighbours: belts that feed, pipes that join.

Everything is looked up by tile, named by its integer (floor) coordinates.
"""

import math
from collections.abc import Iterable, Mapping
from typing import Final, TypeAlias

from fle_marl.rendering.ports import ports_of
from fle_marl.rendering.scene import Entity, Point

__all__ = [
    "STEPS",
    "Surroundings",
    "Tile",
    "is_underground_exit",
    "tile_at",
]

Tile: TypeAlias = tuple[int, int]

STEPS: Final = ((0, -1), (1, 0), (0, 1), (-1, 0))
"""One tile north, east, south, west: in the order of quarter turns."""

_JOINING: Final[Mapping[str, str]] = {
    "pipe": "fluid",
    "infinity-pipe": "fluid",
    "heat-pipe": "heat",
    "wall": "wall",
    "gate": "wall",
}
"""Types that join to all four neighbours of the same kind, and that kind."""


def tile_at(x: float, y: float) -> Tile:
    """The tile that holds a position."""
    return math.floor(x), math.floor(y)


class Surroundings:
    """Which tile feeds which, and which tiles are joined.

    Args:
        entities: all of the scene.
    """

    def __init__(self, entities: Iterable[Entity]) -> None:
        self._fed_from: dict[Tile, set[Tile]] = {}
        self._open_ends: set[tuple[str, Tile, Tile]] = set()
        for entity in entities:
            self._note_belt(entity)
            self._note_ends(entity)

    def belt_bend(self, entity: Entity) -> int:
        """How the belt turns on its tile, as the game decides it.

        Returns:
            0 if straight; -1 if fed only from its left, 1 if only from its right, as
            seen by who rides on it.

        Source: a belt bends only if it has no belt behind and one on just one side.
        """
        tile = tile_at(entity.x, entity.y)
        feeders = self._fed_from.get(tile, set())
        turns = entity.quarter_turns
        behind, left, right = (
            _neighbour(tile, turns + side) in feeders for side in (2, 3, 1)
        )
        if behind or left == right:
            return 0
        return -1 if left else 1

    def joined_sides(self, entity: Entity) -> tuple[bool, bool, bool, bool]:
        """Whether a pipe, heat pipe or wall is joined north, east, south, west."""
        kind = _JOINING.get(entity.type, "fluid")
        tile = tile_at(entity.x, entity.y)
        north, east, south, west = (
            self._is_joined(kind, tile, _neighbour(tile, side)) for side in range(4)
        )
        return north, east, south, west

    def _is_joined(self, kind: str, first: Tile, second: Tile) -> bool:
        ends = self._open_ends
        return (kind, first, second) in ends and (kind, second, first) in ends

    def _note_belt(self, entity: Entity) -> None:
        if not _gives_items_ahead(entity):
            return
        for tile in _tiles_of_belt(entity):
            ahead = _neighbour(tile, entity.quarter_turns)
            self._fed_from.setdefault(ahead, set()).add(tile)

    def _note_ends(self, entity: Entity) -> None:
        kind = _JOINING.get(entity.type)
        tile = tile_at(entity.x, entity.y)
        if kind is not None:
            for side in range(4):
                self._open_ends.add((kind, tile, _neighbour(tile, side)))
        for port in ports_of(entity):
            outer = tile_at(port.x, port.y)
            self._open_ends.add(("fluid", _inside(entity, port), outer))


def _gives_items_ahead(entity: Entity) -> bool:
    if entity.type == "underground-belt":
        return is_underground_exit(entity)
    return entity.type in ("transport-belt", "splitter")


def is_underground_exit(entity: Entity) -> bool:
    """Whether this end of an underground belt is where items come up again."""
    if entity.belt_to_ground_type is not None:
        return entity.belt_to_ground_type == "output"
    if entity.connected_to is None:
        return False
    dx, dy = STEPS[entity.quarter_turns]
    other = entity.connected_to
    return (other.x - entity.x) * dx + (other.y - entity.y) * dy < 0


def _tiles_of_belt(entity: Entity) -> list[Tile]:
    if entity.type != "splitter":
        return [tile_at(entity.x, entity.y)]
    dx, dy = STEPS[(entity.quarter_turns + 1) % 4]
    return [tile_at(entity.x + dx * side, entity.y + dy * side) for side in (-0.5, 0.5)]


def _neighbour(tile: Tile, quarter_turns: int) -> Tile:
    dx, dy = STEPS[quarter_turns % 4]
    return tile[0] + dx, tile[1] + dy


def _inside(entity: Entity, port: Point) -> Tile:
    """The tile of the entity that lies beside the tile outside."""
    if entity.type == "offshore-pump":
        return tile_at(entity.x, entity.y)
    half_width, half_height = entity.width / 2 - 0.5, entity.height / 2 - 0.5
    x = min(max(port.x, entity.x - half_width), entity.x + half_width)
    y = min(max(port.y, entity.y - half_height), entity.y + half_height)
    return tile_at(x, y)
