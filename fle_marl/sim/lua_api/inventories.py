"""What LuaInventory and LuaItemStack hold, and how they are made.

A LuaItemStack is a place where items lie: a slot of an inventory, an inserter's hand,
what a character has at hand, or an item on the ground. Each kind of place says how it
is read and written.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Protocol

from fle_marl.sim.actions.build import destroy_entity
from fle_marl.sim.actions.inventory import slot_capacity
from fle_marl.sim.actions.inventory_bonus import inventory_changed
from fle_marl.sim.actions.inventory_rules import accepts
from fle_marl.sim.components import KINDS, ROLE_LAB_INPUT
from fle_marl.sim.lua_api.errors import fail, shown
from fle_marl.sim.lua_api.handles import SERIAL_MASK
from fle_marl.sim.lua_api.lua_class import LuaValue
from fle_marl.sim.lua_api.notes import ABOUT_ENTITY
from fle_marl.sim.systems.inserter import hold
from fle_marl.sim.systems.item_on_ground import set_ground_item
from fle_marl.sim.wear import set_used, used_in_slot

if TYPE_CHECKING:
    from fle_marl.sim.lua_api.runtime import LuaApi

__all__ = [
    "MOD_NAME",
    "MOST_SLOTS",
    "NO_INVENTORY",
    "CursorStack",
    "GroundStack",
    "HandStack",
    "InventoryOf",
    "StackKey",
    "StackOf",
    "StackPlace",
    "inventory_of",
    "inventory_row",
    "own_stack",
    "saved_inventory",
    "script_inventory_object",
]

_NOTHING: Final = 0
_CURSOR: Final = "cursor_stack"
NO_INVENTORY: Final = 0
StackKey = tuple[int, int, int]
"""Names a stack: handle and row of its inventory, index of the slot; of a stack in no
inventory, the handle of the entity that it belongs to, `NO_INVENTORY` and 0."""
MOD_NAME: Final = "level"
"""Scripts of a scenario are no mod of their own. Source: runtime API,
LuaBootstrap.mod_name."""
MOST_SLOTS: Final = 0xFFFF
"""Source: runtime API, the type ``uint16``."""


@dataclass(slots=True, unsafe_hash=True)
class InventoryOf:
    """An inventory: the handle of the entity that it belongs to, the inventory's row.

    Nobody changes one; it is not frozen since many are made, and those take longer.

    The handle of a script's inventory is the inventory's number, which is less than
    that of any entity.
    """

    handle: int
    row: int

    def is_there(self, api: "LuaApi") -> bool:
        """Whether it is, and its entity still stands."""
        if api.find_row(self.handle):
            return True
        return self.handle > 0 and self.number(api) == self.handle

    def number(self, api: "LuaApi") -> int:
        """The number of a script's inventory; 0 for what is none or gone."""
        table = api.world.tables["inventory"]
        number = int(table["number"][self.row]) if self.row < len(table) else 0
        return number & SERIAL_MASK if number > 1 else 0


class StackPlace(Protocol):
    """A place where one stack of items lies."""

    @property
    def key(self) -> StackKey:
        """What tells it from all others."""

    def is_there(self, api: "LuaApi") -> bool:
        """Whether what it belongs to still is."""

    def read(self, api: "LuaApi") -> tuple[int, int]:
        """Item and count; (0, 0) when nothing lies there."""

    def write(self, api: "LuaApi", item: int, count: int) -> None:
        """Have so many of an item lie there; 0 of item 0 for nothing."""

    def accepts(self, api: "LuaApi", item: int) -> bool:
        """Whether an item may lie there."""

    def most(self, api: "LuaApi", item: int) -> int:
        """How many of an item may lie there."""

    def used(self, api: "LuaApi") -> float:
        """What is gone of the durability or ammo of the stack's first item."""

    def set_used(self, api: "LuaApi", used: float) -> None:
        """Say what is gone of the stack's first item: less than all that it has."""


@dataclass(frozen=True, slots=True)
class StackOf:
    """A slot of an inventory; the index counts from 0."""

    inventory: InventoryOf
    index: int

    @property
    def key(self) -> StackKey:
        """What tells it from all others."""
        return self.inventory.handle, self.inventory.row, self.index

    def _slot(self, api: "LuaApi") -> Any:  # noqa: ANN401 - a row of a table
        return api.world.tables["slot"][self._row(api)]

    def is_there(self, api: "LuaApi") -> bool:
        """Whether its inventory still is, and has the slot."""
        if not self.inventory.is_there(api):
            return False
        slots: int = api.world.tables["inventory"]["slot_count"].item(
            self.inventory.row
        )
        return self.index < slots

    def read(self, api: "LuaApi") -> tuple[int, int]:
        """Item and count."""
        slots, row = api.world.tables["slot"], self._row(api)
        return slots["item"].item(row), slots["count"].item(row)

    def write(self, api: "LuaApi", item: int, count: int) -> None:
        """Have so many of an item lie there."""
        slot = self._slot(api)
        if item != int(slot["item"]) or not count:
            self.set_used(api, 0.0)
        slot["item"], slot["count"] = item, count
        inventory_changed(api.world, self.inventory.row)

    def accepts(self, api: "LuaApi", item: int) -> bool:
        """Whether its filter and its inventory take an item."""
        if int(self._slot(api)["filter"]) not in (_NOTHING, item):
            return False
        return accepts(api.world, self.inventory.row, item)

    def most(self, api: "LuaApi", item: int) -> int:
        """What the slot takes: a stack, or as its inventory has it."""
        return slot_capacity(api.world, inventory_row(api, self.inventory), item)

    def used(self, api: "LuaApi") -> float:
        """What is used up of the slot's first item, in a laboratory of its pack."""
        lab = self._lab(api)
        if lab is not None:
            return float(lab["used_durability"][self.index])
        return used_in_slot(api.world, self._row(api))

    def set_used(self, api: "LuaApi", used: float) -> None:
        """Say what is used up of the slot's first item."""
        lab = self._lab(api)
        if lab is not None:
            lab["used_durability"][self.index] = used
        else:
            set_used(api.world, self._row(api), used)

    def _lab(self, api: "LuaApi") -> Any:  # noqa: ANN401 - a row of a table, or None
        role = api.world.tables["inventory"]["role"][self.inventory.row]
        if role != ROLE_LAB_INPUT:
            return None
        entity = api.row(self.inventory.handle)
        return api.world.tables["lab"][int(api.world.entity["component"][entity])]

    def _row(self, api: "LuaApi") -> int:
        inventory = inventory_row(api, self.inventory)
        first: int = api.world.tables["inventory"]["first_slot"].item(inventory)
        return first + self.index


@dataclass(frozen=True, slots=True)
class _OwnStack:
    """The one stack that an entity is or holds, in no inventory."""

    handle: int

    @property
    def key(self) -> StackKey:
        """What tells it from all others."""
        return self.handle, NO_INVENTORY, 0

    def is_there(self, api: "LuaApi") -> bool:
        """Whether the entity still stands."""
        return api.find_row(self.handle) > 0

    def _record(self, api: "LuaApi", table: str) -> LuaValue:
        row = api.row(self.handle)
        return api.world.tables[table][int(api.world.entity["component"][row])]

    def accepts(self, api: "LuaApi", _item: int) -> bool:
        """Anything."""
        api.row(self.handle)
        return True

    def most(self, api: "LuaApi", item: int) -> int:
        """A stack."""
        return api.prototypes.items.by_id(item).stack_size

    def used(self, _api: "LuaApi") -> float:
        """Nothing: hands and the ground hold only whole items."""
        return 0.0

    def set_used(self, _api: "LuaApi", used: float) -> None:
        """Refuse to keep what is used.

        Raises:
            ScriptError: something is.
        """
        if used:
            fail("Stacks in hands and on the ground hold only whole items.")


class HandStack(_OwnStack):
    """What an inserter's hand holds."""

    __slots__ = ()

    def read(self, api: "LuaApi") -> tuple[int, int]:
        """Item and count."""
        record = self._record(api, "inserter")
        return int(record["hand_item"]), int(record["hand_count"])

    def write(self, api: "LuaApi", item: int, count: int) -> None:
        """Have the hand hold so many of an item."""
        hold(api.world, api.row(self.handle), item, count)


class CursorStack(_OwnStack):
    """What a character has at hand: only scripts put anything there.

    Nothing else in the world knows of it, so it is a note, and goes with the character.
    """

    __slots__ = ()

    def read(self, api: "LuaApi") -> tuple[int, int]:
        """Item and count."""
        name, count = api.notes.get(ABOUT_ENTITY, self.handle, _CURSOR, ("", 0))
        return (api.prototypes.items[name].id, count) if count else (0, 0)

    def write(self, api: "LuaApi", item: int, count: int) -> None:
        """Have so many of an item at hand."""
        api.row(self.handle)
        name = api.prototypes.items.by_id(item).name if count else ""
        held = [name, count] if count else None
        api.notes.put(ABOUT_ENTITY, self.handle, _CURSOR, held)


class GroundStack(_OwnStack):
    """An item on the ground; with its last item the entity goes too."""

    __slots__ = ()

    def read(self, api: "LuaApi") -> tuple[int, int]:
        """Item and count."""
        record = self._record(api, "item_on_ground")
        return int(record["item"]), int(record["count"])

    def write(self, api: "LuaApi", item: int, count: int) -> None:
        """Have so many of an item lie there; without any it is gone."""
        row = api.row(self.handle)
        if count:
            set_ground_item(api.world, row, item, count)
        else:
            destroy_entity(api.world, row)


def own_stack(api: "LuaApi", handle: int) -> StackPlace | None:
    """The one stack that an entity is or holds in no inventory; None without any."""
    kind = int(api.world.entity["kind"][api.find_row(handle)])
    place = _OWN_STACKS.get(KINDS[kind])
    return None if place is None else place(handle)


_OWN_STACKS: Final[Mapping[str, Callable[[int], StackPlace]]] = {
    "character": CursorStack,
    "inserter": HandStack,
    "item_on_ground": GroundStack,
}


def inventory_of(api: "LuaApi", entity: int, row: int) -> InventoryOf | None:
    """What a LuaInventory of an entity holds; None for row 0."""
    return InventoryOf(api.handle(entity), row) if row else None


def saved_inventory(api: "LuaApi", handle: object, row: object) -> LuaValue:
    """A LuaInventory by the numbers that it was saved with, which may be anything.

    Raises:
        ScriptError: they are no numbers.
    """
    if type(handle) is not int or type(row) is not int or handle < 0:
        fail(f"Cannot load an inventory {shown(handle)}, {shown(row)} in global.")
    entity = api.find_row(handle)
    table = api.world.tables["inventory"]
    is_known = 0 < row < len(table) and (
        (entity > 0 and int(table["entity"][row]) == entity)
        or (entity == 0 and InventoryOf(handle, row).is_there(api))
    )
    # one that is gone stays invalid
    return api.object("LuaInventory", InventoryOf(handle, row if is_known else 0))


def script_inventory_object(api: "LuaApi", row: int) -> LuaValue:
    """A LuaInventory that belongs to no entity."""
    number = int(api.world.tables["inventory"]["number"][row]) & SERIAL_MASK
    return api.object("LuaInventory", InventoryOf(number, row))


def inventory_row(api: "LuaApi", inventory: InventoryOf) -> int:
    """Row of an inventory that still is.

    Raises:
        ScriptError: it does not.
    """
    if not inventory.is_there(api):
        fail("LuaInventory API call when LuaInventory was invalid.")
    return inventory.row
