"""No act makes or loses an item, whatever agents do and in whatever order."""

import random
from collections.abc import Callable
from typing import Any

import pytest

from fle_marl.errors import ToolError
from fle_marl.lua.types import Direction, Entity, Position, Prototype
from fle_marl.testing.driver import Driver

Count = Callable[[], dict[str, int]]

ACTS = 150
# nothing here burns or makes anything by itself
BUILDINGS = (
    Prototype.WoodenChest,
    Prototype.IronChest,
    Prototype.StoneFurnace,
    Prototype.AssemblingMachine1,
    Prototype.TransportBelt,
    Prototype.Splitter,
    Prototype.Pipe,
    Prototype.StorageTank,
    Prototype.SmallElectricPole,
    Prototype.StoneWall,
    Prototype.Inserter,
)
ITEMS = (Prototype.IronPlate, Prototype.CopperPlate, Prototype.IronGearWheel)
LINES = (
    {Prototype.TransportBelt},
    {Prototype.Pipe, Prototype.UndergroundPipe},
    {Prototype.SmallElectricPole},
    {Prototype.StoneWall},
)


class Tinkerer:
    """An agent that does anything anywhere, by a seed."""

    def __init__(self, agent: Driver, seed: int) -> None:
        self._agent = agent
        self._random = random.Random(seed)
        self._acts: list[Callable[[], Any]] = [
            self._place,
            self._place,
            self._place_next_to,
            self._pick_up,
            self._insert,
            self._insert,
            self._extract,
            self._rotate,
            self._set_recipe,
            self._connect,
            self._walk,
        ]

    def act(self) -> bool:
        """Do something; False when it was refused."""
        try:
            self._random.choice(self._acts)()
        except ToolError:
            return False
        return True

    def _somewhere(self) -> Position:
        return Position(self._random.uniform(-12, 12), self._random.uniform(-12, 12))

    def _direction(self) -> Direction:
        return self._random.choice(list(Direction))

    def _something(self) -> Entity:
        found: list[Any] = self._agent.get_entities()
        if not found:
            raise ToolError("nothing is built yet", code="no-such-entity")
        chosen = self._random.choice(found)
        members = chosen.members() if hasattr(chosen, "members") else [chosen]
        member: Entity = self._random.choice(members)
        return member

    def _place(self) -> None:
        building = self._random.choice(BUILDINGS)
        self._agent.place_entity(building, self._direction(), self._somewhere())

    def _place_next_to(self) -> None:
        self._agent.place_entity_next_to(
            self._random.choice(BUILDINGS),
            self._something().position,
            self._direction(),
            self._random.randrange(2),
        )

    def _pick_up(self) -> None:
        self._agent.pickup_entity(self._something())

    def _insert(self) -> None:
        item, count = self._random.choice(ITEMS), self._random.randrange(1, 40)
        self._agent.insert_item(item, self._something(), count)

    def _extract(self) -> None:
        item, count = self._random.choice(ITEMS), self._random.randrange(1, 40)
        self._agent.extract_item(item, self._something(), count)

    def _rotate(self) -> None:
        self._agent.rotate_entity(self._something(), self._direction())

    def _set_recipe(self) -> None:
        recipe = self._random.choice((Prototype.IronGearWheel, Prototype.Pipe))
        self._agent.set_entity_recipe(self._something(), recipe)

    def _connect(self) -> None:
        self._agent.connect_entities(
            self._somewhere(),
            self._somewhere(),
            connection_type=self._random.choice(LINES),
        )

    def _walk(self) -> None:
        self._agent.move_to(self._somewhere())


@pytest.mark.parametrize("seed", range(4))
def test_items_are_conserved(
    agent: Driver, other_agent: Driver, count_items: Count, seed: int
) -> None:
    tinkerers = [Tinkerer(agent, seed), Tinkerer(other_agent, seed + 100)]
    before = count_items()
    done = 0
    for turn in range(ACTS):
        done += tinkerers[turn % 2].act()
        assert count_items() == before, f"turn {turn}"
    assert done > ACTS / 4


def test_taking_everything_up_again_gives_everything_back(
    agent: Driver, inventory: dict[str, int]
) -> None:
    tinkerer = Tinkerer(agent, 7)
    for _ in range(60):
        tinkerer.act()
    for entity in agent.get_entities():
        if not hasattr(entity, "members"):
            agent.move_to(entity.position)
        agent.pickup_entity(entity)
    assert agent.get_entities() == []
    left = agent.inspect_inventory()
    assert {name: left.get(name, 0) for name in inventory} == inventory
