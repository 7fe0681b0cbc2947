"""Reading the production score."""

import math

import pytest

from fle_marl.lua.types import Position, Prototype
from fle_marl.servers.embedded import EmbeddedServer
from fle_marl.testing.driver import Driver


def flow(server: EmbeddedServer, kind: str, name: str, amount: float) -> None:
    server.lua.execute(
        f"game.forces.player.{kind}_production_statistics.on_flow('{name}', {amount})"
    )


def test_begins_at_nothing(agent: Driver) -> None:
    assert agent.score() == (0.0, "")


@pytest.mark.parametrize(
    ("kind", "name", "price"),
    [
        ("item", "iron-ore", 3.1),
        ("item", "coal", 3.0),
        ("fluid", "water", 0.001),
        # one ingredient: its price and ln(seconds + 1) * sqrt(price)
        ("item", "iron-plate", 3.1 + math.log(4.2) * math.sqrt(3.1)),
    ],
)
def test_counts_what_is_made_less_what_is_used(
    agent: Driver, server: EmbeddedServer, kind: str, name: str, price: float
) -> None:
    flow(server, kind, name, 10)
    assert agent.score()[0] == pytest.approx(10 * price)
    flow(server, kind, name, -4)
    assert agent.score()[0] == pytest.approx(6 * price)


def test_crafting_raises_it_for_all(agent: Driver, other_agent: Driver) -> None:
    agent.craft_item(Prototype.IronGearWheel, 1)
    # what it is worth beyond its two plates
    assert agent.score()[0] > 0
    assert agent.score() == other_agent.score()


def test_building_does_not_change_it(agent: Driver) -> None:
    agent.place_entity(Prototype.IronChest, position=Position(4.5, 4.5))
    assert agent.score()[0] == 0


def test_tells_the_goal(agent: Driver, server: EmbeddedServer) -> None:
    server.lua.execute("global.goal = 'build a rocket'")
    assert agent.score()[1] == "build a rocket"
