"""A world behind a TCP port.

One thread does it all: it waits for sockets until a tick is due, runs the commands that
have come, each client's in order and one of each in turn, and lets time pass. So a
command runs between two ticks, at once, and nothing needs a lock.
"""

import contextlib
import errno
import logging
import selectors
import socket
import time
from types import TracebackType
from typing import Final, Self

import lupa.lua52 as lupa

from fle_marl.errors import FleMarlError, ServerError
from fle_marl.servers.game import Game
from fle_marl.servers.rcon_port.console import Console
from fle_marl.servers.rcon_port.limits import FailedTries, PortLimits
from fle_marl.servers.rcon_port.protocol import BadPacket
from fle_marl.servers.rcon_port.save_file import SaveFile
from fle_marl.servers.rcon_port.session import Gate, Session
from fle_marl.servers.rcon_port.timekeeper import Timekeeper

__all__ = ["RconPort"]

_LOG: Final = logging.getLogger(__name__)
_READ_BYTES: Final = 1 << 18
_BACKLOG: Final = 64
_WATCH_SECONDS: Final = 1.0
"""How often silent connections and autosaves are looked at."""


class RconPort:
    """Serves a world on a TCP port, from `serve` on until `stop`.

    Args:
        game: the world; nobody else may use it meanwhile.
        password: that clients must give; not empty.
        host: to listen on.
        port: to listen on; 0 for any that is free.
        save_file: where the world is kept; None when it is not.
        autosave_seconds: how often it is saved; 0 for only at the end.
        limits: of clients.

    Raises:
        ServerError: `no-password`, `port-in-use` or `port-not-opened`.
    """

    def __init__(
        self,
        game: Game,
        password: str,
        *,
        host: str = "127.0.0.1",
        port: int = 0,
        save_file: SaveFile | None = None,
        autosave_seconds: float = 0.0,
        limits: PortLimits | None = None,
    ) -> None:
        if not password:
            raise ServerError(
                "a server needs a password that is not empty", code="no-password"
            )
        self._game = game
        self._save_file = save_file
        self._autosave_seconds = autosave_seconds
        self._limits = limits or PortLimits()
        self._gate = Gate(password, self._limits, FailedTries(self._limits))
        self._console = Console(game, save_file)
        self._timekeeper = Timekeeper(game)
        game.lua.events.on_failure = _log_failure
        self._sessions: dict[socket.socket, Session] = {}
        self._is_stopping = False
        self._listener = _listen(host, port)
        self._waker, self._wake = socket.socketpair()
        self._waker.setblocking(False)
        self._wake.setblocking(False)
        self._selector = selectors.DefaultSelector()
        self._selector.register(self._listener, selectors.EVENT_READ)
        self._selector.register(self._wake, selectors.EVENT_READ)

    @property
    def address(self) -> tuple[str, int]:
        """Host and port that it listens on."""
        host, port, *_ = self._listener.getsockname()
        return host, port

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        _error: BaseException | None,
        _traceback: TracebackType | None,
    ) -> None:
        self.close()

    def stop(self) -> None:
        """Have `serve` end; may be called from other threads and signal handlers."""
        self._is_stopping = True
        with contextlib.suppress(OSError):  # full, and so awake, or closed
            self._waker.send(b"\0")

    def close(self) -> None:
        """Give back all sockets."""
        for connection in list(self._sessions):
            self._drop(connection)
        for each in (self._listener, self._waker, self._wake):
            each.close()
        self._selector.close()

    def serve(self) -> None:
        """Serve until somebody stops it, and save the world then.

        Raises:
            SaveError: the world could not be saved at the end.
        """
        watch_at = save_at = time.monotonic()
        while not self._is_stopping:
            self._wait()
            self._run_commands()
            self._keep_time()
            now = time.monotonic()
            if now - watch_at >= _WATCH_SECONDS:
                watch_at = now
                self._drop_silent()
                if 0 < self._autosave_seconds <= now - save_at:
                    save_at = now
                    self._autosave()
        if self._save_file is not None:
            self._save_file.write(self._game)

    # --- sockets

    def _wait(self) -> None:
        has_work = any(session.has_command for session in self._sessions.values())
        timeout = 0.0 if has_work else self._timekeeper.seconds_until_due()
        for key, events in self._selector.select(timeout):
            connection = key.fileobj
            if connection is self._listener:
                self._accept()
            elif connection is self._wake:
                self._wake.recv(_READ_BYTES)
            elif isinstance(connection, socket.socket):
                self._exchange(connection, events)

    def _accept(self) -> None:
        try:
            connection, (address, *_) = self._listener.accept()
        except OSError as error:  # it has gone again, or there are no more files
            _LOG.warning("a connection was not accepted: %s", error)
            return
        is_full = len(self._sessions) >= self._limits.connections
        if is_full or self._gate.failed.is_shut_out(address):
            _LOG.warning("a connection of %s was turned away", address)
            connection.close()
            return
        connection.setblocking(False)
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._sessions[connection] = Session(self._gate, address)
        self._selector.register(connection, selectors.EVENT_READ)

    def _exchange(self, connection: socket.socket, events: int) -> None:
        session = self._sessions[connection]
        try:
            if events & selectors.EVENT_READ:
                received = connection.recv(_READ_BYTES)
                if not received:
                    self._drop(connection)
                    return
                session.receive(received)
        except BlockingIOError:
            pass
        except (BadPacket, OSError) as error:
            _LOG.warning("a connection was closed: %s", error)
            self._drop(connection)
            return
        self._send(connection, session)

    def _send(self, connection: socket.socket, session: Session) -> None:
        """Send what there is room for, and wait for what the connection is ready."""
        try:
            while session.unsent:
                sent = connection.send(session.unsent)
                del session.unsent[:sent]
        except BlockingIOError:
            pass
        except OSError as error:
            _LOG.info("a client has gone: %s", error)
            self._drop(connection)
            return
        if session.is_ending and not session.unsent:
            self._drop(connection)
            return
        events = selectors.EVENT_WRITE if session.unsent else 0
        if session.has_room:
            events |= selectors.EVENT_READ
        if self._selector.get_key(connection).events != events:
            self._selector.modify(connection, events)

    def _drop(self, connection: socket.socket) -> None:
        self._selector.unregister(connection)
        del self._sessions[connection]
        connection.close()

    def _drop_silent(self) -> None:
        for connection, session in list(self._sessions.items()):
            if session.is_overdue():
                _LOG.info("a connection was closed for its silence")
                self._drop(connection)

    # --- the world

    def _run_commands(self) -> None:
        """Run one command of each client that has some."""
        for connection, session in list(self._sessions.items()):
            if session.has_command:
                session.run_next(self._console.run)
                self._send(connection, session)
                self._is_stopping |= self._console.is_ending

    def _keep_time(self) -> None:
        try:
            self._timekeeper.keep()
        except (FleMarlError, lupa.LuaError) as error:
            _LOG.error("time stands still, as a tick failed: %s", error)
            self._game.lua.pace.is_paused = True
            self._game.lua.pace.ticks_to_run = 0
        self._console.write_wanted_saves()

    def _autosave(self) -> None:
        if self._save_file is None:
            return
        try:
            self._save_file.write(self._game)
        except FleMarlError as error:
            _LOG.error("the world was not saved: %s", error)


def _log_failure(error: FleMarlError) -> None:
    _LOG.error("a handler of an event failed and listens no more: %s", error)


def _listen(host: str, port: int) -> socket.socket:
    try:
        family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
        listener = socket.create_server((host, port), family=family, backlog=_BACKLOG)
    except (OSError, OverflowError) as error:
        is_used = isinstance(error, OSError) and error.errno == errno.EADDRINUSE
        raise ServerError(
            f"port {port} of {host} is in use by another program; choose another "
            "with --port, or 0 for any that is free"
            if is_used
            else f"port {port} of {host} cannot be opened: {error}",
            code="port-in-use" if is_used else "port-not-opened",
            details={"host": host, "port": port},
        ) from error
    listener.setblocking(False)
    return listener
