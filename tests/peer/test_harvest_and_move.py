"""harvest_resource and move_to."""

import math

import pytest
from conftest import STOCK
from fle.env.entities import Direction, Position
from fle.env.game_types import Prototype, Resource

PER_ORE_TICKS = {"coal": 60, "iron-ore": 60, "copper-ore": 60, "stone": 60}
"""What FLE counts: `mining_time` of the resource, seconds."""


def amount(world, name) -> int:
    return world.ask(
        f"""(function() local n = 0
            for _, e in pairs(game.surfaces[1].find_entities_filtered{{
                name = '{name}'}}) do n = n + e.amount end return n end)()"""
    )


# --- harvesting


@pytest.mark.parametrize("count", [1, 12])
@pytest.mark.parametrize(
    ("resource", "name"),
    [
        (Resource.Coal, "coal"),
        (Resource.IronOre, "iron-ore"),
        (Resource.CopperOre, "copper-ore"),
        (Resource.Stone, "stone"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_ore(play, resource, name, count):
    place = play.tools.nearest(resource)
    play.stand(place.x, place.y)
    there, carried = amount(play.world, name), play.world.carried(name)
    elapsed = play.instance.get_elapsed_ticks()
    assert play.tools.harvest_resource(place, count) == count
    assert play.world.carried(name) == carried + count
    assert amount(play.world, name) == there - count
    took = play.instance.get_elapsed_ticks() - elapsed
    assert took == count * PER_ORE_TICKS[name]


def test_trees_are_felled_whole(own_play):
    play = own_play
    trees = "#game.surfaces[1].find_entities_filtered{type = 'tree'}"
    before = play.world.ask(trees)
    place = play.tools.nearest(Resource.Wood)
    play.stand(place.x + 1, place.y + 1)
    assert play.tools.harvest_resource(place, 5) == 8
    assert play.world.carried("wood") == 8
    assert play.world.ask(trees) == before - 2


@pytest.mark.parametrize("far", [3, 50])
def test_out_of_reach(play, far):
    place = play.tools.nearest(Resource.IronOre)
    play.stand(place.x + far, place.y)
    with pytest.raises(Exception, match="Nothing within reach to harvest"):
        play.tools.harvest_resource(place, 1)
    assert play.world.carried("iron-ore") == STOCK["iron-ore"]


def test_nothing_to_harvest(play):
    with pytest.raises(Exception, match="Nothing within reach to harvest"):
        play.tools.harvest_resource(Position(x=1, y=1), 1)


def test_no_room_for_it(play):
    place = play.tools.nearest(Resource.IronOre)
    play.stand(place.x, place.y)
    play.carry(iron_plate=100 * 200)
    before = amount(play.world, "iron-ore")
    with pytest.raises(Exception, match="Inventory is full"):
        play.tools.harvest_resource(place, 1)
    assert amount(play.world, "iron-ore") == before


def test_only_positions_are_harvested(play):
    with pytest.raises(AssertionError, match="must be a Position"):
        play.tools.harvest_resource(Resource.IronOre, 1)


# --- moving


@pytest.mark.parametrize("target", [(10, 0), (-7.5, 12.5), (10.3, -7.8), (0, 40)])
def test_goes_there(play, target):
    there = play.tools.move_to(Position(x=target[0], y=target[1]))
    assert play.world.character() == (there.x, there.y)
    assert math.dist(target, (there.x, there.y)) < 1
    assert play.tools.player_location == there
    # it stands in the middle of a tile
    assert (there.x % 1, there.y % 1) == (0.5, 0.5)


def test_there_and_back_takes_time(play):
    before = play.instance.get_elapsed_ticks()
    play.tools.move_to(Position(x=20, y=0))
    took = play.instance.get_elapsed_ticks() - before
    # 0.15 tiles a tick
    assert took == pytest.approx(20 / 0.15, rel=0.15)
    play.tools.move_to(Position(x=0, y=0))
    assert play.instance.get_elapsed_ticks() - before == pytest.approx(
        2 * took, rel=0.1
    )


@pytest.mark.parametrize(
    "resource",
    [
        Resource.Coal,
        Resource.IronOre,
        Resource.CopperOre,
        Resource.Stone,
        Resource.Wood,
    ],
    ids=lambda resource: resource[0],
)
def test_goes_to_resources(play, resource):
    place = play.tools.nearest(resource)
    there = play.tools.move_to(place)
    assert play.world.character() == (there.x, there.y)
    reach = play.world.ask("global.agent_characters[1].resource_reach_distance")
    assert math.dist((there.x, there.y), (place.x, place.y)) <= reach
    assert play.tools.harvest_resource(place, 1) >= 1


def test_goes_to_the_shore(play):
    water = play.tools.nearest(Resource.Water)
    there = play.tools.move_to(water)
    tile = play.world.ask(
        f"game.surfaces[1].get_tile({math.floor(there.x)}, {math.floor(there.y)}).name"
    )
    assert "water" not in tile
    assert math.dist((there.x, there.y), (water.x, water.y)) < 4


def test_goes_beside_a_building(play):
    chest = play.tools.place_entity(Prototype.IronChest, position=Position(x=6, y=0))
    there = play.tools.move_to(chest.position)
    assert 0 < math.dist((there.x, there.y), (6.5, 0.5)) < 2


def test_lays_a_belt_behind_itself(play):
    play.tools.move_to(Position(x=8, y=0.5), laying=Prototype.TransportBelt)
    belts = play.world.entities("transport-belt")
    assert len(belts) >= 6
    assert len(belts) == STOCK["transport-belt"] - play.world.carried("transport-belt")


def test_off_the_map(play):
    with pytest.raises(Exception, match="Could not get path"):
        play.tools.move_to(Position(x=100_000, y=0))
    assert play.world.character() == (0, 0)


def test_directions_of_the_player_do_not_matter(play):
    """Going twice to where one is already."""
    for _ in range(2):
        there = play.tools.move_to(Position(x=5.5, y=5.5))
        assert (there.x, there.y) == (5.5, 5.5)
    assert play.tools.place_entity(
        Prototype.IronChest, Direction.UP, Position(x=9.5, y=5.5)
    )
