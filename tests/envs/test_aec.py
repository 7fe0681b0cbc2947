"""The turn-based environment, on a toy world."""

import pickle

import pytest

from fle_marl.envs.aec import FactorioAECEnv, env
from fle_marl.testing.toy_server import ToyServer

PLATES = "iron_plate_throughput_16"


def slow_server() -> ToyServer:
    return ToyServer(plates_per_minute=5)


@pytest.fixture
def aec():
    aec = FactorioAECEnv(PLATES, server=slow_server, num_agents=2, max_cycles=3)
    aec.reset(seed=1)
    yield aec
    aec.close()


def test_next_agent_sees_what_the_last_one_did(aec):
    aec.step("sleep(10)\nsend_message('your turn')")

    observation, reward, *_ = aec.last()

    assert aec.agent_selection == "agent_1"
    assert observation["game_info"]["tick"] == 600
    assert [m["content"] for m in observation["messages"]] == ["your turn"]
    assert reward == 0


def test_round_is_judged_once_and_rewards_all(aec):
    aec.step("")
    assert aec.rewards == {"agent_0": 0.0, "agent_1": 0.0}
    aec.step("")

    assert aec.rewards == {"agent_0": 5.0, "agent_1": 5.0}
    assert aec.infos["agent_0"]["tick"] == 7200
    assert aec.last()[1] == 5.0


def test_reward_of_a_round_is_kept_until_the_agents_turn(aec):
    aec.step("")
    aec.step("")
    aec.step("")

    assert aec.agent_selection == "agent_1"
    assert aec.last()[1] == 5.0
    assert aec.rewards == {"agent_0": 0.0, "agent_1": 0.0}


def test_observing_others_uses_up_nothing(aec):
    aec.step("send_message('hi')")

    first = aec.observe("agent_1")
    again = aec.observe("agent_1")

    assert len(first["messages"]) == len(again["messages"]) == 1


@pytest.mark.parametrize("action", [5, None, b"x", "print("])
def test_bad_actions_come_back_as_text(aec, action):
    aec.step(action)

    assert aec.infos["agent_0"]["error_code"] is not None
    assert aec.observe("agent_0")["raw_text"]
    assert aec.agent_selection == "agent_1"


def test_all_are_terminated_when_a_round_solves_the_task():
    aec = FactorioAECEnv(PLATES, server=ToyServer, num_agents=2)
    aec.reset(seed=1)

    aec.step("")
    assert not any(aec.terminations.values())
    aec.step("")

    assert all(aec.terminations.values())
    for _ in range(2):
        aec.step(None)
    assert aec.agents == []
    aec.close()


def test_rounds_are_limited(aec):
    turns = 0
    for _ in aec.agent_iter():
        *_, terminated, truncated, _ = aec.last()
        aec.step(None if terminated or truncated else "")
        turns += not (terminated or truncated)

    assert turns == 3 * 2


def test_it_pickles_unconnected(aec):
    twin = pickle.loads(pickle.dumps(aec))

    assert twin.max_cycles == 3
    twin.reset(seed=2)
    twin.step("")
    twin.close()


def test_wrapped_environment_says_when_the_order_is_wrong():
    wrapped = env(PLATES, server=ToyServer)

    with pytest.raises(AttributeError, match="before reset"):
        _ = wrapped.agent_selection
    wrapped.close()
