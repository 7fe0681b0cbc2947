"""A task as the rest of the package sees it: resolved, checked and unchanging."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from fle_marl.tasks.conditions.open_play import OpenPlayTask
from fle_marl.tasks.conditions.throughput import ThroughputTask
from fle_marl.tasks.file_format import (
    Limits,
    RewardKind,
    StartFile,
    TaskConfig,
    TaskFile,
    ThroughputConfig,
    UnboundedThroughputConfig,
)
from fle_marl.tasks.verification import Condition, plain_number
from fle_marl.units import seconds_to_ticks

__all__ = ["TaskDefinition", "define_task", "start_name"]

_LAB_PLAY = "lab-play"
_OPEN_PLAY = "open-play"


@dataclass(frozen=True, slots=True)
class TaskDefinition:
    """One task.

    Attributes:
        key: its name, as in ``iron_plate_throughput_16``.
        task_type: FLE's word for its kind.
        goal_description: what the team is asked to do.
        trajectory_length: steps after which an episode is truncated.
        condition: judges a step.
        reward: what a step is rewarded for.
        scenario: how the world begins, as `GameServer.reset` takes it.
        num_agents: agents that the task is meant for, None for any number.
        agent_instructions: what each agent alone is told, in their order.
        limits: what a step of one agent may use.
        aliases: other names that the task is found by.
        path: the file that it was read from.
    """

    key: str
    task_type: str
    goal_description: str
    trajectory_length: int
    condition: Condition
    reward: RewardKind
    scenario: Mapping[str, object]
    num_agents: int | None
    agent_instructions: tuple[str, ...]
    limits: Limits
    aliases: tuple[str, ...]
    path: Path

    def instructions(self, agent_index: int) -> str:
        """What one agent alone is told; empty where the task has nothing for it."""
        if agent_index < len(self.agent_instructions):
            return self.agent_instructions[agent_index]
        return ""

    def briefing(self) -> str:
        """The goal and how it is judged, as an agent should read them."""
        return f"{self.goal_description}\n{self.condition.explain()}"


def start_name(file: TaskFile) -> str:
    """Name of the start that a task file asks for, or that its kind has by itself.

    FLE's tasks have an inventory in their class: throughput tasks have the
    laboratory's, open play has none.
    """
    config = file.config
    if config.start is not None:
        return config.start
    if isinstance(config, UnboundedThroughputConfig):
        return _LAB_PLAY if config.use_populated_inventory else _OPEN_PLAY
    return _LAB_PLAY if isinstance(config, ThroughputConfig) else _OPEN_PLAY


def define_task(file: TaskFile, start: StartFile, path: Path) -> TaskDefinition:
    """Join a task file and the start that it names.

    Args:
        file: what the task file says.
        start: what the start file says; the task's own keys go before it.
        path: the task file.
    """
    config = file.config
    condition = _condition(config)
    return TaskDefinition(
        key=config.task_key,
        task_type=file.task_type,
        goal_description=_goal(config),
        trajectory_length=config.trajectory_length,
        condition=condition,
        reward=config.reward
        or ("throughput" if condition.holdout_ticks else "production-score"),
        scenario=_scenario(config, start),
        num_agents=config.num_agents,
        agent_instructions=tuple(config.agent_instructions or ()),
        limits=config.limits,
        aliases=tuple(config.aliases),
        path=path,
    )


def _condition(config: TaskConfig) -> Condition:
    if not isinstance(config, ThroughputConfig | UnboundedThroughputConfig):
        return OpenPlayTask()
    return ThroughputTask(
        entity=config.throughput_entity,
        quota=plain_number(config.quota)
        if isinstance(config, ThroughputConfig)
        else None,
        holdout_ticks=seconds_to_ticks(config.holdout_wait_period),
        settle_ticks=seconds_to_ticks(config.pre_holdout_wait_period),
    )


def _goal(config: TaskConfig) -> str:
    goal = config.goal_description
    if (
        isinstance(config, UnboundedThroughputConfig)
        and config.show_number_of_steps_left_in_prompt
    ):
        goal += f"\nThere are {config.trajectory_length} steps to do it in."
    return goal


def _scenario(config: TaskConfig, start: StartFile) -> dict[str, object]:
    researched = config.all_technologies_researched
    if researched is None and isinstance(config, UnboundedThroughputConfig):
        researched = config.unlock_all_research
    if researched is None:
        researched = start.all_technologies_researched
    inventory = config.starting_inventory
    settings = config.map_gen_settings
    if settings is None and config.scenario in (None, start.scenario):
        # those of the start are for its own map
        settings = start.map_gen_settings
    return {
        "name": config.scenario or start.scenario,
        **({} if settings is None else {"map_gen_settings": settings}),
        "inventory": dict(start.inventory if inventory is None else inventory),
        "all_technologies_researched": researched,
        "goal": _goal(config),
    }
