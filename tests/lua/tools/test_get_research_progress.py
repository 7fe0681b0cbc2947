"""Looking up what a research takes; more of it is in test_set_research."""

import pytest

from fle_marl.errors import ToolError
from fle_marl.servers.embedded import EmbeddedServer
from fle_marl.testing.driver import Driver


def test_counts_every_kind_of_pack(agent: Driver, server: EmbeddedServer) -> None:
    server.lua.execute("game.forces.player.reset()")
    left = agent.get_research_progress("mining-productivity-4")
    assert {part.name: part.count for part in left} == dict.fromkeys(
        (
            "automation-science-pack",
            "logistic-science-pack",
            "chemical-science-pack",
            "production-science-pack",
            "utility-science-pack",
            "space-science-pack",
        ),
        2500,
    )


@pytest.mark.parametrize(
    ("arguments", "code"), [((), "no-research"), (("x",), "no-such-technology")]
)
def test_refuses(agent: Driver, arguments: tuple[str, ...], code: str) -> None:
    with pytest.raises(ToolError) as refused:
        agent.get_research_progress(*arguments)
    assert refused.value.code == code
