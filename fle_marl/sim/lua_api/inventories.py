"""What LuaInventory and LuaItemStack hold, and how they are made."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from fle_marl.sim.lua_api.errors import fail
from fle_marl.sim.lua_api.lua_class import LuaValue

if TYPE_CHECKING:
    from fle_marl.sim.lua_api.runtime import LuaApi

__all__ = ["InventoryOf", "StackOf", "inventory_object", "inventory_row"]


@dataclass(frozen=True, slots=True)
class InventoryOf:
    """An inventory of an entity: the entity's handle, the inventory's row."""

    handle: int
    row: int


@dataclass(frozen=True, slots=True)
class StackOf:
    """A slot of an inventory; the index counts from 0."""

    inventory: InventoryOf
    index: int


def inventory_object(api: "LuaApi", entity: int, row: int) -> LuaValue:
    """A LuaInventory of an entity; nil for row 0."""
    if not row:
        return None
    return api.object("LuaInventory", InventoryOf(api.handle(entity), row))


def inventory_row(api: "LuaApi", inventory: InventoryOf) -> int:
    """Row of an inventory whose entity still stands.

    Raises:
        ScriptError: it does not.
    """
    if not api.find_row(inventory.handle):
        fail("LuaInventory API call when LuaInventory was invalid.")
    return inventory.row
