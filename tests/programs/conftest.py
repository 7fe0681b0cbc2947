"""Agents' processes for tests, with tools of the tests' own."""

import time
from pathlib import Path
from types import SimpleNamespace

import pytest

from fle_marl.errors import ToolError
from fle_marl.messaging import MessageBus
from fle_marl.programs.limits import ProgramLimits
from fle_marl.programs.process import AgentProcess
from fle_marl.programs.scheduler import ProgramScheduler
from fle_marl.testing.fake_server import FakeServer
from fle_marl.testing.process_groups import group_members

TOOLS = Path(__file__).parent / "tools"
TEAM = ("agent_0", "agent_1")
QUICK = ProgramLimits(
    # enough to fill the memory on a busy machine, little enough to wait for
    cpu_seconds=1.0,
    cpu_grace_seconds=0.3,
    memory_bytes=192 * 2**20,
    output_bytes=2000,
    source_characters=5000,
    tool_calls=50,
    silent_seconds=20,
)


def refuse(_agent, _arguments):
    raise ToolError("12 tiles away; 10 are allowed", code="out-of-reach")


def wait_for_members(group, count):
    """The members of a process group, once there are so many."""
    deadline = time.monotonic() + 10
    while len(members := group_members(group)) != count:
        assert time.monotonic() < deadline, members
        time.sleep(0.002)
    return members


def group_of(scheduler, agent="agent_0"):
    return scheduler._processes[agent]._running.group


@pytest.fixture
def make_team():
    """Make a world, a bus and a scheduler for two agents; closed at the end."""
    schedulers = []

    def make(tools=None, limits=QUICK, seed=0):
        server = FakeServer({"refuse": refuse, **(tools or {})})
        bus = MessageBus(TEAM)
        scheduler = ProgramScheduler(server, bus, TEAM, limits, tools_folder=TOOLS)
        scheduler.reset(seed)
        schedulers.append(scheduler)
        return SimpleNamespace(server=server, bus=bus, scheduler=scheduler)

    yield make
    for scheduler in schedulers:
        scheduler.close()


@pytest.fixture
def team(make_team):
    return make_team()


@pytest.fixture
def run(team):
    """Run a program of the first agent and give its result."""
    steps = iter(range(1000))

    def run_one(source, *, tick_budget=3600):
        results = team.scheduler.run(
            {"agent_0": source}, tick_budget=tick_budget, step=next(steps)
        )
        return results["agent_0"]

    run_one.team = team
    return run_one


@pytest.fixture
def process():
    """An agent's process without a scheduler; ended at the end."""
    agent_process = AgentProcess(QUICK, "0:agent_0", str(TOOLS))
    yield agent_process
    agent_process.close()


@pytest.fixture(scope="module")
def run_in_one_team():
    """Run programs of one agent that go on from each other, and give their results."""
    server = FakeServer({"refuse": refuse})
    scheduler = ProgramScheduler(
        server, MessageBus(TEAM), TEAM, QUICK, tools_folder=TOOLS
    )
    scheduler.reset(0)
    steps = iter(range(10_000))

    def run_one(source):
        programs = {"agent_0": source}
        return scheduler.run(programs, tick_budget=3600, step=next(steps))["agent_0"]

    yield run_one
    scheduler.close()
