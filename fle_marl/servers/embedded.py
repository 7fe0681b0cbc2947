"""The embedded server: the simulator and the tools' Lua in this process."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from fle_marl.errors import AdminError, SaveError, ScenarioError, ServerError
from fle_marl.lua.bundle import admin_names, checksum, modules, tool_names
from fle_marl.lua.wire import ToolReply, decode_reply
from fle_marl.servers.game import Game
from fle_marl.servers.saved_game import unpack_game
from fle_marl.sim.engine import compile_kernels
from fle_marl.sim.lua_api import LuaApi
from fle_marl.sim.mapgen import build_scenario
from fle_marl.sim.saves import load_world
from fle_marl.sim.world import World

__all__ = ["EmbeddedServer"]

_SCRIPT_FAILED: Final = "lua-error"
_NO_SEQUENCE: Final = None
"""Calls within a process are not lost, so answers need not be kept for another try."""


@dataclass(slots=True)
class _Game(Game):
    """A world and the tools' Lua on it.

    Attributes:
        dispatch: the Lua module that tool calls go through.
    """

    dispatch: Any


def _start(world: World) -> _Game:
    """Load all tools on a world."""
    lua = LuaApi(world, modules())
    dispatch = lua.require("runtime.dispatch")
    for name in tool_names():
        dispatch["add"](name, lua.require(f"tools.{name}.server"))
    lua.require("runtime.control")
    return _Game(world, lua, dispatch)


class EmbeddedServer:
    """A `GameServer` on the embedded simulator.

    Nothing is built before `reset`; a server is cheap to make and to throw away. What
    fails leaves the running world as it was.
    """

    def __init__(self) -> None:
        self._running: _Game | None = None
        self._is_closed = False

    # --- the world

    @property
    def _game(self) -> _Game:
        self._check_open()
        if self._running is None:
            raise ServerError("the server has no world yet: reset it", code="not-reset")
        return self._running

    def _check_open(self) -> None:
        if self._is_closed:
            raise ServerError("the server is closed", code="server-closed")

    @property
    def world(self) -> World:
        """The simulator's world, for measurements and tests.

        Raises:
            ServerError: `not-reset` or `server-closed`.
        """
        return self._game.world

    @property
    def lua(self) -> LuaApi:
        """The Lua state of the world.

        Raises:
            ServerError: `not-reset` or `server-closed`.
        """
        return self._game.lua

    @property
    def tick(self) -> int:
        """Ticks of game time since the world began."""
        return self.world.tick

    def reset(self, scenario: Mapping[str, object], *, agents: int, seed: int) -> None:
        """Build the scenario's world; see `GameServer.reset`."""
        self._check_open()
        compile_kernels()
        world = World(seed)
        # who has what and knows what is set by Lua, the same on every kind of server
        of_map = {key: scenario.get(key) for key in ("name", "map_gen_settings")}
        build_scenario(world, of_map, agents)
        game = _start(world)
        game.lua.events.start("on_init")
        try:
            _administer(game, "setup", {"agents": agents, "scenario": dict(scenario)})
        except AdminError as error:
            raise ScenarioError(
                f"the scenario cannot be set up: {error}", details=error.details
            ) from error
        except ServerError as error:
            if error.code != _SCRIPT_FAILED:
                raise
            raise ScenarioError(f"the scenario cannot be set up: {error}") from error
        self._running = game

    # --- tools

    def call(self, tool: str, agent: int, arguments: Mapping[str, object]) -> ToolReply:
        """Begin a tool call; see `GameServer.call`."""
        game = self._game
        given = game.lua.table(arguments)
        return _answer(game, "call", tool, agent + 1, _NO_SEQUENCE, given)

    def resume(self, agent: int) -> ToolReply:
        """Go on with a pending call; see `GameServer.resume`."""
        return _answer(self._game, "resume", agent + 1, _NO_SEQUENCE)

    def cancel(self, agent: int) -> None:
        """Drop a pending call; see `GameServer.cancel`."""
        game = self._game
        game.lua.guarded(game.dispatch["cancel"], agent + 1)

    def admin(self, name: str, arguments: Mapping[str, object]) -> object:
        """Run an administration script; see `GameServer.admin`.

        Raises:
            AdminError: the script refused; its page names the codes.
            ServerError: `no-such-script`, or the script failed.
        """
        game = self._game
        if name not in admin_names():
            raise ServerError(
                f"there is no administration script {name!r}; there are: "
                f"{', '.join(admin_names())}",
                code="no-such-script",
            )
        return _administer(game, name, arguments)

    # --- time

    def advance(self, ticks: int) -> None:
        """Let game time pass, scripts' events with it, and the map grow.

        Raises:
            ValueError: ticks is negative.
            ServerError: `lua-error`, a script that was told an event failed.
        """
        game = self._game
        if ticks < 0:
            raise ValueError(
                f"time runs forwards: ticks must be 0 or more, not {ticks}"
            )
        game.advance(ticks)

    # --- copies

    def save(self) -> bytes:
        """The world and what the tools' Lua remembers; see `GameServer.save`."""
        return self._game.save(checksum())

    def restore(self, saved: bytes) -> None:
        """Go back to a saved world; see `GameServer.restore`."""
        self._check_open()
        parts = unpack_game(saved)
        if parts.bundle != checksum():
            raise SaveError(
                "the saved world was made with other Lua tools than these",
                code="other-bundle",
            )
        compile_kernels()
        game = _start(load_world(parts.world))
        game.lua.load_scripts(parts.scripts.model_dump(by_alias=True))
        game.lua.events.start("on_load")
        self._running = game

    def state_hash(self) -> str:
        """Hex digest of the world and of what the scripts remember."""
        return self._game.state_hash()

    def close(self) -> None:
        """Give back the world; further calls raise `ServerError`."""
        self._running = None
        self._is_closed = True


def _administer(game: _Game, name: str, arguments: Mapping[str, object]) -> object:
    script = game.lua.require(f"admin.{name}")
    try:
        answer = game.lua.guarded(script["run"], game.lua.table(arguments))
    except ServerError as error:
        refusal = error.details.get("refusal")
        if not isinstance(refusal, dict):
            raise
        details = refusal.get("details")
        raise AdminError(
            str(refusal.get("message")),
            code=str(refusal["code"]),
            details=details if isinstance(details, dict) else None,
        ) from error
    return game.lua.plain(answer)


def _answer(game: _Game, step: str, *arguments: object) -> ToolReply:
    return decode_reply(str(game.lua.guarded(game.dispatch[step], *arguments)))
