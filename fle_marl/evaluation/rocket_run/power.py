"""Steam power: rows of boilers, each with two engines and a chest of coal."""

from dataclasses import dataclass, field
from typing import Final

from fle_marl.evaluation.rocket_run.player import Item, Player
from fle_marl.lua.types import (
    BuildingBox,
    Direction,
    Entity,
    Position,
    Prototype,
    Resource,
)

__all__ = ["SteamPower", "parts_of_row"]

_PITCH: Final = 4
"""A boiler, and a tile for the pipe and the pole between two."""
_HEIGHT: Final = 15
"""Two engines, a boiler, an inserter, a chest, and a way."""
_ENGINE_TILES: Final = 5
_SHORE_TILES: Final = 12
"""From the water to the middle of a row."""


def parts_of_row(boilers: int) -> dict[Item, int]:
    """What a row is built of, beside the pipes from the water."""
    return {
        Prototype.OffshorePump: 1,
        Prototype.Boiler: boilers,
        Prototype.SteamEngine: 2 * boilers,
        Prototype.BurnerInserter: boilers,
        Prototype.WoodenChest: boilers,
        Prototype.Pipe: boilers,
        Prototype.SmallElectricPole: boilers,
    }


@dataclass(slots=True)
class SteamPower:
    """All boilers and engines.

    Attributes:
        player: builds and serves them.
        engines: two a boiler, touching the same poles.
        chests: with coal, one a boiler.
    """

    player: Player
    engines: list[Entity] = field(default_factory=list)
    chests: list[Entity] = field(default_factory=list)

    def add_row(self, boilers: int, shore: Position) -> tuple[Entity, Position]:
        """Build a row of boilers of parts that are carried (`parts_of_row`).

        The boilers hand water on from one to the next.

        Args:
            boilers: how many.
            shore: the row stands near there.

        Returns:
            A pump, and where its water is wanted.
        """
        player = self.player
        player.go(shore)
        ground = player.nearest_buildable(
            Prototype.Boiler,
            BuildingBox(width=_PITCH * boilers + 2, height=_HEIGHT),
            Position(shore.x, shore.y - _SHORE_TILES),
        )
        left, top = ground.left_top.x, ground.left_top.y
        for place in range(boilers):
            self._add_boiler(left + _PITCH * place, top)
        water_in = Position(left + 0.5, top + 11.5)
        player.go(water_in)
        water = player.nearest(Resource.Water)
        player.go(water)
        pump: Entity = player.place_entity(Prototype.OffshorePump, position=water)
        return pump, water_in

    def _add_boiler(self, left: float, top: float) -> None:
        player = self.player
        middle = left + 2.5
        # beside what is to stand there, to the right: there is a way out
        player.go(Position(left + _PITCH + 3, top + 9))
        for row in (0, 1):
            place = Position(middle, top + _ENGINE_TILES * row + 2.5)
            self.engines.append(
                player.place_entity(Prototype.SteamEngine, Direction.UP, place)
            )
        for kind, x, y in (
            (Prototype.Pipe, left + 0.5, top + 11.5),
            (Prototype.SmallElectricPole, left + 0.5, top + 5.5),
            (Prototype.Boiler, middle, top + 11),
        ):
            player.place_entity(kind, Direction.UP, Position(x, y))
        inserter = player.place_entity(
            Prototype.BurnerInserter, Direction.UP, Position(middle, top + 12.5)
        )
        player.give(Prototype.Coal, inserter, 2)
        chest = player.place_entity(
            Prototype.WoodenChest, Direction.UP, Position(middle, top + 13.5)
        )
        self.chests.append(chest)
