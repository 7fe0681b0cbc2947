"""The `inspect_inventory` tool as agents call it."""

from fle_marl.lua.client import Door, tool
from fle_marl.lua.types import Entity, Inventory, Position, decode, encode

__all__ = ["inspect_inventory"]


@tool
def inspect_inventory(
    call: Door, entity: Entity | Position | None = None, all_players: bool = False
) -> Inventory:
    """Count what you or an entity hold.

    Args:
        entity: what to look into, or where it stands; your own inventory if not given.
        all_players: is refused: what others carry is theirs to tell.

    Returns:
        Everything in it, ingredients, products and fuel together, also what lies on a
        belt.

    Raises:
        ToolError: `no-such-entity`, `not-yours`.
    """
    arguments = {"entity": encode(entity), "all_players": all_players}
    return decode(Inventory, call("inspect_inventory", arguments))
