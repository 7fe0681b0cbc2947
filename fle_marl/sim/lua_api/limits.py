"""What a script may use before it is ended, where scripts are not trusted to end."""

from dataclasses import dataclass
from typing import Final

__all__ = ["ScriptLimits"]

_MEGABYTE: Final = 1 << 20


@dataclass(frozen=True, slots=True)
class ScriptLimits:
    """Limits of each call of a script: a command, or a handler of an event.

    The game has none: a script without end ends the server there. They are a choice,
    far above what a script needs that means well.

    Attributes:
        instructions: of Lua's virtual machine, counted by the thousand. A hundred
            million take about a second.
        seconds: of processor time, for what is slow within few instructions.
        memory_bytes: of all that Lua holds at once.
        answer_bytes: of all that one call gives to ``rcon.print``.
    """

    instructions: int = 1_000_000_000
    seconds: float = 30.0
    memory_bytes: int = 512 * _MEGABYTE
    answer_bytes: int = 64 * _MEGABYTE
