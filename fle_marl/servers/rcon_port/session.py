"""One client's connection: bytes in, bytes out, and whether it may command."""

import hmac
import sys
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass

from fle_marl.servers.rcon_port.limits import FailedTries, PortLimits
from fle_marl.servers.rcon_port.protocol import (
    REFUSED_ID,
    BadPacket,
    Packet,
    PacketKind,
    PacketReader,
)

__all__ = ["Gate", "Session"]


@dataclass(frozen=True, slots=True)
class Gate:
    """What all connections of a port share.

    Attributes:
        password: that clients must give.
        limits: of the port.
        failed: who gave a wrong one.
        clock: seconds that never run backwards.
    """

    password: str
    limits: PortLimits
    failed: FailedTries
    clock: Callable[[], float] = time.monotonic


class Session:
    """A connection, without its socket.

    Args:
        gate: of the port.
        address: of the client.

    Attributes:
        unsent: bytes for the client.
        is_ending: whether to close it when all is sent.
    """

    def __init__(self, gate: Gate, address: str) -> None:
        self._gate = gate
        self._address = address
        self._reader = PacketReader(gate.limits.password_bytes)
        self._waiting: deque[Packet] = deque()
        self._waiting_bytes = 0
        self._is_trusted = False
        self._tries = 0
        self._latest = gate.clock()
        self.unsent = bytearray()
        self.is_ending = False

    def receive(self, received: bytes) -> None:
        """Take in bytes; commands in them wait until they are asked for.

        Raises:
            BadPacket: they are no packets of a client that means well.
        """
        self._reader.feed(received)
        for packet in self._reader.packets():
            if self.is_ending:
                return
            if packet.kind == PacketKind.PASSWORD:
                self._authenticate(packet)
            elif not self._is_trusted:
                self._refuse()
            elif packet.kind in (PacketKind.COMMAND, PacketKind.ANSWER):
                # with empty answers clients ask where one ends; source: Source RCON
                self._waiting.append(packet)
                self._waiting_bytes += _size(packet)
            else:
                raise BadPacket(f"there is no kind of packet {packet.kind}")

    def _authenticate(self, packet: Packet) -> None:
        given, right = packet.text.encode(), self._gate.password.encode()
        if not hmac.compare_digest(given, right):
            self._refuse()
            return
        self._is_trusted = True
        self._reader.most_bytes = self._gate.limits.packet_bytes
        self._latest = self._gate.clock()
        self.unsent += Packet(packet.id, PacketKind.AUTHENTICATED, "").encode()

    def _refuse(self) -> None:
        self._is_trusted = False
        self._waiting.clear()
        self._waiting_bytes = 0
        self._reader.most_bytes = self._gate.limits.password_bytes
        self._tries += 1
        self._gate.failed.add(self._address)
        self.is_ending = self._tries >= self._gate.limits.tries
        self.unsent += Packet(REFUSED_ID, PacketKind.AUTHENTICATED, "").encode()

    @property
    def is_full(self) -> bool:
        """Whether the client has so much to take that it gets nothing done."""
        return len(self.unsent) >= self._gate.limits.unsent_bytes

    @property
    def has_room(self) -> bool:
        """Whether to read on; a client may send many commands before it reads."""
        return self._waiting_bytes < self._gate.limits.packet_bytes

    @property
    def has_command(self) -> bool:
        """Whether there is a command to run now."""
        return bool(self._waiting) and not self.is_full

    def run_next(self, run: Callable[[str], str]) -> None:
        """Run the oldest command that waits, and answer it."""
        packet = self._waiting.popleft()
        self._waiting_bytes -= _size(packet)
        answer = run(packet.text) if packet.kind == PacketKind.COMMAND else ""
        self._latest = self._gate.clock()
        self.unsent += Packet(packet.id, PacketKind.ANSWER, answer).encode()

    def is_overdue(self) -> bool:
        """Whether the client has kept silent for too long."""
        limits = self._gate.limits
        most = limits.idle_seconds if self._is_trusted else limits.password_seconds
        return self._gate.clock() - self._latest > most


def _size(packet: Packet) -> int:
    """About the memory that a packet takes."""
    return sys.getsizeof(packet.text) + sys.getsizeof(packet)
