"""Every tool has a call that is measured."""

import pytest

from fle_marl.evaluation.tool_cases import CASES, INVENTORY, SCENE
from fle_marl.lua.bundle import tool_names
from fle_marl.lua.types import agent_vocabulary
from fle_marl.servers.embedded import EmbeddedServer
from fle_marl.testing.driver import Driver


def test_no_tool_is_left_out():
    assert sorted(CASES) == list(tool_names())


@pytest.fixture(scope="module")
def start():
    server = EmbeddedServer()
    server.reset({"name": "lab-play", "inventory": INVENTORY}, agents=2, seed=1)
    names = {**agent_vocabulary(), **Driver(server).functions}
    exec(SCENE, names)
    return server, names, server.save()


@pytest.mark.parametrize("tool", sorted(CASES))
def test_calls_are_answered(start, tool):
    server, names, saved = start
    case = CASES[tool]
    server.restore(saved)
    server.lua.execute(case.prepare_lua)
    server.advance(case.prepare_ticks)
    names = dict(names)
    exec(case.prepare, names)
    assert case.call.startswith(f"{tool}(")
    for _ in range(3):
        names["done"] = eval(case.call, names)
        if case.undo is None:
            break
        exec(case.undo, names)
