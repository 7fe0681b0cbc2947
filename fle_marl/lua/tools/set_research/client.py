"""The `set_research` tool as agents call it."""

from typing import cast

from fle_marl.lua.client import Door, tool
from fle_marl.lua.types import Ingredient, Technology, decode, encode

__all__ = ["set_research"]


@tool
def set_research(call: Door, technology: Technology | str) -> list[Ingredient]:
    """Choose the technology that the labs work on.

    Args:
        technology: the technology or its name in the game.

    Returns:
        The science packs that its research still takes.

    Raises:
        ToolError: `no-such-technology`, `already-researched`, `prerequisites-missing`,
            `technology-locked`.
    """
    answer = call("set_research", {"technology": encode(technology)})
    parts = cast(list[object], answer or [])
    return [decode(Ingredient, part) for part in parts]
