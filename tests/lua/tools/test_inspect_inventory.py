"""Counting what the agent and entities hold."""

from collections.abc import Callable

import pytest

from fle_marl.errors import ToolError
from fle_marl.lua.types import Position, Prototype
from fle_marl.testing.driver import Driver

Build = Callable[..., object]


def test_own_inventory(agent: Driver, inventory: dict[str, int]) -> None:
    mine = agent.inspect_inventory()
    assert dict(mine.items()) == inventory
    assert mine[Prototype.Satellite] == 0


def test_each_agent_sees_its_own(agent: Driver, other_agent: Driver) -> None:
    agent.place_entity(Prototype.IronChest, position=Position(3.5, 3.5))
    assert agent.inspect_inventory()[Prototype.IronChest] == 9
    assert other_agent.inspect_inventory()[Prototype.IronChest] == 10


def test_an_entity_shows_all_of_its_inventories(agent: Driver, build: Build) -> None:
    build("stone-furnace", 4, 4)
    furnace = agent.get_entity(Prototype.StoneFurnace, Position(4, 4))
    agent.insert_item(Prototype.Coal, furnace, 3)
    agent.insert_item(Prototype.IronOre, furnace, 5)
    by_entity = agent.inspect_inventory(furnace)
    assert by_entity == agent.inspect_inventory(Position(4, 4))
    held = dict(by_entity.items())
    # one of each may be in the fire already
    assert held["coal"] in (2, 3)
    assert held["iron-ore"] in (4, 5)


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        ({"all_players": True}, "not-yours"),
        ({"entity": Position(0, 2)}, "not-yours"),
        ({"entity": Position(50, 50)}, "no-such-entity"),
    ],
)
def test_refuses(agent: Driver, arguments: dict[str, object], code: str) -> None:
    with pytest.raises(ToolError) as caught:
        agent.inspect_inventory(**arguments)
    assert caught.value.code == code
