"""Scenarios by name, and what characters begin with."""

import numpy as np
import pytest

from fle_marl.errors import ScenarioError
from fle_marl.prototypes import load
from fle_marl.sim.actions.character import character_of_agent, main_inventory
from fle_marl.sim.actions.inventory import count_items
from fle_marl.sim.mapgen import build_scenario, scenario_names
from fle_marl.sim.world import World


def held(world: World, agent: int, name: str) -> int:
    inventory = main_inventory(world, character_of_agent(world, agent))
    return count_items(world, inventory, load().items[name].id)


@pytest.mark.parametrize("name", scenario_names())
def test_every_scenario_has_its_characters_on_free_ground(name):
    world = World(1)
    build_scenario(world, {"name": name}, 40)
    places = set()
    for agent in range(1, 41):
        character = character_of_agent(world, agent)
        assert character
        place = (int(world.entity["x"][character]), int(world.entity["y"][character]))
        assert max(place) < 44 * 256
        places.add(place)
    assert len(places) == 40
    assert (0, 0) in places
    assert (0, 512) in places


def test_an_inventory_for_everybody():
    world = World()
    build_scenario(world, {"name": "empty", "inventory": {"coal": 7, "boiler": 1}}, 2)
    for agent in (1, 2):
        assert held(world, agent, "coal") == 7
        assert held(world, agent, "boiler") == 1


def test_an_inventory_for_each():
    world = World()
    each = [{"coal": 1}, {"wood": 2}]
    build_scenario(world, {"name": "empty", "inventories": each}, 2)
    assert held(world, 1, "coal") == 1
    assert held(world, 1, "wood") == 0
    assert held(world, 2, "wood") == 2


def test_research():
    plain, researched = World(), World()
    build_scenario(plain, {"name": "empty"}, 1)
    build_scenario(
        researched, {"name": "empty", "all_technologies_researched": True}, 1
    )
    for name, before, after in (
        ("iron-gear-wheel", True, True),
        ("steel-plate", False, True),
        ("rocket-silo", False, True),
        ("loader", False, False),
    ):
        recipe = load().recipes[name].id
        assert plain.tables["force_recipe"]["enabled"][recipe] == before
        assert researched.tables["force_recipe"]["enabled"][recipe] == after
    assert not plain.tables["force_technology"]["researched"].any()
    technologies = researched.tables["force_technology"]
    for technology in load().technologies.values():
        # of one without an end there is always a level left
        has_end = technology.max_level == technology.level
        assert technologies["researched"][technology.id] == has_end
    # hands, as on a server. Source: wiki, Inserter capacity bonus
    assert researched.tables["force"]["stack_inserter_capacity_bonus"][1] == 11


@pytest.mark.parametrize(
    ("scenario", "agents", "code", "words"),
    [
        ({"name": "moon"}, 1, "no-such-scenario", "lab-play"),
        ({}, 1, "no-such-scenario", "None"),
        ({"name": ["empty"]}, 1, "no-such-scenario", "empty"),
        ({"name": "empty", "weather": "rain"}, 1, "bad-scenario", "weather"),
        ({"name": "empty", "map_gen_settings": {}}, 1, "bad-scenario", "open-play"),
        ({"name": "open-play", "map_gen_settings": "x"}, 1, "no-such-preset", "'x'"),
        ({"name": "empty"}, 0, "bad-scenario", "agents"),
        ({"name": "empty"}, 1000, "bad-scenario", "1000"),
        ({"name": "empty", "inventory": {"gold": 1}}, 1, "no-such-item", "gold"),
        ({"name": "empty", "inventory": {"coal": -1}}, 1, "bad-scenario", "-1"),
        ({"name": "empty", "inventory": {"coal": 1.5}}, 1, "bad-scenario", "1.5"),
        ({"name": "empty", "inventory": {"coal": True}}, 1, "bad-scenario", "True"),
        ({"name": "empty", "inventory": ["coal"]}, 1, "bad-scenario", "coal"),
        ({"name": "empty", "inventories": [{}]}, 2, "bad-scenario", "2 agents"),
        ({"name": "empty", "inventories": "ab"}, 2, "bad-scenario", "ab"),
        ({"name": "empty", "inventory": {"coal": 9000}}, 1, "inventory-full", "4000"),
    ],
)
def test_what_cannot_be_built_is_refused(scenario, agents, code, words):
    with pytest.raises(ScenarioError) as refusal:
        build_scenario(World(), scenario, agents)
    assert refusal.value.code == code
    assert words in refusal.value.message


def test_inventories_may_come_in_any_sequence():
    world = World()
    build_scenario(world, {"name": "empty", "inventories": ({"coal": 3},)}, 1)
    assert held(world, 1, "coal") == 3
    assert np.all(world.tables["slot"]["count"] >= 0)


def test_open_play_begins_on_512_by_512_tiles():
    world = World(1)
    build_scenario(world, {"name": "open-play", "map_gen_settings": "rail-world"}, 2)
    rows, columns = (world.chunk_index >= 0).nonzero()
    assert len(rows) == 16 * 16
    assert (rows.min() - 64, rows.max() - 64) == (-8, 7)
    assert (columns.min() - 64, columns.max() - 64) == (-8, 7)
