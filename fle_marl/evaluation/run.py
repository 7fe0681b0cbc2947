"""Lets a team play a task once, and keeps what happened."""

import logging
import time
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np

from fle_marl.agents import Agent, make_team
from fle_marl.envs.options import EnvOptions
from fle_marl.envs.parallel import FactorioParallelEnv
from fle_marl.errors import FleMarlError
from fle_marl.evaluation.run_folder import (
    TRAJECTORY,
    TrajectoryWriter,
    make_run_folder,
    write_picture,
    write_result,
)
from fle_marl.tasks import TaskDefinition

_logger = logging.getLogger(__name__)

__all__ = ["RunPlan", "RunResult", "StepReport", "run_task"]


@dataclass(frozen=True, slots=True)
class RunPlan:
    """What is to be run.

    Attributes:
        task: what to play.
        team: name of the team that plays it.
        num_agents: members of the team.
        seed: of the world and of the agents.
        run_dir: folder to write into; None makes a new one below ``runs/``.
        env_options: further options of the environment.
    """

    task: TaskDefinition
    team: str = "scripted"
    num_agents: int = 2
    seed: int = 0
    run_dir: Path | None = None
    env_options: EnvOptions | None = None


@dataclass(frozen=True, slots=True)
class RunResult:
    """What a run came to.

    Attributes:
        task: key of the task.
        agents: how many there were.
        seed: of the world.
        quota: amount asked for; None where the task asks for none.
        measured: greatest amount that a step's hold-out measured; None for no hold-out.
        success: whether the task was solved.
        steps: environment steps.
        ticks: game time at the end.
        wall_seconds: time that the run took, the start of the world included.
        state_hash: of the world at the end.
        run_dir: folder with the trajectory, the result and the picture.
    """

    task: str
    agents: int
    seed: int
    quota: float | None
    measured: float | None
    success: bool
    steps: int
    ticks: int
    wall_seconds: float
    state_hash: str
    run_dir: str

    def to_plain(self) -> dict[str, Any]:
        """The result as plain data, in this order."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class StepReport:
    """One step, for who watches a run.

    Attributes:
        step: number, from 1; 0 is the state after the reset.
        steps: greatest number of steps that the run may take; None for no limit.
        tick: game time after the step.
        measured: what the step's hold-out measured; None for no hold-out.
        programs: what each agent ran.
        infos: what the environment said of each agent, see `Game.info`.
    """

    step: int
    steps: int | None
    tick: int
    measured: float | None
    programs: Mapping[str, str]
    infos: Mapping[str, Mapping[str, Any]]


def run_task(
    plan: RunPlan, on_step: Callable[[StepReport], None] | None = None
) -> RunResult:
    """Play one episode.

    Args:
        plan: what to run.
        on_step: called after the reset and after every step.

    Returns:
        What the run came to; the same is in the run folder's ``result.json``.

    Raises:
        FleMarlError: the team, the task or an option cannot be used.
        KeyboardInterrupt: handed on, after the world is closed; the trajectory so far
            is in the run folder.
    """
    started = time.monotonic()
    options: EnvOptions = {
        **(plan.env_options or {}),
        "num_agents": plan.num_agents,
        "render_mode": "rgb_array",
    }
    env = FactorioParallelEnv(plan.task, **options)
    team = make_team(plan.team, plan.task, env.possible_agents)
    folder = plan.run_dir or make_run_folder(plan.task.key, plan.seed, Path("runs"))
    folder.mkdir(parents=True, exist_ok=True)
    try:
        episode = _Episode(plan, env, team, on_step)
        with TrajectoryWriter(folder / TRAJECTORY) as trajectory:
            episode.play(trajectory)
        _leave_picture(env, folder)
        result = RunResult(
            task=plan.task.key,
            agents=plan.num_agents,
            seed=plan.seed,
            quota=plan.task.condition.quota,
            measured=episode.best_measured,
            success=episode.is_solved,
            steps=episode.steps,
            ticks=episode.tick,
            wall_seconds=round(time.monotonic() - started, 3),
            state_hash=env.state_hash(),
            run_dir=str(folder),
        )
    finally:
        env.close()
    write_result(folder, result.to_plain())
    return result


def _leave_picture(env: FactorioParallelEnv, folder: Path) -> None:
    """Draw the factory; a picture that fails is no reason to lose the run."""
    try:
        picture = env.render()
    except FleMarlError as error:
        _logger.warning("the factory could not be drawn: %s", error)
        return
    if isinstance(picture, np.ndarray):
        write_picture(folder, picture)


class _Episode:
    """Plays an episode and keeps the few numbers that its result is made of."""

    def __init__(
        self,
        plan: RunPlan,
        env: FactorioParallelEnv,
        team: Mapping[str, Agent],
        on_step: Callable[[StepReport], None] | None,
    ) -> None:
        self._env = env
        self._team = team
        self._seed = plan.seed
        self._on_step = on_step
        self.steps = 0
        self.tick = 0
        self.is_solved = False
        self.best_measured: float | None = None

    def play(self, trajectory: TrajectoryWriter) -> None:
        observations, infos = self._env.reset(seed=self._seed)
        for number, agent in enumerate(self._env.agents):
            self._team[agent].reset(self._seed + number)
        self._note({}, infos)
        while self._env.agents:
            programs = {
                agent: self._team[agent].act(observations[agent])
                for agent in self._env.agents
            }
            observations, rewards, terminations, _, infos = self._env.step(programs)
            self.steps += 1
            self.is_solved = any(terminations.values())
            self._note(programs, infos)
            state_hash = self._env.state_hash()
            for agent, program in programs.items():
                record = _record(agent, program, rewards[agent], infos[agent])
                trajectory.write(
                    {"step": self.steps, **record, "state_hash": state_hash}
                )

    def _note(
        self, programs: Mapping[str, str], infos: Mapping[str, Mapping[str, Any]]
    ) -> None:
        """Keep the figures of a step and tell who watches."""
        info = next(iter(infos.values()))
        self.tick, measured = info["tick"], info["measured"]
        if measured is not None:
            self.best_measured = max(self.best_measured or 0, measured)
        if self._on_step is not None:
            self._on_step(
                StepReport(
                    self.steps,
                    self._env.max_cycles,
                    self.tick,
                    measured,
                    programs,
                    infos,
                )
            )


def _record(
    agent: str, program: str, reward: float, info: Mapping[str, Any]
) -> dict[str, Any]:
    return {
        "agent": agent,
        "program": program,
        "output": info["result"],
        "error_code": info["error_code"],
        "reward": reward,
        "measured": info["measured"],
        "ticks": info["ticks"],
        "tick": info["tick"],
        "messages": info["messages"],
    }
