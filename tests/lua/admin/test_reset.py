"""Beginning an episode anew in the world as it is."""

import pytest

from fle_marl.errors import AdminError
from fle_marl.lua.types import Prototype, Resource
from fle_marl.servers.embedded import EmbeddedServer
from fle_marl.testing.driver import Driver, drive


@pytest.fixture
def played(agent: Driver, server: EmbeddedServer) -> EmbeddedServer:
    """A world after some play: a chest, a walk, a craft, one that still goes on."""
    agent.place_entity(Prototype.IronChest, position=(4.5, 4.5))
    agent.craft_item(Prototype.IronGearWheel, 1)
    ore = agent.nearest(Resource.IronOre)
    agent.move_to(ore)
    agent.harvest_resource(ore, 1)
    server.call("craft_item", 1, {"entity": "iron-gear-wheel", "quantity": 5})
    return server


def places(server: EmbeddedServer) -> list[tuple[float, float]]:
    observed = server.admin("observe", {})
    assert isinstance(observed, dict)
    return [(a["position"]["x"], a["position"]["y"]) for a in observed["agents"]]


def counted(server: EmbeddedServer) -> dict[str, object]:
    production = server.admin("production", {})
    assert isinstance(production, dict)
    return production


def test_by_default_everything_but_places_begins_anew(played: EmbeddedServer) -> None:
    before = places(played)
    answer = played.admin("reset", {"inventory": {"coal": 3, "wood": 0}})
    assert answer == {"agents": 2, "entities": 1}
    assert places(played) == before
    assert [drive(played, agent, "inspect_inventory") for agent in (0, 1)] == [
        {"coal": 3}
    ] * 2
    assert Driver(played, 0).get_entities() == []
    assert counted(played) == {
        "tick": 0,
        "produced": {},
        "consumed": {},
        "harvested": {},
        "crafted": {},
    }


def test_what_was_going_on_is_dropped(played: EmbeddedServer) -> None:
    played.admin("reset", {})
    played.advance(600)
    assert drive(played, 1, "inspect_inventory") == {}
    assert not counted(played)["produced"]


def test_each_may_carry_something_else(played: EmbeddedServer) -> None:
    played.admin("reset", {"inventories": [{"coal": 1}, {"wood": 2}]})
    carried = [drive(played, agent, "inspect_inventory") for agent in (0, 1)]
    assert carried == [{"coal": 1}, {"wood": 2}]


def test_positions_may_be_reset(played: EmbeddedServer) -> None:
    played.admin("reset", {"reset_position": True})
    assert places(played) == [(0, 0), (0, 2)]


def test_the_factory_may_stay(played: EmbeddedServer) -> None:
    played.admin("reset", {"clear_entities": False})
    assert played.admin("factory_centroid", {})["entities"] == 1  # type: ignore[index]


@pytest.mark.parametrize("researched", [True, False])
def test_research(played: EmbeddedServer, researched: bool) -> None:
    played.admin("reset", {"all_technologies_researched": researched})
    recipe = drive(played, 0, "get_prototype_recipe", prototype="rocket-silo")
    assert isinstance(recipe, dict)
    assert recipe["enabled"] is researched


def test_the_dead_come_back(server: EmbeddedServer) -> None:
    server.lua.execute("global.agents[1].character.die()")
    server.admin("reset", {"inventory": {"coal": 1}})
    assert drive(server, 0, "inspect_inventory") == {"coal": 1}


def test_ores_may_be_as_they_were(server: EmbeddedServer) -> None:
    saved = server.admin("save_state", {})
    assert isinstance(saved, dict)
    resources = saved["state"]["resources"]
    server.lua.execute(
        "local ores = game.surfaces[1].find_entities_filtered{type = 'resource'} "
        "ores[1].destroy() ores[2].amount = 1"
    )
    server.admin("reset", {"resources": resources})
    again = server.admin("save_state", {})
    assert isinstance(again, dict)
    assert again["state"]["resources"] == resources


REFUSED = {
    "not for each agent": ({"inventories": [{}]}, "bad-argument"),
    "no item": ({"inventory": {"no-such": 1}}, "no-such-item"),
    "less than none": ({"inventory": {"coal": -1}}, "bad-argument"),
    "half an item": ({"inventory": {"coal": 0.5}}, "bad-argument"),
    "too much": ({"inventory": {"coal": 50 * 91}}, "inventory-full"),
    "too much to begin with": (
        {"inventory": {"coal": 50 * 81}, "all_technologies_researched": False},
        "inventory-full",
    ),
    "no flag": ({"reset_position": 1}, "bad-argument"),
    "an unknown option": ({"positions": []}, "bad-argument"),
    "no ore": ({"resources": {"wood": [[0.5, 0.5, 1]]}}, "no-such-prototype"),
}


@pytest.mark.parametrize(("options", "code"), REFUSED.values(), ids=REFUSED.keys())
def test_refuses_before_anything_happens(
    server: EmbeddedServer, options: dict[str, object], code: str
) -> None:
    before = server.state_hash()
    with pytest.raises(AdminError) as caught:
        server.admin("reset", options)
    assert caught.value.code == code
    assert server.state_hash() == before
