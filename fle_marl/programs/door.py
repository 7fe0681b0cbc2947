"""How a program reaches the world from inside its process."""

from typing import Final

from fle_marl.errors import ToolError
from fle_marl.programs.cpu_limit import CpuLimit
from fle_marl.programs.frames import FrameStream
from fle_marl.programs.reports import ProgramEnd

__all__ = ["Door"]

_CUT_OFF_NOTE: Final = "\n[the rest is cut off: a program may print {limit} bytes]\n"
_LONGEST_PIECE_CHARACTERS: Final = 100_000


class Door:
    """Carries tool calls and printed text to the scheduler's process.

    Args:
        cpu: put off while a frame is on its way, so that no frame is cut in half.
        output_bytes: how much a program may print.
    """

    def __init__(self, cpu: CpuLimit, output_bytes: int) -> None:
        self._cpu = cpu
        self._output_bytes = output_bytes
        self._stream: FrameStream | None = None
        self._room_bytes = 0
        self._end: ProgramEnd | None = None

    def open(self, stream: FrameStream) -> None:
        """Let a program through, over a connection of its own."""
        self._stream = stream
        self._room_bytes = self._output_bytes
        self._end = None

    def close(self) -> None:
        """Let nothing through any more."""
        self._stream = None

    def call(self, tool: str, arguments: dict[str, object]) -> object:
        """Call a tool on the server.

        Returns:
            Plain data.

        Raises:
            ToolError: the tool refused, or the arguments are not plain data.
            ProgramEnd: the scheduler ended the program.
        """
        stream = self._present_stream()
        with self._cpu.shielded():
            try:
                frame = {"type": "called", "tool": tool, "arguments": arguments}
                stream.send(frame)
            except (TypeError, ValueError, OverflowError) as error:
                raise ToolError(
                    f"{tool}: the arguments cannot be sent: {error}",
                    code="bad-argument",
                ) from None
            except OSError:
                raise self._lost() from None
            reply = stream.receive()
        if reply is None:
            raise self._lost()
        return self._read_reply(reply)

    def write(self, text: str) -> None:
        """Print text, as far as there is room for it."""
        if self._room_bytes < 0 or self._stream is None:
            return
        encoded = text.encode("utf-8", "replace")
        text = encoded[: self._room_bytes].decode("utf-8", "ignore")
        self._room_bytes -= len(encoded)
        if self._room_bytes < 0:
            text += _CUT_OFF_NOTE.format(limit=self._output_bytes)
        with self._cpu.shielded():
            try:
                self._send_text(self._stream, text)
            except OSError:
                raise self._lost() from None

    def _send_text(self, stream: FrameStream, text: str) -> None:
        for start in range(0, len(text), _LONGEST_PIECE_CHARACTERS):
            piece = text[start : start + _LONGEST_PIECE_CHARACTERS]
            stream.send({"type": "printed", "text": piece})

    def _read_reply(self, reply: dict[str, object]) -> object:
        kind = reply["type"]
        if kind == "value":
            return reply["value"]
        message, code = str(reply["message"]), str(reply["code"])
        if kind == "stop":
            self._end = ProgramEnd(message, code=code)
            raise self._end
        details = reply["details"]
        assert isinstance(details, dict)
        raise ToolError(message, code=code, details=details)

    def _present_stream(self) -> FrameStream:
        if self._end is not None:
            raise self._end
        if self._stream is None:
            raise ToolError("tools work only while a program runs", code="no-program")
        return self._stream

    def _lost(self) -> ProgramEnd:
        self._end = ProgramEnd("the environment ended the program", code="abandoned")
        return self._end
