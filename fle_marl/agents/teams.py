"""Teams by name; a team's module is imported when the team is asked for."""

import importlib
from collections.abc import Mapping, Sequence
from typing import Final, cast

from fle_marl.agents.base import Agent, Team
from fle_marl.errors import FleMarlError
from fle_marl.tasks import TaskDefinition

__all__ = ["TEAM_NAMES", "make_team"]

_HOMES: Final = {
    "random": "fle_marl.agents.random",
    "scripted": "fle_marl.agents.scripted",
}

TEAM_NAMES: Final = tuple(_HOMES)


def make_team(
    name: str, task: TaskDefinition, agents: Sequence[str]
) -> Mapping[str, Agent]:
    """Make the agents of a team.

    Args:
        name: one of `TEAM_NAMES`.
        task: what they will play.
        agents: their names in the environment.

    Raises:
        FleMarlError: `no-such-team`.
        TaskError: the team cannot play the task, or not with so many agents.
    """
    if name not in _HOMES:
        raise FleMarlError(
            f"there is no team {name!r}; there are {', '.join(TEAM_NAMES)}",
            code="no-such-team",
        )
    team = cast(Team, importlib.import_module(_HOMES[name]).team)
    return team(task, agents)
