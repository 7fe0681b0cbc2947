"""Teams that run random programs on one world, and what must hold after each step."""

import logging
import re
import time
from collections import Counter

from fle_marl.errors import SaveError
from fle_marl.messaging import MessageBus
from fle_marl.programs.limits import ProgramLimits
from fle_marl.programs.scheduler import ProgramResult, ProgramScheduler
from fle_marl.sim.integrity import check_arrays
from fle_marl.testing.counting import CountedServer
from fle_marl.testing.process_groups import group_members

from .grammar import ON_PURPOSE, Grammar

__all__ = ["TEAM", "Campaign", "new_world"]

TEAM = ("agent_0", "agent_1", "agent_2", "agent_3")
STEP_TICKS = 3600
DYING_SECONDS = 10.0
"""Killed processes take a moment to be gone on a busy machine."""
LIMITS = ProgramLimits(cpu_seconds=2.0, cpu_grace_seconds=0.5, tool_calls=300)
INVENTORY = {
    "assembling-machine-1": 5, "boiler": 1, "burner-inserter": 20,
    "burner-mining-drill": 10, "coal": 200, "copper-cable": 50, "copper-plate": 100,
    "electric-mining-drill": 5, "inserter": 20, "iron-chest": 5, "iron-gear-wheel": 20,
    "iron-ore": 50, "iron-plate": 200, "lab": 1, "medium-electric-pole": 10,
    "offshore-pump": 1, "pipe": 50, "pipe-to-ground": 10, "small-electric-pole": 20,
    "solar-panel": 3, "splitter": 3, "steam-engine": 1, "stone": 100,
    "stone-furnace": 8, "stone-wall": 20, "storage-tank": 1, "transport-belt": 100,
    "underground-belt": 10, "wood": 20, "wooden-chest": 5,
}  # fmt: skip
EXPECTED = re.compile(
    rf"{ON_PURPOSE}|ZeroDivisionError|name 'no_such_name'|list index out of range"
    r"|KeyError: 'missing'|programs cannot (use|import)|RecursionError"
)
"""What programs of the grammar may end with besides errors of tools."""
OF_OURS = re.compile(r"(ServerError|ToolFault|AttributeError|TypeError|AssertionError)")


def new_world() -> tuple[CountedServer, bytes]:
    """A server, and a map where each of the team has enough to build with."""
    server = CountedServer()
    scenario = {
        "name": "lab-play",
        "inventory": INVENTORY,
        "all_technologies_researched": True,
    }
    server.reset(scenario, agents=len(TEAM), seed=1)
    return server, server.save()


class Campaign:
    """Random programs of four agents on one world.

    Attributes:
        findings: what should not have happened, in words.
        programs: how many have run.
        tool_calls: how many they made.
        ends: how many ended how.
    """

    def __init__(
        self, server: CountedServer, start: bytes, seed: int, endless: int = 3
    ) -> None:
        server.restore(start)
        self._server = server
        self._grammar = Grammar(seed, TEAM, endless)
        self._scheduler = ProgramScheduler(server, MessageBus(TEAM), TEAM, LIMITS)
        self._scheduler.reset(seed)
        self._steps = 0
        self._groups: set[int] = set()
        self.findings: list[str] = []
        self.programs = 0
        self.tool_calls = 0
        self.ends: Counter[str] = Counter()
        self._balance = server.balance()
        self._log = _Log()
        logging.getLogger("fle_marl").addHandler(self._log)

    def step(self) -> None:
        """Let each agent run a program, and look for what should not be."""
        programs = {agent: self._grammar.program() for agent in TEAM}
        results = self._scheduler.run(
            programs, tick_budget=STEP_TICKS, step=self._steps
        )
        self._steps += 1
        self._note_groups()
        for agent, result in results.items():
            self._judge(agent, programs[agent], result)
        for text in self._log.take():
            self._find(text)

    def carry_over(self) -> None:
        """Let what agents have defined go on in new processes."""
        saved = self._scheduler.save_namespaces()
        self._scheduler.restore_namespaces(saved)
        again = self._scheduler.save_namespaces()
        for agent, namespace in saved.items():
            if namespace["not_saved"]:
                self._find(f"{agent} loses {namespace['not_saved']}")
            if again[agent] != namespace:
                self._find(f"the namespace of {agent} is another when restored")

    def check_world(self) -> None:
        """Look whether the world is sound and no item came or went unaccounted."""
        balance = self._server.balance()
        for name in sorted({*balance, *self._balance}):
            before, now = self._balance.get(name, 0), balance.get(name, 0)
            if abs(now - before) > 1e-6:
                self._find(f"{name}: {before:g} were accounted for, now {now:g}")
        self._balance = balance
        try:
            check_arrays(self._server.world.snapshot().arrays)
        except SaveError as error:
            self._find(f"the world is not sound: {error}")

    def state_hash(self) -> str:
        """Of the world as it is."""
        return self._server.state_hash()

    def end(self) -> None:
        """End the team's processes, and look whether all are gone."""
        self._note_groups()
        self._scheduler.close()
        logging.getLogger("fle_marl").removeHandler(self._log)
        deadline = time.monotonic() + DYING_SECONDS
        while left := [pid for each in self._groups for pid in group_members(each)]:
            if time.monotonic() > deadline:
                self._find(f"processes are left: {left}")
                break
            time.sleep(0.01)

    def _note_groups(self) -> None:
        self._groups |= {
            process._running.group
            for process in self._scheduler._processes.values()
            if process._running is not None
        }

    def _find(self, what: str) -> None:
        self.findings.append(f"step {self._steps}: {what}")

    def _judge(self, agent: str, program: str, result: ProgramResult) -> None:
        self.programs += 1
        self.tool_calls += result.tool_calls
        code = result.error_code
        self.ends[str(code)] += 1
        is_told = "\n[" not in result.text
        if code == "worker-died" or (
            code == "uncaught-exception" and not EXPECTED.search(result.text)
        ):
            self._find(f"{agent} ended with {code}: {result.text}\n{program}")
        elif (
            is_told and OF_OURS.search(result.text) and not EXPECTED.search(result.text)
        ):
            self._find(f"{agent} met {result.text}\n{program}")


class _Log(logging.Handler):
    """Keeps what went wrong inside tools."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self._texts: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self._texts.append(record.getMessage())

    def take(self) -> list[str]:
        """What has come since the last time."""
        texts, self._texts = self._texts, []
        return texts
