"""Opens, reseeds and closes the game behind an environment.

An environment must pickle before it is connected, start its server only in `reset`,
and leave no process behind when it is forgotten. That is the same for every face of an
environment and has nothing to do with how agents take turns, so it is kept here.
"""

import weakref
from typing import Any

import numpy as np
from gymnasium.spaces import Box, Dict
from gymnasium.utils import seeding

from fle_marl.envs.game import Game
from fle_marl.envs.observations import state_size
from fle_marl.envs.options import Settings
from fle_marl.envs.spaces import EscapedText, program_space, record_space, state_space
from fle_marl.errors import FleMarlError

__all__ = ["Session"]

_GREATEST_SEED = 2**31 - 1


class Session:
    """The game of an environment, and the spaces that belong to it.

    Args:
        settings: of the environment.
    """

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.observation_spaces: dict[str, Dict] = {
            agent: record_space() for agent in settings.agents
        }
        self.action_spaces: dict[str, EscapedText] = {
            agent: program_space() for agent in settings.agents
        }
        self.state_space: Box = state_space(state_size(len(settings.agents)))
        self.np_random: np.random.Generator | None = None
        self._game: Game | None = None
        self._next_seed = settings.seed
        self._finalizer: weakref.finalize[Any, Any] | None = None

    @property
    def game(self) -> Game:
        """The game that is being played.

        Raises:
            FleMarlError: `not-reset`; `reset` has not been called since the
                environment was made or closed.
        """
        if self._game is None:
            raise FleMarlError(
                "the environment is not connected; call reset() first", code="not-reset"
            )
        return self._game

    def reset(self, seed: int | None) -> Game:
        """Begin a new world, opening the server if there is none.

        Args:
            seed: the world's; None draws one from the generator that the last seed
                began, so that a whole run follows from one seed.
        """
        if seed is None:
            seed, self._next_seed = self._next_seed, None
        if seed is not None or self.np_random is None:
            self.np_random, _ = seeding.np_random(seed)
        world_seed = seed
        if world_seed is None:
            world_seed = int(self.np_random.integers(_GREATEST_SEED))
        if self._game is None:
            self._game = Game(self.settings)
            self._finalizer = weakref.finalize(self, self._game.close)
        self._game.reset(world_seed)
        return self._game

    def close(self) -> None:
        """Stop everything that was started; may be called again, and before `reset`."""
        if self._finalizer is not None:
            self._finalizer()
        self._game = self._finalizer = None
