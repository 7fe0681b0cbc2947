"""A run leaves a trajectory, a result and a picture, whatever becomes of it."""

import json
from pathlib import Path

import pytest
from PIL import Image

from fle_marl.errors import FleMarlError, ServerError
from fle_marl.evaluation.run import RunPlan, StepReport, run_task
from fle_marl.evaluation.run_folder import TrajectoryWriter, make_run_folder
from fle_marl.tasks import get_task
from fle_marl.testing.toy_server import ToyServer


def slow_server() -> ToyServer:
    return ToyServer(plates_per_minute=5)


def plan(folder: Path, server=slow_server, max_cycles: int = 3, **more) -> RunPlan:
    return RunPlan(
        task=get_task("iron_plate_throughput_16"),
        team="random",
        seed=4,
        run_dir=folder,
        env_options={"server": server, "max_cycles": max_cycles},
        **more,
    )


def lines(folder: Path) -> list[dict]:
    text = (folder / "trajectory.jsonl").read_text(encoding="utf-8")
    return [json.loads(line) for line in text.splitlines()]


def test_failed_run_says_what_was_measured(tmp_path):
    result = run_task(plan(tmp_path / "run"))

    assert result.success is False
    assert (result.task, result.agents, result.seed) == (
        "iron_plate_throughput_16",
        2,
        4,
    )
    assert (result.quota, result.measured, result.steps) == (16, 5, 3)
    assert result.ticks >= 3 * 7200
    assert result.wall_seconds > 0
    assert len(result.state_hash) == 64
    assert result.run_dir == str(tmp_path / "run")


def test_solved_run_ends_with_success(tmp_path):
    result = run_task(plan(tmp_path, server=ToyServer))

    assert (result.success, result.measured, result.steps) == (True, 20, 1)


def test_folder_holds_trajectory_result_and_picture(tmp_path):
    result = run_task(plan(tmp_path))

    records = lines(tmp_path)
    assert [(r["step"], r["agent"]) for r in records] == [
        (step, agent) for step in (1, 2, 3) for agent in ("agent_0", "agent_1")
    ]
    assert set(records[0]) == {
        "step",
        "agent",
        "program",
        "output",
        "error_code",
        "reward",
        "measured",
        "ticks",
        "tick",
        "messages",
        "state_hash",
    }
    assert records[0]["reward"] == 5
    assert records[-1]["state_hash"] == result.state_hash
    written = json.loads((tmp_path / "result.json").read_text())
    assert written == result.to_plain()
    with Image.open(tmp_path / "factory.png") as picture:
        assert picture.format == "PNG"


def test_same_plan_gives_the_same_trajectory(tmp_path):
    first = run_task(plan(tmp_path / "a"))
    second = run_task(plan(tmp_path / "b"))

    assert first.state_hash == second.state_hash
    assert lines(tmp_path / "a") == lines(tmp_path / "b")


def test_every_step_is_told_while_it_runs(tmp_path):
    told: list[StepReport] = []

    run_task(plan(tmp_path), told.append)

    assert [(report.step, report.steps) for report in told] == [
        (0, 3),
        (1, 3),
        (2, 3),
        (3, 3),
    ]
    assert told[0].programs == {}
    assert set(told[1].programs) == {"agent_0", "agent_1"}
    assert [report.measured for report in told] == [None, 5, 5, 5]


def test_interrupted_run_keeps_what_it_had_and_closes_the_world(tmp_path):
    servers: list[ToyServer] = []

    def kept_server() -> ToyServer:
        servers.append(slow_server())
        return servers[-1]

    def interrupt(report: StepReport) -> None:
        if report.step == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run_task(plan(tmp_path, server=kept_server), interrupt)

    assert {record["step"] for record in lines(tmp_path)} >= {1}
    with pytest.raises(FleMarlError, match="closed"):
        servers[0].state_hash()


def test_picture_that_fails_does_not_cost_the_run(tmp_path, caplog):
    class NoScene(ToyServer):
        def _scene(self) -> dict[str, object]:
            raise ServerError("nothing to see")

    result = run_task(plan(tmp_path, server=NoScene))

    assert result.success is True
    assert (tmp_path / "result.json").is_file()
    assert not (tmp_path / "factory.png").exists()
    assert "nothing to see" in caplog.text


def test_folders_are_numbered(tmp_path):
    folders = [make_run_folder("a_task", 7, tmp_path / "runs") for _ in range(3)]

    assert [folder.name for folder in folders] == [
        "a_task-7-1",
        "a_task-7-2",
        "a_task-7-3",
    ]
    assert all(folder.is_dir() for folder in folders)


def test_trajectory_takes_any_text(tmp_path):
    with TrajectoryWriter(tmp_path / "t.jsonl") as writer:
        writer.write({"output": "snow \u2603 \ud800 \U0001f600"})

    assert json.loads((tmp_path / "t.jsonl").read_bytes()) == {
        "output": "snow \u2603 \ud800 \U0001f600"
    }
