"""A server without a game: time passes, and tools answer as they are told."""

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from fle_marl.errors import SaveError, ServerError, ToolError
from fle_marl.lua.wire import ToolReply
from fle_marl.units import seconds_to_ticks

__all__ = ["FakeServer", "FakeTool", "TracedCall"]

FakeTool = Callable[[int, dict[str, object]], object]
"""Answers a call: takes the agent's number and the arguments; gives a value, which
costs no time, or a `ToolReply`. A pending reply's value is what the call gives in the
end, after the reply's ticks. May raise ToolError and ServerError."""


@dataclass(frozen=True, slots=True)
class TracedCall:
    """A call as the server met it."""

    tick: int
    agent: int
    tool: str
    arguments: dict[str, object]


class FakeServer:
    """A `GameServer` with a clock, scripted tools, and nothing else.

    It has the tools ``echo`` (gives its arguments), ``sleep`` (``seconds``; pending),
    ``work`` (``ticks``; done at once, and busy), ``send_message`` and
    ``read_messages``. It is strict
    about the protocol: a call that is resumed too early or twice is a ServerError.

    Args:
        tools: more tools by name, or others for these.
        admin: answers to administration scripts by name.

    Attributes:
        trace: all calls, in the order in which they came.
        cancelled: tick and agent of each `cancel` that met a pending call.
    """

    def __init__(
        self,
        tools: Mapping[str, FakeTool] | None = None,
        admin: Mapping[str, object] | None = None,
    ) -> None:
        self._tools: dict[str, FakeTool] = {**_TOOLS, **(tools or {})}
        self._admin = dict(admin or {})
        self._tick = 0
        self._agents = 1
        self._seed = 0
        self._pending: dict[int, tuple[int, object]] = {}
        self._is_closed = False
        self.trace: list[TracedCall] = []
        self.cancelled: list[tuple[int, int]] = []

    @property
    def tick(self) -> int:
        """Ticks of game time since the last `reset`."""
        return self._tick

    def reset(self, scenario: Mapping[str, object], *, agents: int, seed: int) -> None:
        """Set the clock to 0 and forget the trace; the scenario is ignored."""
        self._check_open()
        self._tick = 0
        self._agents = agents
        self._seed = seed
        self._pending = {}
        self.trace = []
        self.cancelled = []

    def call(self, tool: str, agent: int, arguments: Mapping[str, object]) -> ToolReply:
        """Answer as the tool is told to.

        Raises:
            ToolError: `no-such-tool`, or what the tool raises.
            ServerError: the agent has a pending call, or what the tool raises.
        """
        self._check_open()
        if agent in self._pending:
            raise ServerError(f"agent {agent} calls {tool} while a call is pending")
        self.trace.append(TracedCall(self._tick, agent, tool, dict(arguments)))
        answer = self._tools.get(tool)
        if answer is None:
            known = ", ".join(sorted(self._tools))
            raise ToolError(
                f"there is no tool {tool!r}; there are {known}",
                code="no-such-tool",
            )
        value = answer(agent, dict(arguments))
        reply = value if isinstance(value, ToolReply) else ToolReply(value, 0, False)
        if not reply.pending:
            return reply
        self._pending[agent] = (self._tick + reply.ticks, reply.value)
        return ToolReply(None, reply.ticks, pending=True)

    def resume(self, agent: int) -> ToolReply:
        """Finish a pending call.

        Raises:
            ServerError: there is none, or its time has not come.
        """
        self._check_open()
        if agent not in self._pending:
            raise ServerError(f"agent {agent} has no pending call")
        ready_tick, value = self._pending[agent]
        if self._tick < ready_tick:
            raise ServerError(f"resumed at tick {self._tick}, due at {ready_tick}")
        del self._pending[agent]
        return ToolReply(value, 0, pending=False)

    def cancel(self, agent: int) -> None:
        """Drop the agent's pending call, if any."""
        self._check_open()
        if self._pending.pop(agent, None) is not None:
            self.cancelled.append((self._tick, agent))

    def admin(self, name: str, arguments: Mapping[str, object]) -> object:
        """The answer that was given for that script.

        Raises:
            ServerError: none was given.
        """
        self._check_open()
        if name not in self._admin:
            raise ServerError(f"there is no administration script {name!r}")
        return self._admin[name]

    def advance(self, ticks: int) -> None:
        """Let game time pass.

        Raises:
            ServerError: time would run backwards.
        """
        self._check_open()
        if ticks < 0:
            raise ServerError(f"cannot advance by {ticks} ticks")
        self._tick += ticks

    def save(self) -> bytes:
        """The clock, as bytes."""
        self._check_open()
        return json.dumps({"tick": self._tick, "seed": self._seed}).encode()

    def restore(self, saved: bytes) -> None:
        """Set the clock back.

        Raises:
            SaveError: the bytes are not of `save`.
        """
        self._check_open()
        try:
            state = json.loads(saved)
            self._tick, self._seed = int(state["tick"]), int(state["seed"])
        except (ValueError, TypeError, KeyError) as error:
            raise SaveError(f"not a save of a FakeServer: {saved[:80]!r}") from error
        self._pending = {}

    def state_hash(self) -> str:
        """Hex digest of the clock, the seed and all calls."""
        self._check_open()
        state = repr((self._tick, self._seed, self._agents, self.trace))
        return hashlib.sha256(state.encode()).hexdigest()

    def close(self) -> None:
        """Refuse everything from now on; may be called again."""
        self._is_closed = True

    def _check_open(self) -> None:
        if self._is_closed:
            raise ServerError("the server is closed", code="server-closed")


def _sleep(_agent: int, arguments: dict[str, object]) -> object:
    seconds = arguments["seconds"]
    assert isinstance(seconds, int | float)
    return ToolReply(True, seconds_to_ticks(seconds), pending=True)


def _work(_agent: int, arguments: dict[str, object]) -> object:
    ticks = arguments["ticks"]
    assert isinstance(ticks, int)
    return ToolReply(True, ticks, pending=False)


_TOOLS: Final[Mapping[str, FakeTool]] = {
    "echo": lambda _agent, arguments: arguments,
    "sleep": _sleep,
    "work": _work,
    "send_message": lambda _agent, arguments: arguments,
    "read_messages": lambda _agent, _arguments: [],
}
