"""A world and its scripts, and how time passes for both."""

import hashlib
import json
from dataclasses import dataclass

from fle_marl.servers.saved_game import pack_game
from fle_marl.sim.engine import advance
from fle_marl.sim.lua_api import LuaApi
from fle_marl.sim.mapgen import grow_map, ticks_until_growth
from fle_marl.sim.saves import save_world
from fle_marl.sim.schedule import refreshed
from fle_marl.sim.world import World

__all__ = ["Game"]


@dataclass(slots=True)
class Game:
    """A world and the Lua state on it.

    Attributes:
        world: the simulator's.
        lua: the Lua state of the world.
    """

    world: World
    lua: LuaApi

    def advance(self, ticks: int) -> None:
        """Let game time pass, scripts' events with it, and the map grow.

        Raises:
            ServerError: `lua-error`, a script that was told an event failed.
        """
        events = self.lua.events
        left = ticks
        while left > 0:
            grow_map(self.world)
            events.tell_changes()
            step = ticks_until_growth(self.world, events.ticks_until_next(left))
            advance(self.world, step)
            left -= step
            events.run()

    def save(self, bundle: str) -> bytes:
        """The world and what scripts remember, as bytes.

        Args:
            bundle: checksum of the Lua tools on the world; empty without any.

        Raises:
            ServerError: `not-saveable`, scripts keep what cannot be saved.
        """
        return pack_game(bundle, save_world(self.world), self.lua.save_scripts())

    def state_hash(self) -> str:
        """Hex digest of the world and of what the scripts remember."""
        digest = hashlib.blake2b(digest_size=16)
        digest.update(refreshed(self.world).state_hash().encode())
        digest.update(json.dumps(self.lua.save_scripts(), sort_keys=True).encode())
        return digest.hexdigest()
