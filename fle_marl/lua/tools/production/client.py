"""The `production` tool as agents call it."""

from typing import Any, cast

from fle_marl.lua.client import Door, tool

__all__ = ["production"]


@tool
def production(call: Door, seconds: int = 60) -> dict[str, dict[str, float]]:
    """Look up what is made and used up per minute.

    Args:
        seconds: how far back the average goes: 5, 60, 600, 3600 or 36000.

    Returns:
        ``"produced"`` and ``"consumed"``: items and fluids per minute by name, of all
        agents together; what was neither is left out.

    Raises:
        ToolError: `bad-argument`.
    """
    answer = cast(dict[str, Any], call("production", {"seconds": seconds}))
    return {part: dict(answer[part] or {}) for part in ("produced", "consumed")}
