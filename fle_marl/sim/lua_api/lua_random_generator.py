"""LuaRandomGenerator: numbers that depend on a seed alone; holds Python's generator.

The game's own sequence is not documented; numbers here are others. Such an object
cannot be kept in ``global``. Source: runtime API, LuaRandomGenerator.
"""

import math
from random import Random
from typing import TYPE_CHECKING, Final

from fle_marl.sim.lua_api.arguments import read_count, read_number
from fle_marl.sim.lua_api.errors import fail
from fle_marl.sim.lua_api.lua_class import LuaClass, LuaValue
from fle_marl.sim.lua_api.random_numbers import draw_number

if TYPE_CHECKING:
    from fle_marl.sim.lua_api.runtime import LuaApi

__all__ = ["LUA_RANDOM_GENERATOR", "create_random_generator"]

LUA_RANDOM_GENERATOR: Final = LuaClass("LuaRandomGenerator")
_SEEDS: Final = 1 << 32


def create_random_generator(api: "LuaApi", _self: int, seed: object = None) -> LuaValue:
    """Make one; without a seed it gets one of the world's generator."""
    if seed is None:
        number = int(draw_number(api.world) * _SEEDS)
    else:
        number = read_count(seed, "seed")
    return api.object("LuaRandomGenerator", Random(number))


@LUA_RANDOM_GENERATOR.getter("valid")
def _valid(_api: "LuaApi", _generator: Random) -> bool:
    return True


@LUA_RANDOM_GENERATOR.method("re_seed")
def _re_seed(_api: "LuaApi", generator: Random, seed: object) -> None:
    generator.seed(read_count(seed, "seed"))


@LUA_RANDOM_GENERATOR.operator("call")
def _call(
    _api: "LuaApi", generator: Random, lower: object = None, upper: object = None
) -> float:
    """As ``math.random``: 0 to 1, 1 to a number, or one number to another."""
    if lower is None:
        return generator.random()
    if upper is None:
        lower, upper = 1, lower
    least = math.floor(read_number(lower, "lower"))
    most = math.floor(read_number(upper, "upper"))
    if most < least:
        fail("bad argument to random generator (interval is empty)")
    return generator.randint(least, most)
