"""A world behind a port of its own, served by a thread."""

import socket
import struct
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager

import factorio_rcon
import pytest

from fle_marl.servers.rcon_port import PortLimits, RconPort, new_game
from fle_marl.sim.lua_api.limits import ScriptLimits

PASSWORD = "open sesame"
SCRIPT_LIMITS = ScriptLimits(
    instructions=3_000_000, seconds=2, memory_bytes=128 << 20, answer_bytes=16 << 20
)
LIMITS = PortLimits(connections=12, packet_bytes=8 << 20)


def new_world():
    return new_game({"name": "empty"}, characters=1, seed=1, limits=SCRIPT_LIMITS)


@contextmanager
def serving(game, **options) -> Iterator[RconPort]:
    """A port that is served until the end of the block."""
    with RconPort(game, PASSWORD, **({"limits": LIMITS} | options)) as port:
        thread = threading.Thread(target=port.serve)
        thread.start()
        try:
            yield port
        finally:
            port.stop()
            thread.join(30)
            assert not thread.is_alive()


@pytest.fixture(scope="module")
def port() -> Iterator[RconPort]:
    """A port that all tests of a module share."""
    with serving(new_world()) as port:
        yield port


@pytest.fixture
def connect() -> Iterator[Callable[[RconPort], factorio_rcon.RCONClient]]:
    with ExitStack() as stack:

        def open_client(port):
            client = factorio_rcon.RCONClient(*port.address, PASSWORD, timeout=60)
            stack.callback(client.close)
            return client

        yield open_client


@pytest.fixture
def client(port, connect):
    return connect(port)


@pytest.fixture
def ask(client) -> Callable[[str], str | None]:
    return client.send_command


# --- bare sockets


def packet(number: int, kind: int, body: bytes, size: int | None = None) -> bytes:
    size = len(body) + 10 if size is None else size
    return struct.pack("<iii", size, number, kind) + body + b"\0\0"


@pytest.fixture
def raw(port) -> Iterator[socket.socket]:
    """A connection that has said nothing yet."""
    with socket.create_connection(port.address, timeout=20) as connection:
        yield connection


def read_packet(connection: socket.socket) -> tuple[int, int, bytes]:
    head = read_exactly(connection, 4)
    (size,) = struct.unpack("<i", head)
    body = read_exactly(connection, size)
    number, kind = struct.unpack_from("<ii", body)
    assert body.endswith(b"\0\0")
    return number, kind, body[8:-2]


def read_exactly(connection: socket.socket, size: int) -> bytes:
    data = b""
    while len(data) < size:
        part = connection.recv(min(size - len(data), 1 << 16))
        if not part:
            raise EOFError
        data += part
    return data


def is_closed(connection: socket.socket) -> bool:
    """Whether the other side closes the connection, after what it still sends."""
    try:
        while connection.recv(1 << 16):
            pass
    except ConnectionError:
        return True
    return True
