"""LuaCommandProcessor (``commands``): console commands of scripts."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from lupa.lua52 import lua_type

from fle_marl.errors import FleMarlError
from fle_marl.sim.lua_api.errors import fail, shown
from fle_marl.sim.lua_api.lua_class import LuaClass, LuaValue
from fle_marl.sim.lua_api.printing import text_of

if TYPE_CHECKING:
    from fle_marl.sim.lua_api.runtime import LuaApi

__all__ = ["GAME_COMMANDS", "LUA_COMMAND_PROCESSOR", "Command", "call_command"]

LUA_COMMAND_PROCESSOR: Final = LuaClass("LuaCommandProcessor")

GAME_COMMANDS: Final = {
    "c": "<command> - Executes a Lua command. Achievements are off already.",
    "command": "<command> - Executes a Lua command. Achievements are off already.",
    "evolution": "Prints info about the alien evolution factor.",
    "h": "[command] - Prints a list of available commands, or the help of one.",
    "help": "[command] - Prints a list of available commands, or the help of one.",
    "mc": "<command> - Executes a Lua command and measures the time that it takes.",
    "measured-command": (
        "<command> - Executes a Lua command and measures the time that it takes."
    ),
    "o": "Prints a list of the players that are online.",
    "p": "[online/o/count/c] - Prints a list of players in the game.",
    "players": "[online/o/count/c] - Prints a list of players in the game.",
    "quit": "Saves the game if the server keeps a save, and ends the server.",
    "sc": "<command> - Executes a Lua command without printing it to the console.",
    "seed": "Prints the starting map seed.",
    "server-save": "[name] - Saves the game on the server.",
    "silent-command": (
        "<command> - Executes a Lua command without printing it to the console."
    ),
    "time": "Prints info about how old the map is.",
    "version": "Prints the current game version.",
}
"""The game's own commands that servers of worlds have, and what they are for."""


@dataclass(frozen=True, slots=True)
class Command:
    """A console command of a script.

    Attributes:
        help: a line that tells what it is for.
        handler: the script's function.
    """

    help: str
    handler: Callable[..., Any]


@LUA_COMMAND_PROCESSOR.method("add_command")
def _add_command(
    api: "LuaApi", _self: int, name: object, help_: object, function: LuaValue
) -> None:
    if not isinstance(name, str) or not name or any(map(str.isspace, name)):
        fail(f"Invalid command name: {shown(name)}.")
    if lua_type(function) != "function":
        fail("The command must be a function.")
    if name in api.commands or name in GAME_COMMANDS:
        fail(f"Command with name {name} already exists.")
    api.commands[name] = Command(text_of(api, help_), function)


@LUA_COMMAND_PROCESSOR.method("remove_command")
def _remove_command(api: "LuaApi", _self: int, name: str) -> bool:
    return api.commands.pop(name, None) is not None


@LUA_COMMAND_PROCESSOR.getter("commands")
def _commands(api: "LuaApi", _self: int) -> LuaValue:
    return api.table({name: each.help for name, each in api.commands.items()})


@LUA_COMMAND_PROCESSOR.getter("game_commands")
def _game_commands(api: "LuaApi", _self: int) -> LuaValue:
    return api.table(GAME_COMMANDS)


def call_command(api: "LuaApi", name: str, parameter: str | None) -> str | None:
    """Run a command of a script, as the server does.

    Args:
        api: with a command of that name.
        name: of the command.
        parameter: the text behind it; None when there is none.

    Returns:
        Why it failed; None when all went well.
    """
    api.printed.clear()
    data = {"name": name, "tick": api.world.tick, "parameter": parameter}
    try:
        api.guarded(api.commands[name].handler, api.table(data))
    except FleMarlError as error:
        return error.message
    return None
