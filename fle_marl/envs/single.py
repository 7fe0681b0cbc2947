"""The Gymnasium face: one agent, as FLE's environments are used."""

from typing import Any, ClassVar, Unpack

import gymnasium
import numpy as np
from gymnasium.utils import EzPickle
from numpy.typing import NDArray

from fle_marl.envs.options import DEFAULT_TASK, EnvOptions
from fle_marl.envs.parallel import FactorioParallelEnv
from fle_marl.errors import FleMarlError
from fle_marl.tasks import TaskDefinition

__all__ = ["FactorioEnv"]

_AGENT = "agent_0"


class FactorioEnv(gymnasium.Env[dict[str, Any], str], EzPickle):
    """One agent builds a factory in a Factorio world.

    An action is the text of a Python program, an observation a dict of FLE's fields;
    both, the rewards and the arguments are those of `FactorioParallelEnv` with one
    agent. ``info`` is that agent's.

    Raises:
        FleMarlError: `bad-option`; more than one agent was asked for.
    """

    metadata: ClassVar[dict[str, Any]] = {  # type: ignore[misc] # the same for all
        "render_modes": ["rgb_array", "ansi"],
        "render_fps": 1,
    }

    def __init__(
        self, task: str | TaskDefinition = DEFAULT_TASK, **options: Unpack[EnvOptions]
    ) -> None:
        EzPickle.__init__(self, task, **options)
        if options.get("num_agents") not in (None, 1):
            raise FleMarlError(
                f"a gymnasium environment has 1 agent, and num_agents is "
                f"{options['num_agents']!r}; use fle_marl.parallel_env for more",
                code="bad-option",
            )
        options["num_agents"] = 1
        self._env = FactorioParallelEnv(task, **options)
        self.task = self._env.task
        self.render_mode = self._env.render_mode
        self.observation_space = self._env.observation_space(_AGENT)
        self.action_space = self._env.action_space(_AGENT)

    def reset(
        self, *, seed: int | None = None, options: dict[str, Any] | None = None
    ) -> tuple[dict[str, Any], dict[str, Any]]:
        """Begin an episode in a new world; see `FactorioParallelEnv.reset`."""
        super().reset(seed=seed)
        observations, infos = self._env.reset(seed=seed, options=options)
        return observations[_AGENT], infos[_AGENT]

    def step(
        self, action: str
    ) -> tuple[dict[str, Any], float, bool, bool, dict[str, Any]]:
        """Run a program and let the task judge the world.

        Returns:
            Observation, reward, terminated (the task is solved), truncated, info.
        """
        observations, rewards, terminations, truncations, infos = self._env.step(
            {_AGENT: action}
        )
        if _AGENT not in observations:
            raise FleMarlError(
                "the episode is over; call reset() to begin another", code="not-reset"
            )
        return (
            observations[_AGENT],
            rewards[_AGENT],
            terminations[_AGENT],
            truncations[_AGENT],
            infos[_AGENT],
        )

    def render(self) -> NDArray[np.uint8] | str | None:
        """The factory, in the way of `render_mode`; None without one."""
        return self._env.render()

    def close(self) -> None:
        """Stop the workers and the server; `reset` starts them again."""
        self._env.close()
