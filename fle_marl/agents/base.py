"""What an agent is to a run: something that is reset, and then acts on observations."""

from collections.abc import Mapping, Sequence
from typing import Any, Protocol, runtime_checkable

from fle_marl.tasks import TaskDefinition

__all__ = ["Agent", "Team"]


@runtime_checkable
class Agent(Protocol):
    """One member of a team."""

    def reset(self, seed: int) -> None:
        """Forget the last episode.

        Args:
            seed: of everything random in the agent; each member gets its own.
        """
        ...

    def act(self, observation: Mapping[str, Any]) -> str:
        """Choose the next action.

        Args:
            observation: the agent's own, as its environment gives it.

        Returns:
            The text of a program.
        """
        ...


class Team(Protocol):
    """Makes the agents that play a task together."""

    def __call__(
        self, task: TaskDefinition, agents: Sequence[str]
    ) -> Mapping[str, Agent]:
        """Make one agent for each name.

        Args:
            task: what they will play.
            agents: names in the environment.

        Raises:
            TaskError: the team cannot play the task, or not with so many agents.
        """
        ...
