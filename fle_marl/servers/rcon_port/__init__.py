"""The embedded simulator behind the protocol of the game's own servers.

`protocol` reads and writes packets, `session` is one client's connection, `console`
runs commands on a world, `timekeeper` lets time pass by the clock, and `port` joins
them on a TCP port. `limits` says what strangers may do, `save_file` keeps the world.
"""

from fle_marl.servers.rcon_port.limits import PortLimits
from fle_marl.servers.rcon_port.port import RconPort
from fle_marl.servers.rcon_port.save_file import SaveFile
from fle_marl.servers.rcon_port.world import load_game, new_game

__all__ = ["PortLimits", "RconPort", "SaveFile", "load_game", "new_game"]
