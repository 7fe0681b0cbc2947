"""Setting what characters carry."""

import pytest

from fle_marl.errors import AdminError
from fle_marl.servers.embedded import EmbeddedServer
from fle_marl.testing.driver import drive


def carried(server: EmbeddedServer) -> list[object]:
    return [drive(server, agent, "inspect_inventory") for agent in (0, 1)]


@pytest.mark.parametrize("agent", [1, "1", "agent_1"])
def test_of_one_agent(
    server: EmbeddedServer, inventory: dict[str, int], agent: object
) -> None:
    answer = server.admin("set_inventory", {"inventory": {"coal": 7}, "agent": agent})
    assert answer == {"agents": [1]}
    assert carried(server) == [inventory, {"coal": 7}]


def test_of_all(server: EmbeddedServer) -> None:
    answer = server.admin("set_inventory", {"inventory": {"wood": 120, "stone": 0}})
    assert answer == {"agents": [0, 1]}
    assert carried(server) == [{"wood": 120}] * 2


REFUSED = {
    "nobody": ({"inventory": {}, "agent": 2}, "no-such-agent"),
    "no name": ({"inventory": {}, "agent": ["agent_0"]}, "no-such-agent"),
    "no item": ({"inventory": {"no-such": 1}}, "no-such-item"),
    "too much": ({"inventory": {"coal": 100_000}}, "inventory-full"),
    "no inventory": ({"inventory": 3}, "bad-argument"),
    "nothing at all": ({}, "bad-argument"),
    "no number": ({"inventory": {"coal": "all"}}, "bad-argument"),
}


@pytest.mark.parametrize(("given", "code"), REFUSED.values(), ids=REFUSED.keys())
def test_refusals(server: EmbeddedServer, given: dict[str, object], code: str) -> None:
    before = server.state_hash()
    with pytest.raises(AdminError) as caught:
        server.admin("set_inventory", given)
    assert caught.value.code == code
    assert server.state_hash() == before


def test_the_dead_carry_nothing(server: EmbeddedServer) -> None:
    server.lua.execute("global.agents[1].character.die()")
    with pytest.raises(AdminError) as caught:
        server.admin("set_inventory", {"inventory": {"coal": 1}})
    assert caught.value.code == "character-dead"
