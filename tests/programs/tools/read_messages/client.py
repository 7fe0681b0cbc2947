"""A tool that reads messages."""

from fle_marl.lua.client import Door, tool


@tool
def read_messages(call: Door) -> object:
    """What others have said."""
    return call("read_messages", {})
