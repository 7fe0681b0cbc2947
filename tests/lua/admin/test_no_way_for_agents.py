"""What administers a world is out of reach of the agents in it."""

import re

import pytest

from fle_marl.errors import ToolError
from fle_marl.lua.bundle import admin_names, modules, tool_names
from fle_marl.lua.client import load_tools
from fle_marl.messaging import MessageBus
from fle_marl.programs.limits import ProgramLimits
from fle_marl.programs.scheduler import ProgramScheduler
from fle_marl.servers.embedded import EmbeddedServer

AGENTS = ("agent_0", "agent_1")
TRY_ALL = """
found = []
for name in {names!r}:
    for spelled in (name, '_' + name, 'admin_' + name, 'server_' + name):
        if spelled in globals():
            found.append(spelled)
print('found', found)
"""
ALSO_A_TOOL = {"production"}
"""What the force has made is told to whoever asks; the tool is another thing."""


def needed_by(module: str, seen: set[str]) -> set[str]:
    """All modules that one requires, and those that they require."""
    for other in re.findall(r"require\(\"([\w.]+)\"\)", modules()[module]):
        if other not in seen:
            seen.add(other)
            needed_by(other, seen)
    return seen


def test_no_tool_has_the_name_of_a_script() -> None:
    assert set(admin_names()) & {*tool_names(), *load_tools()} == ALSO_A_TOOL


@pytest.mark.parametrize("tool", tool_names())
def test_no_tool_needs_a_script_or_states(tool: str) -> None:
    needed = needed_by(f"tools.{tool}.server", set())
    assert not {name for name in needed if name.startswith(("admin.", "state."))}


@pytest.mark.parametrize("name", admin_names())
def test_a_frame_that_calls_a_script_is_refused(
    server: EmbeddedServer, name: str
) -> None:
    # whoever got past all of Python could send any name of a tool
    before = server.state_hash()
    spellings = {name, f"admin.{name}", f"../admin/{name}", f"tools.{name}.server"}
    for spelled in spellings - ALSO_A_TOOL:
        with pytest.raises(ToolError) as caught:
            server.call(spelled, 0, {"inventory": {"coal": 9}})
        assert caught.value.code == "no-such-tool"
    assert server.state_hash() == before


def test_programs_find_no_script(server: EmbeddedServer) -> None:
    scheduler = ProgramScheduler(server, MessageBus(AGENTS), AGENTS, ProgramLimits())
    names = sorted({*admin_names()} - ALSO_A_TOOL)
    try:
        scheduler.reset(0)
        programs = {"agent_0": TRY_ALL.format(names=names), "agent_1": "load_state({})"}
        results = scheduler.run(programs, tick_budget=600, step=0)
    finally:
        scheduler.close()
    assert "found []" in results["agent_0"].text
    assert "load_state" in results["agent_1"].text
    assert results["agent_1"].error_code is not None
    assert results["agent_1"].tool_calls == 0
