"""Letting time pass."""

import pytest

from fle_marl.errors import ToolError
from fle_marl.servers.embedded import EmbeddedServer
from fle_marl.testing.driver import Driver


@pytest.mark.parametrize(
    ("seconds", "ticks"), [(0, 0), (1, 60), (2.5, 150), (60, 3600)]
)
def test_takes_as_long_as_it_says(
    agent: Driver, server: EmbeddedServer, seconds: float, ticks: int
) -> None:
    start = server.tick
    assert agent.sleep(seconds) is True
    assert server.tick - start == ticks


@pytest.mark.parametrize("seconds", [-1, 3601])
def test_refuses(agent: Driver, seconds: float) -> None:
    with pytest.raises(ToolError) as refused:
        agent.sleep(seconds)
    assert refused.value.code == "bad-argument"
