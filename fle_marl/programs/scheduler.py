"""Letting several agents' programs share one world, side by side in game time.

Each agent has a clock of its own: the game time up to which it is busy. The scheduler
always serves the agent whose clock is earliest, and first lets the world pass to that
tick. So an agent that walks far loses time that the others use, and what happens
depends on the seed and the programs only, never on how fast the machine runs them.
"""

import logging
import random
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Final, cast

from fle_marl.errors import ProgramError, ServerError, ToolError, ToolFault
from fle_marl.lua.client import TOOLS_FOLDER
from fle_marl.lua.wire import ToolReply
from fle_marl.messaging import MessageBus
from fle_marl.programs.limits import ProgramLimits
from fle_marl.programs.process import AgentProcess
from fle_marl.programs.program_run import ProgramResult, ProgramRun
from fle_marl.programs.saved_namespace import bad_namespace, check_namespace
from fle_marl.servers.base import GameServer

__all__ = ["ProgramLimits", "ProgramResult", "ProgramScheduler"]

_MESSAGE_TOOL: Final = "send_message"
_READING_TOOL: Final = "read_messages"
_FAULT: Final = "the tool failed inside, perhaps half way; other calls still work"
_LOG: Final = logging.getLogger(__name__)


class ProgramScheduler:
    """Runs agents' programs against a server.

    The agents' processes start with their first programs, and end with `close` or with
    this object. Pickled and forked copies start processes of their own.

    Args:
        server: the world.
        bus: takes the messages that agents send.
        agents: ids, in the order of the agents' numbers.
        limits: what each program may use.
        tools_folder: folder with the folders of the tools that agents have.
    """

    def __init__(
        self,
        server: GameServer,
        bus: MessageBus,
        agents: Sequence[str],
        limits: ProgramLimits | None = None,
        *,
        tools_folder: Path = TOOLS_FOLDER,
    ) -> None:
        self._server = server
        self._bus = bus
        self._agents = tuple(agents)
        self._limits = limits or ProgramLimits()
        self._tools_folder = tools_folder
        self._seed = 0
        self._processes: dict[str, AgentProcess] = {}

    def reset(self, seed: int) -> None:
        """Forget all variables and functions of all agents.

        Args:
            seed: of who is served first, and of the agents' module ``random``.
        """
        self.close()
        self._seed = seed

    def run(
        self, programs: Mapping[str, str], *, tick_budget: int, step: int
    ) -> dict[str, ProgramResult]:
        """Run programs of several agents at the same time in game time.

        They begin at the present tick; at the end the world stands where the last of
        them is done. A program that needs longer than the budget is cut off there.

        Args:
            programs: their texts by agent; agents without one stand still.
            tick_budget: game time that they may take, in ticks.
            step: number of the step; together with the seed it decides who is served
                first at the same tick.

        Returns:
            Results by agent, in the order of `programs`.

        Raises:
            ValueError: a program is for an agent that there is not.
            ServerError: the server failed; the programs are ended.
        """
        strangers = set(programs) - set(self._agents)
        if strangers:
            raise ValueError(f"{sorted(strangers)} are not among {self._agents}")
        self._bus.begin_step()
        runs = self._make_runs(programs, step)
        deadline = self._server.tick + tick_budget
        try:
            for agent, run in runs.items():
                run.begin(programs[agent])
            self._serve_all(list(runs.values()), deadline)
        finally:
            for run in runs.values():
                self._abandon(run)
        return {agent: run.result() for agent, run in runs.items()}

    def functions(self, agent: str) -> list[dict[str, str]]:
        """The functions that an agent has defined.

        Returns:
            For each ``name``, ``signature``, ``docstring`` and ``source``.
        """
        answer = self._ask(agent, "functions")
        keys = {"name", "signature", "docstring", "source"}
        return [
            cast(dict[str, str], entry)
            for entry in (answer if isinstance(answer, list) else [])
            if isinstance(entry, dict)
            and set(entry) == keys
            and all(isinstance(text, str) for text in entry.values())
        ]

    def names(self, agent: str) -> list[str]:
        """Names that an agent has defined, in alphabetical order."""
        answer = self._ask(agent, "names")
        entries = answer if isinstance(answer, list) else []
        return [name for name in entries if isinstance(name, str)]

    def save_namespaces(self) -> dict[str, dict[str, object]]:
        """What agents have defined: variables, functions, classes, imports.

        Returns:
            By agent, for those that have run a program, what `restore_namespaces`
            takes: plain data that JSON and msgpack can hold, the same bytes for the
            same namespace. Under ``not_saved`` are the names of what cannot be saved,
            with the reasons.

        Raises:
            ProgramError: `namespace-lost`: an agent's process does not answer;
                `bad-namespace`: it answers what it must not.
        """
        saved: dict[str, dict[str, object]] = {}
        for agent in self._agents:
            process = self._processes.get(agent)
            if process is None:
                continue
            answer = process.ask("save")
            if answer is None:
                raise ProgramError(
                    f"the process that holds the namespace of {agent} does not answer",
                    code="namespace-lost",
                )
            saved[agent] = check_namespace(answer)
        return saved

    def restore_namespaces(self, saved: Mapping[str, object]) -> None:
        """Give agents what they had defined; other agents have nothing afterwards.

        What is given is not believed: its form is checked here, and what its texts do
        is held in the agents' processes like programs. After an error all agents have
        nothing.

        Args:
            saved: as `save_namespaces` gave it.

        Raises:
            ProgramError: `bad-namespace`; the message says what is wrong.
        """
        if not isinstance(saved, Mapping):
            raise bad_namespace("it is not a map of agents")
        if strangers := set(saved) - set(self._agents):
            raise bad_namespace(
                f"{sorted(map(repr, strangers))} are not among {self._agents}"
            )
        checked = {agent: check_namespace(saved[agent]) for agent in saved}
        self.close()
        try:
            for agent, namespace in checked.items():
                self._process_of(agent).restore(namespace)
        except BaseException:
            self.close()
            raise

    def close(self) -> None:
        """End the agents' processes; may be called again, and `run` after it."""
        for process in self._processes.values():
            process.kill()  # all of them, before one is waited for
        for process in self._processes.values():
            process.close()
        self._processes = {}

    def _ask(self, agent: str, question: str) -> object:
        process = self._processes.get(agent)
        return None if process is None else process.ask(question)

    def _process_of(self, agent: str) -> AgentProcess:
        if agent not in self._processes:
            self._processes[agent] = AgentProcess(
                self._limits, f"{self._seed}:{agent}", str(self._tools_folder)
            )
        return self._processes[agent]

    def _make_runs(
        self, programs: Mapping[str, str], step: int
    ) -> dict[str, ProgramRun]:
        order = list(range(len(self._agents)))
        random.Random(f"{self._seed}:{step}").shuffle(order)
        tick = self._server.tick
        runs: dict[str, ProgramRun] = {}
        for agent in programs:
            index = self._agents.index(agent)
            process = self._process_of(agent)
            runs[agent] = ProgramRun(index, process, self._limits, tick, order[index])
        return runs

    def _serve_all(self, runs: list[ProgramRun], deadline: int) -> None:
        """Serve programs until all are over, then let the world catch up with them."""
        active = [run for run in runs if not run.is_over]
        while active:
            run = min(active, key=lambda run: (run.clock, run.order))
            self._advance_to(run.clock)
            self._serve(run, deadline)
            active = [run for run in active if not run.is_over]
        if runs:
            self._advance_to(max(run.clock for run in runs))

    def _advance_to(self, tick: int) -> None:
        ticks = tick - self._server.tick
        if ticks > 0:
            self._server.advance(ticks)

    def _serve(self, run: ProgramRun, deadline: int) -> None:
        """Do the next thing that an agent's program waits for."""
        if run.is_cut:
            self._cut_off(run)
            return
        try:
            reply = self._call_or_resume(run)
            if reply is None:
                return
            if run.tool == _MESSAGE_TOOL and not reply.pending:
                self._post(run, reply.value)
        except ToolError as error:
            run.is_pending = False
            run.refuse(error)
            return
        except ToolFault as fault:
            # what goes wrong inside a tool must not end the others' episode, and is
            # for those who run it to read, not for the agent
            _LOG.error("%s of %s: %s", run.tool, self._agents[run.agent], fault)
            run.is_pending = False
            run.refuse(ToolError(_FAULT, code="tool-failed"))
            return
        run.is_pending = reply.pending
        run.take_time(max(reply.ticks, 1) if reply.pending else reply.ticks, deadline)
        if not run.is_pending and not run.is_cut:
            is_reading = run.tool == _READING_TOOL
            run.reply(self._read(run) if is_reading else reply.value)

    def _read(self, run: ProgramRun) -> list[dict[str, object]]:
        """What others have said to an agent, as `read_messages` gives it."""
        return [
            {
                "sender": heard.sender,
                "message": heard.text,
                "tick": heard.tick,
                "recipient": heard.recipient,
                "metadata": dict(heard.metadata),
            }
            for heard in self._bus.read(self._agents[run.agent])
        ]

    def _call_or_resume(self, run: ProgramRun) -> ToolReply | None:
        if run.is_pending:
            return self._server.resume(run.agent)
        call = run.next_call()
        if call is None:
            return None
        return self._server.call(call.tool, run.agent, call.arguments)

    def _cut_off(self, run: ProgramRun) -> None:
        self._server.cancel(run.agent)
        run.is_pending = False
        run.stop(
            "tick-budget-spent",
            f"the game time of this step was spent during {run.tool}; "
            "the rest of the program was not run",
        )

    def _post(self, run: ProgramRun, value: object) -> None:
        """Put on the bus what the tool for messages has checked."""
        if not isinstance(value, dict) or not isinstance(value.get("message"), str):
            raise ServerError(
                f"{_MESSAGE_TOOL} gave no message: {repr(value)[:200]}",
                code="unreadable-answer",
            )
        metadata = value.get("metadata")
        self._bus.post(
            self._agents[run.agent],
            value["message"],
            tick=self._server.tick,
            recipient=value.get("recipient"),
            metadata=metadata if isinstance(metadata, dict) else None,
        )

    def _abandon(self, run: ProgramRun) -> None:
        if run.is_over:
            return
        run.abandon()
        if run.is_pending:
            # Already on the way out with the error that matters.
            with suppress(ServerError):
                self._server.cancel(run.agent)
