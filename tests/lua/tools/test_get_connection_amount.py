"""Counting what a connection would take."""

from collections.abc import Callable

import pytest

from fle_marl.errors import ToolError
from fle_marl.lua.types import Position, Prototype
from fle_marl.servers.embedded import EmbeddedServer
from fle_marl.testing.driver import Driver

Build = Callable[..., object]


@pytest.mark.parametrize(
    ("types", "amount"),
    [
        (Prototype.Pipe, 41),
        (Prototype.TransportBelt, 41),
        (Prototype.FastTransportBelt, 41),
        (Prototype.StoneWall, 41),
        (Prototype.SmallElectricPole, 7),
        (Prototype.BigElectricPole, 3),
        ({Prototype.Pipe, Prototype.UndergroundPipe}, 41),
    ],
)
def test_counts_and_changes_nothing(
    agent: Driver,
    server: EmbeddedServer,
    types: Prototype | set[Prototype],
    amount: int,
) -> None:
    before, start = server.world.state_hash(), server.tick
    counted = agent.get_connection_amount(
        Position(2.5, 3.5), Position(42.5, 3.5), types
    )
    assert counted == amount
    assert server.world.state_hash() == before
    assert server.tick == start


def test_pipes_are_meant_by_default(agent: Driver) -> None:
    assert agent.get_connection_amount(Position(2, 3), Position(5, 3)) == 4


def test_is_what_connecting_takes(agent: Driver, build: Build) -> None:
    for y in range(-4, 12, 2):
        build("stone-furnace", 10, y)
    ends = Position(2.5, 3.5), Position(22.5, 9.5)
    counted = agent.get_connection_amount(*ends, Prototype.TransportBelt)
    had = agent.inspect_inventory()[Prototype.TransportBelt]
    agent.connect_entities(*ends, Prototype.TransportBelt)
    assert had - agent.inspect_inventory()[Prototype.TransportBelt] == counted
    assert agent.get_connection_amount(*ends, Prototype.TransportBelt) == 0


def test_refuses_what_cannot_be_connected(agent: Driver) -> None:
    with pytest.raises(ToolError) as refused:
        agent.get_connection_amount(Position(2, 3), Position(35, -85))
    assert refused.value.code == "no-route"
