"""PettingZoo's and Gymnasium's own checks, and ours, over a table of environments.

Every test makes its environments through `make_options`, so the whole table can be
moved to another server in one place.
"""

from types import SimpleNamespace
from typing import Any

import gymnasium
import numpy as np
import pytest
from gymnasium.utils.env_checker import check_env, data_equivalence
from pettingzoo.test import (
    api_test,
    max_cycles_test,
    parallel_api_test,
    parallel_seed_test,
    render_test,
    seed_test,
)
from pettingzoo.test.state_test import state_test

import fle_marl
from fle_marl.envs.registration import list_available_environments

SERVER = "embedded"
"""What the environments of this file run on."""

TABLE = {
    "ore, alone": ("iron_ore_throughput_16", {"num_agents": 1}),
    "plates, two": ("iron_plate_throughput_16", {"num_agents": 2}),
    "plates, by alias": ("iron_plate_throughput", {"num_agents": 2}),
    "acid, three": ("sulfuric_acid_throughput_16", {"num_agents": 3}),
    "open play, two": ("open_play", {"num_agents": 2}),
    "short steps": ("iron_gear_wheel_throughput_16", {"ticks_per_step": 60}),
}
CYCLES = 6

pytestmark = [
    # Texts and dicts are what agents that write programs see and do.
    pytest.mark.filterwarnings(
        "ignore:(Observation|Action) space for each agent probably:UserWarning"
    ),
    pytest.mark.filterwarnings("ignore:Observation is not a NumPy array:UserWarning"),
]


def make_options(row: str, **more: Any) -> tuple[str, dict[str, Any]]:
    task, options = TABLE[row]
    return task, {"server": SERVER, **options, **more}


def make_parallel(row: str, **more: Any) -> fle_marl.parallel_env:
    task, options = make_options(row, **more)
    return fle_marl.parallel_env(task, **options)


def make_aec(row: str, **more: Any) -> Any:
    task, options = make_options(row, **more)
    return fle_marl.env(task, **options)


@pytest.mark.parametrize("row", TABLE)
def test_parallel_api(row):
    env = make_parallel(row)

    parallel_api_test(env, num_cycles=CYCLES)

    env.close()


@pytest.mark.parametrize("row", TABLE)
def test_aec_api(row):
    env = make_aec(row)

    api_test(env, num_cycles=CYCLES)

    env.close()


@pytest.mark.parametrize("row", TABLE)
def test_parallel_seed(row):
    parallel_seed_test(lambda: make_parallel(row), num_cycles=CYCLES)


@pytest.mark.parametrize("row", TABLE)
def test_aec_seed(row):
    seed_test(lambda: make_aec(row), num_cycles=CYCLES)


@pytest.mark.parametrize("row", ["acid, three", "open play, two"])
def test_max_cycles(row):
    module = SimpleNamespace(
        parallel_env=lambda **options: make_parallel(row, **options),
        env=lambda **options: make_aec(row, **options),
    )

    max_cycles_test(module)


@pytest.mark.filterwarnings("ignore:Environment's m[ai][xn]imum state:UserWarning")
@pytest.mark.parametrize("row", ["plates, two", "acid, three"])
def test_state(row):
    aec, parallel = make_aec(row), make_parallel(row)

    state_test(aec, parallel, num_cycles=2)

    aec.close()
    parallel.close()


def test_render():
    def make(render_mode: str) -> Any:
        # PettingZoo always makes one for a window, and does not use it
        mode = None if render_mode == "human" else render_mode
        return make_aec("plates, two", render_mode=mode, max_cycles=2)

    render_test(make)


PROGRAMS = (
    "x = 1\nprint(x)",
    "x += 1\nprint(x, 'snow \u2603')",
    "def double(n):\n    return 2 * n\nprint(double(x))",
    "import random\nprint(random.random())",
    "print(undefined",
    "1 / 0",
    "",
)


@pytest.mark.parametrize("row", TABLE)
def test_same_seed_and_actions_give_the_same_episode(row):
    def episode(seed: int) -> list[Any]:
        env = make_parallel(row, max_cycles=len(PROGRAMS))
        told = [env.reset(seed=seed)]
        for program in PROGRAMS:
            if not env.agents:
                break
            told.append(env.step(dict.fromkeys(env.agents, program)))
            told.append(env.state_hash())
        env.close()
        return told

    first = episode(11)

    assert data_equivalence(first, episode(11), exact=True)
    assert not data_equivalence(first, episode(12), exact=True)


@pytest.mark.parametrize("row", TABLE)
def test_every_observation_is_in_its_space(row):
    env = make_parallel(row, max_cycles=len(PROGRAMS))
    observations, _ = env.reset(seed=5)
    for program in PROGRAMS:
        for agent, observation in observations.items():
            assert env.observation_space(agent).contains(observation)
        if not env.agents:
            break
        observations, *_ = env.step(dict.fromkeys(env.agents, program))
    env.close()


@pytest.mark.parametrize("row", TABLE)
def test_fact_table_of_the_docstring_is_true(row):
    env = make_parallel(row)
    facts = dict(
        [cell.strip().strip("`") for cell in line.strip().strip("|").split("|")]
        for line in type(env).__doc__.splitlines()
        if line.strip().startswith("|") and "---" not in line
    )
    action_space = env.action_space("agent_0")

    assert facts["Agents"] == "agents= ['agent_0', 'agent_1', ...]"
    assert env.possible_agents == [
        f"agent_{i}" for i in range(len(env.possible_agents))
    ]
    lengths = f"text of {action_space.min_length} to {action_space.max_length:,}"
    assert facts["Action Shape"] == f"{lengths} characters"
    bounds = (env.state_space.low.min(), env.state_space.high.max())
    assert facts["State Values"] == "(-1e12, 1e12)"
    assert bounds == (np.float32(-1e12), np.float32(1e12))


@pytest.mark.parametrize("env_id", list_available_environments())
def test_every_registered_environment_can_be_made_and_stepped(env_id):
    env = gymnasium.make(env_id, server=SERVER)

    observation, info = env.reset(seed=1)

    assert env.observation_space.contains(observation)
    assert info["seed"] == 1
    observation, *_ = env.step("")
    assert env.observation_space.contains(observation)
    env.close()


@pytest.mark.filterwarnings("ignore:.*We recommend the use of a:UserWarning")
def test_gymnasium_checker():
    env = gymnasium.make(
        "Factorio-iron_plate_throughput_16-v0", server=SERVER, render_mode="rgb_array"
    )

    check_env(env.unwrapped, skip_render_check=True)

    env.close()
