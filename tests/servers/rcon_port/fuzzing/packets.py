"""Random bytes for a port: packets as they should not be, and how they are sent."""

import random
import struct
from collections.abc import Callable, Sequence
from typing import Final

__all__ = ["draw_pieces", "packet"]

Draw = random.Random
PASSWORD_KIND: Final = 3
COMMAND_KIND: Final = 2


def packet(number: int, kind: int, body: bytes, size: int | None = None) -> bytes:
    """A packet of RCON; with a size that may be a lie."""
    size = len(body) + 10 if size is None else size
    return struct.pack("<iii", size, number, kind) + body + b"\0\0"


def draw_pieces(drawn: Draw, password: str) -> list[bytes]:
    """What a client sends, each piece at once; about half of them know the password."""
    login = packet(drawn.randrange(1 << 31), PASSWORD_KIND, password.encode())
    spoilt = drawn.choice(_SPOILINGS)(drawn)
    sent = login + spoilt if drawn.random() < 0.5 else spoilt
    if drawn.random() < 0.3:  # a client that is slow, byte by byte
        return [bytes([byte]) for byte in sent[:40]] + [sent[40:]]
    cuts = sorted(drawn.choices(range(len(sent) + 1), k=drawn.randint(0, 3)))
    return [sent[a:b] for a, b in zip([0, *cuts], [*cuts, len(sent)], strict=True)]


def _good(drawn: Draw) -> bytes:
    return packet(drawn.randrange(1 << 31), COMMAND_KIND, b"/version")


def _cut(drawn: Draw) -> bytes:
    good = _good(drawn)
    return good[: drawn.randrange(len(good))]


def _doubled(drawn: Draw) -> bytes:
    good = _good(drawn)
    return good + good + good[drawn.randrange(len(good)) :]


def _wrong_size(drawn: Draw) -> bytes:
    edge = drawn.choice((-(2**31), -1, 0, 9, 10, 11, 4096, 4097, 2**24, 2**31 - 1))
    return packet(1, COMMAND_KIND, b"/version", edge)


def _wrong_kind(drawn: Draw) -> bytes:
    return packet(1, drawn.randrange(-(2**31), 2**31), b"x")


def _not_text(drawn: Draw) -> bytes:
    return packet(1, COMMAND_KIND, b"/sc " + drawn.randbytes(drawn.randint(1, 200)))


def _flipped(drawn: Draw) -> bytes:
    nonsense = bytearray(_good(drawn) * drawn.randint(1, 3))
    for _ in range(drawn.randint(1, 8)):
        nonsense[drawn.randrange(len(nonsense))] = drawn.randrange(256)
    return bytes(nonsense)


def _noise(drawn: Draw) -> bytes:
    return drawn.randbytes(drawn.choice((1, 3, 4, 100, 100_000)))


def _flood(drawn: Draw) -> bytes:
    return _good(drawn) * drawn.choice((10, 500))


def _long_answers(_drawn: Draw) -> bytes:
    return packet(1, COMMAND_KIND, b"/sc rcon.print(('x'):rep(1e5))") * 20


def _empty(drawn: Draw) -> bytes:
    return packet(drawn.randrange(1 << 31), drawn.choice((0, 2, 3)), b"")


_SPOILINGS: Final[Sequence[Callable[[Draw], bytes]]] = (
    _good, _cut, _doubled, _wrong_size, _wrong_kind, _not_text, _flipped, _noise,
    _flood, _long_answers, _empty,
)  # fmt: skip
