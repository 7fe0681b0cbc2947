"""The turn-based environment: one agent acts, and the next one sees what came of it."""

from typing import Any, ClassVar, Unpack

from gymnasium.utils import EzPickle
from pettingzoo import AECEnv
from pettingzoo.utils.wrappers import OrderEnforcingWrapper

from fle_marl.envs.face import EnvironmentFace
from fle_marl.envs.options import DEFAULT_TASK, EnvOptions
from fle_marl.tasks import TaskDefinition

__all__ = ["FactorioAECEnv", "env", "raw_env"]


class FactorioAECEnv(
    EnvironmentFace, AECEnv[str, dict[str, Any], str | None], EzPickle
):
    """Several agents build a factory in one Factorio world, one after the other.

    | Import             | ``from fle_marl import env``                              |
    |--------------------|-----------------------------------------------------------|
    | Actions            | Text: a Python program                                    |
    | Parallel API       | No; `parallel_env` is an environment of its own           |
    | Manual Control     | No                                                        |
    | Agents             | ``agents= ['agent_0', 'agent_1', ...]``                   |
    | Agents (default)   | 2, or as many as the task is meant for                    |
    | Action Shape       | text of 0 to 100,000 characters                           |
    | Action Values      | printable ASCII, newline and tab                          |
    | Observation Shape  | dict of FLE's fields                                      |
    | Observation Values | texts, counts and amounts                                 |
    | State Shape        | (N,)                                                      |
    | State Values       | (-1e12, 1e12)                                             |

    Actions, observations, rewards and arguments are those of `FactorioParallelEnv`. A
    turn is one program, which runs alone; the world goes on meanwhile, and the next
    agent sees the result. When the last agent of a round has had its turn, the task
    judges the world and all agents get the reward of the round; so there is one
    hold-out a round here and one a step there. `max_cycles` counts rounds.

    ### Version History

    * v0: Initial version.
    """

    metadata: ClassVar[dict[str, Any]] = {  # type: ignore[misc] # the same for all
        "name": "factorio_v0",
        "render_modes": ["rgb_array", "ansi"],
        "is_parallelizable": False,
        "render_fps": 1,
    }

    def __init__(
        self, task: str | TaskDefinition = DEFAULT_TASK, **options: Unpack[EnvOptions]
    ) -> None:
        EzPickle.__init__(self, task, **options)
        EnvironmentFace.__init__(self, task, options)
        self._round = 0

    def reset(
        self, seed: int | None = None, options: dict[str, Any] | None = None
    ) -> None:
        """Begin an episode in a new world.

        Args:
            seed: of the world; None goes on from the last seed.
            options: none are known; any are passed over.
        """
        game = self._session.reset(seed)
        self.agents = list(self.possible_agents)
        self.agent_selection = self.agents[0]
        self.rewards = dict.fromkeys(self.agents, 0.0)
        self._cumulative_rewards = dict.fromkeys(self.agents, 0.0)
        self.terminations = dict.fromkeys(self.agents, False)
        self.truncations = dict.fromkeys(self.agents, False)
        self.infos = {agent: game.info(agent) for agent in self.agents}
        self._round = 0

    def observe(self, agent: str) -> dict[str, Any]:
        """An agent's observation of the present world."""
        return self._session.game.observe(agent)

    def step(self, action: str | None) -> None:
        """Let the selected agent's program run, and select the next agent.

        Args:
            action: program text; None for an agent that is terminated or truncated.

        Raises:
            FleMarlError: `not-reset`.
            ServerError: the server failed; never because of an action.
        """
        game = self._session.game
        if not self.agents:
            return
        agent = self.agent_selection
        if self.terminations[agent] or self.truncations[agent]:
            self._was_dead_step(action)
            return
        self._cumulative_rewards[agent] = 0.0
        self._clear_rewards()
        game.run({agent: action})
        position = self.agents.index(agent)
        self.agent_selection = self.agents[(position + 1) % len(self.agents)]
        if agent == self.agents[-1]:
            self._end_round()
        self._accumulate_rewards()
        self.infos = {name: game.info(name) for name in self.agents}

    def _end_round(self) -> None:
        game = self._session.game
        self.rewards = dict.fromkeys(self.agents, game.judge())
        self._round += 1
        is_over = self.max_cycles is not None and self._round >= self.max_cycles
        self.terminations = dict.fromkeys(self.agents, game.is_solved)
        self.truncations = dict.fromkeys(self.agents, is_over)


def raw_env(
    task: str | TaskDefinition = DEFAULT_TASK, **options: Unpack[EnvOptions]
) -> FactorioAECEnv:
    """Make a turn-based environment without wrappers; see `FactorioAECEnv`."""
    return FactorioAECEnv(task, **options)


def env(
    task: str | TaskDefinition = DEFAULT_TASK, **options: Unpack[EnvOptions]
) -> OrderEnforcingWrapper[str, dict[str, Any], str | None]:
    """Make a turn-based environment that says when it is used in the wrong order.

    Actions are not checked against their space: a text that is no program is answered
    with text, as every action is.
    """
    return OrderEnforcingWrapper(raw_env(task, **options))
