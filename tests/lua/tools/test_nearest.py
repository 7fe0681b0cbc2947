"""Finding the nearest thing of a kind."""

import math
from collections.abc import Callable

import pytest

from fle_marl.errors import ToolError
from fle_marl.lua.types import Position, Prototype, Resource
from fle_marl.servers.embedded import EmbeddedServer
from fle_marl.testing.driver import Driver

Build = Callable[..., object]

TYPES = {"wood": "tree"}


@pytest.mark.parametrize("resource", [r for r in Resource if r is not Resource.Water])
def test_no_piece_is_nearer(
    agent: Driver, server: EmbeddedServer, resource: Resource
) -> None:
    found = agent.nearest(resource)
    name = resource[0]
    matches = f'type = "{TYPES[name]}"' if name in TYPES else f'name = "{name}"'
    places = server.lua.execute(
        f"""
        local list, surface = {{}}, game.surfaces[1]
        for place, entity in ipairs(surface.find_entities_filtered({{{matches}}})) do
          list[place] = entity.position
        end
        return list
        """
    )
    nearest = min(math.hypot(place["x"], place["y"]) for place in places.values())
    assert math.hypot(found.x, found.y) == nearest


def test_water_is_a_tile(agent: Driver, server: EmbeddedServer) -> None:
    found = agent.nearest(Resource.Water)
    assert server.lua.execute(
        f"local tile = game.surfaces[1].get_tile({found.x}, {found.y}) "
        "return tile.collides_with('water-tile')"
    )
    away = math.hypot(found.x, found.y)
    nearer = server.lua.execute(
        "return game.surfaces[1].count_tiles_filtered({position = {0, 0}, "
        f"radius = {away - 0.001}, collision_mask = 'water-tile'}})"
    )
    assert nearer == 0


def test_of_equals_the_northernmost(agent: Driver, build: Build) -> None:
    for x, y in ((0.5, 9.5), (0.5, -8.5), (9.5, 0.5)):
        build("iron-chest", x, y)
    assert agent.nearest(Prototype.IronChest).y == -8.5


def test_one_agents_nearest_is_not_anothers(
    agent: Driver, other_agent: Driver, build: Build
) -> None:
    build("iron-chest", 0.5, -4.5)
    build("iron-chest", 0.5, 5.5)
    assert agent.nearest(Prototype.IronChest).y == -4.5
    assert other_agent.nearest(Prototype.IronChest).y == 5.5


@pytest.mark.parametrize(
    ("kind", "code"),
    [
        (Prototype.IronChest, "nothing-found"),
        (Prototype.IronPlate, "no-such-prototype"),
        (Prototype.ExpressInserter, "no-such-prototype"),
    ],
)
def test_refuses(agent: Driver, kind: Prototype, code: str) -> None:
    with pytest.raises(ToolError) as caught:
        agent.nearest(kind)
    assert caught.value.code == code


def test_a_tuple_is_no_kind(agent: Driver) -> None:
    with pytest.raises(ToolError) as caught:
        agent.nearest(Position(0, 0))
    assert caught.value.code == "bad-argument"
