"""The programs that the rules show run as they are, and do what is said of them."""

import re

import pytest

import fle_marl
from fle_marl.agents.manual.rules import rules

REFUSED, FIRST = re.findall(r"```python\n(.*?)```", rules(), flags=re.DOTALL)


@pytest.fixture(scope="module")
def play():
    """Run a program of agent 0 on the lab-play map; gives what it printed."""
    env = fle_marl.parallel_env(task="iron_plate_throughput_16", num_agents=1)
    env.reset(seed=1)

    def run(program: str) -> str:
        observations, *_ = env.step({"agent_0": program})
        return observations["agent_0"]["raw_text"]

    yield run
    env.close()


def test_a_refusal_is_caught(play):
    printed = play(REFUSED).partition("\n")[0]

    assert re.fullmatch(r"4: out-of-reach \{'distance': 90, .*\}", printed)


def test_the_first_program_makes_iron_plates(play):
    text = play(FIRST)

    assert "Error" not in text
    assert "'iron-plate': " in text
