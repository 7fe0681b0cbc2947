"""The `score` tool as agents call it."""

from typing import Any, cast

from fle_marl.lua.client import Door, tool

__all__ = ["score"]


@tool
def score(call: Door) -> tuple[float, str]:
    """Read the production score of all agents together.

    Returns:
        The score, and the goal that was set for the game (empty if none was). What is
        made counts by its price, what is used up for it is taken off; the more
        ingredients a thing takes, the more it is worth beyond them.
    """
    answer = cast(dict[str, Any], call("score", {}))
    return float(answer["score"]), str(answer["goal"])
