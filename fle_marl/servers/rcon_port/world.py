"""Worlds for a port: new ones, and those of files.

The console of the game sees a bare Lua state; clients load their tools themselves, as
on a real server.
"""

from collections.abc import Mapping
from pathlib import Path

from fle_marl.errors import SaveError
from fle_marl.servers.game import Game
from fle_marl.servers.saved_game import unpack_game
from fle_marl.sim.engine import compile_kernels
from fle_marl.sim.lua_api import LuaApi
from fle_marl.sim.lua_api.limits import ScriptLimits
from fle_marl.sim.mapgen import build_scenario
from fle_marl.sim.saves import load_world
from fle_marl.sim.world import World

__all__ = ["load_game", "new_game"]


def new_game(
    scenario: Mapping[str, object],
    *,
    characters: int,
    seed: int,
    limits: ScriptLimits | None = None,
) -> Game:
    """Build a world.

    Args:
        scenario: as `fle_marl.sim.mapgen.build_scenario` takes it.
        characters: that stand on it, 1 or more.
        seed: of the map and of everything random.
        limits: of scripts.

    Raises:
        ScenarioError: it cannot be built.
    """
    compile_kernels()
    world = World(seed)
    build_scenario(world, scenario, characters)
    return Game(world, LuaApi(world, {}, limits or ScriptLimits()))


def load_game(path: Path, limits: ScriptLimits | None = None) -> Game:
    """Read a world that a server of this package has saved, whatever tools it had.

    Raises:
        SaveError: `save-not-read`, or it is damaged or foreign.
    """
    try:
        saved = path.read_bytes()
    except OSError as error:
        raise SaveError(
            f"the world cannot be read from {path}: {error}", code="save-not-read"
        ) from error
    parts = unpack_game(saved)
    compile_kernels()
    world = load_world(parts.world)
    lua = LuaApi(world, {}, limits or ScriptLimits())
    lua.load_scripts(parts.scripts.model_dump(by_alias=True))
    return Game(world, lua)
