"""The `get_research_progress` tool as agents call it."""

from typing import cast

from fle_marl.lua.client import Door, tool
from fle_marl.lua.types import Ingredient, Technology, decode, encode

__all__ = ["get_research_progress"]


@tool
def get_research_progress(
    call: Door, technology: Technology | str | None = None
) -> list[Ingredient]:
    """Look up what a research still takes.

    Args:
        technology: the technology or its name; what the labs work on if not given.

    Returns:
        The science packs that are still missing; empty once it is researched.

    Raises:
        ToolError: `no-research`, `no-such-technology`.
    """
    arguments = {"technology": None if technology is None else encode(technology)}
    parts = cast(list[object], call("get_research_progress", arguments) or [])
    return [decode(Ingredient, part) for part in parts]
