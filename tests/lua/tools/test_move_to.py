"""Walking: where it ends, how long it takes, and what stops it."""

from collections.abc import Callable

import pytest

from fle_marl.errors import ToolError
from fle_marl.lua.types import Position
from fle_marl.servers.embedded import EmbeddedServer
from fle_marl.testing.driver import Driver

Build = Callable[..., object]
Where = Callable[[int], tuple[float, float]]

TILES_PER_TICK = 38 / 256


def test_a_straight_walk_takes_its_time(agent: Driver, server: EmbeddedServer) -> None:
    start = server.tick
    here = agent.move_to(Position(30, 0))
    walked = here.distance(Position(0, 0))
    assert here.distance(Position(30, 0)) <= 1
    assert server.tick - start == pytest.approx(walked / TILES_PER_TICK, abs=4)


def test_standing_there_already_takes_no_time(
    agent: Driver, server: EmbeddedServer, where: Where
) -> None:
    start = server.tick
    agent.move_to(Position(*where(0)))
    assert server.tick == start


def test_a_walk_leads_around_what_is_built(agent: Driver, build: Build) -> None:
    for y in range(-8, 9):
        build("stone-wall", 5.5, y + 0.5)
    here = agent.move_to(Position(10, 0))
    assert here.distance(Position(10, 0)) <= 1


def test_a_walk_leads_through_a_gate(
    agent: Driver, build: Build, server: EmbeddedServer
) -> None:
    for step in range(-4, 5):
        for x, y in ((step, -4), (step, 4), (-4, step), (4, step)):
            if abs(step) < 4 or x == y or (x, y) == (4, -4) or (x, y) == (-4, 4):
                build("gate" if (x, y) == (4, 0) else "stone-wall", x + 0.5, y + 0.5)
    start = server.tick
    here = agent.move_to(Position(14, 0))
    assert here.distance(Position(14, 0)) <= 1
    # nobody has to wait in front of it
    assert server.tick - start <= 14 / TILES_PER_TICK + 12


def test_a_place_that_is_taken_is_approached(agent: Driver, build: Build) -> None:
    build("stone-furnace", 20, 0)
    here = agent.move_to(Position(20, 0))
    assert 0.7 < here.distance(Position(20, 0)) <= 2.6


def test_the_middle_of_a_lake_cannot_be_reached(
    agent: Driver, server: EmbeddedServer, where: Where
) -> None:
    before = where(0)
    with pytest.raises(ToolError) as refused:
        agent.move_to(Position(35, -85))
    assert refused.value.code == "unreachable"
    server.advance(60)
    assert where(0) == before


def test_cancel_stops_the_walk(server: EmbeddedServer, where: Where) -> None:
    start = where(0)
    reply = server.call("move_to", 0, {"position": {"x": 50, "y": 0}})
    while reply.ticks <= 1:
        server.advance(reply.ticks)
        reply = server.resume(0)
    server.advance(10)
    server.cancel(0)
    stopped = where(0)
    server.advance(60)
    assert stopped != start
    assert where(0) == stopped


def test_two_walk_at_once_each_to_its_own_place(
    server: EmbeddedServer, where: Where
) -> None:
    goals = {0: (20, 0), 1: (-20, 10)}
    for agent, (x, y) in goals.items():
        assert server.call("move_to", agent, {"position": {"x": x, "y": y}}).pending
    walking = {0, 1}
    while walking:
        server.advance(1)
        walking -= {agent for agent in walking if not server.resume(agent).pending}
    for agent, goal in goals.items():
        assert where(agent) == pytest.approx(goal, abs=1)


def test_a_walk_begins_where_one_really_is(
    agent: Driver, server: EmbeddedServer
) -> None:
    agent.move_to(Position(10, 0))
    server.lua.execute("global.agents[1].character.teleport({40, 0})")
    start = server.tick
    here = agent.move_to(Position(45, 0))
    assert here.distance(Position(45, 0)) <= 1
    assert server.tick - start == pytest.approx(5 / TILES_PER_TICK, abs=8)
