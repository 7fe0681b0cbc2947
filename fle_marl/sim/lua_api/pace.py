"""How fast scripts want time to pass: ``game.speed`` and its kin.

Only a server that keeps time by the clock minds it (`fle_marl.servers.rcon_port`).
Elsewhere time passes when it is told to, as fast as it can.
"""

from dataclasses import astuple, dataclass
from typing import Any, Final

__all__ = ["SLOWEST", "Pace"]

SLOWEST: Final = 0.01
"""Source: runtime API, LuaGameScript.speed."""


@dataclass(slots=True)
class Pace:
    """The pace of time.

    Attributes:
        speed: 1 for 60 ticks a second; `SLOWEST` or more.
        is_paused: whether time stands still but for `ticks_to_run`.
        ticks_to_run: how many ticks still pass while it is paused.
    """

    speed: float = 1.0
    is_paused: bool = False
    ticks_to_run: int = 0

    def to_plain(self) -> list[Any]:
        """The fields in their order."""
        return list(astuple(self))
