"""Attacks a server with random commands and packets, and looks whether it minds."""

import contextlib
import random
import re
import socket
import struct
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, Self

from fle_marl.errors import FleMarlError
from fle_marl.servers.rcon_port import load_game

from .packets import draw_pieces, packet
from .scripts import draw_command

__all__ = ["Attack", "Target", "resident_bytes"]

COMMANDS_OF_A_BURST: Final = 40
STRANGERS_OF_A_BURST: Final = 8
SLOWEST_SECONDS: Final = 20.0
"""Within which each command is answered: the limits of scripts end what is longer."""
PATIENCE_SECONDS: Final = 60.0
PYTHON: Final = re.compile(
    r"\b[A-Z]\w*(Error|Exception|Warning|Interrupt)\b|Traceback|<class|object at 0x"
    r"|\bnumpy\b|\blupa\b|\.py\b|codec can't"
)
"""What answers and logs must not show: the scripts that are drawn know no such word."""
CLEAN_UP: Final = (
    "/sc global = {} x = nil game.speed = 1 game.tick_paused = false "
    "for _, number in pairs(defines.events) do script.on_event(number, nil) end"
)
ASK_TICK: Final = "/sc rcon.print(game.tick)"


@dataclass(frozen=True, slots=True)
class Target:
    """A server to attack.

    Attributes:
        address: host and port.
        password: of the port.
        save_folder: where it writes worlds, with the suffix ``.save``.
        resident_bytes: memory of its process.
        read_log: what it has logged so far.
    """

    address: tuple[str, int]
    password: str
    save_folder: Path
    resident_bytes: Callable[[], int]
    read_log: Callable[[], str]


@dataclass(slots=True)
class Attack:
    """Bursts of commands and packets, all drawn from one seed.

    Attributes:
        target: the server.
        seed: of everything that is sent.
        commands: sent so far, as `connections` and `packets` are.
        findings: what the server should not have done, with what it was sent.
        is_over: whether the server answers no more.
    """

    target: Target
    seed: int
    commands: int = 0
    connections: int = 0
    packets: int = 0
    findings: list[str] = field(default_factory=list)
    is_over: bool = False
    _latest: str = ""
    _latest_tick: int = 0

    def burst(self, number: int, commands: int = COMMANDS_OF_A_BURST) -> None:
        """Send the burst of a number, whatever came before; then ask for the tick."""
        drawn = random.Random(f"{self.seed}/{number}")
        try:
            with self._login() as client:
                for _ in range(commands):
                    self._send(client, draw_command(drawn))
            for _ in range(STRANGERS_OF_A_BURST):
                self._be_strange(drawn)
            self._expect_right_answers()
        except OSError as error:
            self.findings.append(f"burst {number}: {error!r} after {self._latest!r}")
            self.is_over = True

    def check_world(self) -> None:
        """Have the world saved, and hold the file against what worlds may hold."""
        with self._login() as client:
            answer = client.ask("/server-save checked")
        if answer != "Saved map as checked.save.\n":
            self.findings.append(f"the world is not saved: {answer[:300]}")
            return
        try:
            load_game(self.target.save_folder / "checked.save")
        except FleMarlError as error:
            self.findings.append(f"the world is not sound: {error}")

    def check_log(self) -> None:
        """Look for Python's words in what the server logged."""
        for found in PYTHON.finditer(self.target.read_log()):
            self.findings.append(f"in the log: {_around(found)}")

    # ---

    def _login(self) -> "_Client":
        self.connections += 1
        return _Client(self.target)

    def _send(self, client: "_Client", command: str) -> None:
        self.commands += 1
        self._latest = command[:2000]
        began = time.monotonic()
        answer = client.ask(command)
        took = time.monotonic() - began
        if took > SLOWEST_SECONDS:
            self.findings.append(f"{took:.1f} seconds for {command[:2000]!r}")
        if found := PYTHON.search(answer):
            self.findings.append(f"{_around(found)} for {command[:2000]!r}")

    def _be_strange(self, drawn: random.Random) -> None:
        self.connections += 1
        pieces = draw_pieces(drawn, self.target.password)
        with (
            socket.create_connection(
                self.target.address,
                PATIENCE_SECONDS,
                # wrong passwords shut an address out, and ours is needed
                (f"127.0.0.{drawn.randint(2, 254)}", 0),
            ) as stranger,
            # the server closes what is no packet, and need not read on
            contextlib.suppress(ConnectionError),
        ):
            for piece in pieces:
                self.packets += 1
                stranger.sendall(piece)

    def _expect_right_answers(self) -> None:
        """A new client is answered, and time does not run backwards."""
        with self._login() as client:
            cleaned = client.ask(CLEAN_UP)
            answer = client.ask(ASK_TICK)
        tick = int(answer) if answer.strip().isdecimal() else -1
        if cleaned or tick < self._latest_tick:
            self.findings.append(
                f"wrong answers after {self._latest_tick}: {cleaned!r}, {answer!r}"
            )
        self._latest_tick = max(tick, self._latest_tick)


class _Client:
    """A client that means well, as far as packets go."""

    def __init__(self, target: Target) -> None:
        self._socket = socket.create_connection(target.address, PATIENCE_SECONDS)
        self._socket.sendall(packet(1, 3, target.password.encode()))
        if self._read() != (1, ""):
            raise ConnectionError("the password was refused")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_reason: object) -> None:
        self.close()

    def close(self) -> None:
        self._socket.close()

    def ask(self, command: str) -> str:
        self._socket.sendall(packet(7, 2, command.encode("utf-8", "replace")))
        number, text = self._read()
        if number != 7:
            raise ConnectionError(f"an answer to {number}, not to 7")
        return text

    def _read(self) -> tuple[int, str]:
        (size,) = struct.unpack("<i", self._exactly(4))
        body = self._exactly(size)
        return struct.unpack_from("<i", body)[0], body[8:-2].decode()

    def _exactly(self, size: int) -> bytes:
        data = bytearray()
        while len(data) < size:
            part = self._socket.recv(min(size - len(data), 1 << 18))
            if not part:
                raise ConnectionError("the server closed the connection")
            data += part
        return bytes(data)


def _around(found: re.Match[str]) -> str:
    return repr(found.string[max(0, found.start() - 100) : found.end() + 200])


def resident_bytes(process: int | str = "self") -> int:
    """Memory of a process."""
    status = Path(f"/proc/{process}/status").read_text(encoding="ascii")
    return 1024 * int(re.search(r"VmRSS:\s+(\d+)", status)[1])  # type: ignore[index]
