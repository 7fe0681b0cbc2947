"""Launching rockets."""

from collections.abc import Callable

import pytest

from fle_marl.errors import ToolError
from fle_marl.lua.types import EntityStatus, Position, Prototype
from fle_marl.servers.embedded import EmbeddedServer
from fle_marl.testing.driver import Driver

Build = Callable[..., object]

PLACE = Position(7.5, 7.5)
TO_READY_TICKS = 888
TO_SPACE_TICKS = 1165


@pytest.fixture
def parts(server: EmbeddedServer, build: Build) -> Callable[[int], None]:
    """``parts(100)``: a silo with so many parts done, and with power."""
    build("rocket-silo", PLACE.x, PLACE.y)
    build("substation", 14, 7)
    for x in range(18, 90, 4):
        for y in (2, 6, 10):
            build("solar-panel", x + 0.5, y + 0.5)
    for x in range(24, 90, 8):
        build("substation", x, 8)
    server.lua.execute("game.surfaces[1].always_day = true")

    def make(count: int) -> None:
        server.lua.execute(
            "game.surfaces[1].find_entities_filtered({name = 'rocket-silo'})[1]"
            f".rocket_parts = {count}"
        )

    return make


def test_launches(
    agent: Driver, server: EmbeddedServer, parts: Callable[[int], None]
) -> None:
    parts(100)
    silo = agent.get_entity(Prototype.RocketSilo, PLACE)
    for _ in range(20):
        server.advance(TO_READY_TICKS)
        try:
            silo = agent.launch_rocket(silo)
            break
        except ToolError as refused:
            assert refused.code == "rocket-not-ready"
    else:
        pytest.fail("the rocket never stood ready")
    assert silo.launch_count == 0
    assert silo.status is EntityStatus.LAUNCHING_ROCKET
    server.advance(20 * TO_SPACE_TICKS)
    silo = agent.get_entity(Prototype.RocketSilo, PLACE)
    assert (silo.launch_count, silo.rocket_parts) == (1, 0)


def test_the_silo_that_is_named_is_meant(
    agent: Driver, server: EmbeddedServer, build: Build, parts: Callable[[int], None]
) -> None:
    parts(100)
    build("rocket-silo", -7.5, 7.5)
    server.advance(20 * TO_READY_TICKS)
    with pytest.raises(ToolError, match="0 of 100") as refused:
        agent.launch_rocket(Position(-7.5, 7.5))
    assert refused.value.code == "rocket-not-ready"
    assert agent.launch_rocket(PLACE).position == PLACE


def test_refuses_a_rocket_in_pieces(
    agent: Driver, parts: Callable[[int], None]
) -> None:
    parts(99)
    with pytest.raises(ToolError, match="99 of 100") as refused:
        agent.launch_rocket(PLACE)
    assert refused.value.code == "rocket-not-ready"


def test_refuses_from_afar(agent: Driver, build: Build) -> None:
    build("rocket-silo", 40.5, 7.5)
    with pytest.raises(ToolError) as refused:
        agent.launch_rocket(Position(40.5, 7.5))
    assert refused.value.code == "out-of-reach"


def test_refuses_where_there_is_no_silo(agent: Driver) -> None:
    with pytest.raises(ToolError) as refused:
        agent.launch_rocket(PLACE)
    assert refused.value.code == "no-such-entity"
