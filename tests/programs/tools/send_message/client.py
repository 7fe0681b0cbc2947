"""A tool that sends messages."""

from fle_marl.lua.client import Door, tool


@tool
def send_message(
    call: Door,
    message: str,
    recipient: int | str | None = None,
    metadata: dict[str, object] | None = None,
) -> bool:
    """Say something to another agent."""
    arguments = {"message": message, "recipient": recipient, "metadata": metadata}
    call("send_message", arguments)
    return True
