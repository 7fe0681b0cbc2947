"""The books about items are exact, also when crafts are broken off."""

import pytest

from fle_marl.lua.types import Direction, Position, Prototype
from fle_marl.testing.counting import CountedServer, count_items
from fle_marl.testing.driver import Driver

PLATES_IN_HAND = """
return global.agents[1].character.get_main_inventory().get_item_count("iron-plate")
"""
PLACE = Position(x=4.5, y=4.5)
SCENARIO = {
    "name": "lab-play",
    "inventory": {
        "assembling-machine-1": 1, "concrete": 2, "iron-plate": 20, "stone-brick": 2,
    },
    "all_technologies_researched": True,
}  # fmt: skip
FREE_POWER = """
for _, machine in ipairs(game.surfaces[1].find_entities_filtered({
  name = "assembling-machine-1"
})) do
  machine.energy = 1e6
end
"""


@pytest.fixture(scope="module")
def start():
    server = CountedServer()
    server.reset(SCENARIO, agents=1, seed=1)
    return server, server.save()


@pytest.fixture
def server(start):
    running, saved = start
    running.restore(saved)
    return running


@pytest.fixture
def agent(server):
    return Driver(server)


def machine_at_work(server, agent):
    """A machine that has begun a gear wheel of two plates, with five more to come."""
    machine = agent.place_entity(Prototype.AssemblingMachine1, Direction.UP, PLACE)
    agent.set_entity_recipe(machine, Prototype.IronGearWheel)
    agent.insert_item(Prototype.IronPlate, machine, 7)
    server.lua.execute(FREE_POWER)
    server.advance(2)
    assert server.world.tables["item_flow"]["consumed"].sum() == 2
    return machine


def test_everything_has_a_place(server, agent):
    before = count_items(server.world)

    agent.place_entity("stone-brick", Direction.UP, Position(x=2, y=0))
    agent.place_entity("concrete", Direction.UP, Position(x=3, y=0))
    machine_at_work(server, agent)
    assert count_items(server.world) == before

    server.call("craft_item", 0, {"entity": "iron-gear-wheel", "quantity": 2})
    # another call would end the craft
    assert server.lua.execute(PLATES_IN_HAND) == 9
    assert count_items(server.world) == before


def test_a_craft_that_ends_is_made_of_what_it_took(server, agent):
    before = server.balance()
    machine_at_work(server, agent)

    for _ in range(70):
        assert server.balance() == before
        server.lua.execute(FREE_POWER)
        server.advance(1)

    assert count_items(server.world)["iron-gear-wheel"] > 0


@pytest.mark.parametrize("end", ["another recipe", "taken up"])
def test_a_craft_that_is_broken_off_has_used_nothing_up(server, agent, end):
    before = server.balance()
    machine = machine_at_work(server, agent)

    if end == "taken up":
        agent.pickup_entity(machine)
    else:
        agent.set_entity_recipe(machine, Prototype.Pipe)

    assert agent.inspect_inventory()[Prototype.IronPlate] == 20
    assert server.world.tables["item_flow"]["consumed"].sum() == 2
    assert server.balance() == before


@pytest.mark.parametrize(("call", "change"), [("insert", 1), ("remove_item", -1)])
def test_what_comes_from_nowhere_and_goes_shows(server, agent, call, change):
    before = server.balance()
    machine_at_work(server, agent)

    server.lua.execute(
        f"global.agents[1].character.{call}({{name = 'iron-plate', count = 1}})"
    )

    assert server.balance() == {**before, "iron-plate": before["iron-plate"] + change}
