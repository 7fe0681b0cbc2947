"""LuaDamagePrototype; holds the place of the type among all, by name."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

from fle_marl.prototypes import load
from fle_marl.sim.actions.health import damage_types
from fle_marl.sim.lua_api.localised import declare_localised, localised
from fle_marl.sim.lua_api.lua_class import LuaClass, LuaValue

if TYPE_CHECKING:
    from fle_marl.sim.lua_api.runtime import LuaApi

__all__ = ["LUA_DAMAGE_PROTOTYPE", "damage_prototype"]

LUA_DAMAGE_PROTOTYPE: Final = LuaClass("LuaDamagePrototype")


def damage_prototype(api: "LuaApi", name: str) -> LuaValue:
    """The game's object for a type of damage."""
    return api.object("LuaDamagePrototype", sorted(damage_types()).index(name))


@LUA_DAMAGE_PROTOTYPE.getter("name")
def _name(_api: "LuaApi", number: int) -> str:
    return sorted(damage_types())[number]


@LUA_DAMAGE_PROTOTYPE.getter("order")
def _order(_api: "LuaApi", number: int) -> str:
    return str(_data(number).get("order", ""))


@LUA_DAMAGE_PROTOTYPE.getter("hidden")
def _hidden(_api: "LuaApi", number: int) -> bool:
    return bool(_data(number).get("hidden", False))


def _data(number: int) -> Mapping[str, Any]:
    return load().constants["damage-type"][sorted(damage_types())[number]]


declare_localised(
    LUA_DAMAGE_PROTOTYPE,
    lambda api, number, part: localised(
        api, "damage-type", part, sorted(damage_types())[number]
    ),
)


@LUA_DAMAGE_PROTOTYPE.getter("valid")
def _valid(_api: "LuaApi", _number: int) -> bool:
    return True
