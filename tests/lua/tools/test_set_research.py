"""Choosing what the labs work on, and looking up what that takes."""

import pytest

from fle_marl.errors import ToolError
from fle_marl.lua.types import Ingredient, Technology
from fle_marl.servers.embedded import EmbeddedServer
from fle_marl.testing.driver import Driver

AUTOMATION = [Ingredient("automation-science-pack", 10, "item")]
HANDLING_TICKS = 6


@pytest.fixture(autouse=True)
def nothing_is_researched(server: EmbeddedServer) -> None:
    server.lua.execute("game.forces.player.reset()")


def test_sets_the_research(agent: Driver, server: EmbeddedServer) -> None:
    start = server.tick
    assert agent.set_research(Technology.Automation) == AUTOMATION
    assert server.tick - start == HANDLING_TICKS
    current = server.lua.execute("return game.forces.player.current_research.name")
    assert current == "automation"
    assert agent.get_research_progress() == AUTOMATION


def test_another_research_keeps_the_progress(
    agent: Driver, server: EmbeddedServer
) -> None:
    agent.set_research(Technology.Automation)
    server.lua.execute("game.forces.player.research_progress = 0.3")
    [left] = agent.get_research_progress()
    assert left.count == 7
    agent.set_research("logistics")
    current = server.lua.execute("return game.forces.player.current_research.name")
    assert current == "logistics"
    [left] = agent.get_research_progress(Technology.Automation)
    assert left.count == 7
    [left] = agent.set_research(Technology.Automation)
    assert left.count == 7


def test_nothing_is_left_of_what_is_known(
    agent: Driver, server: EmbeddedServer
) -> None:
    server.lua.execute("game.forces.player.technologies.automation.researched = true")
    assert agent.get_research_progress("automation") == []


@pytest.mark.parametrize(
    ("technology", "code"),
    [
        ("no-such-thing", "no-such-technology"),
        ("plastics", "prerequisites-missing"),
        ("automation", "already-researched"),
        ("optics", "technology-locked"),
    ],
)
def test_refuses(
    agent: Driver, server: EmbeddedServer, technology: str, code: str
) -> None:
    server.lua.execute(
        "local all = game.forces.player.technologies "
        "all.automation.researched = true; all.optics.enabled = false"
    )
    with pytest.raises(ToolError) as refused:
        agent.set_research(technology)
    assert refused.value.code == code
    if code == "prerequisites-missing":
        assert "oil-processing" in str(refused.value)
