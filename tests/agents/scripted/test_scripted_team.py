"""The scripted team solves its tasks, through the public environment only."""

import ast
import inspect
from string import Template

import pytest

import fle_marl
from fle_marl.agents import make_team
from fle_marl.agents.scripted import programs, team
from fle_marl.agents.scripted.plans import PLANS
from fle_marl.agents.scripted.script import ScriptedAgent, Stage
from fle_marl.errors import TaskError
from fle_marl.lua.client import load_tools
from fle_marl.lua.types import agent_vocabulary
from fle_marl.tasks import get_task

QUOTA = 16


def play(task, seed, max_cycles=8):
    env = fle_marl.parallel_env(task=task, num_agents=2, max_cycles=max_cycles)
    try:
        agents = make_team("scripted", env.task, env.possible_agents)
        observations, infos = env.reset(seed=seed)
        for agent in agents.values():
            agent.reset(seed)
        trace = []
        while env.agents:
            actions = {n: agents[n].act(observations[n]) for n in env.agents}
            observations, rewards, terminations, _, infos = env.step(actions)
            trace.append((infos, rewards, terminations))
        return trace, {n: observations[n]["raw_text"] for n in observations}
    finally:
        env.close()


@pytest.mark.parametrize("task", sorted(PLANS))
def test_solves_its_tasks(task):
    trace, _ = play(task, seed=1)
    _, rewards, terminations = trace[-1]
    assert all(terminations.values())
    assert set(rewards) == {"agent_0", "agent_1"}
    assert all(reward >= QUOTA for reward in rewards.values())


@pytest.mark.slow
@pytest.mark.parametrize("seed", [2, 3, 4, 5])
@pytest.mark.parametrize("task", sorted(PLANS))
def test_solves_its_tasks_on_other_maps(task, seed):
    trace, _ = play(task, seed)
    assert all(reward >= QUOTA for reward in trace[-1][1].values())


def test_plays_alike_twice():
    first, first_text = play("iron_ore_throughput_16", seed=3)
    second, second_text = play("iron_ore_throughput_16", seed=3)
    assert first_text == second_text
    assert [step[1] for step in first] == [step[1] for step in second]


def program_texts():
    return [
        (name, text)
        for name, text in inspect.getmembers(programs)
        if name in programs.__all__
    ]


@pytest.mark.parametrize(("name", "text"), program_texts())
def test_programs_parse_and_use_only_what_agents_have(name, text):
    known = Template(text).safe_substitute(ore_line_x="1.5", ore_line_y="2.5")
    tree = ast.parse(known)
    called = {
        node.func.id
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
    }
    defined = {n.name for n in ast.walk(tree) if isinstance(n, ast.FunctionDef)}
    builtins = {"range", "enumerate", "print"}
    allowed = {*load_tools(), *agent_vocabulary(), *defined, *builtins}
    assert called <= allowed, name


def test_an_unknown_task_is_refused():
    with pytest.raises(TaskError, match="no script for 'open_play'") as caught:
        team(get_task("open_play"), ["agent_0", "agent_1"])
    assert caught.value.code == "no-script"


def test_another_number_of_agents_is_refused():
    with pytest.raises(TaskError, match="2 agents, not 3") as caught:
        team(get_task("iron_ore_throughput_16"), ["a", "b", "c"])
    assert caught.value.code == "wrong-team-size"


def message(content):
    return {"sender": "agent_1", "content": content, "timestamp": 0.0}


def test_a_stage_waits_for_the_place_that_it_needs():
    agent = ScriptedAgent([Stage("go($mine_x, $mine_y)", needs=("mine",))])
    agent.reset(0)
    assert agent.act({"messages": []}) == "sleep(10)"
    assert agent.act({"messages": [message("mine ahoy")]}) == "sleep(10)"
    assert agent.act({"messages": [message("mine 1.5 -2")]}) == "go(1.5, -2)"
    assert agent.act({"messages": []}) == "sleep(1)"
