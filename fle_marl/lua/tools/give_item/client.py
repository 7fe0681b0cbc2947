"""The `give_item` tool as agents call it."""

from typing import cast

from fle_marl.lua.client import Door, tool
from fle_marl.lua.types import Prototype, encode

__all__ = ["give_item"]


@tool
def give_item(
    call: Door, entity: Prototype | str, receiver: int | str, quantity: int = 5
) -> int:
    """Give items from your inventory to another agent.

    Args:
        entity: the item, perhaps by its name in the game.
        receiver: index of the agent, from 0, or its name such as ``"agent_1"``.
        quantity: how many, at least 1; fewer go when the other has no more room.

    Returns:
        How many the other got; the rest stays with you.

    Raises:
        ToolError: `no-such-agent`, `receiver-dead`, `out-of-reach`, `item-missing`,
            `no-room`, `no-such-item`, `bad-argument`.
    """
    given = call(
        "give_item",
        {"entity": encode(entity), "receiver": receiver, "quantity": quantity},
    )
    return cast(int, given)
