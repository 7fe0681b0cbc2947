"""Packets of Source RCON, as Factorio speaks it.

A packet is four little-endian numbers of 32 bits and less: its size without this
number, an id that the answer repeats, a kind, a text, and two zero bytes. Factorio
answers a command with one packet, however long (factorio-rcon-py 2.1 reads just one).

Source: Valve's description of the Source RCON protocol; factorio-rcon-py 2.1.3.
"""

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum
from typing import Final

from fle_marl.errors import ServerError

__all__ = ["REFUSED_ID", "BadPacket", "Packet", "PacketKind", "PacketReader"]

REFUSED_ID: Final = -1
"""Id of the answer to a wrong password."""

_HEAD: Final = struct.Struct("<iii")
_SIZE: Final = struct.Struct("<i")
_END: Final = b"\0\0"
_LEAST_SIZE: Final = 2 * _SIZE.size + len(_END)


class BadPacket(ServerError):  # noqa: N818 - reads as the fact that it states
    """A client sent something else than packets, or too much."""

    default_code = "bad-packet"


class PacketKind(IntEnum):
    """What a packet is; the answer to a password has the number of a command."""

    ANSWER = 0
    COMMAND = 2
    PASSWORD = 3

    AUTHENTICATED = 2


@dataclass(frozen=True, slots=True)
class Packet:
    """One packet.

    Attributes:
        id: int32 that the client chose.
        kind: see `PacketKind`; any int32 may come.
        text: its body.
    """

    id: int
    kind: int
    text: str

    def encode(self) -> bytes:
        """The packet as bytes; what UTF-8 lacks becomes a question mark."""
        body = self.text.encode("utf-8", "replace")
        size = _LEAST_SIZE + len(body)
        return _HEAD.pack(size, self.id, self.kind) + body + _END


class PacketReader:
    """Finds packets in a stream of bytes.

    Args:
        most_bytes: the longest packet, without its size.

    Attributes:
        most_bytes: see above; may be changed.
    """

    def __init__(self, most_bytes: int) -> None:
        self.most_bytes = most_bytes
        self._bytes = bytearray()

    def feed(self, received: bytes) -> None:
        """Take in what has come."""
        self._bytes += received

    def packets(self) -> Iterator[Packet]:
        """Packets that are complete.

        Raises:
            BadPacket: what comes next is none, or too long.
        """
        while len(self._bytes) >= _SIZE.size:
            (size,) = _SIZE.unpack_from(self._bytes)
            if not _LEAST_SIZE <= size <= self.most_bytes:
                raise BadPacket(
                    f"a packet has {_LEAST_SIZE} to {self.most_bytes} bytes here, "
                    f"not {size}"
                )
            end = _SIZE.size + size
            if len(self._bytes) < end:
                return
            packet = self._decode(end)
            del self._bytes[:end]
            yield packet

    def _decode(self, end: int) -> Packet:
        _, number, kind = _HEAD.unpack_from(self._bytes)
        body = self._bytes[_HEAD.size : end]
        if not body.endswith(_END):
            raise BadPacket("a packet ends with two zero bytes")
        try:
            return Packet(number, kind, body[: -len(_END)].decode())
        except UnicodeDecodeError as error:
            raise BadPacket(
                f"a packet is not UTF-8: {error.reason} at byte {error.start}"
            ) from error
