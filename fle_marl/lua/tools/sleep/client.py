"""The `sleep` tool as agents call it."""

from fle_marl.lua.client import Door, tool

__all__ = ["sleep"]


@tool
def sleep(call: Door, seconds: float) -> bool:
    """Let game time pass.

    Args:
        seconds: of game time, 0 to 3600.

    Returns:
        True.

    Raises:
        ToolError: `bad-argument`, less than 0 or more than 3600 seconds.
    """
    return bool(call("sleep", {"seconds": seconds}))
