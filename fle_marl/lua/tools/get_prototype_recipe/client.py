"""The `get_prototype_recipe` tool as agents call it."""

from fle_marl.lua.client import Door, tool
from fle_marl.lua.types import Prototype, Recipe, RecipeName, decode, encode

__all__ = ["get_prototype_recipe"]


@tool
def get_prototype_recipe(call: Door, prototype: Prototype | RecipeName | str) -> Recipe:
    """Look up how something is made.

    Args:
        prototype: what is made, or the recipe: several make the same fluid, and those
            have names of their own.

    Returns:
        Ingredients and products of one craft, its seconds at crafting speed 1, which
        machines make it, and whether it is researched.

    Raises:
        ToolError: `no-such-recipe`; the message names the recipes that make it.
    """
    answer = call("get_prototype_recipe", {"prototype": encode(prototype)})
    return decode(Recipe, answer)
