"""What stands in a world at a moment, and what is another between two moments."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from fle_marl.prototypes import EntityPrototype, load
from fle_marl.sim.actions.build import entity_contents
from fle_marl.sim.components import TABLE_INDEX
from fle_marl.sim.world import World
from fle_marl.units import POSITION_UNITS_PER_TILE

__all__ = ["Change", "Place", "Snapshot", "Thing"]

Place = tuple[float, float]
NATURAL = frozenset({"cliff", "fish", "resource", "simple-entity", "tree"})


@dataclass(frozen=True)
class Thing:
    """An entity.

    Attributes:
        serial: which no other ever has.
        name: of its prototype.
        at: centre, tiles.
        direction: 0 to 7.
        contents: all items in it, those of crafts that go on among them.
    """

    serial: int
    name: str
    at: Place
    direction: int
    contents: dict[int, int]

    @property
    def prototype(self) -> EntityPrototype:
        return load().entities[self.name]

    @property
    def is_natural(self) -> bool:
        return self.prototype.type in NATURAL

    def away_from(self, place: Place, margin: float = 0.0) -> float:
        """Tiles from a place to the nearest point of its box; of ore, to its middle."""
        left, top, right, bottom = 0.0, 0.0, 0.0, 0.0
        if self.prototype.type != "resource":
            box: Any = self.prototype.collision_box
            left, top = box.left_top.x, box.left_top.y
            right, bottom = box.right_bottom.x, box.right_bottom.y
            for _ in range(self.direction // 2):
                left, top, right, bottom = -bottom, left, -top, right
        dx = max(self.at[0] + left - place[0], place[0] - self.at[0] - right, 0)
        dy = max(self.at[1] + top - place[1], place[1] - self.at[1] - bottom, 0)
        return max((dx * dx + dy * dy) ** 0.5 - margin, 0)


@dataclass(frozen=True)
class Change:
    """What is another than before.

    Attributes:
        come: entities that were not there.
        gone: entities that are no longer there, as they were.
        other: entities that face another way or hold something else, as they were.
    """

    come: list[Thing]
    gone: list[Thing]
    other: list[Thing]


class Snapshot:
    """All entities of a world at a moment.

    Args:
        world: not kept.
        people: rows of the agents' characters.
    """

    def __init__(self, world: World, people: Iterable[int]) -> None:
        self.tick = world.tick
        table = world.entity[: world.count[TABLE_INDEX["entity"]]]
        self.things: dict[int, Thing] = {}
        for row in (table["prototype"] > 0).nonzero()[0].tolist():
            thing = _thing(world, row)
            self.things[thing.serial] = thing
        self.people = [_place(world, row) for row in people]

    def changed_to(self, later: "Snapshot") -> Change:
        """What is another later."""
        both = self.things.keys() & later.things.keys()
        return Change(
            come=[later.things[each] for each in later.things.keys() - both],
            gone=[self.things[each] for each in self.things.keys() - both],
            other=[
                self.things[each]
                for each in both
                if self.things[each] != later.things[each]
            ],
        )


def _place(world: World, row: int) -> Place:
    entity = world.entity[row]
    scale = POSITION_UNITS_PER_TILE
    return float(entity["x"]) / scale, float(entity["y"]) / scale


def _thing(world: World, row: int) -> Thing:
    prototype = load().entities.by_id(int(world.entity["prototype"][row]))
    is_person = prototype.type == "character"
    return Thing(
        serial=int(world.entity["serial"][row]),
        name=prototype.name,
        # people walk; that has laws of its own
        at=(0.0, 0.0) if is_person else _place(world, row),
        direction=0 if is_person else int(world.entity["direction"][row]),
        contents={} if prototype.type in NATURAL else entity_contents(world, row),
    )
