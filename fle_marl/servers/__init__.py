"""Where tools run: the embedded simulator, or a real server."""

from fle_marl.servers.base import GameServer

__all__ = ["GameServer"]
