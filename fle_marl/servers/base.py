"""The narrow waist between worlds and everything above them.

A `GameServer` is a world that tools can be called on and that time can pass in. The
embedded simulator and a real Factorio server both are one; nothing above this room
knows which of them it talks to.
"""

from collections.abc import Mapping
from typing import Protocol, runtime_checkable

from fle_marl.lua.wire import ToolReply

__all__ = ["GameServer"]


@runtime_checkable
class GameServer(Protocol):
    """A world with agents in it.

    Agents are counted from 0 here; Lua counts from 1, and the server converts.
    """

    @property
    def tick(self) -> int:
        """Ticks of game time since the world began."""
        ...

    def reset(self, scenario: Mapping[str, object], *, agents: int, seed: int) -> None:
        """Build the scenario's world anew with so many characters in it.

        Args:
            scenario: ``{"name": "lab-play", "inventory": {item: count},
                "all_technologies_researched": bool, ...}``; each agent gets its own
                copy of the inventory unless ``"inventories"`` lists one for each.
            agents: number of characters, at least 1.
            seed: of the map and of everything random.

        Raises:
            ScenarioError: the scenario cannot be built.
        """
        ...

    def call(self, tool: str, agent: int, arguments: Mapping[str, object]) -> ToolReply:
        """Begin a tool call of an agent at the present tick; ends its pending one.

        Args:
            tool: name of a folder in ``fle_marl/lua/tools``.
            agent: index from 0.
            arguments: plain data by the names of the tool's parameters.

        Returns:
            The reply. While it is ``pending``, advance the world by its ``ticks`` and
            call `resume`; a finished reply keeps the agent busy for its ``ticks``.

        Raises:
            ToolError: the tool refused; the world is unchanged.
            ServerError: the server failed.
        """
        ...

    def resume(self, agent: int) -> ToolReply:
        """Go on with the agent's pending call; replies and raises as `call` does."""
        ...

    def cancel(self, agent: int) -> None:
        """Drop the agent's pending call, if any, and stop what its character does."""
        ...

    def admin(self, name: str, arguments: Mapping[str, object]) -> object:
        """Run an administration script that agents cannot reach.

        Args:
            name: of a file in ``fle_marl/lua/admin``, without its ending.
            arguments: plain data.

        Returns:
            Plain data.

        Raises:
            AdminError: the script refused, as docs/admin.md says; what it would have
                changed is as it was.
            ServerError: `no-such-script`, or the script failed.
        """
        ...

    def advance(self, ticks: int) -> None:
        """Let game time pass.

        Args:
            ticks: how many, 0 or more.
        """
        ...

    def save(self) -> bytes:
        """The whole world as bytes that `restore` takes, in this or another process."""
        ...

    def restore(self, saved: bytes) -> None:
        """Go back to a saved world.

        Raises:
            SaveError: the bytes are damaged or foreign; the world is unchanged.
        """
        ...

    def state_hash(self) -> str:
        """Hex digest of everything that decides the future of the world."""
        ...

    def close(self) -> None:
        """Give back what the server holds; further calls raise `ServerError`."""
        ...
