"""The format of task and start files, as strict models.

The first keys are FLE's own, so its files load unchanged; the rest are optional and
ours. Unknown keys are refused, because a misspelt key that is passed over silently is a
task that is not the one its author meant.
"""

from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, JsonValue, TypeAdapter

__all__ = [
    "TASK_FILE",
    "TASK_FILE_BY_TYPE",
    "Limits",
    "OpenPlayConfig",
    "RewardKind",
    "StartFile",
    "TaskConfig",
    "TaskFile",
    "ThroughputConfig",
    "UnboundedThroughputConfig",
]

RewardKind = Literal["throughput", "production-score"]

_Text = Annotated[str, Field(min_length=1)]
_TaskKey = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9_]*$")]
_StartName = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]*$")]
_Count = Annotated[int, Field(ge=1)]
_Seconds = Annotated[float, Field(ge=0, allow_inf_nan=False)]
_Holdout = Annotated[float, Field(ge=1 / 60, allow_inf_nan=False)]
_Quota = Annotated[float, Field(gt=0, allow_inf_nan=False)]
_Inventory = dict[_Text, _Count]
_MapGenSettings = _Text | dict[_Text, JsonValue]


class _Strict(BaseModel):
    model_config = ConfigDict(
        strict=True, extra="forbid", frozen=True, use_attribute_docstrings=True
    )


class Limits(_Strict):
    """What a step of one agent may use; absent limits are the environment's own."""

    ticks_per_step: _Count | None = None
    """Game time that an agent's program may take in one step, ticks."""


class TaskConfig(_Strict):
    """Keys that every kind of task has."""

    goal_description: _Text
    """What the team is asked to do, in words."""
    trajectory_length: _Count
    """Steps after which an episode is truncated."""
    task_key: _TaskKey
    """Name of the task, unique among all files."""
    aliases: list[_TaskKey] = Field(default_factory=list)
    """Other names that the task is found by."""
    num_agents: _Count | None = None
    """Agents that the task is meant for; absent: as many as the environment is
    given."""
    agent_instructions: list[str] | None = None
    """What each agent alone is told, in the order of the agents."""
    start: _StartName | None = None
    """Name of a file in ``starts/``: map, inventory and research to begin with."""
    starting_inventory: _Inventory | None = None
    """Items that each agent begins with, instead of the start's."""
    all_technologies_researched: bool | None = None
    """Whether everything is researched, instead of what the start says."""
    scenario: _Text | None = None
    """Name of the map, instead of the start's."""
    map_gen_settings: _MapGenSettings | None = None
    """How the map is generated, instead of what the start says: the name of a preset of
    the game, or its MapGenSettings. Only for maps that are generated."""
    reward: RewardKind | None = None
    """What a step is rewarded for, shared by all agents: the measured throughput, or
    the production score gained in the step."""
    limits: Limits = Limits()
    """What a step of one agent may use."""


class UnboundedThroughputConfig(TaskConfig):
    """Keys of tasks that measure a throughput and ask for no amount."""

    throughput_entity: _Text
    """Name of the item or fluid that is measured."""
    holdout_wait_period: _Holdout
    """Length of the hold-out, seconds of game time."""
    pre_holdout_wait_period: _Seconds = 0
    """Seconds of game time that the world runs before the hold-out."""
    show_number_of_steps_left_in_prompt: bool = False
    """Say in the goal how many steps there are."""
    use_populated_inventory: bool = True
    """FLE's way to choose the start: the laboratory's inventory, or none."""
    unlock_all_research: bool = True
    """FLE's way to say `all_technologies_researched`."""


class ThroughputConfig(TaskConfig):
    """Keys of tasks that ask for a throughput."""

    throughput_entity: _Text
    """Name of the item or fluid that is measured."""
    quota: _Quota
    """Amount to reach in one hold-out."""
    holdout_wait_period: _Holdout
    """Length of the hold-out, seconds of game time."""
    pre_holdout_wait_period: _Seconds = 0
    """Seconds of game time that the world runs before the hold-out."""


class OpenPlayConfig(TaskConfig):
    """Keys of tasks that end only when their steps are over."""

    reward: Literal["production-score"] | None = None
    """Nothing is measured, so only the production score can be rewarded."""


class _ThroughputFile(_Strict):
    task_type: Literal["throughput"]
    config: ThroughputConfig


class _UnboundedThroughputFile(_Strict):
    task_type: Literal["unbounded_throughput"]
    config: UnboundedThroughputConfig


class _OpenPlayFile(_Strict):
    task_type: Literal["default"]
    config: OpenPlayConfig


TaskFile = _ThroughputFile | _UnboundedThroughputFile | _OpenPlayFile
"""One task file."""

TASK_FILE: TypeAdapter[TaskFile] = TypeAdapter(
    Annotated[TaskFile, Field(discriminator="task_type")]
)
"""Checks the text of a task file and makes its JSON schema."""


TASK_FILE_BY_TYPE: Mapping[str, type[BaseModel]] = {
    "throughput": _ThroughputFile,
    "unbounded_throughput": _UnboundedThroughputFile,
    "default": _OpenPlayFile,
}
"""The same models by their `task_type`."""


class StartFile(_Strict):
    """How a world begins; many tasks share one."""

    description: _Text
    """What the start is like, in words."""
    scenario: _Text
    """Name of the map."""
    map_gen_settings: _MapGenSettings | None = None
    """How the map is generated; only for maps that are."""
    inventory: _Inventory
    """Items that each agent begins with."""
    all_technologies_researched: bool
    """Whether everything is researched from the beginning."""
