"""Listing what was built."""

from collections.abc import Callable

import pytest

from fle_marl.errors import ToolError
from fle_marl.lua.types import Position, Prototype
from fle_marl.servers.embedded import EmbeddedServer
from fle_marl.testing.driver import Driver

Build = Callable[..., object]


@pytest.fixture
def yard(build: Build) -> None:
    """Two chests, a far furnace, three pipes of which two touch, two wall pieces."""
    build("iron-chest", 3.5, 3.5)
    build("wooden-chest", 6.5, 3.5)
    build("stone-furnace", 60, 60)
    for x in (0.5, 1.5, 9.5):
        build("pipe", x, -5.5)
    for x in (0.5, 1.5):
        build("stone-wall", x, -9.5)


def names(found: object) -> list[str]:
    assert isinstance(found, list)
    return [entity.name for entity in found]


@pytest.mark.usefixtures("yard")
def test_everything_comes_with_groups(agent: Driver) -> None:
    assert names(agent.get_entities()) == [
        "iron-chest",
        "wooden-chest",
        "stone-furnace",
        "pipe-group",
        "pipe-group",
        "wall-group",
    ]


@pytest.mark.usefixtures("yard")
def test_single_kinds_come_one_by_one(agent: Driver) -> None:
    assert names(agent.get_entities({Prototype.Pipe})) == ["pipe"] * 3


@pytest.mark.usefixtures("yard")
def test_single_kinds_around_a_place_come_in_groups(agent: Driver) -> None:
    found = agent.get_entities({Prototype.Pipe}, position=Position(0, -5), radius=3)
    assert names(found) == ["pipe-group"]
    assert len(found[0].pipes) == 2


@pytest.mark.usefixtures("yard")
def test_groups_can_be_asked_for(agent: Driver) -> None:
    asked = {Prototype.PipeGroup, Prototype.IronChest}
    assert names(agent.get_entities(asked)) == [
        "iron-chest",
        "pipe-group",
        "pipe-group",
    ]


@pytest.mark.usefixtures("yard")
@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        ({"entities": Prototype.IronChest}, ["iron-chest"]),
        ({"prototype": Prototype.IronChest, "radius": 10}, ["iron-chest"]),
        ({"name": "wooden-chest"}, ["wooden-chest"]),
        ({"type": "container"}, ["iron-chest", "wooden-chest"]),
        ({"type": "furnace", "radius": 20}, []),
        ({"position": Position(60, 60), "radius": 5}, ["stone-furnace"]),
        ({"entities": [Prototype.Lab]}, []),
    ],
)
def test_filters(
    agent: Driver, arguments: dict[str, object], expected: list[str]
) -> None:
    assert names(agent.get_entities(**arguments)) == expected


def test_nature_and_characters_are_not_listed(agent: Driver) -> None:
    assert agent.get_entities() == []


def test_looking_takes_no_time(agent: Driver, server: EmbeddedServer) -> None:
    before = server.tick
    agent.get_entities()
    assert server.tick == before


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        ({"name": "iron-chests"}, "no-such-prototype"),
        ({"entities": {Prototype.ExpressInserter}}, "no-such-prototype"),
        ({"radius": -1}, "bad-argument"),
    ],
)
def test_refuses(agent: Driver, arguments: dict[str, object], code: str) -> None:
    with pytest.raises(ToolError) as caught:
        agent.get_entities(**arguments)
    assert caught.value.code == code
