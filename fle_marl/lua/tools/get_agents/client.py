"""The `get_agents` tool as agents call it."""

from typing import cast

from fle_marl.lua.client import Door, tool
from fle_marl.lua.types import AgentInfo, decode

__all__ = ["get_agents"]


@tool
def get_agents(call: Door) -> list[AgentInfo]:
    """Look up who is there and where.

    Returns:
        All agents in the order of their numbers, you among them.
    """
    found = cast(list[object], call("get_agents", {}))
    return [decode(AgentInfo, each) for each in found]
