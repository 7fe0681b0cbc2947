"""Printing."""

from fle_marl.lua.types import Position
from fle_marl.servers.embedded import EmbeddedServer
from fle_marl.testing.driver import Driver


def test_gives_the_text(other_agent: Driver, server: EmbeddedServer) -> None:
    text = other_agent.print("here", Position(1, 2), 3)
    assert text == "here\tx=1 y=2\t3"
    assert server.lua.console[-1] == "agent_1: here\tx=1 y=2\t3"


def test_spectators_see_the_start_of_a_long_text(
    agent: Driver, server: EmbeddedServer
) -> None:
    text = agent.print("x" * 5000)
    assert text == "x" * 5000
    assert len(server.lua.console[-1]) < 1100
