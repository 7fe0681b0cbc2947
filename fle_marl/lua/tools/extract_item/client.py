"""The `extract_item` tool as agents call it."""

from typing import cast

from fle_marl.lua.client import Door, tool
from fle_marl.lua.types import Entity, Position, Prototype, encode

__all__ = ["extract_item"]


@tool
def extract_item(
    call: Door, entity: Prototype | str, source: Position | Entity, quantity: int = 5
) -> int:
    """Take items out of an entity into your inventory.

    Args:
        entity: the item, perhaps by its name in the game.
        source: what to take it out of, or where that stands.
        quantity: how many at most, at least 1.

    Returns:
        How many you got: fewer when there are fewer, or when your inventory is full.

    Raises:
        ToolError: `item-missing`, `out-of-reach`, `no-such-entity`, `inventory-full`,
            `not-operable`, `no-such-item`, `bad-argument`.
    """
    taken = call(
        "extract_item",
        {"entity": encode(entity), "source": encode(source), "quantity": quantity},
    )
    return cast(int, taken)
