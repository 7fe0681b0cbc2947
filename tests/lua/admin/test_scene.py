"""What pictures show."""

from collections.abc import Callable
from typing import Any

import pytest

from fle_marl.lua.types import Position, Prototype, Resource
from fle_marl.servers.embedded import EmbeddedServer
from fle_marl.testing.driver import Driver

Build = Callable[..., object]
Scene = dict[str, Any]


@pytest.fixture
def show(server: EmbeddedServer) -> Callable[..., Scene]:
    """``show(left, top, right, bottom)`` or ``show()``: the scene."""

    def ask(*area: float) -> Scene:
        arguments: dict[str, object] = {}
        if area:
            left, top, right, bottom = area
            arguments["area"] = {
                "left_top": {"x": left, "y": top},
                "right_bottom": {"x": right, "y": bottom},
            }
        scene = server.admin("scene", arguments)
        assert isinstance(scene, dict)
        return scene

    return ask


def test_shows_the_characters_by_name(show: Callable[..., Scene]) -> None:
    scene = show()
    assert scene["characters"] == [
        {"name": "agent_0", "x": 0, "y": 0},
        {"name": "agent_1", "x": 0, "y": 2},
    ]
    corner = scene["area"]["left_top"]
    assert max(corner["x"], corner["y"]) < 0


def test_its_own_area_has_room_for_what_was_built(
    show: Callable[..., Scene], build: Build
) -> None:
    build("iron-chest", 70.5, -30.5)
    area = show()["area"]
    assert area["right_bottom"]["x"] > 70.5
    assert area["left_top"]["y"] < -30.5


def test_shows_water_in_runs(
    show: Callable[..., Scene], agent: Driver, server: EmbeddedServer
) -> None:
    water = agent.nearest(Resource.Water)
    box = (int(water.x) - 10, int(water.y) - 10, int(water.x) + 10, int(water.y) + 10)
    runs = show(*box)["water"]
    count = server.lua.execute(
        "return game.surfaces[1].count_tiles_filtered({collision_mask = 'water-tile', "
        f"area = {{{{{box[0]}, {box[1]}}}, {{{box[2]}, {box[3]}}}}}}})"
    )
    assert sum(run["length"] for run in runs) == count > 0
    starts = [(run["y"], run["x"]) for run in runs]
    assert starts == sorted(starts)


def test_shows_ore(show: Callable[..., Scene], agent: Driver) -> None:
    ore = agent.nearest(Resource.Coal)
    shown = show(ore.x - 0.4, ore.y - 0.4, ore.x + 0.4, ore.y + 0.4)["resources"]
    assert [(one["name"], one["x"], one["y"]) for one in shown] == [
        ("coal", ore.x, ore.y)
    ]
    assert shown[0]["amount"] > 0


def test_shows_entities_as_they_stand(show: Callable[..., Scene], build: Build) -> None:
    build("boiler", 20, 20.5, direction=2)
    build("inserter", 30.5, 20.5, direction=6)
    build("small-electric-pole", 31.5, 21.5)
    build("small-electric-pole", 34.5, 21.5)
    shown = {one["name"]: one for one in show(15, 15, 40, 30)["entities"]}
    boiler, inserter = shown["boiler"], shown["inserter"]
    assert (boiler["width"], boiler["height"], boiler["direction"]) == (2, 3, 2)
    assert len(boiler["ports"]) == 3
    assert inserter["pickup"] == {"x": 29.5, "y": 20.5}
    assert inserter["drop"]["x"] == pytest.approx(31.7, abs=0.01)
    assert len(shown["small-electric-pole"]["wires"]) == 1


def test_shows_what_is_inside(
    show: Callable[..., Scene], agent: Driver, build: Build
) -> None:
    build("iron-chest", 3.5, 3.5)
    chest = agent.get_entity(Prototype.IronChest, Position(3.5, 3.5))
    agent.insert_item(Prototype.Coal, chest, 7)
    (shown,) = show(3, 3, 4, 4)["entities"]
    assert shown["contents"] == {"coal": 7}


def test_shows_the_way_that_a_character_walks(
    show: Callable[..., Scene], server: EmbeddedServer
) -> None:
    reply = server.call("move_to", 0, {"position": {"x": 15, "y": 5}})
    while not show()["paths"]:
        assert reply.pending
        server.advance(reply.ticks)
        reply = server.resume(0)
    (path,) = show()["paths"]
    assert path["name"] == "agent_0"
    last = path["points"][-1]
    assert (last["x"], last["y"]) == pytest.approx((15, 5), abs=1)
