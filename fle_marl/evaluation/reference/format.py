"""The format of reference factories; the only place that says what a file may hold.

Places are where a player would ask for an entity, in tiles: an entity of 1, 3 or 5
tiles is centred in the tile of that number, one of 2 tiles on the border before it.
"""

import json
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Annotated, Final, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from fle_marl.defines import Direction

__all__ = [
    "Factory",
    "Group",
    "Placed",
    "Removal",
    "Run",
    "factory_keys",
    "read_factory",
]

Tile = tuple[int, int]
Heading = Literal["north", "east", "south", "west"]
Text = Annotated[str, Field(min_length=1)]
Count = Annotated[int, Field(ge=1)]

_STEPS: Final = {"n": (0, -1), "e": (1, 0), "s": (0, 1), "w": (-1, 0)}
_HEADINGS: Final = {
    "n": Direction.north,
    "e": Direction.east,
    "s": Direction.south,
    "w": Direction.west,
}
_STRETCH: Final = re.compile(r"([NESWnesw])([1-9][0-9]*)")
_BELOW_GROUND: Final = {
    "transport-belt": "underground-belt",
    "fast-transport-belt": "fast-underground-belt",
    "express-transport-belt": "express-underground-belt",
    "pipe": "pipe-to-ground",
}
"""What goes below ground for a belt or pipe that is laid along a path."""
_PIPE: Final = "pipe"


class _Strict(BaseModel):
    """Refuses what it does not know."""

    model_config = ConfigDict(extra="forbid", frozen=True)


@dataclass(frozen=True, slots=True)
class Placed:
    """One entity of a factory.

    Attributes:
        name: of the entity, which is also that of the item that places it.
        x: where a player would ask for it, tiles.
        y: where a player would ask for it, tiles.
        direction: it faces so.
        recipe: of an assembling machine, refinery or chemical plant; or empty.
        insert: items that are put into it at first.
        is_exit: whether it is where an underground belt comes up.
    """

    name: str
    x: int
    y: int
    direction: Direction = Direction.north
    recipe: str = ""
    insert: tuple[tuple[str, int], ...] = ()
    is_exit: bool = False


class Group(_Strict):
    """Entities that are alike."""

    name: Text
    at: Annotated[tuple[Tile, ...], Field(min_length=1)]
    direction: Heading = "north"
    recipe: str = ""
    insert: dict[str, Count] = Field(
        {}, description="Items that are put into each at first."
    )

    def placed(self) -> Iterator[Placed]:
        """The entities one by one."""
        for x, y in self.at:
            yield Placed(
                self.name,
                x,
                y,
                Direction[self.direction],
                self.recipe,
                tuple(self.insert.items()),
            )


class Run(_Strict):
    """Belts or pipes along a path.

    ``E10 s6 W3`` is ten tiles east, six south of which only the first and the last are
    above ground, and three west; a belt flows along it, and every tile points to where
    its stretch goes.
    """

    name: Literal[
        "transport-belt", "fast-transport-belt", "express-transport-belt", "pipe"
    ]
    start: Tile
    path: Annotated[str, Field(pattern=r"^[NESWnesw][1-9]\d*( [NESWnesw][1-9]\d*)*$")]

    def placed(self) -> Iterator[Placed]:
        """The entities one by one, in the order of the path."""
        x, y = self.start
        for letter, length in _STRETCH.findall(self.path):
            way = letter.lower()
            step_x, step_y = _STEPS[way]
            tiles = [(x + i * step_x, y + i * step_y) for i in range(int(length))]
            if letter == way:
                yield from self._below_ground(_HEADINGS[way], tiles[0], tiles[-1])
            else:
                for tile in tiles:
                    yield Placed(self.name, *tile, self._heading(way))
            x, y = x + int(length) * step_x, y + int(length) * step_y

    def _heading(self, way: str) -> Direction:
        return Direction.north if self.name == _PIPE else _HEADINGS[way]

    def _below_ground(
        self, heading: Direction, first: Tile, last: Tile
    ) -> Iterator[Placed]:
        name = _BELOW_GROUND[self.name]
        if self.name == _PIPE:
            # a pipe to ground faces what it joins above ground
            yield Placed(name, *first, Direction((heading + 4) % 8))
            yield Placed(name, *last, heading)
        else:
            yield Placed(name, *first, heading)
            yield Placed(name, *last, heading, is_exit=True)


class Removal(_Strict):
    """What the factory's sibling lacks, which therefore does not reach the quota."""

    name: Text
    at: Annotated[tuple[Tile, ...], Field(min_length=1)]
    why: Text = Field(description="What it does in the factory.")


class Factory(_Strict):
    """A factory that reaches the quota of a task."""

    task: Text = Field(description="Key of the task.")
    how: Text = Field(description="How it works, in a few sentences.")
    placed: str = Field(
        "",
        description="Why it needs more than the task's starting inventory; empty for "
        "one that is built of that.",
    )
    steps: int = Field(
        1,
        ge=1,
        description="Steps of the task, each of them settling time and hold-out, after "
        "which it reaches the quota.",
    )
    parts: Annotated[tuple[Group | Run, ...], Field(min_length=1)]
    sibling: Removal

    def entities(self) -> list[Placed]:
        """All of its entities, in the order of the file."""
        return [each for part in self.parts for each in part.placed()]

    def sibling_entities(self) -> list[Placed]:
        """The same without what the sibling lacks."""
        lacking = {(self.sibling.name, *tile) for tile in self.sibling.at}
        return [
            each
            for each in self.entities()
            if (each.name, each.x, each.y) not in lacking
        ]

    def items(self) -> Counter[str]:
        """The items that it is built of, and those that are put into it."""
        counts: Counter[str] = Counter()
        for each in self.entities():
            counts[each.name] += 1
            for name, count in each.insert:
                counts[name] += count
        return counts

    @model_validator(mode="after")
    def _sibling_lacks_something(self) -> Self:
        lacking = len(self.entities()) - len(self.sibling_entities())
        if lacking != len(self.sibling.at):
            raise ValueError("the sibling lacks what the factory does not have")
        return self


_FOLDER: Final = files(__package__) / "factories"


def factory_keys() -> list[str]:
    """Keys of the tasks that have a reference factory, sorted."""
    return sorted(
        path.name.removesuffix(".json")
        for path in _FOLDER.iterdir()
        if path.name.endswith(".json")
    )


@cache
def read_factory(key: str) -> Factory:
    """The reference factory of a task.

    Raises:
        pydantic.ValidationError: something in the file is not part of the format.
    """
    text = (_FOLDER / f"{key}.json").read_text(encoding="utf-8")
    return Factory.model_validate(json.loads(text))
