"""Reading what a server shows."""

import pytest

from fle_marl.envs.world_view import look_at_world, read_production
from fle_marl.errors import ServerError
from fle_marl.testing.fake_server import FakeServer
from fle_marl.testing.toy_server import ToyServer

SCENARIO = {"name": "lab-play", "inventory": {"coal": 5}}


def shown() -> dict:
    server = ToyServer()
    server.reset(SCENARIO, agents=2, seed=1)
    server.advance(3600)
    return server.admin("observe", {})


def test_world_is_read():
    world = look_at_world(FakeServer(admin={"observe": shown()}), 2)

    assert world.tick == 3600
    assert world.score == 60
    assert [c.inventory for c in world.characters] == [{"coal": 5}] * 2
    assert world.production.produced == {"iron-plate": 20}
    assert "wooden-chest" in world.entities[0]


def test_empty_tables_may_come_as_lists():
    data = shown()
    data["agents"][0]["inventory"] = []
    data["entities"] = {}
    data["research"]["research_queue"] = {}

    world = look_at_world(FakeServer(admin={"observe": data}), 2)

    assert world.characters[0].inventory == {}
    assert world.entities == ()
    assert world.research["research_queue"] == []


@pytest.mark.parametrize(
    "damage",
    [
        lambda data: data.pop("score"),
        lambda data: data.update(agents=None),
        lambda data: data.update(tick="soon"),
        lambda data: data["agents"].pop(),
        lambda data: data["agents"][0].pop("position"),
        lambda data: data["research"].pop("technologies"),
        lambda data: data["research"]["technologies"][0].update(name="no-such"),
    ],
)
def test_damaged_answer_is_the_servers_fault(damage):
    data = shown()
    damage(data)

    with pytest.raises(ServerError) as caught:
        look_at_world(FakeServer(admin={"observe": data}), 2)

    assert caught.value.code == "bad-observation"


def test_answer_that_is_no_table_is_the_servers_fault():
    server = FakeServer(admin={"observe": 5, "production": None})

    with pytest.raises(ServerError):
        look_at_world(server, 1)
    with pytest.raises(ServerError):
        read_production(server)
