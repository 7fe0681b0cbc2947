"""Messages between processes: msgpack maps, each after its length in four bytes.

A frame is a map with strings as keys. Nothing in it is evaluated or unpickled, and
extension types are refused. A frame longer than the receiver allows is not even read.
"""

import socket
import struct
from collections.abc import Mapping
from typing import Final, cast

import msgpack

from fle_marl.errors import ProgramError

__all__ = ["FrameStream"]

_LENGTH: Final = struct.Struct(">I")
_READ_BYTES: Final = 2**16


class FrameStream:
    """One end of a connection that carries frames both ways.

    Args:
        connection: a stream socket; closed by `close`. With a timeout set on it,
            `send` and `receive` raise TimeoutError.
        max_received_bytes: longest frame that is taken from the other end.
    """

    def __init__(self, connection: socket.socket, max_received_bytes: int) -> None:
        self._connection = connection
        self._max_received_bytes = max_received_bytes
        # what has come and was not read yet: most frames come in one piece
        self._came = bytearray()

    def send(self, frame: Mapping[str, object]) -> None:
        """Send a frame.

        Raises:
            TypeError: it holds something that is not plain data.
            OverflowError: it holds an integer of more than 64 bits.
            OSError: the other end is closed.
        """
        packed = cast(bytes, msgpack.packb(dict(frame)))
        self._connection.sendall(_LENGTH.pack(len(packed)) + packed)

    def receive(self) -> dict[str, object] | None:
        """The next frame, or None when the other end is closed.

        Raises:
            ProgramError: `bad-frame`: what came is no frame or too long.
        """
        head = self._read(_LENGTH.size)
        if head is None:
            return None
        (length,) = _LENGTH.unpack(head)
        if length > self._max_received_bytes:
            raise ProgramError(
                f"a frame of {length} bytes came; "
                f"{self._max_received_bytes} are allowed",
                code="bad-frame",
            )
        body = self._read(length)
        return None if body is None else _unpack(body)

    def close(self) -> None:
        """Close this end."""
        self._connection.close()

    def _read(self, length: int) -> bytes | None:
        """So many bytes; None when the other end closes before."""
        came = self._came
        while len(came) < length:
            try:
                part = self._connection.recv(_READ_BYTES)
            except ConnectionError:
                return None
            if not part:
                return None
            came += part
        read = bytes(came[:length])
        del came[:length]
        return read


def _unpack(body: bytes) -> dict[str, object]:
    try:
        frame = msgpack.unpackb(body, ext_hook=_refuse_extension)
    except (ValueError, RecursionError) as error:
        raise ProgramError(f"unreadable frame: {error}", code="bad-frame") from None
    if not isinstance(frame, dict) or not all(isinstance(key, str) for key in frame):
        raise ProgramError("a frame is not a map", code="bad-frame")
    return frame


def _refuse_extension(code: int, _data: bytes) -> object:
    raise ValueError(f"extension type {code}")
