"""What is made and used up per minute."""

from collections.abc import Callable

import pytest

from fle_marl.errors import ToolError
from fle_marl.lua.types import Prototype
from fle_marl.servers.embedded import EmbeddedServer
from fle_marl.testing.driver import Driver


def test_nothing_is_made_at_first(agent: Driver) -> None:
    assert agent.production() == {"produced": {}, "consumed": {}}


def test_rates_are_those_of_the_games_statistics(
    agent: Driver, server: EmbeddedServer, build: Callable[..., object]
) -> None:
    furnace = build("stone-furnace", 3, 3)
    assert furnace is not None
    server.lua.execute(
        """
        local found = game.surfaces[1].find_entities_filtered{name = "stone-furnace"}
        found[1].insert{name = "coal", count = 10}
        found[1].insert{name = "iron-ore", count = 50}
        """
    )
    agent.sleep(60)
    rates = agent.production()
    # a stone furnace takes 3.2 s for a plate. Source: recipe iron-plate, crafting_speed
    assert rates["produced"]["iron-plate"] == pytest.approx(60 / 3.2, abs=1)
    assert rates["consumed"]["iron-ore"] == pytest.approx(60 / 3.2, abs=1)
    assert "coal" in rates["consumed"]
    agent.sleep(120)
    assert agent.production(seconds=5)["produced"].get("iron-plate", 0) in (
        pytest.approx(60 / 3.2, abs=12),
        0,
    )
    assert agent.production(seconds=36000)["produced"]["iron-plate"] < 1


def test_hands_count_too(agent: Driver) -> None:
    agent.craft_item(Prototype.IronGearWheel, 20)
    rates = agent.production()
    # the last tick is not yet in what the game averages
    assert rates["produced"]["iron-gear-wheel"] in (19, 20)
    assert rates["consumed"]["iron-plate"] in (38, 40)


@pytest.mark.parametrize("seconds", [0, 1, 61, -5])
def test_other_spans_are_refused(agent: Driver, seconds: int) -> None:
    with pytest.raises(ToolError, match="seconds must be 5, 60") as refused:
        agent.production(seconds=seconds)
    assert refused.value.code == "bad-argument"
