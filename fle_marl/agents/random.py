"""Agents that act at random: the floor that any other agent should be above.

Each action is a little program of a few tool calls with arguments that make sense in
form. Every call stands alone, so that one that the world refuses does not keep the
others from being made.
"""

from collections.abc import Mapping, Sequence
from typing import Any, Final

import numpy as np

from fle_marl.tasks import TaskDefinition

__all__ = ["RandomAgent", "team"]

_REACH_TILES: Final = 8
_MAP_TILES: Final = 40
_MAX_CALLS: Final = 4

_RESOURCES: Final = ("IronOre", "CopperOre", "Coal", "Stone", "Wood")
_PROTOTYPES: Final = (
    "WoodenChest",
    "BurnerMiningDrill",
    "StoneFurnace",
    "BurnerInserter",
    "TransportBelt",
    "SmallElectricPole",
    "Pipe",
)
_CRAFTS: Final = ("IronGearWheel", "WoodenChest", "StoneFurnace", "IronChest")
_DIRECTIONS: Final = ("UP", "RIGHT", "DOWN", "LEFT")


class RandomAgent:
    """Emits random programs of tool calls; the same seed gives the same programs.

    Args:
        name: of the agent in its environment.
    """

    def __init__(self, name: str) -> None:
        self._name = name
        self._rng = np.random.default_rng(0)

    def reset(self, seed: int) -> None:
        """Begin the sequence of programs that belongs to a seed."""
        self._rng = np.random.default_rng(seed)

    def act(self, observation: Mapping[str, Any]) -> str:
        """A program of one to four guarded tool calls near where the character is."""
        kinds = (
            self._look,
            self._walk,
            self._walk_to_resource,
            self._harvest,
            self._place,
            self._craft,
            self._sleep,
        )
        calls = [
            self._pick(kinds)(observation)
            for _ in range(int(self._rng.integers(1, _MAX_CALLS + 1)))
        ]
        return "\n".join(_guard(call) for call in calls)

    def _pick(self, choices: Sequence[Any]) -> Any:  # noqa: ANN401 - of any sequence
        return choices[int(self._rng.integers(len(choices)))]

    def _offset(self, tiles: int) -> int:
        return int(self._rng.integers(-tiles, tiles + 1))

    def _look(self, _: Mapping[str, Any]) -> str:
        question = self._pick(("inspect_inventory()", "get_entities()", "score()"))
        return f"print({question})"

    def _walk(self, _: Mapping[str, Any]) -> str:
        x, y = self._offset(_MAP_TILES), self._offset(_MAP_TILES)
        return f"print(move_to(Position(x={x}, y={y})))"

    def _walk_to_resource(self, _: Mapping[str, Any]) -> str:
        return f"print(move_to(nearest(Resource.{self._pick(_RESOURCES)})))"

    def _harvest(self, _: Mapping[str, Any]) -> str:
        resource = self._pick(_RESOURCES)
        quantity = int(self._rng.integers(1, 6))
        return f"print(harvest_resource(nearest(Resource.{resource}), {quantity}))"

    def _place(self, observation: Mapping[str, Any]) -> str:
        prototype = self._pick(_PROTOTYPES)
        direction = self._pick(_DIRECTIONS)
        middle_x, middle_y = self._own_position(observation)
        x = middle_x + self._offset(_REACH_TILES)
        y = middle_y + self._offset(_REACH_TILES)
        return (
            f"print(place_entity(Prototype.{prototype}, Direction.{direction}, "
            f"Position(x={x}, y={y})))"
        )

    def _craft(self, _: Mapping[str, Any]) -> str:
        return f"print(craft_item(Prototype.{self._pick(_CRAFTS)}, 1))"

    def _sleep(self, _: Mapping[str, Any]) -> str:
        return f"sleep({int(self._rng.integers(1, 4))})"

    def _own_position(self, observation: Mapping[str, Any]) -> tuple[int, int]:
        for character in observation["character_positions"]:
            if character["agent"] == self._name:
                return round(float(character["x"])), round(float(character["y"]))
        return 0, 0


def team(task: TaskDefinition, agents: Sequence[str]) -> dict[str, RandomAgent]:
    """A team of random agents, for any task and any number."""
    del task
    return {agent: RandomAgent(agent) for agent in agents}


def _guard(call: str) -> str:
    return f"try:\n    {call}\nexcept Exception as error:\n    print(error)"
