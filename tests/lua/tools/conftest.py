"""What tests of acting tools look at besides what the tools tell."""

from collections.abc import Callable

import pytest

from fle_marl.servers.embedded import EmbeddedServer

_WHERE = """
return function(agent)
  local position = global.agents[agent].character.position
  return position.x, position.y
end
"""

# Everything that there is to hold or to build with: in inventories, in hands, on belts,
# on the ground, and what is built itself.
_COUNT_ITEMS = """
local items = require("runtime.items")
return function()
  local total = {}
  local surface = game.surfaces[1]
  for _, entity in ipairs(surface.find_entities_filtered({force = "player"})) do
    local makers = entity.prototype.items_to_place_this
    if makers then
      items.add(total, {[makers[1].name] = 1})
    end
    if entity.type == "inserter" and entity.held_stack.valid_for_read then
      items.add(total, {[entity.held_stack.name] = entity.held_stack.count})
    end
    items.add(total, items.in_entity(entity))
  end
  for _, lying in ipairs(surface.find_entities_filtered({type = "item-entity"})) do
    items.add(total, {[lying.stack.name] = lying.stack.count})
  end
  return total
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
    count = server.lua.execute(_COUNT_ITEMS)

    def total() -> dict[str, int]:
        found = count()  # type: ignore[operator]
        return {str(name): int(number) for name, number in found.items() if number}

    return total
