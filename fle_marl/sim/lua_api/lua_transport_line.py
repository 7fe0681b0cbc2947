"""LuaTransportLine."""

from typing import Final

from fle_marl.sim.lua_api.lua_class import LuaClass

LUA_TRANSPORT_LINE: Final = LuaClass("LuaTransportLine")


def declare_belts(entity):
    pass


def other_end(world, row):
    return 0
