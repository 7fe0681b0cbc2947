"""How much a program may use."""

from dataclasses import dataclass

__all__ = ["ProgramLimits"]

_MEBIBYTE = 2**20


@dataclass(frozen=True, slots=True)
class ProgramLimits:
    """How much one program of an agent may use.

    Attributes:
        cpu_seconds: processor time; at it the program is told to stop, and
            `cpu_grace_seconds` later its process is killed.
        cpu_grace_seconds: processor time to stop in.
        memory_bytes: address space of the agent's process.
        output_bytes: text that it may print; the rest is dropped.
        source_characters: length of its text.
        tool_calls: calls of tools.
        silent_seconds: wall time without a word from a program, after which its process
            is killed. It only ends programs that are blocked without using the
            processor, so it is long, and no result of a working program depends on it.
    """

    cpu_seconds: float = 10.0
    cpu_grace_seconds: float = 2.0
    memory_bytes: int = 512 * _MEBIBYTE
    output_bytes: int = 64 * 1024
    source_characters: int = 100_000
    tool_calls: int = 5_000
    silent_seconds: float = 300.0
