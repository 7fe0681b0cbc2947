"""Options of environments: what is filled in, and what is refused."""

import pytest

from fle_marl.envs.options import DEFAULT_TASK, resolve_options
from fle_marl.errors import FleMarlError, TaskError
from fle_marl.tasks import get_task


def test_what_is_left_out_comes_from_the_task():
    settings = resolve_options(DEFAULT_TASK, {})

    assert settings.agents == ("agent_0", "agent_1")
    assert settings.max_cycles == 128
    assert settings.ticks_per_step == 36_000
    assert settings.seed is None
    assert settings.render_mode is None


def test_what_is_given_goes_before_the_task():
    settings = resolve_options(
        get_task("open_play"), {"num_agents": 3, "max_cycles": 9, "ticks_per_step": 60}
    )

    assert settings.agents == ("agent_0", "agent_1", "agent_2")
    assert settings.max_cycles == 9
    assert settings.ticks_per_step == 60


def test_minus_one_never_truncates():
    assert resolve_options(DEFAULT_TASK, {"max_cycles": -1}).max_cycles is None


@pytest.mark.parametrize(
    ("options", "code", "words"),
    [
        ({"num_agent": 2}, "no-such-option", "did you mean 'num_agents'"),
        ({"num_agents": 0}, "bad-option", "at least 1, and is 0"),
        ({"num_agents": "2"}, "bad-option", "'2'"),
        ({"num_agents": True}, "bad-option", "True"),
        ({"max_cycles": -2}, "bad-option", "-2"),
        ({"ticks_per_step": 0.5}, "bad-option", "0.5"),
        ({"seed": -1}, "bad-option", "-1"),
        ({"control": "primitive"}, "control-not-available", "'program'"),
        ({"control": "joystick"}, "no-such-control", "'joystick'"),
        ({"render_mode": "human"}, "no-such-render-mode", "'rgb_array'"),
        ({"server": "steam"}, "no-such-server", "'embedded'"),
    ],
)
def test_bad_options_are_refused_with_their_value(options, code, words):
    with pytest.raises(FleMarlError) as caught:
        resolve_options(DEFAULT_TASK, options)

    assert caught.value.code == code
    assert words in caught.value.message


def test_unknown_task_is_refused():
    with pytest.raises(TaskError) as caught:
        resolve_options("iron_plates", {})

    assert caught.value.code == "no-such-task"
