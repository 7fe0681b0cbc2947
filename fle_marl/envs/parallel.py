"""The parallel environment: all agents act at the same time."""

from typing import Any, ClassVar, Unpack

from gymnasium.utils import EzPickle
from pettingzoo import ParallelEnv

from fle_marl.envs.face import EnvironmentFace
from fle_marl.envs.options import DEFAULT_TASK, EnvOptions
from fle_marl.tasks import TaskDefinition

__all__ = ["FactorioParallelEnv", "parallel_env"]


class FactorioParallelEnv(
    EnvironmentFace, ParallelEnv[str, dict[str, Any], str], EzPickle
):
    r"""Several agents build a factory side by side in one Factorio world.

    | Import             | ``from fle_marl import parallel_env``                     |
    |--------------------|-----------------------------------------------------------|
    | Actions            | Text: a Python program                                    |
    | Parallel API       | Yes                                                       |
    | Manual Control     | No                                                        |
    | Agents             | ``agents= ['agent_0', 'agent_1', ...]``                   |
    | Agents (default)   | 2, or as many as the task is meant for                    |
    | Action Shape       | text of 0 to 100,000 characters                           |
    | Action Values      | printable ASCII, newline and tab                          |
    | Observation Shape  | dict of FLE's fields                                      |
    | Observation Values | texts, counts and amounts                                 |
    | State Shape        | (N,)                                                      |
    | State Values       | (-1e12, 1e12)                                             |

    ### Actions

    An action is the text of a Python program. It runs in the agent's own process and
    namespace, which lasts from step to step, and reaches the world by the agents' tools
    (``move_to``, ``place_entity``, ``send_message``, ...). All programs of a step run
    at the same time *in game time*: walking and crafting take as long as they do in the
    game, and one agent's time is the other's. A step ends when every program has ended
    or has used up `ticks_per_step`. An agent without an action stands still.

    No action raises: a program that fails, a text that is no program and even an action
    that is no text come back as text in the agent's next observation, and as
    ``infos[agent]["error_code"]``.

    ### Observations

    A dict with FLE's fields, which `observation_space` contains: `raw_text` (what the
    agent's last program printed and what the task measured), `map_image`, `entities`,
    `inventory`, `research`, `game_info`, `score`, `flows` (what the force made and used
    in the step), `task_verification`, `messages` (that reached the agent since its last
    action), `serialized_functions` (that it has defined), `task_info` and
    `character_positions`. Characters outside the charset are written as ``\u{e9}``.

    ### Rewards

    Shared by all agents. In throughput tasks the amount that machines made in the
    step's hold-out; in open play the production score gained in the step.

    ### Episodes

    After each step's programs the task judges the world. All agents are terminated when
    it is solved, and truncated after `max_cycles` steps. No agent leaves earlier.

    ### Arguments

    See `EnvOptions`: ``task``, ``num_agents``, ``control``, ``max_cycles``, ``seed``,
    ``server``, ``ticks_per_step``, ``map_image``, ``render_mode``.

    ### Version History

    * v0: Initial version.
    """

    metadata: ClassVar[dict[str, Any]] = {  # type: ignore[misc] # the same for all
        "name": "factorio_v0",
        "render_modes": ["rgb_array", "ansi"],
        "is_parallelizable": True,
        "render_fps": 1,
    }

    def __init__(
        self, task: str | TaskDefinition = DEFAULT_TASK, **options: Unpack[EnvOptions]
    ) -> None:
        EzPickle.__init__(self, task, **options)
        EnvironmentFace.__init__(self, task, options)
        self._cycle = 0

    def reset(
        self, seed: int | None = None, options: dict[str, Any] | None = None
    ) -> tuple[dict[str, dict[str, Any]], dict[str, dict[str, Any]]]:
        """Begin an episode in a new world.

        Args:
            seed: of the world; None goes on from the last seed.
            options: none are known; any are passed over.

        Returns:
            Observations and infos by agent.
        """
        self._session.reset(seed)
        self.agents = list(self.possible_agents)
        self._cycle = 0
        return self._look()

    def step(
        self, actions: dict[str, str]
    ) -> tuple[
        dict[str, dict[str, Any]],
        dict[str, float],
        dict[str, bool],
        dict[str, bool],
        dict[str, dict[str, Any]],
    ]:
        """Let the agents' programs run, then let the task judge the world.

        Args:
            actions: program text by agent; agents that are left out stand still.

        Returns:
            Observations, rewards, terminations, truncations and infos by agent.

        Raises:
            FleMarlError: `not-reset`.
            ServerError: the server failed; never because of an action.
        """
        game = self._session.game
        if not self.agents:
            return {}, {}, {}, {}, {}
        game.run({agent: actions[agent] for agent in self.agents if agent in actions})
        reward = game.judge()
        self._cycle += 1
        is_over = self.max_cycles is not None and self._cycle >= self.max_cycles
        acted = self.agents
        observations, infos = self._look()
        if game.is_solved or is_over:
            self.agents = []
        return (
            observations,
            dict.fromkeys(acted, reward),
            dict.fromkeys(acted, game.is_solved),
            dict.fromkeys(acted, is_over),
            infos,
        )

    def _look(self) -> tuple[dict[str, dict[str, Any]], dict[str, dict[str, Any]]]:
        game = self._session.game
        return (
            {agent: game.observe(agent) for agent in self.agents},
            {agent: game.info(agent) for agent in self.agents},
        )


def parallel_env(
    task: str | TaskDefinition = DEFAULT_TASK, **options: Unpack[EnvOptions]
) -> FactorioParallelEnv:
    """Make a parallel environment; see `FactorioParallelEnv` and `EnvOptions`."""
    return FactorioParallelEnv(task, **options)
