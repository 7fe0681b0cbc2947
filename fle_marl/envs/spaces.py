"""The gymnasium spaces of program control and of ``record`` observations.

The constructors here make a new space each time; an environment makes each of its
spaces once and hands out the same object ever after. Numbers are arrays of shape ``()``
and dtype int64 or float64.
"""

from typing import Any, Final

import numpy as np
from gymnasium import spaces
from numpy.typing import NDArray

from fle_marl.envs.text import CHARSET

__all__ = [
    "GREATEST_NUMBER",
    "LONG_TEXT_LENGTH",
    "MAP_IMAGE_LENGTH",
    "PROGRAM_LENGTH",
    "RAW_TEXT_LENGTH",
    "SHORT_TEXT_LENGTH",
    "STATE_BOUND",
    "EscapedText",
    "program_space",
    "record_space",
    "state_space",
]

PROGRAM_LENGTH: Final = 100_000
"""Greatest length of a program that the action space holds, characters."""
RAW_TEXT_LENGTH: Final = 100_000
LONG_TEXT_LENGTH: Final = 10_000
SHORT_TEXT_LENGTH: Final = 200
MAP_IMAGE_LENGTH: Final = 8_000_000

_SAMPLE_LENGTH: Final = 64
STATE_BOUND: Final = 1e12
GREATEST_NUMBER: Final = 2.0**53
"""Bound of every count and amount; integers up to it are exact in float64."""


class EscapedText(spaces.Text):
    """Every text in the common charset up to a length, the empty one among them.

    Samples are short, because a long one would cost much and say no more.
    """

    def __init__(
        self, max_length: int, seed: int | np.random.Generator | None = None
    ) -> None:
        super().__init__(max_length, min_length=0, charset=CHARSET, seed=seed)

    def sample(
        self,
        mask: tuple[int | None, NDArray[np.int8] | None] | None = None,
        probability: Any = None,  # noqa: ANN401 - newer gymnasium only
    ) -> str:
        """Random characters, at most 64 where no length is asked for."""
        if probability is not None:
            return super().sample(mask=mask, probability=probability)
        if mask is None:
            longest = min(self.max_length, _SAMPLE_LENGTH)
            mask = (int(self.np_random.integers(0, longest + 1)), None)
        return super().sample(mask=mask)

    def __repr__(self) -> str:
        return f"EscapedText({self.max_length})"


def program_space() -> EscapedText:
    """The space of one agent's programs.

    Any `str` may be given to an environment's ``step``, also one with characters
    outside this space; the space says what can be relied on.
    """
    return EscapedText(PROGRAM_LENGTH)


def record_space() -> spaces.Dict:
    """The space of one agent's ``record`` observation; FLE's field names."""
    return spaces.Dict(
        {
            "raw_text": _text(RAW_TEXT_LENGTH),
            "map_image": _text(MAP_IMAGE_LENGTH),
            "entities": spaces.Sequence(_text(LONG_TEXT_LENGTH)),
            "inventory": spaces.Sequence(
                spaces.Dict({"type": _name(), "quantity": _count()})
            ),
            "research": _research(),
            "game_info": spaces.Dict(
                {"tick": _count(), "time": _amount(), "speed": _amount()}
            ),
            "score": _number(),
            "flows": _flows(),
            "task_verification": spaces.Dict(
                {
                    "success": spaces.Discrete(2),
                    "meta": spaces.Sequence(
                        spaces.Dict({"key": _name(), "value": _text(LONG_TEXT_LENGTH)})
                    ),
                }
            ),
            "messages": spaces.Sequence(
                spaces.Dict(
                    {
                        "sender": _name(),
                        "recipient": _name(),
                        "content": _text(LONG_TEXT_LENGTH),
                        "timestamp": _amount(),
                    }
                )
            ),
            "serialized_functions": spaces.Sequence(
                spaces.Dict(
                    {
                        "name": _name(),
                        "signature": _text(LONG_TEXT_LENGTH),
                        "docstring": _text(LONG_TEXT_LENGTH),
                        "source": _text(LONG_TEXT_LENGTH),
                    }
                )
            ),
            "task_info": spaces.Dict(
                {
                    "goal_description": _text(LONG_TEXT_LENGTH),
                    "agent_instructions": _text(LONG_TEXT_LENGTH),
                    "task_key": _name(),
                    "trajectory_length": _count(),
                }
            ),
            "character_positions": spaces.Sequence(
                spaces.Dict({"agent": _name(), "x": _number(), "y": _number()})
            ),
        }
    )


def state_space(size: int) -> spaces.Box:
    """The space of the global state: float32[size], finite on both sides."""
    return spaces.Box(-STATE_BOUND, STATE_BOUND, (size,), np.float32)


def _research() -> spaces.Dict:
    technology = spaces.Dict(
        {
            "name": _name(),
            "researched": spaces.Discrete(2),
            "enabled": spaces.Discrete(2),
            "level": _count(),
            "research_unit_count": _count(),
            "research_unit_energy": _amount(),
            "prerequisites": spaces.Sequence(_name()),
            "ingredients": spaces.Sequence(
                spaces.Dict({"item": _name(), "amount": _count()})
            ),
        }
    )
    return spaces.Dict(
        {
            "technologies": spaces.Sequence(technology),
            "current_research": _name(),
            "research_progress": spaces.Box(0.0, 1.0, (), np.float64),
            "research_queue": spaces.Sequence(_name()),
            "progress": spaces.Sequence(
                spaces.Dict({"name": _name(), "value": _amount()})
            ),
        }
    )


def _flows() -> spaces.Dict:
    return spaces.Dict(
        {
            "input": _amounts("rate"),
            "output": _amounts("rate"),
            "crafted": _amounts("amount"),
            "harvested": _amounts("amount"),
            "static_items": _amounts("value"),
        }
    )


def _amounts(key: str) -> spaces.Sequence:
    return spaces.Sequence(spaces.Dict({"type": _name(), key: _amount()}))


def _name() -> EscapedText:
    return _text(SHORT_TEXT_LENGTH)


def _text(length: int) -> EscapedText:
    return EscapedText(length)


def _count() -> spaces.Box:
    return spaces.Box(0, int(GREATEST_NUMBER), (), np.int64)


def _amount() -> spaces.Box:
    return spaces.Box(0.0, GREATEST_NUMBER, (), np.float64)


def _number() -> spaces.Box:
    return spaces.Box(-GREATEST_NUMBER, GREATEST_NUMBER, (), np.float64)
