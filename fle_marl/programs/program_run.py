"""One agent's program in one step: its clock, its output, and how it ends."""

from dataclasses import dataclass
from typing import Final

from fle_marl.errors import ProgramError, ToolError
from fle_marl.programs.limits import ProgramLimits
from fle_marl.programs.process import AgentProcess
from fle_marl.programs.protocol import Called, ErrorReport, Finished, Printed

__all__ = ["ProgramResult", "ProgramRun"]

_OUTPUT_SLACK_BYTES: Final = 1024
"""What a worker may say beyond the limit: the note that the rest is cut off."""

_LOST_NOTE: Final = (
    "[the process of this agent was lost since its last program: "
    "variables and functions of earlier programs are gone]\n"
)


@dataclass(frozen=True, slots=True)
class ProgramResult:
    """What became of a program.

    Attributes:
        text: what it printed, with line numbers, and then its error if it had one.
        error_code: kebab-case reason why it ended early; None when it ran to its end.
        error_line: line of the program that it ended at; None without one.
        ticks: game time that it took.
        tool_calls: calls of tools that it made.
    """

    text: str
    error_code: str | None
    error_line: int | None
    ticks: int
    tool_calls: int


class ProgramRun:
    """A program that runs in its agent's process while game time passes.

    Args:
        agent: number of the agent, from 0.
        process: the agent's process.
        limits: what the program may use.
        start_tick: game time at which it begins.
        order: who is served first among agents whose clocks are the same.

    Attributes:
        clock: game time up to which the agent is busy.
        tool: the tool that was called last.
        is_pending: a call waits to be resumed at `clock`.
        is_cut: the budget is spent at `clock`, and the program must end there.
        is_over: it has ended.
    """

    def __init__(
        self,
        agent: int,
        process: AgentProcess,
        limits: ProgramLimits,
        start_tick: int,
        order: int,
    ) -> None:
        self.agent = agent
        self.order = order
        self.clock = start_tick
        self.tool = ""
        self.is_pending = False
        self.is_cut = False
        self.is_over = False
        self._process = process
        self._limits = limits
        self._start_tick = start_tick
        self._pieces: list[str] = []
        self._printed_bytes = 0
        self._tool_calls = 0
        self._error: ErrorReport | None = None

    def begin(self, source: str) -> None:
        """Let the program run until its first call."""
        longest = self._limits.source_characters
        if len(source) > longest:
            self._end(
                "program-too-long",
                f"a program may have {longest} characters; this one has {len(source)}",
            )
        elif not source.strip():
            self.is_over = True
        elif not self._process.begin(source):
            self._pieces.append(_LOST_NOTE)

    def next_call(self) -> Called | None:
        """Wait for the program's next call of a tool.

        Returns:
            The call; None when the program has ended.
        """
        call = self._listen()
        if call is None:
            return None
        most = self._limits.tool_calls
        if self._tool_calls >= most:
            self.stop("too-many-tool-calls", f"a program may call {most} tools")
            return None
        self._tool_calls += 1
        self.tool = call.tool
        return call

    def take_time(self, ticks: int, deadline: int) -> None:
        """Let the agent be busy, at most until the step's budget is spent."""
        self.clock += ticks
        if self.clock > deadline:
            self.clock = deadline
            self.is_cut = True

    def reply(self, value: object) -> None:
        """Give the program what its call gave."""
        self._process.reply(value)

    def refuse(self, error: ToolError) -> None:
        """Give the program the error that its call met."""
        self._process.refuse(error.message, error.code, error.details)

    def stop(self, code: str, message: str) -> None:
        """End the program at the call in which it waits."""
        self._process.stop(message, code)
        if self._listen() is not None:
            self._process.kill_program()  # it must not call again
            self._end(code, message)
        elif self._error is None:
            self._error = ErrorReport(code, None, f"Error: {message}")

    def abandon(self) -> None:
        """End the program if it has not ended; nobody wants its result."""
        if not self.is_over:
            self._process.abandon_program()
            self.is_over = True

    def result(self) -> ProgramResult:
        """What became of the program; it must be over."""
        text = "".join(self._pieces)
        error = self._error
        if error is not None:
            text += error.text if not text or text.endswith("\n") else f"\n{error.text}"
        return ProgramResult(
            text=text.rstrip("\n"),
            error_code=error.code if error else None,
            error_line=error.line if error else None,
            ticks=self.clock - self._start_tick,
            tool_calls=self._tool_calls,
        )

    def _listen(self) -> Called | None:
        """Take what the program says until it calls a tool or ends."""
        try:
            while (message := self._process.receive()) is not None:
                if isinstance(message, Called):
                    return message
                if isinstance(message, Printed):
                    self._print(message.text)
                if isinstance(message, Finished):
                    self._error = message.error
                    self.is_over = True
                    self._process.end()
                    return None
        except ProgramError as error:
            self._process.kill_program()
            self._end(error.code, f"the program's process misbehaved: {error.message}")
            return None
        self._die()
        return None

    def _print(self, text: str) -> None:
        self._printed_bytes += len(text.encode("utf-8"))
        if self._printed_bytes > self._limits.output_bytes + _OUTPUT_SLACK_BYTES:
            raise ProgramError("it printed more than is allowed", code="bad-frame")
        self._pieces.append(text)

    def _die(self) -> None:
        self._process.end()
        fate = "are as they were before it" if self._process.is_alive() else "are gone"
        self._end(
            "worker-died",
            "the program's process was killed: it did not stop when its processor time "
            f"was used up, or something else ended it. Variables and functions {fate}.",
        )

    def _end(self, code: str, message: str) -> None:
        self._error = ErrorReport(code, None, f"Error: {message}")
        self.is_over = True
