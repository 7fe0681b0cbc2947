"""LuaSettings (``settings``): the settings of mods; the game without mods has none.

Source: runtime API, LuaSettings; the data of the game, which has no prototype of a
setting.
"""

from typing import TYPE_CHECKING, Final, NoReturn

from fle_marl.sim.lua_api.errors import fail, shown
from fle_marl.sim.lua_api.lua_class import LuaClass, LuaValue
from fle_marl.sim.lua_api.lua_prototype_table import empty_table

if TYPE_CHECKING:
    from fle_marl.sim.lua_api.runtime import LuaApi

__all__ = ["LUA_SETTINGS"]

LUA_SETTINGS: Final = LuaClass("LuaSettings")


@LUA_SETTINGS.getter("startup")
@LUA_SETTINGS.getter("global")
@LUA_SETTINGS.getter("player")
def _settings(api: "LuaApi", _self: int) -> LuaValue:
    return empty_table(api)


@LUA_SETTINGS.method("get_player_settings")
def _get_player_settings(_api: "LuaApi", _self: int, player: object) -> NoReturn:
    # nobody joins the server
    fail(f"There is no player {shown(player)}.")
