"""An agent's process as the scheduler sees it: started when needed, never trusted."""

import logging
import os
import signal
import socket
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict
from functools import cache
from typing import Final

from fle_marl.errors import ProgramError, ServerError
from fle_marl.programs.frames import FrameStream
from fle_marl.programs.limits import ProgramLimits
from fle_marl.programs.process_group import ProcessGroup
from fle_marl.programs.protocol import Answer, Started, WorkerMessage, read_message

__all__ = ["AgentProcess"]

_LOG: Final = logging.getLogger(__name__)
_MAX_FRAME_BYTES: Final = 4 * 2**20
_LONGEST_REFUSAL: Final = 1_000


class AgentProcess:
    """The process that holds one agent's namespace and runs its programs.

    It is started by the first use, and anew when it was lost. A forked copy of this
    object starts a process of its own; a pickled one too.

    Args:
        limits: what each program may use.
        seed: of the module ``random`` in programs.
        tools_folder: folder with the folders of the tools.
    """

    def __init__(self, limits: ProgramLimits, seed: str, tools_folder: str) -> None:
        self._settings: dict[str, object] = {
            "limits": asdict(limits),
            "seed": seed,
            "tools_folder": tools_folder,
        }
        self._silent_seconds = limits.silent_seconds
        self._running: ProcessGroup | None = None
        self._has_answered = False
        self._stream: FrameStream | None = None
        self._runner_pid: int | None = None

    def begin(self, source: str) -> bool:
        """Begin to run a program; `receive` tells what it does.

        Args:
            source: its text.

        Returns:
            False when the process had been lost since the last program and the
            namespace is empty now.
        """
        had_process = self._running is not None
        is_kept = True
        try:
            self._connect()
        except OSError:
            is_kept = not had_process
            self.close()
            self._connect()
        text = source.encode("utf-8", "replace").decode("utf-8")
        self._send({"type": "run", "source": text})
        return is_kept

    def receive(self) -> WorkerMessage | None:
        """What the program says next.

        Returns:
            None when its process has died, or was killed because it said nothing.

        Raises:
            ProgramError: `bad-frame`: the process says what it must not.
            ServerError: `worker-cannot-start`; the message holds its error output.
        """
        stream = self._present_stream()
        try:
            frame = stream.receive()
        except TimeoutError:
            self.kill_program()
            return None
        if frame is None:
            self._check_start()
            return None
        self._has_answered = True
        message = read_message(frame)
        if isinstance(message, Started):
            self._runner_pid = message.pid
            _warn_of_missing_walls(message.missing)
        return message

    def reply(self, value: object) -> None:
        """Answer a tool call with plain data.

        Raises:
            ServerError: `unsendable-value`: it is not plain data.
        """
        try:
            self._send({"type": "value", "value": value})
        except (TypeError, ValueError, OverflowError) as error:
            raise ServerError(
                f"a tool's value cannot be sent to a program: {error}",
                code="unsendable-value",
            ) from error

    def refuse(self, message: str, code: str, details: Mapping[str, object]) -> None:
        """Answer a tool call with a ToolError."""
        self._send(
            {
                "type": "refused",
                "message": message,
                "code": code,
                "details": dict(details),
            }
        )

    def stop(self, message: str, code: str) -> None:
        """Answer a tool call by ending the program; it still says when it has ended."""
        self._send({"type": "stop", "message": message, "code": code})

    def end(self) -> None:
        """Close the connection of the present program, whatever state it is in."""
        if self._stream is not None:
            self._stream.close()
        self._stream = None
        self._runner_pid = None

    def kill_program(self) -> None:
        """Kill the process that runs the present program; its copy carries on."""
        pid, running = self._runner_pid, self._running
        if pid is not None and running is not None:
            with suppress(ProcessLookupError):
                # The process itself said its number: believe it only within its group.
                if os.getpgid(pid) == running.group:
                    os.kill(pid, signal.SIGKILL)
        self.end()  # only now: a living program would see it, and end by itself

    def abandon_program(self) -> None:
        """Kill the present program, also when it has not said its first word yet."""
        if self._stream is not None and self._runner_pid is None:
            with suppress(ProgramError, ServerError):
                self.receive()
        self.kill_program()

    def ask(self, question: str) -> object:
        """Ask about the namespace between programs.

        Args:
            question: ``"names"``, ``"functions"`` or ``"save"``; ``"ping"`` only asks
                for a word.

        Returns:
            Plain data; None when there is no process, or none that answers.
        """
        if self._running is None or self._running.is_foreign():
            return None
        try:
            self._connect()
            self._send({"type": question})
            while (message := self.receive()) is not None:
                if isinstance(message, Answer):
                    return message.value
        except (OSError, ProgramError):
            return None
        finally:
            self.end()
        return None

    def restore(self, namespace: Mapping[str, object]) -> None:
        """Begin anew with a saved namespace.

        Raises:
            ProgramError: `bad-namespace`: it cannot be restored; the process is ended.
        """
        self.close()
        try:
            self._connect()
            self._send({"type": "restore", "namespace": dict(namespace)})
            while (message := self.receive()) is not None:
                if isinstance(message, Answer):
                    break
            refusal = "its process has died" if message is None else message.value
        except ProgramError:
            self.close()
            raise
        finally:
            self.end()
        if refusal != "":
            self.close()
            raise ProgramError(str(refusal)[:_LONGEST_REFUSAL], code="bad-namespace")

    def is_alive(self) -> bool:
        """Whether a process holds the agent's namespace."""
        if self._running is None or self._running.is_foreign():
            return False
        try:
            self._connect()
            self._send({"type": "ping"})
            return self.receive() is not None
        except (OSError, ProgramError):
            return False
        finally:
            self.end()

    def kill(self) -> None:
        """Kill the process and all that it started; `close` is to follow."""
        if self._running is not None:
            self._running.kill()

    def close(self) -> None:
        """End the process and all that it started; the next use starts a new one."""
        self.end()
        if self._running is not None:
            self._running.close()
        self._running = None

    def __getstate__(self) -> dict[str, object]:
        started = {"_running", "_stream", "_runner_pid"}
        return {k: None if k in started else v for k, v in vars(self).items()}

    def _connect(self) -> None:
        """Open a connection for one thing to do; starts the process if need be."""
        if self._running is None or self._running.is_foreign():
            self._running = ProcessGroup(self._settings)
            self._has_answered = False
        self.end()
        near, far = socket.socketpair()
        with far:
            near.settimeout(self._silent_seconds)
            self._stream = FrameStream(near, _MAX_FRAME_BYTES)
            socket.send_fds(self._running.control, [b"."], [far.fileno()])

    def _send(self, frame: Mapping[str, object]) -> None:
        """Send a frame; if the other end is gone, `receive` will say so."""
        stream = self._present_stream()
        try:
            stream.send(frame)
        except ConnectionError:
            return
        except TimeoutError:
            self.kill_program()

    def _present_stream(self) -> FrameStream:
        if self._stream is None:
            self._stream = _closed_stream()
        return self._stream

    def _check_start(self) -> None:
        if self._running is not None and not self._has_answered:
            text = self._running.error_text()
            self.close()
            raise ServerError(
                f"an agent's process cannot start: {text or 'no error output'}",
                code="worker-cannot-start",
                details={"stderr": text},
            )


@cache
def _warn_of_missing_walls(missing: tuple[str, ...]) -> None:
    """Say once what agents' programs are not kept from here."""
    if missing:
        _LOG.warning("agents' programs run without these walls: %s", "; ".join(missing))


def _closed_stream() -> FrameStream:
    """A connection whose other end is closed already."""
    near, far = socket.socketpair()
    far.close()
    return FrameStream(near, _MAX_FRAME_BYTES)
