"""Measuring patches of resources."""

import pytest

from fle_marl.errors import ToolError
from fle_marl.lua.types import Position, Resource
from fle_marl.servers.embedded import EmbeddedServer
from fle_marl.testing.driver import Driver


def make_ore(server: EmbeddedServer, places: list[tuple[int, int]]) -> None:
    for x, y in places:
        server.lua.execute(
            "game.surfaces[1].create_entity({name = 'uranium-ore', "
            f"position = {{{x + 0.5}, {y + 0.5}}}, amount = 100}})"
        )


@pytest.mark.parametrize(
    ("pieces", "size", "box"),
    [
        ([(0, 0)], 100, (0, 0, 1, 1)),
        ([(0, 0), (1, 0), (2, 0)], 300, (0, 0, 3, 1)),
        # corners touch
        ([(0, 0), (1, 1), (0, 2)], 300, (0, 0, 2, 3)),
        # a tile apart is another patch
        ([(0, 0), (2, 0), (2, 2)], 100, (0, 0, 1, 1)),
        # over the edges of the squares that the map is read in
        ([(x, 0) for x in range(-40, 41)], 8100, (-40, 0, 41, 1)),
    ],
)
def test_follows_tiles_that_touch(
    agent: Driver,
    server: EmbeddedServer,
    pieces: list[tuple[int, int]],
    size: int,
    box: tuple[int, int, int, int],
) -> None:
    make_ore(server, [(x, y + 40) for x, y in pieces])
    patch = agent.get_resource_patch(Resource.UraniumOre, Position(0.5, 40.5), radius=5)
    first, last = patch.bounding_box.left_top, patch.bounding_box.right_bottom
    assert patch.name == "uranium-ore"
    assert patch.size == size
    assert (first.x, first.y - 40, last.x, last.y - 40) == box


@pytest.mark.parametrize(
    "resource",
    [Resource.Coal, Resource.IronOre, Resource.CrudeOil, Resource.UraniumOre],
)
def test_counts_all_there_is_on_the_map(
    agent: Driver, server: EmbeddedServer, resource: Resource
) -> None:
    total = server.lua.execute(
        f"""
        local total, surface = 0, game.surfaces[1]
        local filter = {{name = "{resource[0]}"}}
        for _, ore in ipairs(surface.find_entities_filtered(filter)) do
          total = total + ore.amount
        end
        return total
        """
    )
    patch = agent.get_resource_patch(resource, agent.nearest(resource))
    assert patch.size == total


def test_a_lake_counts_its_tiles(agent: Driver, server: EmbeddedServer) -> None:
    water = agent.nearest(Resource.Water)
    patch = agent.get_resource_patch(Resource.Water, water)
    first, last = patch.bounding_box.left_top, patch.bounding_box.right_bottom
    inside = server.lua.execute(
        "return game.surfaces[1].count_tiles_filtered({collision_mask = 'water-tile', "
        f"area = {{{{{first.x}, {first.y}}}, {{{last.x}, {last.y}}}}}}})"
    )
    assert patch.size == inside > 100
    assert first.x <= water.x <= last.x


def test_a_wood_counts_its_trees(agent: Driver) -> None:
    patch = agent.get_resource_patch(Resource.Wood, agent.nearest(Resource.Wood))
    assert patch.size > 1


def test_measuring_changes_nothing(agent: Driver, server: EmbeddedServer) -> None:
    make_ore(server, [(x, 40) for x in range(5)])
    server.lua.execute(
        "drawn = rendering.draw_circle{color = {1, 0, 0}, radius = 1, "
        "target = {0, 0}, surface = game.surfaces[1]}"
    )
    before = server.state_hash()
    agent.get_resource_patch(Resource.UraniumOre, Position(2, 40))
    assert server.state_hash() == before
    assert server.lua.execute("return rendering.is_valid(drawn)")


def test_the_patch_may_begin_within_the_radius(agent: Driver) -> None:
    ore = agent.nearest(Resource.Coal)
    assert agent.get_resource_patch(Resource.Coal, ore.right(0), radius=0).size > 0
    with pytest.raises(ToolError) as caught:
        agent.get_resource_patch(Resource.Coal, ore.below(3), radius=1)
    assert caught.value.code == "nothing-found"
    assert agent.get_resource_patch(Resource.Coal, ore.below(3), radius=4).size > 0


def test_refuses_a_negative_radius(agent: Driver) -> None:
    with pytest.raises(ToolError) as caught:
        agent.get_resource_patch(Resource.Coal, Position(0, 0), radius=-1)
    assert caught.value.code == "bad-argument"
