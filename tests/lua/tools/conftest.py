"""What tests of acting tools look at besides what the tools tell."""

from collections.abc import Callable

import pytest

from fle_marl.servers.embedded import EmbeddedServer
from fle_marl.testing import counting

_WHERE = """
return function(agent)
  local position = global.agents[agent].character.position
  return position.x, position.y
end
"""


@pytest.fixture
def where(server: EmbeddedServer) -> Callable[[int], tuple[float, float]]:
    """``where(agent)``: x and y of an agent's character."""
    find = server.lua.execute(_WHERE)

    def position(agent: int) -> tuple[float, float]:
        x, y = find(agent + 1)  # type: ignore[operator]
        return float(x), float(y)

    return position


@pytest.fixture
def count_items(server: EmbeddedServer) -> Callable[[], dict[str, int]]:
    """``count_items()``: all items of the world by name, buildings among them."""
    return lambda: dict(counting.count_items(server.world))
