"""Scenes of the burner age as data, to be built in more than one simulator.

A scene of ``scenes.json`` is::

    {"id": "...", "shows": "what it is about", "ticks": 3600,
     "ore": [["iron-ore", left, top, right, bottom, amount of a tile]],
     "belts": ["..>>v", "    v"],
     "build": [["stone-furnace", x, y, "north", {"coal": 5}], ...],
     "put": [[tick, x, y, lane, position, item], ...],
     "stream": [[first tick, every so many ticks, last tick, x, y, lane, item], ...],
     "give": [[tick, x, y, item, count], ...],
     "known_differences": ["chase", ...]}

``belts`` is a picture, drawn with ``^>v<``, whose left top is the tile (0, 0). Belts
are built first and stand for `SETTLING_TICKS` before the clock starts; then the rest is
built in its order, which is part of what a scene says.

An entity's x and y are its tile, for one of two by two tiles the tile to the right of
and below its middle. Areas are tiles, right and bottom excluded. ``put`` lays one item
onto a lane (0 left, 1 right) before belts move in that tick, ``position`` 1/256 tile
from the lane's front end; ``stream`` does so again and again, at the lane's back.
``give`` puts items into an entity before anything happens in that tick.

The file also names the known differences, each a sentence, and the seeds of scenes
from `random_scenes`.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

__all__ = [
    "SETTLING_TICKS",
    "Give",
    "Item",
    "Put",
    "Scene",
    "Thing",
    "World",
    "by_position",
    "from_plain",
    "ore_left",
    "piles",
]

SETTLING_TICKS = 610
"""How long a belt may take to join its neighbours' transport lines in the game, which
this simulator does at once. Source: factory-sim 0.3.0, measured: up to 600 ticks."""

ARROWS = {"^": "north", ">": "east", "v": "south", "<": "west"}
BACK_OF_LANE = 200
TWO_BY_TWO = frozenset({"burner-mining-drill", "stone-furnace"})

Item = tuple[str, int]


@dataclass(frozen=True)
class Thing:
    """An entity to build, with what is in it."""

    name: str
    x: int
    y: int
    direction: str = "north"
    contents: Mapping[str, int] = field(default_factory=dict)

    @property
    def tiles(self) -> tuple[tuple[int, int], ...]:
        """The tiles that it stands on."""
        side = 2 if self.name in TWO_BY_TWO else 1
        xs, ys = (
            range(self.x - side + 1, self.x + 1),
            range(self.y - side + 1, self.y + 1),
        )
        return tuple((x, y) for y in ys for x in xs)

    @property
    def centre(self) -> tuple[float, float]:
        """Tiles."""
        half = 0.0 if self.name in TWO_BY_TWO else 0.5
        return self.x + half, self.y + half


@dataclass(frozen=True)
class Put:
    """One item onto a belt."""

    tick: int
    x: int
    y: int
    lane: int
    position: int
    item: str


@dataclass(frozen=True)
class Give:
    """Items into an entity."""

    tick: int
    x: int
    y: int
    item: str
    count: int


Event = Put | Give


@dataclass(frozen=True)
class Scene:
    """What is built and what happens to it from outside."""

    name: str
    ticks: int
    ore: tuple[tuple[str, int, int, int], ...]  # what, tile x, tile y, amount
    belts: tuple[Thing, ...]
    things: tuple[Thing, ...]
    events: tuple[Event, ...]  # in the order in which they happen

    def at(self, x: int, y: int) -> Thing:
        """The entity that is named by a tile."""
        return next(t for t in (*self.belts, *self.things) if (t.x, t.y) == (x, y))


class World(Protocol):
    """A simulator with a scene in it."""

    def __init__(self, scene: Scene) -> None: ...

    def advance(self, ticks: int) -> None:
        """Let time pass."""

    def happen(self, event: Event) -> int:
        """Do what a scene orders; how many items went where they should."""

    def seen(self) -> dict[str, Any]:
        """All items there are, by where they are."""


def ore_left(scene: Scene, amounts: Mapping[tuple[int, int], int]) -> dict[str, int]:
    """What is left under each drill.

    In which order a drill goes round its tiles is not known of the game, so that only
    their sum can be compared.

    Args:
        scene: whose drills.
        amounts: by tile.
    """
    left = {
        f"{thing.x, thing.y} ore": sum(amounts.get(tile, 0) for tile in thing.tiles)
        for thing in scene.things
        if thing.name == "burner-mining-drill"
    }
    return {name: amount for name, amount in left.items() if amount}


def piles(stacks: Iterable[tuple[tuple[int, int], Item]]) -> dict[str, list[Item]]:
    """What lies on each tile of the ground.

    Args:
        stacks: each with its tile.
    """
    lying: dict[str, list[Item]] = {}
    for tile, stack in stacks:
        lying.setdefault(f"{tile} ground", []).append(stack)
    return {place: sorted(found) for place, found in lying.items()}


def by_position(item: Item) -> tuple[int, str]:
    """Order of items on a lane; the game's own is not to be read where they overlap."""
    return item[1], item[0]


def from_plain(plain: Mapping[str, Any]) -> Scene:
    """A scene from its plain data."""
    puts = [Put(*put) for put in plain.get("put", ())]
    puts += [put for stream in plain.get("stream", ()) for put in _flow(*stream)]
    gives = [Give(*give) for give in plain.get("give", ())]
    return Scene(
        name=plain["id"],
        ticks=plain["ticks"],
        ore=tuple(_ore_tiles(plain.get("ore", ()))),
        belts=tuple(_belts(plain.get("belts", ()))),
        things=tuple(Thing(*thing) for thing in plain.get("build", ())),
        events=tuple(sorted([*puts, *gives], key=lambda event: event.tick)),
    )


def _flow(
    first: int, every: int, last: int, x: int, y: int, lane: int, item: str
) -> Iterator[Put]:
    for tick in range(first, last + 1, every):
        yield Put(tick, x, y, lane, BACK_OF_LANE, item)


def _ore_tiles(areas: Any) -> Iterator[tuple[str, int, int, int]]:
    for item, left, top, right, bottom, amount in areas:
        for y in range(top, bottom):
            for x in range(left, right):
                yield item, x, y, amount


def _belts(picture: Any) -> Iterator[Thing]:
    for y, signs in enumerate(picture):
        for x, sign in enumerate(signs):
            if sign in ARROWS:
                yield Thing("transport-belt", x, y, ARROWS[sign])
