"""Calling tools on a server to their end, without workers and a scheduler."""

from collections.abc import Callable
from typing import Any, Final

from fle_marl.errors import ServerError
from fle_marl.lua.client import load_tools
from fle_marl.servers.base import GameServer

__all__ = ["Driver", "drive"]

_LONGEST_CALL_TICKS: Final = 60 * 60 * 60
"""An hour of game time; a call that is not done by then never will be."""


def drive(server: GameServer, agent: int, tool: str, **arguments: object) -> object:
    """Call a tool and let game time pass until the agent is free again.

    Args:
        server: a world that was reset.
        agent: index from 0.
        tool: name of its folder.
        arguments: plain data by the names that the tool's `server.lua` takes.

    Returns:
        The tool's value as plain data.

    Raises:
        ToolError: the tool refused.
        ServerError: `endless-call`: the call took more than an hour of game time.
    """
    reply = server.call(tool, agent, arguments)
    passed = 0
    while reply.pending:
        passed += reply.ticks
        if passed > _LONGEST_CALL_TICKS:
            server.cancel(agent)
            raise ServerError(
                f"{tool} is not done after {passed} ticks", code="endless-call"
            )
        server.advance(reply.ticks)
        reply = server.resume(agent)
    server.advance(reply.ticks)
    return reply.value


class Driver:
    """All tools of one agent as functions, as its programs see them.

    ``Driver(server, 0).craft_item(Prototype.IronChest)`` calls the tool's client, which
    calls the server through `drive`.

    Args:
        server: a world that was reset.
        agent: index from 0.
    """

    def __init__(self, server: GameServer, agent: int = 0) -> None:
        self._functions: dict[str, Callable[..., Any]] = {
            name: tool.bind(
                lambda tool, arguments: drive(server, agent, tool, **arguments)
            )
            for name, tool in load_tools().items()
        }

    @property
    def functions(self) -> dict[str, Callable[..., Any]]:
        """The tools by name, such as for the globals of a program."""
        return dict(self._functions)

    def __getattr__(self, name: str) -> Callable[..., Any]:
        try:
            return self._functions[name]
        except KeyError:
            raise AttributeError(f"there is no tool {name!r}") from None
