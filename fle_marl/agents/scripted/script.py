"""An agent that goes through stages, each a program, some of which wait for news."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from string import Template
from typing import Any, Final

__all__ = ["ScriptedAgent", "Stage"]

_NEWS: Final = re.compile(r"^([a-z_]+) (-?[0-9.]+) (-?[0-9.]+)$")
"""A message that tells of a place: what, x, y."""

_WAIT: Final = "sleep(10)"
_KEEP_GOING: Final = "sleep(1)"


@dataclass(frozen=True, slots=True)
class Stage:
    """One program of a script.

    Attributes:
        program: source; ``$name_x`` and ``$name_y`` stand for a place that a teammate
            has told of.
        needs: names of the places that it must know before it can begin.
    """

    program: str
    needs: tuple[str, ...] = ()


class ScriptedAgent:
    """Runs its stages in order, and waits where a stage lacks news.

    Args:
        stages: in order; after the last one it lets the factory work.
    """

    def __init__(self, stages: Sequence[Stage]) -> None:
        self._stages = tuple(stages)
        self._next = 0
        self._places: dict[str, tuple[str, str]] = {}

    def reset(self, seed: int) -> None:
        """Begin again; the script draws nothing at random."""
        del seed
        self._next = 0
        self._places = {}

    def act(self, observation: Mapping[str, Any]) -> str:
        """The next program.

        Args:
            observation: with the messages that came since the last one.
        """
        for message in observation["messages"]:
            news = _NEWS.match(message["content"])
            if news:
                self._places[news[1]] = (news[2], news[3])
        if self._next == len(self._stages):
            return _KEEP_GOING
        stage = self._stages[self._next]
        if any(name not in self._places for name in stage.needs):
            return _WAIT
        self._next += 1
        known = {}
        for name, (x, y) in self._places.items():
            known[f"{name}_x"], known[f"{name}_y"] = x, y
        return Template(stage.program).substitute(known)
