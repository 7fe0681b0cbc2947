"""The `set_entity_recipe` tool as agents call it."""

from typing import cast

from fle_marl.lua.client import Door, tool
from fle_marl.lua.types import Entity, Prototype, RecipeName, decode_entity, encode

__all__ = ["set_entity_recipe"]


@tool
def set_entity_recipe(
    call: Door, entity: Entity, prototype: Prototype | RecipeName | str
) -> Entity:
    """Choose what an assembling machine makes, or a filter inserter moves.

    Args:
        entity: the machine or the filter inserter.
        prototype: the product or the recipe, perhaps by its name in the game; for a
            filter inserter the item.

    Returns:
        The machine with its recipe; what it held is in your inventory.

    Raises:
        ToolError: `wrong-recipe`, `no-such-recipe`, `recipe-locked`, `out-of-reach`,
            `no-such-entity`, `not-operable`, `no-such-item`, `inventory-full`,
            `would-mix-fluids`.
    """
    record = call(
        "set_entity_recipe",
        {"entity": encode(entity), "prototype": encode(prototype)},
    )
    return cast(Entity, decode_entity(record))
