"""A tool that waits."""

from fle_marl.lua.client import Door, tool


@tool
def sleep(call: Door, seconds: float) -> bool:
    """Let game time pass."""
    return bool(call("sleep", {"seconds": seconds}))
