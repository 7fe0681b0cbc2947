"""Members of LuaItemPrototype about magazines, tools, repair packs and armor."""

from typing import TYPE_CHECKING, Final

from fle_marl.prototypes import ItemPrototype
from fle_marl.sim.lua_api.lua_class import LuaClass
from fle_marl.sim.wear import wear_unit

if TYPE_CHECKING:
    from fle_marl.sim.lua_api.runtime import LuaApi

__all__ = ["TOOLS", "declare"]

TOOLS: Final = frozenset({"tool", "armor", "mining-tool", "repair-tool"})
"""Types of item that are tools. Source: prototype API, ToolPrototype's children."""


def _of(api: "LuaApi", number: int) -> ItemPrototype:
    return api.prototypes.items.by_id(number)


def _magazine_size(api: "LuaApi", number: int) -> float | None:
    return wear_unit(number) if _of(api, number).type == "ammo" else None


def _infinite(api: "LuaApi", number: int) -> bool | None:
    prototype = _of(api, number)
    if prototype.type not in TOOLS:
        return None
    return bool(prototype.properties.get("infinite", False))


def _speed(api: "LuaApi", number: int) -> float | None:
    prototype = _of(api, number)
    return prototype.number("speed") if prototype.type == "repair-tool" else None


def _inventory_size_bonus(api: "LuaApi", number: int) -> int | None:
    prototype = _of(api, number)
    if prototype.type != "armor":
        return None
    return int(prototype.number("inventory_size_bonus", 0.0))


def declare(item: LuaClass) -> None:
    """Add the members of this topic to LuaItemPrototype."""
    item.getters |= {
        "infinite": _infinite,
        "inventory_size_bonus": _inventory_size_bonus,
        "magazine_size": _magazine_size,
        "speed": _speed,
    }
