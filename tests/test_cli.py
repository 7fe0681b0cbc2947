"""The command line, on a toy world where one is needed."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from fle_marl import __version__
from fle_marl.agents.manual import full_manual, most_tokens, short_manual
from fle_marl.cli import app
from fle_marl.envs import options
from fle_marl.errors import ServerError
from fle_marl.evaluation import run as run_module
from fle_marl.tasks import load_tasks
from fle_marl.testing.toy_server import ToyServer

RESULT_KEYS = [
    "task",
    "agents",
    "seed",
    "quota",
    "measured",
    "success",
    "steps",
    "ticks",
    "wall_seconds",
    "state_hash",
    "run_dir",
]
# The command itself, in a process of its own, with the toy world for the simulator.
COMMAND = """
from fle_marl.envs import options
from fle_marl.errors import ServerError
from fle_marl.testing.toy_server import ToyServer
options.open_embedded_server = ToyServer
from fle_marl.cli import main
main()
"""


@pytest.fixture
def runner(monkeypatch, tmp_path):
    monkeypatch.setattr(options, "open_embedded_server", ToyServer)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "100")
    return CliRunner()


def play(runner: CliRunner, *arguments: str):
    return runner.invoke(app, ["run", *arguments, "--team", "random"])


def slow_server() -> ToyServer:
    return ToyServer(plates_per_minute=5)


@pytest.mark.parametrize(
    "command",
    [[], ["list"], ["describe"], ["run"], ["serve"], ["manual"], ["bench"]],
)
def test_help_teaches(runner, command):
    result = runner.invoke(app, [*command, "--help"])

    assert result.exit_code == 0
    assert "Usage" in result.stdout
    if command and command != ["list"]:
        assert f"fle-marl {command[0]}" in result.stdout


def test_version(runner):
    assert runner.invoke(app, ["--version"]).stdout == f"fle-marl {__version__}\n"


def test_list_shows_every_task(runner):
    result = runner.invoke(app, ["list"])

    assert result.exit_code == 0
    for key in load_tasks().tasks:
        assert key in result.stdout


def test_describe_tells_one_task(runner):
    result = runner.invoke(app, ["describe", "iron_plate_throughput_16"])

    assert result.exit_code == 0
    assert "16 iron plates" in result.stdout


@pytest.mark.parametrize(
    ("options", "text"), [([], full_manual()), (["--short"], short_manual())]
)
def test_manual_prints_the_text_as_it_is(runner, options, text):
    assert runner.invoke(app, ["manual", *options]).stdout == text


def test_manual_says_how_long_it_is(runner):
    text = short_manual()
    answer = runner.invoke(app, ["manual", "--short", "--count"]).stdout

    assert answer.startswith(f"{len(text):,} characters: ")
    assert f"at most {most_tokens(text):,} tokens" in answer


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["describe", "iron_plat"], "no-such-task"),
        (["run", "iron_plate_throughput"[:-3]], "no-such-task"),
        (["run", "open_play", "--team", "dream"], "no-such-team"),
        (["bench", "everything"], "no-such-group"),
        (["serve", "--password", ""], "no-password"),
        (["serve", "--password-file", "none.txt"], "no-password"),
        (["serve", "--password", "x", "--load", "none.save"], "save-not-read"),
        (["serve", "--password", "x", "--scenario", "moon"], "no-such-scenario"),
    ],
)
def test_bad_names_are_one_clear_line_and_exit_code_2(runner, arguments, words):
    result = runner.invoke(app, arguments)

    assert result.exit_code == 2
    assert words in result.stderr
    assert len(result.stderr.splitlines()) == 1
    assert "Traceback" not in result.stderr
    assert result.stdout == ""


@pytest.mark.parametrize(
    "arguments",
    [["run"], ["run", "open_play", "--agents", "0"], ["run", "x", "--speed"], ["fly"]],
)
def test_bad_usage_is_exit_code_2(runner, arguments):
    result = runner.invoke(app, arguments)

    assert result.exit_code == 2
    assert "Traceback" not in result.stderr


def test_solved_run_shows_steps_result_and_folder(runner):
    result = play(runner, "iron_plate_throughput_16", "--seed", "3")

    assert result.exit_code == 0, result.stderr
    for words in (
        "step 1",
        "agent_0",
        "agent_1",
        "measured 20",
        "yes",
        "runs/iron_plate_throughput_16-3-1",
        "factory.png",
    ):
        assert words in result.stdout
    folder = Path("runs/iron_plate_throughput_16-3-1")
    assert sorted(path.name for path in folder.iterdir()) == [
        "factory.png",
        "result.json",
        "trajectory.jsonl",
    ]


def test_run_that_fails_its_task_is_exit_code_1(runner, monkeypatch):
    monkeypatch.setattr(options, "open_embedded_server", slow_server)

    result = play(runner, "iron_plate_throughput_16", "--max-cycles", "2")

    assert result.exit_code == 1
    assert "no" in result.stdout


def test_json_is_all_that_is_printed(runner):
    result = play(
        runner,
        "iron_plate_throughput_16",
        "--agents",
        "1",
        "--json",
        "--run-dir",
        "out",
    )

    printed = json.loads(result.stdout)
    assert list(printed) == RESULT_KEYS
    assert printed["run_dir"] == "out"
    assert (printed["agents"], printed["success"]) == (1, True)
    assert result.stderr == ""


def test_json_of_a_process_of_its_own(tmp_path):
    command = [sys.executable, "-c", COMMAND, "run", "iron_plate_throughput_16"]
    command += ["--team", "random", "--seed", "2", "--json"]

    done = subprocess.run(
        command, cwd=tmp_path, capture_output=True, text=True, timeout=60, check=True
    )

    printed = json.loads(done.stdout)
    assert list(printed) == RESULT_KEYS
    assert (tmp_path / printed["run_dir"] / "trajectory.jsonl").is_file()
    assert done.stderr == ""


def test_messages_are_shown_as_they_are(runner, monkeypatch):
    def broken(*_: object) -> None:
        raise ServerError("script [red]:100: failed")

    monkeypatch.setattr(run_module, "make_team", broken)

    result = play(runner, "iron_plate_throughput_16")

    assert result.exit_code == 1
    assert result.stderr == "error (server-failed): script [red]:100: failed\n"


def test_interruption_is_exit_code_130(runner, monkeypatch):
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(run_module, "make_team", interrupted)

    result = play(runner, "iron_plate_throughput_16")

    assert result.exit_code == 130
    assert "interrupted" in result.stderr
    assert "Traceback" not in result.output


def test_bench_writes_rows(runner):
    result = runner.invoke(app, ["bench", "package", "--json", "rows.json"])

    assert result.exit_code == 0
    assert "package.import_s" in result.stdout
    rows = json.loads(Path("rows.json").read_text())
    assert set(rows[0]) == {"name", "value", "unit", "better", "target"}
