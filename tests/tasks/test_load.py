"""Loading task files: what a good one gives, and what is said about each broken one."""

import copy
import json
from pathlib import Path

import pytest

from fle_marl.errors import TaskError
from fle_marl.tasks import get_task, load_tasks
from fle_marl.tasks.conditions.throughput import ThroughputTask
from fle_marl.tasks.load import load_task

# The format as FLE's own documentation shows it, key for key.
FLE_THROUGHPUT = {
    "task_type": "throughput",
    "config": {
        "goal_description": "Create a factory that produces 16 iron gear wheels",
        "throughput_entity": "iron-gear-wheel",
        "quota": 16,
        "trajectory_length": 128,
        "holdout_wait_period": 60,
        "pre_holdout_wait_period": 60,
        "task_key": "gears",
    },
}
FLE_OPEN_PLAY = {
    "task_type": "default",
    "config": {
        "goal_description": "- Build the biggest possible factory",
        "trajectory_length": 5000,
        "task_key": "big",
    },
}
FLE_UNBOUNDED = {
    "task_type": "unbounded_throughput",
    "config": {
        "goal_description": "Create an automatic iron gear wheel factory.",
        "throughput_entity": "iron-gear-wheel",
        "trajectory_length": 16,
        "holdout_wait_period": 60,
        "pre_holdout_wait_period": 60,
        "show_number_of_steps_left_in_prompt": True,
        "task_key": "more_gears",
    },
}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    own = load_tasks().tasks["open_play"].path.parents[1]
    starts = tmp_path / "starts"
    starts.mkdir()
    for path in (own / "starts").glob("*.json"):
        (starts / path.name).write_bytes(path.read_bytes())
    (tmp_path / "family").mkdir()
    return tmp_path


def write(root: Path, name: str, content: object) -> Path:
    path = root / "family" / f"{name}.json"
    text = content if isinstance(content, str) else json.dumps(content)
    path.write_text(text, encoding="utf-8")
    return path


def changed(changes: dict[str, object]) -> dict[str, object]:
    """FLE's file with keys of its config set, or taken out where None is given."""
    file = copy.deepcopy(FLE_THROUGHPUT)
    for key, value in changes.items():
        file["config"][key] = value
        if value is None:
            del file["config"][key]
    return file


def test_fle_throughput_file_loads_unchanged(root):
    write(root, "gears", FLE_THROUGHPUT)

    task = get_task("gears", root)

    assert task.condition == ThroughputTask("iron-gear-wheel", 16, 3600, 3600)
    assert task.trajectory_length == 128
    assert task.reward == "throughput"
    assert task.scenario["name"] == "lab-play"
    assert task.scenario["all_technologies_researched"] is True
    assert task.scenario["inventory"]["coal"] == 500


def test_fle_open_play_file_starts_with_nothing(root):
    write(root, "big", FLE_OPEN_PLAY)

    task = get_task("big", root)

    assert task.condition.holdout_ticks == 0
    assert task.reward == "production-score"
    assert task.scenario["inventory"] == {}
    assert task.scenario["all_technologies_researched"] is False


def test_fle_unbounded_file_measures_without_a_quota(root):
    write(root, "more_gears", FLE_UNBOUNDED)

    task = get_task("more_gears", root)

    assert task.condition == ThroughputTask("iron-gear-wheel", None, 3600, 3600)
    assert "16 steps" in task.goal_description


def test_own_keys_go_before_the_start(root):
    file = changed(
        {
            "starting_inventory": {"coal": 7},
            "all_technologies_researched": False,
            "scenario": "elsewhere",
            "num_agents": 3,
            "agent_instructions": ["mine", "smelt"],
            "reward": "production-score",
            "limits": {"ticks_per_step": 600},
            "aliases": ["wheels"],
        }
    )
    write(root, "gears", file)

    task = get_task("wheels", root)

    assert task.scenario == {
        "name": "elsewhere",
        "inventory": {"coal": 7},
        "all_technologies_researched": False,
        "goal": FLE_THROUGHPUT["config"]["goal_description"],
    }
    assert task.num_agents == 3
    assert [task.instructions(i) for i in range(3)] == ["mine", "smelt", ""]
    assert task.reward == "production-score"
    assert task.limits.ticks_per_step == 600


OPEN_START = {
    "description": "A map.",
    "scenario": "open-play",
    "map_gen_settings": "rail-world",
    "inventory": {},
    "all_technologies_researched": False,
}


@pytest.mark.parametrize(
    ("own", "expected"),
    [
        ({}, "rail-world"),
        ({"map_gen_settings": {"water": 2}}, {"water": 2}),
        # settings of the start are for its own map only
        ({"scenario": "lab-play"}, None),
    ],
)
def test_settings_of_the_map_go_with_it(root, own, expected):
    (root / "starts" / "open_play.json").write_text(json.dumps(OPEN_START))
    file = json.loads(json.dumps(FLE_OPEN_PLAY))
    file["config"] |= own
    write(root, "big", file)

    scenario = get_task("big", root).scenario

    assert scenario.get("map_gen_settings") == expected


BROKEN = {
    "cut off": ('{"task_type": "throughput",', ["is not JSON"]),
    "not an object": ("[1, 2]", ["the file", "should be an object", "[1, 2]"]),
    "no type": ({"config": {}}, ["task_type: is missing", "throughput"]),
    "misspelt type": (
        {"task_type": "throughputs", "config": {}},
        ["unknown type 'throughputs'", "did you mean 'throughput'"],
    ),
    "no config": ({"task_type": "default"}, ["config: is missing"]),
    "missing key": (changed({"quota": None}), ["config.quota: is missing"]),
    "misspelt key": (
        changed({"quotta": 16}),
        ["config.quotta: unknown key", "did you mean 'quota'", "trajectory_length"],
    ),
    "unknown limit": (
        changed({"limits": {"tick_per_step": 5}}),
        ["config.limits.tick_per_step", "did you mean 'ticks_per_step'"],
    ),
    "text for a number": (
        changed({"trajectory_length": "128"}),
        ["config.trajectory_length", "integer", "'128'"],
    ),
    "quota of nothing": (changed({"quota": 0}), ["config.quota", "greater than 0"]),
    "endless quota": ('{"task_type":"default","config":{"a":NaN}}', ["config.a"]),
    "no hold-out": (changed({"holdout_wait_period": 0}), ["holdout_wait_period"]),
    "bad key": (changed({"task_key": "Iron Gears"}), ["task_key", "'Iron Gears'"]),
    "unknown item": (
        changed({"throughput_entity": "iron-gear-whel"}),
        ["the game has no 'iron-gear-whel'", "did you mean 'iron-gear-wheel'"],
    ),
    "unknown items to start with": (
        changed({"starting_inventory": {"kole": 1, "coal": 1, "ston": 2}}),
        ["config.starting_inventory", "'kole'", "'ston'", "did you mean 'stone'"],
    ),
    "fluid to start with": (
        changed({"starting_inventory": {"crude-oil": 1}}),
        ["the game has no 'crude-oil'"],
    ),
    "negative item count": (
        changed({"starting_inventory": {"coal": -1}}),
        ["config.starting_inventory.coal", "-1"],
    ),
    "unknown start": (
        changed({"start": "lab-pay"}),
        ["no start 'lab-pay'", "did you mean 'lab-play'"],
    ),
    "unknown reward": (changed({"reward": "gold"}), ["config.reward", "'gold'"]),
    "throughput rewarded where none is measured": (
        {
            "task_type": "default",
            "config": {**FLE_OPEN_PLAY["config"], "reward": "throughput"},
        },
        ["config.reward", "production-score"],
    ),
}


@pytest.mark.parametrize("damage", BROKEN)
def test_broken_file_is_named_with_its_reason_and_others_load(root, damage):
    content, expected = BROKEN[damage]
    path = write(root, "a_broken_one", content)
    write(root, "big", FLE_OPEN_PLAY)

    tasks, problems = load_tasks(root)

    assert list(tasks) == ["big"]
    assert [problem.path for problem in problems] == [path]
    assert str(problems[0]).startswith("family/a_broken_one.json: ")
    for words in expected:
        assert words in problems[0].reason
    assert "\n" not in problems[0].reason


def test_every_fault_of_a_file_is_told_at_once(root):
    write(root, "gears", changed({"quota": -1, "trajectory_length": 0, "colour": 1}))

    (problem,) = load_tasks(root).problems

    for key in ("config.quota", "config.trajectory_length", "config.colour"):
        assert key in problem.reason


def test_file_that_is_not_utf8_is_reported(root):
    write(root, "gears", "").write_bytes(b"\xff\xfe{}")

    (problem,) = load_tasks(root).problems

    assert "cannot be read" in problem.reason


def test_second_file_of_a_key_is_reported(root):
    write(root, "a", FLE_OPEN_PLAY)
    write(root, "b", FLE_OPEN_PLAY)

    tasks, problems = load_tasks(root)

    assert tasks["big"].path.stem == "a"
    assert "'big' is already taken by a.json" in problems[0].reason


def test_broken_start_is_reported_by_name(root):
    (root / "starts" / "empty.json").write_text('{"description": "nothing"}')
    write(root, "gears", changed({"start": "empty"}))

    (problem,) = load_tasks(root).problems

    assert "its start empty.json is broken: scenario: is missing" in problem.reason


def test_unknown_task_says_what_comes_close():
    with pytest.raises(TaskError) as caught:
        get_task("iron_plate_troughput_16")

    assert caught.value.code == "no-such-task"
    assert "'iron_plate_throughput_16'" in caught.value.message


def test_asking_for_a_broken_task_says_what_is_wrong_with_it(root):
    write(root, "gears", changed({"quota": 0}))

    with pytest.raises(TaskError, match=r"config\.quota") as caught:
        get_task("gears", root)

    assert caught.value.code == "bad-task"


def test_task_is_found_by_the_path_of_its_file(tmp_path):
    path = tmp_path / "mine.json"
    path.write_text(json.dumps(FLE_THROUGHPUT))

    assert get_task(str(path)).key == "gears"
    with pytest.raises(TaskError) as caught:
        load_task(tmp_path / "none.json")
    assert caught.value.code == "no-such-task"
