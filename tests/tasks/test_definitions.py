"""The task files that the package ships."""

import json

import pytest

from fle_marl.prototypes import load
from fle_marl.tasks import get_task, load_tasks
from fle_marl.tasks.conditions.throughput import ThroughputTask
from fle_marl.tasks.files import definitions_root, peek_task_keys
from fle_marl.tasks.schema import schema_text

LAB_PLAY = {key: task for key, task in load_tasks().tasks.items() if key != "open_play"}


def test_all_files_are_good():
    tasks, problems = load_tasks()

    assert problems == ()
    assert len(LAB_PLAY) == 24
    assert len(tasks) == 25


@pytest.mark.parametrize("key", LAB_PLAY)
def test_lab_play_task_asks_16_of_a_solid_and_250_of_a_fluid(key):
    task = LAB_PLAY[key]
    condition = task.condition
    assert isinstance(condition, ThroughputTask)
    is_fluid = condition.entity in load().fluids

    assert condition.quota == (250 if is_fluid else 16)
    assert condition.holdout_ticks == 3600
    assert condition.settle_ticks == 3600
    assert task.trajectory_length == 128
    assert task.key.endswith("_throughput_16")
    assert f"{condition.quota} " in task.goal_description
    assert len(task.scenario["inventory"]) == 21


def test_three_lab_play_tasks_are_about_fluids():
    fluids = {t.condition.entity for t in LAB_PLAY.values()} & set(load().fluids)

    assert fluids == {"crude-oil", "petroleum-gas", "sulfuric-acid"}


def test_keys_of_fle_find_their_task():
    assert get_task("iron_plate_throughput").key == "iron_plate_throughput_16"
    assert get_task("sufuric_acid_throughput_16").key == "sulfuric_acid_throughput_16"


def test_file_names_are_the_keys():
    peeked = dict(peek_task_keys(definitions_root()))

    assert {path.stem: key for key, path in peeked.items()} == {
        key: key for key in load_tasks().tasks
    }


def test_schema_file_is_the_models_schema():
    path = definitions_root() / "schema.json"

    assert path.read_text(encoding="utf-8") == schema_text()
    assert json.loads(schema_text())["discriminator"]["propertyName"] == "task_type"
