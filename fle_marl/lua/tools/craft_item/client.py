"""The `craft_item` tool as agents call it."""

from typing import cast

from fle_marl.lua.client import Door, tool
from fle_marl.lua.types import Prototype, encode

__all__ = ["craft_item"]


@tool
def craft_item(call: Door, entity: Prototype | str, quantity: int = 1) -> int:
    """Craft by hand, with missing intermediates on the way.

    Args:
        entity: what to make, perhaps by its name in the game.
        quantity: how many, at least 1.

    Returns:
        How many were made: at least the quantity, more when a craft gives several.

    Raises:
        ToolError: `item-missing`, `not-craftable`, `recipe-locked`, `inventory-full`,
            `no-such-item`, `bad-argument`.
    """
    made = call("craft_item", {"entity": encode(entity), "quantity": quantity})
    return cast(int, made)
