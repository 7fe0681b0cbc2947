"""The parallel environment, on a toy world."""

import base64
import copy
import gc
import io
import pickle
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from fle_marl.envs.parallel import FactorioParallelEnv
from fle_marl.errors import FleMarlError
from fle_marl.testing.toy_server import ToyServer

PLATES = "iron_plate_throughput_16"
BOTH = ("agent_0", "agent_1")


def slow_server() -> ToyServer:
    return ToyServer(plates_per_minute=5)


@pytest.fixture
def env():
    env = FactorioParallelEnv(PLATES, server=slow_server, num_agents=2)
    env.reset(seed=1)
    yield env
    env.close()


def both(program: str) -> dict[str, str]:
    return dict.fromkeys(BOTH, program)


def test_output_comes_back_with_what_was_measured(env):
    observations, *_ = env.step({"agent_0": "print('hello')", "agent_1": ""})

    assert "hello" in observations["agent_0"]["raw_text"]
    assert "hello" not in observations["agent_1"]["raw_text"]
    for agent in BOTH:
        assert "machines made 5 iron-plate" in observations[agent]["raw_text"]


def test_reward_is_the_measured_throughput_for_all(env):
    _, rewards, terminations, truncations, infos = env.step({})

    assert rewards == dict.fromkeys(BOTH, 5.0)
    assert terminations == dict.fromkeys(BOTH, False)
    assert truncations == dict.fromkeys(BOTH, False)
    assert infos["agent_0"]["measured"] == 5
    assert infos["agent_0"]["flows"]["produced"] == {"iron-plate": 10}


def test_step_is_judged_after_settling_by_one_holdout(env):
    *_, infos = env.step(both("x = 1"))

    meta = infos["agent_0"]["task_verification"]["meta"]
    assert (meta["from_tick"], meta["to_tick"]) == (3600, 7200)
    assert infos["agent_0"]["tick"] == 7200


def test_programs_of_a_step_run_side_by_side(env):
    *_, infos = env.step({"agent_0": "sleep(10)", "agent_1": "sleep(4)"})

    assert infos["agent_0"]["ticks"] == 600
    assert infos["agent_1"]["ticks"] == 240
    assert infos["agent_0"]["tick"] == 600 + 7200


def test_messages_arrive_once_and_wait_for_agents_that_do_not_act(env):
    send = "send_message('snow \u2603 at (3, 4)')"

    observations, *_, infos = env.step({"agent_0": send})
    again, *_ = env.step({"agent_0": ""})
    gone, *_ = env.step({"agent_1": ""})

    (message,) = observations["agent_1"]["messages"]
    assert message["sender"] == "agent_0"
    assert message["content"] == r"snow \u{2603} at (3, 4)"
    assert infos["agent_1"]["messages"][0]["text"] == "snow \u2603 at (3, 4)"
    assert observations["agent_0"]["messages"] == ()
    assert again["agent_1"]["messages"] == (message,)
    assert gone["agent_1"]["messages"] == ()


def test_namespace_lasts_and_functions_are_told(env):
    source = "def f(n: int) -> int:\n    'Add x.'\n    return n + x"
    env.step(both(f"x = 20\n{source}"))

    observations, *_ = env.step(both("print(f(1))"))

    assert "21" in observations["agent_1"]["raw_text"]
    assert observations["agent_1"]["serialized_functions"] == (
        {
            "name": "f",
            "signature": "(n: int) -> int",
            "docstring": "Add x.",
            "source": source,
        },
    )


@pytest.mark.parametrize(
    ("program", "code"),
    [
        ("print('fine')", None),
        ("print('Error occurred: no errors found')", None),
        ("print(", "syntax-error"),
        ("1 / 0", "uncaught-exception"),
        (17, "not-a-program"),
        (None, "not-a-program"),
        (b"print()", "not-a-program"),
        ("x" * 200_000, "program-too-long"),
    ],
)
def test_no_action_raises_and_every_failure_has_a_code(env, program, code):
    observations, *_, infos = env.step(both(program))

    info = infos["agent_0"]
    assert info["error_code"] == code
    assert info["error_occurred"] is (code is not None)
    assert env.observation_space("agent_0").contains(observations["agent_0"])
    if code is not None:
        assert info["result"]
    following, *_, infos = env.step(both("print('still here')"))
    assert "still here" in following["agent_0"]["raw_text"]
    assert infos["agent_0"]["error_code"] is None


@pytest.mark.parametrize("program", ["\x00", "\ud800", "\r\x0b\u2028", "\ufeffx = 1"])
def test_odd_characters_do_no_harm(env, program):
    observations, *_ = env.step(both(program))

    assert env.observation_space("agent_0").contains(observations["agent_0"])


def test_actions_of_strangers_are_passed_over(env):
    *_, infos = env.step({"agent_7": "print(1)"})

    assert set(infos) == set(BOTH)


def test_all_are_terminated_when_the_task_is_solved():
    env = FactorioParallelEnv(PLATES, server=ToyServer, num_agents=2)
    env.reset(seed=1)

    observations, rewards, terminations, truncations, _ = env.step({})

    assert rewards == dict.fromkeys(BOTH, 20.0)
    assert terminations == dict.fromkeys(BOTH, True)
    assert truncations == dict.fromkeys(BOTH, False)
    assert observations["agent_0"]["task_verification"]["success"] == 1
    assert env.agents == []
    assert env.step({}) == ({}, {}, {}, {}, {})
    env.close()


def test_all_are_truncated_at_the_limit():
    env = FactorioParallelEnv(PLATES, server=slow_server, max_cycles=2)
    env.reset(seed=1)

    *_, first, _ = env.step({})
    *_, second, _ = env.step({})

    assert first == dict.fromkeys(BOTH, False)
    assert second == dict.fromkeys(BOTH, True)
    assert env.agents == []
    env.close()


def test_open_play_is_rewarded_with_the_score_gained():
    env = FactorioParallelEnv("open_play", server=ToyServer, ticks_per_step=3600)
    env.reset(seed=1)

    _, first, terminations, _, _ = env.step({"agent_0": "sleep(60)"})
    _, second, _, _, infos = env.step({"agent_0": "sleep(30)"})

    assert first["agent_0"] == 60.0  # 20 plates of score 3
    assert second["agent_1"] == 30.0
    assert terminations["agent_0"] is False
    assert infos["agent_0"]["measured"] is None
    assert infos["agent_0"]["production_score"] == 90.0
    _, failed, *_ = env.step({"agent_0": "1 / 0"})
    assert failed["agent_0"] == 0.0
    env.close()


def test_step_that_takes_too_much_game_time_is_cut_off():
    env = FactorioParallelEnv("open_play", server=ToyServer, ticks_per_step=600)
    env.reset(seed=1)

    *_, infos = env.step({"agent_0": "print('a')\nsleep(60)\nprint('b')"})

    assert infos["agent_0"]["error_code"] == "tick-budget-spent"
    assert infos["agent_0"]["ticks"] == 600
    assert "a" in infos["agent_0"]["result"]
    env.close()


def test_one_seed_decides_a_whole_run_of_resets():
    def world_seeds(**options) -> list[int]:
        env = FactorioParallelEnv(PLATES, server=slow_server, **options)
        seeds = [env.reset()[1]["agent_0"]["seed"] for _ in range(3)]
        env.close()
        return seeds

    first = world_seeds(seed=9)

    assert first[0] == 9
    assert len(set(first)) == 3
    assert world_seeds(seed=9) == first
    assert world_seeds() != world_seeds()


def test_reset_with_a_seed_begins_the_run_anew(env):
    seeds = [env.reset(seed=4), env.reset(), env.reset(seed=4), env.reset()]

    numbers = [infos["agent_0"]["seed"] for _, infos in seeds]

    assert numbers[0] == numbers[2] == 4
    assert numbers[1] == numbers[3]


def test_reset_forgets_everything(env):
    env.step({"agent_0": "x = 1\nsend_message('hi')"})

    observations, _ = env.reset(seed=1)

    assert observations["agent_1"]["messages"] == ()
    assert observations["agent_0"]["raw_text"] == ""
    observations, *_ = env.step(both("print(x)"))
    assert "NameError" in observations["agent_0"]["raw_text"]


def test_nothing_works_before_reset_and_after_close():
    env = FactorioParallelEnv(PLATES, server=ToyServer)
    env.close()

    for _ in range(2):
        for use in (lambda: env.step({}), env.state, env.state_hash):
            with pytest.raises(FleMarlError) as caught:
                use()
            assert caught.value.code == "not-reset"
        env.reset(seed=1)
        env.close()
        env.close()


def test_it_pickles_and_copies_unconnected(env):
    for twin in (pickle.loads(pickle.dumps(env)), copy.deepcopy(env)):
        assert twin.possible_agents == env.possible_agents
        twin.reset(seed=1)
        twin.step({})
        twin.close()
    env.step({})


def test_forgotten_environment_leaves_no_worker():
    env = FactorioParallelEnv(PLATES, server=ToyServer, num_agents=1)
    env.reset(seed=1)
    *_, infos = env.step({"agent_0": "print(__name__)"})
    assert infos["agent_0"]["error_code"] is None
    children = set(_children())
    assert children

    del env
    gc.collect()

    assert not children & set(_children())


def _children() -> list[str]:
    listings = Path("/proc/self/task").glob("*/children")
    return [child for listing in listings for child in listing.read_text().split()]


def test_spaces_are_the_same_objects_each_time_and_one_for_each_agent(env):
    for agent in BOTH:
        assert env.observation_space(agent) is env.observation_spaces[agent]
        assert env.action_space(agent) is env.action_spaces[agent]
    assert env.action_space("agent_0") is not env.action_space("agent_1")


def test_pictures_and_text_of_the_factory():
    picture = FactorioParallelEnv(PLATES, server=ToyServer, render_mode="rgb_array")
    text = FactorioParallelEnv(PLATES, server=ToyServer, render_mode="ansi")
    picture.reset(seed=1)
    text.reset(seed=1)

    assert picture.render().dtype == np.uint8
    assert picture.render().shape[2] == 3
    assert len(text.render().splitlines()) > 2
    picture.close()
    text.close()


def test_observation_can_hold_a_picture():
    env = FactorioParallelEnv(PLATES, server=ToyServer, map_image=True)

    observations, _ = env.reset(seed=1)

    image = Image.open(
        io.BytesIO(base64.b64decode(observations["agent_0"]["map_image"]))
    )
    assert image.format == "PNG"
    assert env.observation_space("agent_0").contains(observations["agent_0"])
    env.close()


def test_state_is_made_of_flat_numbers_inside_its_space(env):
    env.step({})

    state = env.state()

    assert env.state_space.contains(state)
    assert state[0] == 7200
    assert state.dtype == np.float32
    assert state.sum() > 0
