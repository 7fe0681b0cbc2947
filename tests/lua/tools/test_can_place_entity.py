"""Asking whether something could be placed."""

from collections.abc import Callable

import pytest

from fle_marl.errors import ToolError
from fle_marl.lua.types import Direction, Position, Prototype, Resource
from fle_marl.servers.embedded import EmbeddedServer
from fle_marl.testing.driver import Driver

Build = Callable[..., object]


@pytest.mark.parametrize(
    ("prototype", "place", "expected"),
    [
        (Prototype.StoneFurnace, Position(5, 5), True),
        # ten tiles is as far as hands reach
        (Prototype.StoneFurnace, Position(10, 0), True),
        (Prototype.StoneFurnace, Position(11, 0), False),
        # not in the inventory
        (Prototype.Radar, Position(5, 5), False),
        # taken by the chest, by a part of it, and beside it
        (Prototype.StoneFurnace, Position(-5, -5), False),
        (Prototype.StoneFurnace, Position(-6, -5), False),
        (Prototype.StoneFurnace, Position(-7, -5), True),
        # no ore, no shore
        (Prototype.BurnerMiningDrill, Position(5, 5), False),
        (Prototype.OffshorePump, Position(5, 5), False),
    ],
)
def test_says_what_place_entity_would_do(
    agent: Driver, build: Build, prototype: Prototype, place: Position, expected: bool
) -> None:
    build("iron-chest", -5.5, -5.5)
    assert agent.can_place_entity(prototype, position=place) is expected
    try:
        agent.place_entity(prototype, position=place)
    except ToolError:
        assert not expected
    else:
        assert expected


def test_a_drill_on_ore(agent: Driver) -> None:
    ore = agent.nearest(Resource.IronOre)
    agent.move_to(ore)
    assert agent.can_place_entity(
        Prototype.ElectricMiningDrill, Direction.LEFT, ore.left(3)
    )


@pytest.mark.parametrize("direction", list(Direction))
def test_the_direction_is_the_one_that_is_meant(
    agent: Driver, build: Build, direction: Direction
) -> None:
    """A boiler of 3 x 2 tiles fits between two walls when it faces up or down."""
    for x in range(3, 6):
        build("stone-wall", x + 0.5, 2.5)
        build("stone-wall", x + 0.5, 5.5)
    fits = direction in (Direction.UP, Direction.DOWN)
    can = agent.can_place_entity(Prototype.Boiler, direction, Position(4.5, 4))
    assert can is fits


def test_nothing_moves_or_changes(agent: Driver, server: EmbeddedServer) -> None:
    before = server.world.state_hash()
    agent.can_place_entity(Prototype.StoneFurnace, position=Position(0, 0))
    agent.can_place_entity(Prototype.StoneFurnace, position=Position(5, 5))
    after = server.world.state_hash()
    assert after == before


def test_refuses_what_nothing_builds(agent: Driver) -> None:
    with pytest.raises(ToolError) as caught:
        agent.can_place_entity(Prototype.IronPlate, position=Position(1, 1))
    assert caught.value.code == "not-placeable"
