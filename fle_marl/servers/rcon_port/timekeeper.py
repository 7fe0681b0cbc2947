"""Lets time pass in a world by the clock, at the pace that scripts set.

A real server does 60 ticks a second times ``game.speed``. What it cannot do in time it
does not make up for later; nor is it here.
"""

import time
from collections.abc import Callable
from typing import Final

from fle_marl.servers.game import Game
from fle_marl.units import TICKS_PER_SECOND

__all__ = ["Timekeeper"]

_MOST_BEHIND_SECONDS: Final = 0.1
_SLICE_SECONDS: Final = 0.001
"""How long clients may wait for a world that is busy with ticks."""
_REST_SECONDS: Final = 1.0
_FASTER: Final = 2


class Timekeeper:
    """The clock of one world.

    Args:
        game: whose time passes.
        clock: seconds that never run backwards.
    """

    def __init__(self, game: Game, clock: Callable[[], float] = time.monotonic) -> None:
        self._game = game
        self._clock = clock
        self._latest = clock()
        self._owed = 0.0
        self._most_ticks = 1

    def keep(self) -> None:
        """Let the ticks pass that are due, as many as a slice of time has room for."""
        pace = self._game.lua.pace
        now = self._clock()
        rate = TICKS_PER_SECOND * pace.speed
        gained = (now - self._latest) * rate
        self._latest = now
        if self._stands:
            self._owed = 0.0
            return
        most = max(1.0, _MOST_BEHIND_SECONDS * rate)
        self._owed = min(self._owed + gained, most)
        ticks = min(int(self._owed), self._most_ticks)
        if pace.is_paused:
            ticks = min(ticks, pace.ticks_to_run)
        if ticks < 1:
            return
        self._owed -= ticks
        if pace.is_paused:
            pace.ticks_to_run -= ticks
        self._game.advance(ticks)
        # nobody waits for what is printed between commands
        self._game.lua.printed.clear()
        took = self._clock() - now
        if took > _SLICE_SECONDS:
            self._most_ticks = max(1, self._most_ticks // _FASTER)
        elif ticks == self._most_ticks:
            self._most_ticks *= _FASTER

    @property
    def _stands(self) -> bool:
        pace = self._game.lua.pace
        return pace.is_paused and pace.ticks_to_run == 0

    def seconds_until_due(self) -> float:
        """How long nothing has to be done for the world."""
        if self._stands:
            return _REST_SECONDS
        rate = TICKS_PER_SECOND * self._game.lua.pace.speed
        due = self._latest + max(0.0, 1.0 - self._owed) / rate
        return min(max(0.0, due - self._clock()), _REST_SECONDS)
