"""How many of each item there are in a world, wherever they are."""

from collections.abc import Callable
from typing import Final, cast

from fle_marl.servers.embedded import EmbeddedServer

__all__ = ["item_counter"]

_COUNT_ITEMS: Final = """
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
"""Everything that there is to hold or to build with: in inventories, in hands, on
belts, on the ground, and what is built itself."""


def item_counter(server: EmbeddedServer) -> Callable[[], dict[str, int]]:
    """What counts all items of a server's world by name, buildings among them.

    Args:
        server: with a world; what is counted is what is there when it is called.
    """
    count = cast("Callable[[], dict[object, int]]", server.lua.execute(_COUNT_ITEMS))
    return lambda: {
        str(name): int(number) for name, number in count().items() if number
    }
