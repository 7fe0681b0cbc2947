"""Giving agents new characters."""

import pytest

from fle_marl.errors import AdminError
from fle_marl.servers.embedded import EmbeddedServer
from fle_marl.testing.driver import drive


@pytest.mark.parametrize("agents", [1, 2, 5])
def test_there_are_as_many_as_asked_for(server: EmbeddedServer, agents: int) -> None:
    answer = server.admin("create_characters", {"agents": agents})
    assert answer == {
        "agents": agents,
        "positions": [{"x": 0, "y": 2 * each} for each in range(agents)],
    }
    count = "return game.surfaces[1].count_entities_filtered{type = 'character'}"
    assert server.lua.execute(count) == agents
    assert all(drive(server, each, "inspect_inventory") == {} for each in range(agents))


def test_calls_that_were_going_on_are_dropped(server: EmbeddedServer) -> None:
    server.call("sleep", 0, {"seconds": 5})
    server.admin("create_characters", {"agents": 2})
    assert server.lua.execute("return next(global.pending)") is None


@pytest.mark.parametrize("agents", [0, -1, 1.5, "two", None, 1001, float("nan")])
def test_refuses_what_is_no_number_of_agents(
    server: EmbeddedServer, agents: object
) -> None:
    before = server.state_hash()
    with pytest.raises(AdminError, match="agents") as caught:
        server.admin("create_characters", {"agents": agents})
    assert caught.value.code == "bad-argument"
    assert server.state_hash() == before
