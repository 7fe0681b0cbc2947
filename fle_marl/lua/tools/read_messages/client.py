"""The `read_messages` tool as agents call it."""

from typing import cast

from fle_marl.lua.client import Door, tool
from fle_marl.lua.types import Message, decode

__all__ = ["read_messages"]


@tool
def read_messages(call: Door) -> list[Message]:
    """Read what others have said to you since you last did.

    Returns:
        The messages, oldest first. They are in your next observation all the same.
    """
    found = cast(list[object], call("read_messages", {}))
    return [decode(Message, each) for each in found]
