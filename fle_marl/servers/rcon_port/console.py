"""The commands of the game's console, as they are answered to RCON clients.

Achievements are off from the beginning, so that the first ``/c`` runs at once, where
the game asks for it to be repeated. The words of answers are the game's as far as they
are documented; those of `/time`, `/measured-command`, `/server-save` and of unknown
commands are chosen. Nobody ever joins, and there are no enemies, so that players and
evolution are always the same.
"""

import logging
import re
import time
from collections.abc import Callable, Mapping
from typing import Final

import lupa.lua52 as lupa

from fle_marl.errors import FleMarlError
from fle_marl.prototypes.data_files import FACTORIO_VERSION
from fle_marl.servers.game import Game
from fle_marl.servers.rcon_port.save_file import SaveFile
from fle_marl.sim.lua_api.lua_command_processor import GAME_COMMANDS, call_command
from fle_marl.sim.mapgen.generator import generator_of
from fle_marl.units import TICKS_PER_SECOND

__all__ = ["Console"]

_LOG: Final = logging.getLogger(__name__)
_COMMAND: Final = re.compile(r"/(\S+)\s?(.*)", re.DOTALL)
_OWN_CODE: Final = re.compile(r"\s*__level__\s")
"""Commands may name whose Lua state they want; there is only the scenario's."""
_COUNTS: Final = frozenset({"count", "c"})
_ONLINE: Final = frozenset({"online", "o"})


class Console:
    """The console of a server.

    Args:
        game: that commands act on.
        save_file: where the world is kept; None when it is not.

    Attributes:
        is_ending: whether a client asked the server to end.
    """

    def __init__(self, game: Game, save_file: SaveFile | None = None) -> None:
        self._game = game
        self._save_file = save_file
        self.is_ending = False
        self._commands: Mapping[str, Callable[[str], str]] = {
            "c": self._lua,
            "command": self._lua,
            "sc": self._lua,
            "silent-command": self._lua,
            "mc": self._measured_lua,
            "measured-command": self._measured_lua,
            "version": self._version,
            "players": self._players,
            "p": self._players,
            "o": lambda _: self._players("online"),
            "time": self._time,
            "seed": self._seed,
            "evolution": self._evolution,
            "help": self._help,
            "h": self._help,
            "server-save": self._server_save,
            "quit": self._quit,
        }

    def run(self, text: str) -> str:
        """Run what a client sent.

        Returns:
            The answer, each of its lines with an end.
        """
        found = _COMMAND.fullmatch(text)
        if found is None:
            _LOG.info("<server>: %s", text)
            return ""
        name, parameter = found.groups()
        command = self._commands.get(name)
        if command is not None:
            answer = command(parameter)
        elif name in self._game.lua.commands:
            answer = self._custom(name, parameter)
        else:
            answer = _line(
                f"Unknown command: {name}. "
                "Use /help to see a list of available commands."
            )
        self.write_wanted_saves()
        return answer

    # --- Lua

    def _lua(self, source: str) -> str:
        lua = self._game.lua
        try:
            problem = lua.command(_OWN_CODE.sub("", source, count=1))
        except lupa.LuaMemoryError:
            problem = "not enough memory"
        except (lupa.LuaError, UnicodeError) as error:
            problem = str(error)
        return self._answer(problem)

    def _answer(self, problem: str | None) -> str:
        """What scripts printed, and why they failed."""
        lua = self._game.lua
        lines = [_line(printed) for printed in lua.printed]
        lua.printed.clear()
        if problem is not None:
            lines.append(_line(f"Cannot execute command. Error: {problem}"))
        return "".join(lines)

    def _measured_lua(self, source: str) -> str:
        began = time.perf_counter()
        answer = self._lua(source)
        milliseconds = 1000 * (time.perf_counter() - began)
        return answer + _line(f"Duration: {milliseconds:.6f}ms")

    def _custom(self, name: str, parameter: str) -> str:
        try:
            problem = call_command(self._game.lua, name, parameter or None)
        except lupa.LuaError as error:
            problem = str(error) or "not enough memory"
        return self._answer(problem)

    # --- the world

    def _version(self, _parameter: str) -> str:
        return _line(FACTORIO_VERSION)

    def _players(self, parameter: str) -> str:
        if parameter.strip() in _COUNTS:
            return _line("0")
        what = "Online players" if parameter.strip() in _ONLINE else "Players"
        return _line(f"{what} (0):")

    def _time(self, _parameter: str) -> str:
        seconds = self._game.world.tick // TICKS_PER_SECOND
        minutes, seconds = divmod(seconds, 60)
        hours, minutes = divmod(minutes, 60)
        days, hours = divmod(hours, 24)
        parts = [
            f"{count} {unit}{'' if count == 1 else 's'}"
            for count, unit in (
                (days, "day"),
                (hours, "hour"),
                (minutes, "minute"),
                (seconds, "second"),
            )
            if count
        ] or ["0 seconds"]
        *first, last = parts
        return _line(" and ".join([", ".join(first), last] if first else [last]))

    def _seed(self, _parameter: str) -> str:
        settings = generator_of(self._game.world)
        # a map that was not generated has none
        return _line(str(settings.seed if settings is not None else 0))

    def _evolution(self, _parameter: str) -> str:
        return _line(
            "Evolution factor: 0.0000. (Time 0%) (Pollution 0%) (Spawner kills 0%)"
        )

    # --- the server

    def _help(self, parameter: str) -> str:
        lua = self._game.lua
        known = {
            **GAME_COMMANDS,
            **{name: each.help for name, each in lua.commands.items()},
        }
        name = parameter.strip().removeprefix("/")
        if not name:
            return "".join(_line(f"/{each} {known[each]}") for each in sorted(known))
        if name not in known:
            return _line(f"Unknown command: {name}.")
        return _line(f"/{name} {known[name]}")

    def _server_save(self, parameter: str) -> str:
        if self._save_file is None:
            return _line("Cannot save: the server was started without --save.")
        try:
            path = self._save_file.write(self._game, parameter.strip() or None)
        except FleMarlError as error:
            return _line(f"Cannot save: {error}.")
        return _line(f"Saved map as {path.name}.")

    def write_wanted_saves(self) -> None:
        """Write the saves that scripts asked for since the last time."""
        wanted = self._game.lua.wanted_saves
        while wanted:
            _LOG.info("%s", self._server_save(wanted.popleft() or "").rstrip())

    def _quit(self, _parameter: str) -> str:
        self.is_ending = True
        return ""


def _line(text: str) -> str:
    return f"{text}\n"
