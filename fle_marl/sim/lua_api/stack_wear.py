"""Members of LuaItemStack about stacks whose first item is partly used up.

Source: runtime API, LuaItemStack.durability and ammo, which are "automatically capped".
That what is drained goes on to the next items, and what is added ends with the first,
are choices, and so is that what mining gives is whole whatever health it had.
"""

import math
from typing import TYPE_CHECKING, Final

from fle_marl.sim.lua_api.arguments import read_number
from fle_marl.sim.lua_api.errors import fail
from fle_marl.sim.lua_api.gear_prototypes import TOOLS
from fle_marl.sim.lua_api.inventories import StackPlace
from fle_marl.sim.lua_api.lua_class import LuaClass
from fle_marl.sim.wear import wear_unit, worn_down

if TYPE_CHECKING:
    from fle_marl.sim.lua_api.runtime import LuaApi

__all__ = ["declare", "wear_down"]

_AMMO: Final = "ammo"
_WHOLE: Final = 1.0


def wear_down(api: "LuaApi", stack: StackPlace, used: float) -> None:
    """Have so much used of a stack, in place of what was.

    Args:
        api: with the world.
        stack: where it lies; cleared when all of it is used.
        used: durability or ammo, 0 or more; nothing for items that are not used up.
    """
    item, count = stack.read(api)
    unit = wear_unit(item) if count else 0.0
    if not unit:
        return
    left, rest = worn_down(count, used, unit)
    stack.write(api, item if left else 0, left)
    if left:
        stack.set_used(api, rest)


def _filled(api: "LuaApi", stack: StackPlace) -> tuple[int, int]:
    if not stack.is_there(api):
        fail("LuaItemStack API call when LuaItemStack was invalid.")
    item, count = stack.read(api)
    if not count:
        fail("LuaItemStack API call when LuaItemStack was invalid for read.")
    return item, count


def _type(api: "LuaApi", stack: StackPlace) -> str:
    return api.prototypes.items.by_id(_filled(api, stack)[0]).type


def _unit(api: "LuaApi", stack: StackPlace, member: str) -> float:
    """What the stack's items have of durability or ammo.

    Raises:
        ScriptError: they have none.
    """
    item, _ = _filled(api, stack)
    is_ammo = _type(api, stack) == _AMMO
    unit = wear_unit(item)
    if not unit or is_ammo != (_AMMO in member):
        what = "ammo" if _AMMO in member else "a tool with durability"
        fail(f"LuaItemStack.{member}: the item is not {what}.")
    return unit


def _durability(api: "LuaApi", stack: StackPlace) -> float | None:
    item, _ = _filled(api, stack)
    if _type(api, stack) == _AMMO or not wear_unit(item):
        return None
    return wear_unit(item) - stack.used(api)


def _set_durability(api: "LuaApi", stack: StackPlace, value: object) -> None:
    unit = _unit(api, stack, "durability")
    wear_down(api, stack, unit - min(_amount(value, "durability"), unit))


def _amount(value: object, name: str) -> float:
    amount = read_number(value, name)
    if amount < 0.0:
        fail(f"{name} must not be negative, and is {amount:g}.")
    return amount


def _drain(api: "LuaApi", stack: StackPlace, amount: object, member: str) -> None:
    _unit(api, stack, member)
    wear_down(api, stack, stack.used(api) + _amount(amount, "amount"))


def _refill(api: "LuaApi", stack: StackPlace, amount: object, member: str) -> None:
    _unit(api, stack, member)
    wear_down(api, stack, max(stack.used(api) - _amount(amount, "amount"), 0.0))


def _drain_durability(api: "LuaApi", stack: StackPlace, amount: object) -> None:
    _drain(api, stack, amount, "drain_durability")


def _add_durability(api: "LuaApi", stack: StackPlace, amount: object) -> None:
    _refill(api, stack, amount, "add_durability")


def _ammo(api: "LuaApi", stack: StackPlace) -> int:
    return math.ceil(_unit(api, stack, "ammo") - stack.used(api))


def _set_ammo(api: "LuaApi", stack: StackPlace, value: object) -> None:
    unit = _unit(api, stack, "ammo")
    wear_down(api, stack, unit - min(_amount(value, "ammo"), unit))


def _drain_ammo(api: "LuaApi", stack: StackPlace, amount: object) -> None:
    _drain(api, stack, amount, "drain_ammo")


def _add_ammo(api: "LuaApi", stack: StackPlace, amount: object) -> None:
    _refill(api, stack, amount, "add_ammo")


def _health(api: "LuaApi", stack: StackPlace) -> float:
    _filled(api, stack)
    return _WHOLE


def _is_ammo(api: "LuaApi", stack: StackPlace) -> bool:
    return _type(api, stack) == _AMMO


def _is_armor(api: "LuaApi", stack: StackPlace) -> bool:
    return _type(api, stack) == "armor"


def _is_repair_tool(api: "LuaApi", stack: StackPlace) -> bool:
    return _type(api, stack) == "repair-tool"


def _is_tool(api: "LuaApi", stack: StackPlace) -> bool:
    return _type(api, stack) in TOOLS


def declare(stack: LuaClass) -> None:
    """Add the members of this topic to LuaItemStack."""
    stack.getters |= {
        "ammo": _ammo,
        "durability": _durability,
        "health": _health,
        "is_ammo": _is_ammo,
        "is_armor": _is_armor,
        "is_repair_tool": _is_repair_tool,
        "is_tool": _is_tool,
    }
    stack.setters |= {"ammo": _set_ammo, "durability": _set_durability}
    stack.methods |= {
        "add_ammo": _add_ammo,
        "add_durability": _add_durability,
        "drain_ammo": _drain_ammo,
        "drain_durability": _drain_durability,
    }
