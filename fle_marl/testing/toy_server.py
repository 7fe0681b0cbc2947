"""A little world for tests of everything above servers: quick, and always the same."""

import hashlib
from collections.abc import Mapping

from fle_marl.errors import ScenarioError
from fle_marl.testing.fake_server import FakeServer
from fle_marl.units import TICKS_PER_MINUTE

__all__ = ["ToyServer"]

_GREATEST_OFFSET_TILES = 10
_SCENARIOS = ("lab-play", "open-play")
_SCORE_OF_A_PLATE = 3.0


class ToyServer(FakeServer):
    """A `FakeServer` that can be observed: characters, a chest and one machine.

    Each character carries the scenario's inventory. The machine makes iron plates at an
    even rate. Where characters stand depends on the seed and on how long the world has
    run, so that observations tell seeds and steps apart.

    Args:
        plates_per_minute: iron plates that the machine makes.
    """

    def __init__(self, plates_per_minute: int = 20) -> None:
        super().__init__()
        self._plates_per_minute = plates_per_minute
        self._inventory: object = {}

    def reset(self, scenario: Mapping[str, object], *, agents: int, seed: int) -> None:
        """Begin anew.

        Raises:
            ScenarioError: `no-such-scenario`; there are ``lab-play`` and
                ``open-play``, which look alike.
        """
        if scenario["name"] not in _SCENARIOS:
            raise ScenarioError(
                f"there is no scenario {scenario['name']!r}; there are "
                f"{', '.join(_SCENARIOS)}",
                code="no-such-scenario",
            )
        super().reset(scenario, agents=agents, seed=seed)
        self._inventory = scenario["inventory"]

    def admin(self, name: str, arguments: Mapping[str, object]) -> object:
        """Answer ``observe``, ``production`` and ``scene``.

        Raises:
            ServerError: another script is asked for.
        """
        answers = {
            "observe": self._observe,
            "production": self._production,
            "scene": self._scene,
        }
        if name in answers:
            self._check_open()
            return answers[name]()
        return super().admin(name, arguments)

    def _plates(self) -> int:
        return self._tick * self._plates_per_minute // TICKS_PER_MINUTE

    def _position(self, agent: int) -> dict[str, float]:
        place = hashlib.sha256(f"{self._seed}:{agent}:{self._tick}".encode()).digest()
        return {
            "x": float(place[0] % _GREATEST_OFFSET_TILES),
            "y": float(place[1] % _GREATEST_OFFSET_TILES),
        }

    def _production(self) -> dict[str, object]:
        plates = self._plates()
        return {
            "tick": self._tick,
            "produced": {"iron-plate": plates} if plates else [],
            "consumed": {"iron-ore": plates} if plates else [],
            "harvested": [],
            "crafted": [],
        }

    def _observe(self) -> dict[str, object]:
        return {
            "tick": self._tick,
            "speed": 1,
            "score": _SCORE_OF_A_PLATE * self._plates(),
            "agents": [
                {"inventory": self._inventory, "position": self._position(agent)}
                for agent in range(self._agents)
            ],
            "entities": [
                {
                    "name": "wooden-chest",
                    "position": {"x": 2.5, "y": 0.5},
                    "inventory": {"iron-plate": self._plates()},
                }
            ],
            "research": {
                "technologies": [
                    {
                        "name": "automation",
                        "researched": True,
                        "enabled": True,
                        "level": 1,
                        "research_unit_count": 10,
                    }
                ],
                "current_research": None,
                "research_progress": 0,
                "research_queue": [],
                "progress": [],
            },
            "production": self._production(),
        }

    def _scene(self) -> dict[str, object]:
        chest = {"name": "wooden-chest", "type": "container", "x": 2.5, "y": 0.5}
        return {
            "tick": self._tick,
            "entities": [chest],
            "characters": [
                {"name": f"agent_{agent}", **self._position(agent)}
                for agent in range(self._agents)
            ],
        }
