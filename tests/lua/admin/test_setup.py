"""Making a map ready to play."""

import pytest

from fle_marl.errors import FleMarlError
from fle_marl.lua.types import Prototype
from fle_marl.servers.embedded import EmbeddedServer
from fle_marl.testing.driver import Driver, drive


def recipe_is_known(server: EmbeddedServer, name: str) -> bool:
    recipe = drive(server, 0, "get_prototype_recipe", prototype=name)
    assert isinstance(recipe, dict)
    return bool(recipe["enabled"])


def test_each_agent_gets_its_own_inventory(server: EmbeddedServer) -> None:
    scenario = {"inventories": [{"coal": 3}, {"wood": 120, "stone": 0}]}
    server.admin("setup", {"agents": 2, "scenario": scenario})
    assert drive(server, 0, "inspect_inventory") == {"coal": 3}
    assert drive(server, 1, "inspect_inventory") == {"wood": 120}


def test_all_agents_may_get_the_same(server: EmbeddedServer) -> None:
    server.admin("setup", {"agents": 2, "scenario": {"inventory": {"coal": 3}}})
    for agent in range(2):
        assert drive(server, agent, "inspect_inventory") == {"coal": 3}


def test_more_agents_get_characters_of_their_own(server: EmbeddedServer) -> None:
    server.admin("setup", {"agents": 5, "scenario": {}})
    observed = server.admin("observe", {})
    assert isinstance(observed, dict)
    places = {(a["position"]["x"], a["position"]["y"]) for a in observed["agents"]}
    assert len(places) == 5


@pytest.mark.parametrize("researched", [True, False])
def test_research(server: EmbeddedServer, researched: bool) -> None:
    scenario = {"all_technologies_researched": researched}
    server.admin("setup", {"agents": 1, "scenario": scenario})
    assert recipe_is_known(server, "rocket-silo") is researched
    assert recipe_is_known(server, "iron-plate")


def test_the_counts_begin_anew(server: EmbeddedServer) -> None:
    Driver(server, 0).craft_item(Prototype.IronGearWheel, 1)
    server.admin("setup", {"agents": 2, "scenario": {}})
    production = server.admin("production", {})
    assert isinstance(production, dict)
    assert production["tick"] == 0
    assert not any(production[part] for part in ("produced", "consumed", "crafted"))


def test_refuses_more_than_a_character_can_carry(server: EmbeddedServer) -> None:
    with pytest.raises(FleMarlError, match="coal"):
        server.admin(
            "setup", {"agents": 1, "scenario": {"inventory": {"coal": 1_000_000}}}
        )
