"""Random agents emit valid programs, and the same ones for the same seed."""

import ast

import pytest

from fle_marl.agents import TEAM_NAMES, Agent, make_team
from fle_marl.errors import FleMarlError
from fle_marl.tasks import get_task

NAMES = ["agent_0", "agent_1"]
OBSERVATION = {
    "character_positions": (
        {"agent": "agent_0", "x": 0.0, "y": 0.0},
        {"agent": "agent_1", "x": 100.0, "y": -200.0},
    )
}


@pytest.fixture
def team():
    return make_team("random", get_task("open_play"), NAMES)


def programs(agent: Agent, seed: int, count: int = 40) -> list[str]:
    agent.reset(seed)
    return [agent.act(OBSERVATION) for _ in range(count)]


def test_team_has_one_agent_for_each_name(team):
    assert list(team) == NAMES
    assert all(isinstance(agent, Agent) for agent in team.values())


def test_every_program_is_python_of_guarded_tool_calls(team):
    for program in programs(team["agent_0"], 1):
        statements = ast.parse(program).body
        assert 1 <= len(statements) <= 4
        assert all(isinstance(statement, ast.Try) for statement in statements)


def test_programs_follow_the_seed(team):
    first = programs(team["agent_0"], 5)

    assert programs(team["agent_0"], 5) == first
    assert programs(team["agent_0"], 6) != first


def test_things_are_placed_near_the_agents_own_character(team):
    placed = [
        node
        for program in programs(team["agent_1"], 3, 200)
        for node in ast.walk(ast.parse(program))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id == "place_entity"
    ]

    assert placed
    for call in placed:
        position = {k.arg: ast.literal_eval(k.value) for k in call.args[2].keywords}
        assert abs(position["x"] - 100) <= 8
        assert abs(position["y"] + 200) <= 8


def test_unknown_team_is_refused():
    with pytest.raises(FleMarlError) as caught:
        make_team("dream", get_task("open_play"), NAMES)

    assert caught.value.code == "no-such-team"
    assert all(name in caught.value.message for name in TEAM_NAMES)
