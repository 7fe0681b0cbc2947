"""The Gymnasium face."""

import gymnasium
import pytest

from fle_marl.envs.single import FactorioEnv
from fle_marl.errors import FleMarlError
from fle_marl.testing.toy_server import ToyServer

PLATES = "iron_plate_throughput_16"


def test_episode_of_one_agent():
    env = FactorioEnv(PLATES, server=ToyServer, max_cycles=2)

    observation, info = env.reset(seed=3)
    assert info["seed"] == 3
    assert env.observation_space.contains(observation)
    observation, reward, terminated, truncated, info = env.step("print('hi')")

    assert "hi" in observation["raw_text"]
    assert (reward, terminated, truncated) == (20.0, True, False)
    with pytest.raises(FleMarlError) as caught:
        env.step("")
    assert caught.value.code == "not-reset"
    env.close()


def test_more_than_one_agent_is_refused():
    with pytest.raises(FleMarlError) as caught:
        FactorioEnv(PLATES, server=ToyServer, num_agents=2)

    assert caught.value.code == "bad-option"
    assert "parallel_env" in caught.value.message


def test_made_by_name_with_the_module_before_it():
    env = gymnasium.make(
        f"fle_marl.envs:Factorio-{PLATES}-v0", server=ToyServer, render_mode="ansi"
    )

    env.reset(seed=1)

    assert env.unwrapped.task.key == PLATES
    assert "wooden-chest" in env.render() or len(env.render()) > 0
    env.close()
