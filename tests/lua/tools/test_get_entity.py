"""Looking at one entity or group."""

from collections.abc import Callable

import pytest

from fle_marl.errors import ToolError
from fle_marl.lua.types import (
    Boiler,
    Chest,
    Direction,
    ElectricityGroup,
    EntityStatus,
    Furnace,
    Inserter,
    PipeGroup,
    Position,
    Prototype,
)
from fle_marl.testing.driver import Driver

Build = Callable[..., object]


def test_gives_what_stands_there_as_it_is_now(agent: Driver, build: Build) -> None:
    build("iron-chest", 5.5, 5.5)
    before = agent.get_entity(Prototype.IronChest, Position(5.5, 5.5))
    agent.insert_item(Prototype.Coal, before, 7)
    after = agent.get_entity(Prototype.IronChest, Position(5.5, 5.5))
    assert isinstance(after, Chest)
    assert after.inventory[Prototype.Coal] == 7
    assert before.inventory[Prototype.Coal] == 0
    assert after.id == before.id


def test_a_far_entity_can_be_seen(agent: Driver, build: Build) -> None:
    build("stone-furnace", 100, 100)
    furnace = agent.get_entity(Prototype.StoneFurnace, Position(100, 100))
    assert isinstance(furnace, Furnace)
    assert furnace.position.distance(Position(100, 100)) == 0


def test_the_place_may_be_a_tile_off(agent: Driver, build: Build) -> None:
    build("iron-chest", 5.5, 5.5)
    found = agent.get_entity(Prototype.IronChest, Position(6.2, 4.8))
    assert (found.position.x, found.position.y) == (5.5, 5.5)


def test_an_inserter_faces_where_it_drops(agent: Driver, build: Build) -> None:
    build("burner-inserter", 0.5, -5.5, direction=0)
    inserter = agent.get_entity(Prototype.BurnerInserter, Position(0.5, -5.5))
    assert isinstance(inserter, Inserter)
    assert inserter.direction is Direction.DOWN
    assert (inserter.drop_position.x, inserter.drop_position.y) == (0.5, -4.5)
    assert (inserter.pickup_position.x, inserter.pickup_position.y) == (0.5, -6.5)


def test_a_boiler_tells_where_its_pipes_go(agent: Driver, build: Build) -> None:
    build("boiler", 0.5, -5, direction=0)
    boiler = agent.get_entity(Prototype.Boiler, Position(0.5, -5))
    assert isinstance(boiler, Boiler)
    water = sorted((point.x, point.y) for point in boiler.connection_points)
    assert water == [(-1.5, -4.5), (2.5, -4.5)]
    assert (boiler.steam_output_point.x, boiler.steam_output_point.y) == (0.5, -6.5)


def test_a_pole_group_is_a_whole_network(agent: Driver, build: Build) -> None:
    for x in (0.5, 5.5, 10.5, 60.5):
        build("small-electric-pole", x, -5.5)
    group = agent.get_entity(Prototype.ElectricityGroup, Position(5.5, -5.5))
    assert isinstance(group, ElectricityGroup)
    assert sorted(pole.position.x for pole in group.poles) == [0.5, 5.5, 10.5]
    assert {pole.electrical_id for pole in group.poles} == {group.id}


def test_a_pipe_group_is_a_whole_network(agent: Driver, build: Build) -> None:
    for x in (0.5, 1.5, 2.5, 9.5):
        build("pipe", x, -5.5)
    group = agent.get_entity(Prototype.PipeGroup, Position(1.5, -5.5))
    assert isinstance(group, PipeGroup)
    assert [pipe.position.x for pipe in group.pipes] == [0.5, 1.5, 2.5]
    assert group.status is EntityStatus.EMPTY


def test_nothing_there_is_told_with_what_is_near(agent: Driver, build: Build) -> None:
    build("stone-furnace", 8, 8)
    with pytest.raises(ToolError, match="stone-furnace") as caught:
        agent.get_entity(Prototype.IronChest, Position(7, 7))
    assert caught.value.code == "no-such-entity"


@pytest.mark.parametrize(
    ("prototype", "code"),
    [
        (Prototype.BeltGroup, "no-such-entity"),
        (Prototype.PipeGroup, "no-such-entity"),
        (Prototype.ExpressInserter, "no-such-prototype"),
    ],
)
def test_refuses(agent: Driver, prototype: Prototype, code: str) -> None:
    with pytest.raises(ToolError) as caught:
        agent.get_entity(prototype, Position(0, 0))
    assert caught.value.code == code
