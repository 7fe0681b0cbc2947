"""Entities that work as one."""

from collections.abc import Callable

import pytest

from fle_marl.lua.types import EntityStatus, Prototype
from fle_marl.servers.embedded import EmbeddedServer
from fle_marl.testing.driver import Driver

Build = Callable[..., object]


@pytest.fixture
def belt_line(build: Build) -> None:
    """Three belts eastward, built from the end to the start."""
    for x in (22.5, 21.5, 20.5):
        build("transport-belt", x, 20.5, direction=2)


@pytest.mark.usefixtures("belt_line")
def test_belts_come_in_the_order_of_their_flow(agent: Driver) -> None:
    (group,) = agent.get_entities({Prototype.BeltGroup})
    assert [belt.position.x for belt in group.belts] == [20.5, 21.5, 22.5]
    assert [belt.position.x for belt in group.inputs] == [20.5]
    assert [belt.position.x for belt in group.outputs] == [22.5]
    assert group.id == min(belt.id for belt in group.belts)
    assert group.status is EntityStatus.EMPTY


@pytest.mark.usefixtures("belt_line")
def test_belts_side_by_side_are_two_groups(agent: Driver, build: Build) -> None:
    build("transport-belt", 20.5, 21.5, direction=2)
    assert len(agent.get_entities({Prototype.BeltGroup})) == 2


@pytest.mark.usefixtures("belt_line")
def test_a_belt_from_the_side_joins(agent: Driver, build: Build) -> None:
    build("transport-belt", 21.5, 21.5, direction=0)
    (group,) = agent.get_entities({Prototype.BeltGroup})
    inputs = {(belt.position.x, belt.position.y) for belt in group.inputs}
    assert inputs == {(20.5, 20.5), (21.5, 21.5)}
    assert len(group.outputs) == 1


def test_an_underground_stretch_holds_belts_together(
    agent: Driver, build: Build
) -> None:
    build("transport-belt", 20.5, 20.5, direction=2)
    build("underground-belt", 21.5, 20.5, direction=2, type="input")
    build("underground-belt", 25.5, 20.5, direction=2, type="output")
    build("transport-belt", 26.5, 20.5, direction=2)
    (group,) = agent.get_entities({Prototype.BeltGroup})
    assert [belt.position.x for belt in group.belts] == [20.5, 21.5, 25.5, 26.5]


def test_a_ring_of_belts_is_a_group(agent: Driver, build: Build) -> None:
    for x, y, direction in ((20, 20, 2), (21, 20, 4), (21, 21, 6), (20, 21, 0)):
        build("transport-belt", x + 0.5, y + 0.5, direction=direction)
    (group,) = agent.get_entities({Prototype.BeltGroup})
    assert len(group.belts) == 4
    assert group.inputs == group.outputs == []


def test_a_full_line_is_backed_up(
    agent: Driver, build: Build, server: EmbeddedServer
) -> None:
    build("transport-belt", 4.5, 4.5, direction=2)
    (belt,) = agent.get_entities({Prototype.TransportBelt})
    for _ in range(4):
        agent.insert_item(Prototype.Coal, belt, 2)
        server.advance(60)
    (group,) = agent.get_entities({Prototype.BeltGroup})
    assert group.inventory[Prototype.Coal] == 8
    assert group.status is EntityStatus.FULL_OUTPUT
    assert group.warnings


def test_walls_that_touch_are_a_group(agent: Driver, build: Build) -> None:
    for x, y in ((20, 20), (21, 20), (21, 21), (25, 25), (22, 22)):
        build("stone-wall", x + 0.5, y + 0.5)
    groups = agent.get_entities()
    assert sorted(len(group.entities) for group in groups) == [1, 1, 3]


def test_poles_out_of_each_others_reach_are_two_groups(
    agent: Driver, build: Build
) -> None:
    for x in (20.5, 26.5, 60.5):
        build("small-electric-pole", x, 20.5)
    groups = agent.get_entities({Prototype.ElectricityGroup})
    assert sorted(len(group.poles) for group in groups) == [1, 2]
    assert len({group.id for group in groups}) == 2
