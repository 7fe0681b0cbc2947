"""A tool that always refuses."""

from fle_marl.lua.client import Door, tool


@tool
def refuse(call: Door) -> object:
    """Be refused."""
    return call("refuse", {})
