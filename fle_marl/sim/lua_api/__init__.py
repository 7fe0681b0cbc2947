"""Factorio's Lua runtime API on a world, in Lua 5.2 (lupa).

A Lua object of the game is a table with ``__self`` (a number or an opaque Python value)
and the metatable of its class; every member is looked up in the class's Python
functions. It is strict: a name that the game lacks fails as in the game, a name that
only we lack raises `LuaApiMissing`.

One module a class: ``lua_<class>.py`` declares members on a `LuaClass`; `runtime` puts
them together.
"""

from fle_marl.sim.lua_api.runtime import LuaApi

__all__ = ["LuaApi"]
