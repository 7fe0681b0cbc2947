"""Every task is known by name, in both libraries and in FLE's own functions."""

import json
import logging
import subprocess
import sys

import gymnasium
import pettingzoo
import pytest

import fle_marl
from fle_marl.envs import registration
from fle_marl.errors import TaskError
from fle_marl.tasks import load_tasks
from fle_marl.testing.toy_server import ToyServer

KEYS = list(load_tasks().tasks)
PROBE = """
import gymnasium, json, sys, time
began = time.perf_counter()
from fle_marl.envs.registration import register_gymnasium_envs
register_gymnasium_envs()
print(json.dumps([time.perf_counter() - began, sorted(sys.modules)]))
"""


def test_every_task_is_registered_everywhere():
    fle_marl.register_envs()

    for key in KEYS:
        assert f"Factorio-{key}-v0" in gymnasium.registry
        assert f"fle_marl/{key}-v0" in pettingzoo.parallel_registry
        assert f"fle_marl/{key}-v0" in pettingzoo.aec_registry


def test_registering_again_changes_and_warns_of_nothing():
    before = dict(gymnasium.registry), dict(pettingzoo.parallel_registry)

    fle_marl.register_envs()

    assert (dict(gymnasium.registry), dict(pettingzoo.parallel_registry)) == before


def test_registering_is_light():
    output = subprocess.run(
        [sys.executable, "-c", PROBE], check=True, capture_output=True, text=True
    )

    seconds, modules = json.loads(output.stdout)

    assert seconds < 0.5
    assert not {"numba", "lupa", "pydantic", "fle_marl.envs.game"} & set(modules)


@pytest.mark.parametrize("kind", ["parallel", "aec"])
def test_made_by_pettingzoo(kind):
    env = pettingzoo.make(
        kind, "fle_marl/iron_ore_throughput_16_v0", max_cycles=3, server=ToyServer
    )

    assert env.unwrapped.max_cycles == 3
    assert env.unwrapped.task.key == "iron_ore_throughput_16"
    env.close()


def test_fles_functions_list_and_describe():
    env_ids = fle_marl.list_available_environments()

    assert env_ids == [f"Factorio-{key}-v0" for key in KEYS]
    info = fle_marl.get_environment_info("Factorio-open_play-v0")
    assert info["task_key"] == "open_play"
    assert info["description"].startswith("- Build the biggest factory")
    assert info["trajectory_length"] == 5000
    assert fle_marl.get_environment_info("Factorio-nothing-v0") is None


def test_missing_task_folder_is_logged_and_never_raised(monkeypatch, caplog):
    def no_folder():
        raise TaskError("there is no folder", code="no-task-definitions")

    monkeypatch.setattr(registration, "definitions_root", no_folder)

    with caplog.at_level(logging.WARNING):
        registration.register_gymnasium_envs()
    assert "there is no folder" in caplog.text
    assert registration.list_available_environments() == []
