"""Lines and tables for people."""

import pytest
from rich.console import Console

from fle_marl.evaluation.rows import Row
from fle_marl.evaluation.run import RunResult
from fle_marl.evaluation.tables import (
    agent_line,
    bench_table,
    game_time,
    result_table,
    task_facts,
    task_table,
)
from fle_marl.tasks import get_task, load_tasks


def shown(renderable, width: int = 80) -> str:
    console = Console(width=width, no_color=True)
    with console.capture() as capture:
        console.print(renderable)
    return capture.get()


@pytest.mark.parametrize(
    ("ticks", "text"), [(0, "0:00"), (59, "0:00"), (7260, "2:01"), (216_000, "60:00")]
)
def test_game_time_is_minutes_and_seconds(ticks, text):
    assert game_time(ticks) == text


def test_every_task_has_a_line_with_its_whole_key():
    text = shown(task_table(load_tasks().tasks.values()))

    for key in load_tasks().tasks:
        assert key in text


def test_facts_of_a_task_say_goal_start_and_how_to_make_it():
    text = shown(task_facts(get_task("iron_plate_throughput_16")), width=200)

    for words in ("16 iron plates", "by hand", "500 coal", "parallel_env", "lab_play"):
        assert words in text


def test_result_says_where_everything_is():
    result = RunResult("a_task", 2, 1, 16, 17.5, True, 3, 7200, 1.25, "ff", "runs/x")

    text = shown(result_table(result))

    for words in ("a_task", "16", "17.5", "yes", "2:00", "1.2 s", "runs/x/factory.png"):
        assert words in text


def test_measurements_are_compared_with_their_targets():
    rows = [
        Row("a.x_ms", 3, "ms", "lower", 4),
        Row("a.y_ms", 5, "ms", "lower", 4),
        Row("a.z_ms", 5, "ms", "lower"),
    ]

    lines = shown(bench_table(rows)).splitlines()[-3:]

    assert "<= 4 ms" in lines[0]
    assert "reached" in lines[0]
    assert "missed" in lines[1]
    assert "reached" not in lines[2]


def test_agent_line_is_one_short_line():
    info = {"result": "1: first\n2: " + "x" * 500, "error_code": None, "ticks": 90}

    line = agent_line("agent_0", "print(1)\nprint(2)", info)

    assert line.startswith("  agent_0 ran 2 lines, 0:01 of game time: 2: xxx")
    assert len(line) <= 100


def test_agent_line_of_a_failure_says_why():
    result = "1: first\nError at line 2: ValueError: no\n    int('no')"
    info = {"result": result, "error_code": "uncaught-exception", "ticks": 0}

    line = agent_line("agent_0", "a\nb", info)

    assert "failed (uncaught-exception)" in line
    assert line.endswith("Error at line 2: ValueError: no")
