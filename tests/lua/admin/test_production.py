"""What the force has made and used up."""

from fle_marl.envs.world_view import read_production
from fle_marl.lua.types import Prototype, Resource
from fle_marl.servers.embedded import EmbeddedServer
from fle_marl.testing.driver import Driver


def test_begins_empty(server: EmbeddedServer) -> None:
    production = read_production(server)
    assert production.tick == 0
    assert not production.produced
    assert not production.consumed


def test_crafting_by_hand_counts(agent: Driver, server: EmbeddedServer) -> None:
    agent.craft_item(Prototype.IronGearWheel, 3)
    production = read_production(server)
    assert production.produced == {"iron-gear-wheel": 3}
    assert production.consumed == {"iron-plate": 6}
    assert production.crafted == {"iron-gear-wheel": 3}
    assert production.tick == server.tick > 0


def test_mining_by_hand_counts(agent: Driver, server: EmbeddedServer) -> None:
    ore = agent.nearest(Resource.IronOre)
    agent.move_to(ore)
    mined = agent.harvest_resource(ore, 2)
    production = read_production(server)
    assert production.produced == production.harvested == {"iron-ore": mined}


def test_machines_count_as_nobodys_hand(agent: Driver, server: EmbeddedServer) -> None:
    furnace = agent.place_entity(Prototype.StoneFurnace, position=(4, 4))
    agent.insert_item(Prototype.Coal, furnace, 1)
    agent.insert_item(Prototype.IronOre, furnace, 5)
    server.advance(3 * 60 * 4)
    production = read_production(server)
    assert production.produced["iron-plate"] >= 2
    assert not production.crafted
    assert not production.harvested
