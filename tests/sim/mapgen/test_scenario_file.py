"""Scenarios are written to files and read from them."""

import json

import pytest

from fle_marl.errors import ScenarioError
from fle_marl.sim.mapgen import build_scenario, read_scenario, write_scenario
from fle_marl.sim.world import World


def test_a_scenario_read_back_is_the_same_world(tmp_path):
    path = tmp_path / "ribbon.json"
    scenario = {
        "name": "open-play",
        "inventory": {"coal": 5},
        "map_gen_settings": {"preset": "ribbon-world", "water": "low"},
    }
    write_scenario(path, scenario, 2**64 - 1)
    again, seed = read_scenario(path)
    assert seed == 2**64 - 1
    assert again["map_gen_settings"]["height"] == 128
    worlds = World(2**64 - 1), World(seed)
    for world, each in zip(worlds, (scenario, again), strict=True):
        build_scenario(world, each, 2)
    assert worlds[0].state_hash() == worlds[1].state_hash()


def test_scenarios_without_a_generated_map_too(tmp_path):
    path = tmp_path / "lab.json"
    write_scenario(path, {"name": "lab-play", "inventory": {"coal": 1}}, 3)
    assert read_scenario(path) == ({"name": "lab-play", "inventory": {"coal": 1}}, 3)


@pytest.mark.parametrize(
    ("text", "code", "words"),
    [
        ("{", "bad-scenario-file", "cannot be read"),
        ("[1]", "bad-scenario-file", "list"),
        ('{"name": "empty"}', "bad-scenario-file", "seed"),
        ('{"name": "empty", "seed": 1.5}', "bad-scenario-file", "1.5"),
        ('{"name": "empty", "seed": -1}', "bad-scenario-file", "-1"),
        ('{"name": "moon", "seed": 1}', "no-such-scenario", "moon"),
        ('{"name": "empty", "seed": 1, "x": 1}', "bad-scenario", "'x'"),
        (
            '{"name": "open-play", "seed": 1, "map_gen_settings": "lakes"}',
            "no-such-preset",
            "lakes",
        ),
    ],
)
def test_bad_files_are_refused(tmp_path, text, code, words):
    path = tmp_path / "bad.json"
    path.write_text(text)
    with pytest.raises(ScenarioError) as refusal:
        read_scenario(path)
    assert refusal.value.code == code
    assert words in refusal.value.message


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(ScenarioError, match=r"none\.json"):
        read_scenario(tmp_path / "none.json")


def test_what_is_not_sound_is_not_written(tmp_path):
    path = tmp_path / "bad.json"
    with pytest.raises(ScenarioError):
        write_scenario(path, {"name": "open-play", "map_gen_settings": "moon"}, 1)
    with pytest.raises(ScenarioError):
        write_scenario(path, {"name": "open-play"}, -1)
    assert not path.exists()


def test_files_are_plain_json(tmp_path):
    path = tmp_path / "open.json"
    write_scenario(path, {"name": "open-play", "map_gen_settings": "default"}, 1)
    parts = json.loads(path.read_text())
    assert parts["map_gen_settings"]["autoplace_controls"]["coal"]["size"] == 1.0
