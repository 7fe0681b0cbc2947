"""A tool that is done at once, but keeps its agent busy."""

from fle_marl.lua.client import Door, tool


@tool
def work(call: Door, ticks: int) -> bool:
    """Be busy."""
    return bool(call("work", {"ticks": ticks}))
