"""Who is there and where."""

from fle_marl.lua.types import Position
from fle_marl.servers.embedded import EmbeddedServer
from fle_marl.testing.driver import Driver


def test_everybody_in_the_order_of_numbers(
    agent: Driver, server: EmbeddedServer
) -> None:
    start = server.tick
    me, other = agent.get_agents()
    assert (me.index, me.name, me.is_you, me.distance) == (0, "agent_0", True, 0)
    assert (other.index, other.name, other.is_you) == (1, "agent_1", False)
    assert other.distance == me.position.distance(other.position)
    assert other.within_reach
    assert not me.within_reach
    assert other.ticks_to_respawn is None
    assert server.tick == start


def test_who_is_far_is_not_within_reach(agent: Driver) -> None:
    agent.move_to(Position(25, 0))
    _, other = agent.get_agents()
    assert 20 < other.distance < 30
    assert not other.within_reach


def test_what_others_carry_is_theirs_to_tell(agent: Driver) -> None:
    _, other = agent.get_agents()
    assert set(vars(other)) == {
        *("index", "name", "position", "distance", "is_you", "within_reach"),
        "ticks_to_respawn",
    }


def test_the_dead_are_told_of_and_may_look(
    agent: Driver, server: EmbeddedServer
) -> None:
    server.lua.execute("global.agents[2].character.die()")
    _, other = agent.get_agents()
    # Source: prototype character, respawn_time
    assert 0 < other.ticks_to_respawn <= 600
    assert not other.within_reach
    first, _ = Driver(server, 1).get_agents()
    assert not first.is_you
