"""The embedded server: the simulator and the tools' Lua in this process."""

import hashlib
import json
from collections.abc import Mapping
from typing import Any, Final

import msgpack

from fle_marl.errors import SaveError, ServerError
from fle_marl.lua.bundle import admin_names, checksum, modules, tool_names
from fle_marl.lua.wire import ToolReply, decode_reply
from fle_marl.sim.engine import advance, compile_kernels, load_world, save_world
from fle_marl.sim.lua_api import LuaApi
from fle_marl.sim.mapgen import build_scenario
from fle_marl.sim.world import World

__all__ = ["EmbeddedServer"]

_FORMAT: Final = "fle-marl-embedded-1"


class EmbeddedServer:
    """A `GameServer` on the embedded simulator.

    Nothing is built before `reset`; a server is cheap to make and to throw away.
    """

    def __init__(self) -> None:
        self._world: World | None = None
        self._api: LuaApi | None = None
        self._dispatch: Any = None
        self._sequence = 0

    # --- the world

    @property
    def world(self) -> World:
        """The simulator's world, for measurements and tests.

        Raises:
            ServerError: `not-reset`.
        """
        if self._world is None:
            raise ServerError("the server has no world yet: reset it", code="not-reset")
        return self._world

    @property
    def lua(self) -> LuaApi:
        """The Lua state of the world.

        Raises:
            ServerError: `not-reset`.
        """
        if self._api is None:
            raise ServerError("the server has no world yet: reset it", code="not-reset")
        return self._api

    @property
    def tick(self) -> int:
        """Ticks of game time since the world began."""
        return self.world.tick

    def reset(self, scenario: Mapping[str, object], *, agents: int, seed: int) -> None:
        """Build the scenario's world; see `GameServer.reset`."""
        compile_kernels()
        world = World(seed)
        # who has what and knows what is set by Lua, the same on every kind of server
        build_scenario(world, {"name": scenario.get("name")}, agents)
        self._open(world)
        self.admin("setup", {"agents": agents, "scenario": dict(scenario)})

    def _open(self, world: World) -> None:
        self._world = world
        self._api = LuaApi(world, modules())
        dispatch = self._api.require("runtime.dispatch")
        for name in tool_names():
            dispatch["add"](name, self._api.require(f"tools.{name}.server"))
        self._dispatch = dispatch
        self._api.require("runtime.control")

    # --- tools

    def call(self, tool: str, agent: int, arguments: Mapping[str, object]) -> ToolReply:
        """Begin a tool call; see `GameServer.call`."""
        given = self.lua.table(arguments)
        return self._ask("call", tool, agent + 1, self._next_sequence(), given)

    def resume(self, agent: int) -> ToolReply:
        """Go on with a pending call; see `GameServer.resume`."""
        return self._ask("resume", agent + 1, self._next_sequence())

    def cancel(self, agent: int) -> None:
        """Drop a pending call; see `GameServer.cancel`."""
        self._run(self._dispatch["cancel"], agent + 1)

    def admin(self, name: str, arguments: Mapping[str, object]) -> object:
        """Run an administration script; see `GameServer.admin`.

        Raises:
            ServerError: `no-such-script`, or the script failed.
        """
        if name not in admin_names():
            raise ServerError(
                f"there is no administration script {name!r}; there are: "
                f"{', '.join(admin_names())}",
                code="no-such-script",
            )
        script = self.lua.require(f"admin.{name}")
        answer = self._run(script["run"], self.lua.table(arguments))
        return self.lua.plain(answer)

    def _ask(self, step: str, *arguments: object) -> ToolReply:
        return decode_reply(str(self._run(self._dispatch[step], *arguments)))

    def _run(self, function: Any, *arguments: object) -> object:  # noqa: ANN401
        return self.lua.guarded(function, *arguments)

    def _next_sequence(self) -> int:
        self._sequence += 1
        return self._sequence

    # --- time

    def advance(self, ticks: int) -> None:
        """Let game time pass, and scripts' events with it."""
        events = self.lua.events
        left = ticks
        while left > 0:
            step = events.ticks_until_next(left)
            advance(self.world, step)
            left -= step
            events.run()

    # --- copies

    def save(self) -> bytes:
        """The world and what the tools' Lua remembers; see `GameServer.save`."""
        saved = {
            "format": _FORMAT,
            "bundle": checksum(),
            "sequence": self._sequence,
            "world": save_world(self.world),
            "scripts": self.lua.save_scripts(),
        }
        return bytes(msgpack.packb(saved))

    def restore(self, saved: bytes) -> None:
        """Go back to a saved world; see `GameServer.restore`."""
        try:
            parts = msgpack.unpackb(saved)
        except (ValueError, msgpack.UnpackException) as error:
            raise SaveError(f"the saved world cannot be read: {error}") from error
        if not isinstance(parts, dict) or parts.get("format") != _FORMAT:
            raise SaveError(f"the saved world is not of the form {_FORMAT!r}")
        if parts.get("bundle") != checksum():
            raise SaveError(
                "the saved world was made with other Lua tools than these",
                code="other-bundle",
            )
        world = load_world(parts["world"])
        self._open(world)
        self._sequence = int(parts["sequence"])
        self.lua.load_scripts(parts["scripts"])

    def state_hash(self) -> str:
        """Hex digest of the world and of what the scripts remember."""
        digest = hashlib.blake2b(digest_size=16)
        digest.update(self.world.state_hash().encode())
        digest.update(json.dumps(self.lua.save_scripts(), sort_keys=True).encode())
        return digest.hexdigest()

    def close(self) -> None:
        """Give back the world; further calls raise `ServerError`."""
        self._world = None
        self._api = None
        self._dispatch = None
