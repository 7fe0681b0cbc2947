"""What strangers may do at a port, and who tried too often."""

import time
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

__all__ = ["FailedTries", "PortLimits"]

_MEGABYTE: Final = 1 << 20


@dataclass(frozen=True, slots=True)
class PortLimits:
    """Limits of a port.

    Attributes:
        connections: at once; further ones are closed.
        packet_bytes: of a command.
        password_bytes: of a packet before the client has given the password.
        tries: wrong passwords of a connection before it is closed.
        tries_of_address: wrong passwords of an address within `memory_seconds`, after
            which its connections are closed at once.
        memory_seconds: how long wrong passwords are remembered.
        password_seconds: within which a connection must have given the password.
        idle_seconds: without a command after which a connection is closed.
        unsent_bytes: of answers that a client has not taken; it gets no further
            command done until it has taken some.
    """

    connections: int = 64
    packet_bytes: int = 64 * _MEGABYTE
    password_bytes: int = 4096
    tries: int = 3
    tries_of_address: int = 20
    memory_seconds: float = 60.0
    password_seconds: float = 10.0
    idle_seconds: float = 3600.0
    unsent_bytes: int = _MEGABYTE


class FailedTries:
    """Counts the wrong passwords of addresses.

    Args:
        limits: of the port.
        clock: seconds that never run backwards.
    """

    def __init__(
        self, limits: PortLimits, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._limits = limits
        self._clock = clock
        self._times: dict[str, list[float]] = defaultdict(list)

    def add(self, address: str) -> None:
        """Count one."""
        self._forget()
        self._times[address].append(self._clock())

    def is_shut_out(self, address: str) -> bool:
        """Whether the address has tried too often."""
        self._forget()
        return len(self._times.get(address, ())) >= self._limits.tries_of_address

    def _forget(self) -> None:
        oldest = self._clock() - self._limits.memory_seconds
        for address in list(self._times):
            kept = [when for when in self._times[address] if when > oldest]
            if kept:
                self._times[address] = kept
            else:
                del self._times[address]
