"""LuaCustomTable: the tables of prototypes and of named things, read by name."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from fle_marl.sim.lua_api.lua_class import LuaClass, LuaValue

if TYPE_CHECKING:
    from fle_marl.sim.lua_api.runtime import LuaApi

__all__ = ["LUA_CUSTOM_TABLE", "CustomTable", "custom_table", "empty_table"]

LUA_CUSTOM_TABLE: Final = LuaClass("LuaCustomTable")


@dataclass(frozen=True, slots=True)
class CustomTable:
    """What a LuaCustomTable holds.

    Attributes:
        class_name: of its values.
        names: the keys, in the order that ``pairs`` gives them.
        self_of: what the object under a key holds; None when there is no such key.
    """

    class_name: str
    names: Callable[[], Iterable[str | int]]
    self_of: Callable[[object], object]


def custom_table(api: "LuaApi", table: CustomTable) -> LuaValue:
    """A LuaCustomTable object."""
    return api.object("LuaCustomTable", table)


def empty_table(api: "LuaApi") -> LuaValue:
    """A LuaCustomTable of what there never is any of."""
    return custom_table(api, CustomTable("", tuple, lambda _key: None))


@LUA_CUSTOM_TABLE.operator("index")
def _index(api: "LuaApi", table: CustomTable, key: object) -> tuple[Any, bool]:
    found = table.self_of(key)
    return (None if found is None else api.object(table.class_name, found)), True


@LUA_CUSTOM_TABLE.operator("len")
def _length(_api: "LuaApi", table: CustomTable) -> int:
    return len(list(table.names()))


@LUA_CUSTOM_TABLE.operator("pairs")
def _pairs(api: "LuaApi", table: CustomTable) -> LuaValue:
    pairs = api.lua.table()
    for name in table.names():
        pairs[name] = api.object(table.class_name, table.self_of(name))
    return pairs


@LUA_CUSTOM_TABLE.getter("valid")
def _valid(_api: "LuaApi", _table: CustomTable) -> bool:
    return True
