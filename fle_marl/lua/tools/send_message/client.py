"""The `send_message` tool as agents call it."""

from fle_marl.lua.client import Door, tool
from fle_marl.lua.types import encode

__all__ = ["send_message"]


@tool
def send_message(
    call: Door,
    message: str,
    recipient: int | str | None = None,
    metadata: dict[str, object] | None = None,
) -> bool:
    """Say something to another agent or to all.

    Args:
        message: what to say, at most 4000 characters.
        recipient: index of the agent, from 0, or its name such as ``"agent_1"``; all
            others if not given.
        metadata: plain values to go with it.

    Returns:
        True. The message is in the others' next observations.

    Raises:
        ToolError: `no-such-recipient`, `message-too-long`.
    """
    arguments = {
        "message": message,
        "recipient": recipient,
        "metadata": encode(metadata or {}),
    }
    call("send_message", arguments)
    return True
