"""For each lab-play task a factory reaches the quota, and one without a part does not.

The factories are data in the package, so that it can be measured with them; this file
runs them all, and holds docs/factories.md to what they make.
"""

import importlib.util
from collections import Counter
from functools import cache
from pathlib import Path

import pytest
from pydantic import ValidationError

from fle_marl.defines import Direction
from fle_marl.errors import ScenarioError
from fle_marl.evaluation.reference.building import excess
from fle_marl.evaluation.reference.drawing import draw
from fle_marl.evaluation.reference.format import (
    Factory,
    Placed,
    factory_keys,
    read_factory,
)
from fle_marl.evaluation.reference.judging import start
from fle_marl.evaluation.reference.speed import largest_factory, measure_holdout
from fle_marl.tasks import get_task, load_tasks

ROOT = Path(__file__).parents[2]
SCRIPT = ROOT / "scripts/write_factories_page.py"


@cache
def load_script():
    spec = importlib.util.spec_from_file_location("write_factories_page", SCRIPT)
    script = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(script)
    return script


@cache
def measured(key):
    return load_script().measure(key)


def lab_play_tasks():
    return {
        key
        for key, task in load_tasks().tasks.items()
        if task.path.parent.name == "lab_play"
    }


def test_each_lab_play_task_has_a_factory():
    assert set(factory_keys()) == lab_play_tasks()
    assert all(read_factory(key).task == key for key in factory_keys())


@pytest.mark.parametrize("key", factory_keys())
def test_the_factory_reaches_the_quota(key):
    assert measured(key).rates[-1] >= get_task(key).condition.quota


@pytest.mark.parametrize("key", factory_keys())
def test_its_sibling_without_a_part_makes_visibly_less(key):
    assert measured(key).sibling_rates[-1] <= get_task(key).condition.quota / 2


@pytest.mark.parametrize("key", factory_keys())
def test_what_it_is_built_of_is_as_it_says(key):
    factory = read_factory(key)
    beyond = excess(factory, get_task(key).scenario["inventory"])
    assert bool(beyond) == bool(factory.placed), dict(beyond)


def test_the_page_is_up_to_date():
    page = load_script().page({key: measured(key) for key in factory_keys()})
    written = (ROOT / "docs/factories.md").read_text(encoding="utf-8")
    assert page == written, f"run {SCRIPT.relative_to(ROOT)}"


# --- the format, and what is refused


def factory_of(*parts, sibling=None):
    return Factory.model_validate(
        {
            "task": "iron_ore_throughput_16",
            "how": "-",
            "parts": parts,
            "sibling": sibling or {"name": "pipe", "at": [[0, 0]], "why": "-"},
        }
    )


def test_paths_turn_and_go_below_ground():
    belts = factory_of(
        {"name": "transport-belt", "start": [0, 0], "path": "E2 s4 W1"},
        {"name": "pipe", "at": [[0, 0]]},
    ).entities()[:-1]

    assert belts == [
        Placed("transport-belt", 0, 0, Direction.east),
        Placed("transport-belt", 1, 0, Direction.east),
        Placed("underground-belt", 2, 0, Direction.south),
        Placed("underground-belt", 2, 3, Direction.south, is_exit=True),
        Placed("transport-belt", 2, 4, Direction.west),
    ]


def test_pipes_to_ground_face_what_they_join_above_ground():
    pipes = factory_of({"name": "pipe", "start": [0, 0], "path": "E1 e11"}).entities()

    assert pipes[1:] == [
        Placed("pipe-to-ground", 1, 0, Direction.west),
        Placed("pipe-to-ground", 11, 0, Direction.east),
    ]


def test_what_is_put_in_counts_as_what_is_needed():
    factory = factory_of(
        {"name": "boiler", "at": [[0, 9]], "insert": {"coal": 5}},
        {"name": "pipe", "start": [0, 0], "path": "E3"},
    )

    assert factory.items() == Counter(pipe=3, boiler=1, coal=5)
    assert excess(factory, {"pipe": 2, "coal": 9}) == Counter(pipe=1, boiler=1)


@pytest.mark.parametrize("path", ["", "E", "E0", "X3", "E3,S2"])
def test_paths_that_cannot_be_read_are_refused(path):
    with pytest.raises(ValidationError):
        factory_of({"name": "pipe", "start": [0, 0], "path": path})


def test_a_sibling_that_lacks_what_is_not_there_is_refused():
    with pytest.raises(ValidationError, match="lacks what the factory does not have"):
        factory_of({"name": "pipe", "start": [5, 0], "path": "E1"})


@pytest.mark.parametrize(
    "second",
    [
        pytest.param(Placed("stone-furnace", 1, 1), id="something stands there"),
        pytest.param(Placed("burner-mining-drill", 20, 20), id="no ore"),
        pytest.param(Placed("offshore-pump", 20, 20), id="no shore"),
        pytest.param(
            Placed("boiler", 20, 20, insert=(("coal", 51),)), id="no room for so much"
        ),
    ],
)
def test_what_a_player_could_not_build_is_refused(second):
    task = get_task("iron_ore_throughput_16")
    with pytest.raises(ScenarioError) as caught:
        start(task, [Placed("wooden-chest", 1, 1), second])
    assert caught.value.code == "not-buildable"
    assert second.name in str(caught.value)


def test_a_drawing_shortens_what_is_straight():
    factory = factory_of(
        {"name": "transport-belt", "start": [0, 0], "path": "E9 S4"},
        {"name": "inserter", "at": [[0, 1]]},
        {"name": "medium-electric-pole", "at": [[4, 2]]},
        {"name": "assembling-machine-2", "recipe": "pipe", "at": [[0, 3]]},
        {"name": "pipe", "at": [[0, 0]]},
        sibling={"name": "inserter", "at": [[0, 1]], "why": "-"},
    )
    entities = [each for each in factory.entities() if each.name != "pipe"]

    assert draw(entities).splitlines() == [
        " >>>v",
        " i  v",
        "AAA v",
        "AAA v",
        "AAA",
        "",
        "A pipe; i inserter",
    ]


def test_the_hold_out_of_the_largest_factory_is_measured():
    sizes = {key: len(read_factory(key).entities()) for key in factory_keys()}
    assert sizes[largest_factory()] == max(sizes.values())

    (row,) = measure_holdout()

    assert (row.name, row.unit, row.better) == ("sim.holdout_ms", "ms", "lower")
    assert row.value > 0
