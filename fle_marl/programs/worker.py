"""The process in which one agent's programs run.

It is started by `process_group.ProcessGroup` as a Python of its own that loads this
module and little else. Over a control socket comes one byte for each thing to do,
together with a fresh connection on which that thing is done; so whatever happens to a
program, the next one begins on a clean connection.

At each moment two processes hold the agent's namespace: the one that works, and a
`Standby` copied from it after the last program. If a program takes its process down,
the copy carries on with everything that was there before that program.
"""

import os
import signal
import socket
import warnings
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, Final, NoReturn

from fle_marl.errors import ProgramError
from fle_marl.lua.client import load_tools
from fle_marl.lua.other_names import with_other_names
from fle_marl.lua.types import agent_vocabulary
from fle_marl.programs.cpu_limit import CpuLimit
from fle_marl.programs.door import Door
from fle_marl.programs.frames import FrameStream
from fle_marl.programs.limits import ProgramLimits
from fle_marl.programs.modules import load_lazy_modules
from fle_marl.programs.namespace import AgentNamespace
from fle_marl.programs.protocol import ErrorReport
from fle_marl.programs.reports import ProgramEnd
from fle_marl.programs.standby import Standby
from fle_marl.programs.walls import confine
from fle_marl.programs.watch import Watch

__all__ = ["main"]

_MAX_FRAME_BYTES: Final = 256 * 2**20
_LOCAL_TOOLS: Final = frozenset({"print"})
"""Tools that the worker does itself."""

_OUT_OF_MEMORY: Final = "memory-limit-reached"
"""After this end, what the program did to the namespace is forgotten: the namespace may
hold so much that nothing else would fit."""


def main(control: int, settings: Mapping[str, Any]) -> None:
    """Serve until the control socket closes.

    Args:
        control: file descriptor of the control socket.
        settings: ``limits`` (fields of `ProgramLimits`), ``seed`` of the module
            ``random`` in programs, ``tools_folder`` with the folders of the tools.
    """
    warnings.simplefilter("ignore")
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # dismissed copies leave no zombies
    _Worker(
        socket.socket(fileno=control),
        ProgramLimits(**settings["limits"]),
        settings["seed"],
        Path(settings["tools_folder"]),
    ).serve()
    os._exit(0)


class _Worker:
    """Does one thing after the other with the agent's namespace."""

    def __init__(
        self,
        control: socket.socket,
        limits: ProgramLimits,
        seed: str,
        tools_folder: Path,
    ) -> None:
        self._control = control
        self._memory_bytes = limits.memory_bytes
        self._cpu = CpuLimit(limits.cpu_seconds, limits.cpu_grace_seconds)
        self._door = Door(self._cpu, limits.output_bytes)
        tools = load_tools(tools_folder)
        bound = {
            name: tool.bind(self._door.call)
            for name, tool in tools.items()
            if name not in _LOCAL_TOOLS
        }
        self._namespace = AgentNamespace(
            {**agent_vocabulary(), **with_other_names(bound)},
            self._door.write,
            seed,
            Watch().on,
        )
        self._standby: Standby | None = None
        # from here on there are no files to import from
        load_lazy_modules()
        self._missing = confine(limits.memory_bytes)

    def serve(self) -> None:
        """Do what comes over the control socket until it closes."""
        self._renew_standby(None)
        while (stream := self._next_connection()) is not None:
            self._serve_one(stream)
            stream.close()
        if self._standby is not None:
            self._standby.dismiss()

    def _next_connection(self) -> FrameStream | None:
        data, descriptors, _, _ = socket.recv_fds(self._control, 1, 1)
        if not data:
            return None
        return FrameStream(socket.socket(fileno=descriptors[0]), _MAX_FRAME_BYTES)

    def _serve_one(self, stream: FrameStream) -> None:
        try:
            request = stream.receive()
            if request is None:
                return
            if request["type"] == "run":
                self._run(stream, str(request["source"]))
            elif request["type"] == "restore":
                self._restore(stream, request["namespace"])
            else:
                answer = self._answer(str(request["type"]))
                stream.send({"type": "answer", "value": answer})
        except OSError:
            return  # whoever asked has gone; the next one has a connection of its own

    def _answer(self, question: str) -> object:
        if question == "names":
            return self._namespace.names()
        # an agent's default value may have a __repr__, and its metaclass a method, that
        # never ends
        if question == "functions":
            return self._within_time(self._namespace.functions, instead=[])
        if question == "save":
            return self._within_time(self._namespace.save, instead=None)
        return None

    def _within_time(self, ask: Callable[[], object], instead: object) -> object:
        """What the namespace answers if a program's time is enough for it."""
        try:
            self._cpu.start()
            return ask()
        except ProgramEnd:
            return instead
        finally:
            self._cpu.stop()

    def _begin(self, stream: FrameStream) -> None:
        """Have a copy that waits, and tell the other side who works."""
        if self._standby is None or not self._standby.is_waiting():
            self._renew_standby(stream)
        stream.send({"type": "started", "pid": os.getpid(), "missing": self._missing})

    def _restore(self, stream: FrameStream, saved: object) -> None:
        self._begin(stream)
        refusal = ""
        try:
            self._namespace.restore(saved, start=self._cpu.start, stop=self._cpu.stop)
            if self._renew_standby(stream):
                return
        except (ProgramError, OSError) as error:
            refusal = str(error)
        text = refusal.encode("utf-8", "replace").decode("utf-8")
        stream.send({"type": "answer", "value": text})

    def _run(self, stream: FrameStream, source: str) -> None:
        self._begin(stream)
        self._door.open(stream)
        report = self._namespace.run(source, start=self._cpu.start, stop=self._cpu.stop)
        self._door.close()
        if report is not None and report.code == _OUT_OF_MEMORY:
            self._leave_to_standby(stream, report)
        try:
            is_copy = self._renew_standby(stream)
        except OSError as error:
            report = ErrorReport(_OUT_OF_MEMORY, None, f"Error: {error}")
            self._leave_to_standby(stream, report)
        if not is_copy:
            stream.send(_finished(report))

    def _renew_standby(self, stream: FrameStream | None) -> bool:
        """Fork a new copy in place of the present one.

        Returns:
            True in a copy that takes over, where the program is nobody's any more.
        """

        def close_stream() -> None:
            if stream is not None:
                stream.close()

        is_copy = False
        standby = Standby.fork(self._standby, close_stream)
        while standby is None:
            is_copy = True
            standby = Standby.fork(None, lambda: None)
        self._standby = standby
        return is_copy

    def _leave_to_standby(self, stream: FrameStream, report: ErrorReport) -> NoReturn:
        """End this process; the copy goes on without what the program did."""
        note = (
            f"\n    A program may use {self._memory_bytes // 2**20} MiB of memory. "
            "Variables and functions are as they were before it."
        )
        stream.send(_finished(replace(report, text=report.text + note)))
        os._exit(0)


def _finished(report: ErrorReport | None) -> dict[str, object]:
    error: dict[str, object] | None = None
    if report is not None:
        text = report.text.encode("utf-8", "replace").decode("utf-8")
        error = {"code": report.code, "line": report.line, "text": text}
    return {"type": "finished", "error": error}
