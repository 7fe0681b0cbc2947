"""What the parallel and the turn-based environment have in common.

Everything that has to do with neither who acts when nor how an episode ends: options,
spaces, pictures, the global state, and closing.
"""

from collections.abc import Mapping
from typing import Any

import numpy as np
from gymnasium.spaces import Box
from numpy.typing import NDArray

from fle_marl.envs.options import resolve_options
from fle_marl.envs.session import Session
from fle_marl.tasks import TaskDefinition

__all__ = ["EnvironmentFace"]


class EnvironmentFace:
    """Mix-in of PettingZoo environments.

    Args:
        task: what is played; see `resolve_options`.
        options: see `EnvOptions`.
    """

    def __init__(self, task: str | TaskDefinition, options: Mapping[str, Any]) -> None:
        settings = resolve_options(task, options)
        self._session = Session(settings)
        self.task = settings.task
        self.possible_agents = list(settings.agents)
        self.agents: list[str] = []
        self.max_cycles = settings.max_cycles
        self.render_mode = settings.render_mode
        self.observation_spaces: dict[str, Any] = dict(self._session.observation_spaces)
        self.action_spaces: dict[str, Any] = dict(self._session.action_spaces)
        self.state_space: Box = self._session.state_space

    @property
    def np_random(self) -> np.random.Generator | None:
        """The generator that seeds of worlds are drawn from; None before `reset`."""
        return self._session.np_random

    def observation_space(self, agent: str) -> Any:  # noqa: ANN401 - Dict is not generic
        """The space of an agent's observations; the same object each time."""
        return self._session.observation_spaces[agent]

    def action_space(self, agent: str) -> Any:  # noqa: ANN401 - dead agents act None
        """The space of an agent's programs; the same object each time."""
        return self._session.action_spaces[agent]

    def render(self) -> NDArray[np.uint8] | str | None:
        """The factory, in the way of `render_mode`; None without one.

        Returns:
            uint8[height, width, 3] for ``"rgb_array"``, lines for ``"ansi"``.
        """
        if self.render_mode is None:
            return None
        return self._session.game.render(self.render_mode)

    def state(self) -> NDArray[np.float32]:
        """The global state; see `observations.build_state`."""
        return self._session.game.state()

    def state_hash(self) -> str:
        """Hex digest of everything that decides the future of the world."""
        return self._session.game.state_hash()

    def close(self) -> None:
        """Stop the workers and the server; `reset` starts them again."""
        self._session.close()
        self.agents = []
