"""A little world for tests of everything above servers: quick, and sure to be the same.

It has characters that carry the scenario's inventory, a chest and one machine that
makes iron plates at an even rate. Agents can only sleep in it and send messages; every
other tool refuses. Where the characters stand depends on the seed, and on how long the
world has run, so that observations tell seeds and steps apart.
"""

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from fle_marl.errors import ScenarioError, ServerError, ToolError
from fle_marl.lua.wire import ToolReply
from fle_marl.units import TICKS_PER_MINUTE, seconds_to_ticks

__all__ = ["ToyServer"]

_GREATEST_OFFSET_TILES = 10


class ToyServer:
    """A `GameServer` without a simulator.

    Args:
        plates_per_minute: iron plates that its machine makes.
    """

    def __init__(self, plates_per_minute: int = 20) -> None:
        self._plates_per_minute = plates_per_minute
        self._world: dict[str, Any] | None = None

    @property
    def tick(self) -> int:
        """Ticks of game time since the world began."""
        return int(self._open_world()["tick"])

    def reset(self, scenario: Mapping[str, object], *, agents: int, seed: int) -> None:
        """Begin anew.

        Raises:
            ScenarioError: `no-such-scenario`; there is only ``lab-play``.
        """
        if scenario["name"] != "lab-play":
            raise ScenarioError(
                f"there is no scenario {scenario['name']!r}; there is 'lab-play'",
                code="no-such-scenario",
            )
        self._world = {
            "tick": 0,
            "seed": seed,
            "agents": agents,
            "inventory": scenario["inventory"],
        }

    def call(self, tool: str, agent: int, arguments: Mapping[str, object]) -> ToolReply:
        """Sleep or send a message.

        Raises:
            ToolError: `not-in-this-world`; every other tool.
        """
        self._open_world()
        if tool == "sleep":
            seconds = float(str(arguments["seconds"]))
            return ToolReply(True, seconds_to_ticks(seconds), pending=False)
        if tool == "send_message":
            return ToolReply(dict(arguments), 0, pending=False)
        raise ToolError(
            f"agent {agent} cannot use {tool} here", code="not-in-this-world"
        )

    def resume(self, agent: int) -> ToolReply:
        """Never needed: no call is pending.

        Raises:
            ServerError: `nothing-pending`.
        """
        raise ServerError(f"agent {agent} waits for nothing", code="nothing-pending")

    def cancel(self, agent: int) -> None:
        """Nothing is pending, so nothing changes."""

    def admin(self, name: str, arguments: Mapping[str, object]) -> object:
        """Answer ``observe``, ``production`` and ``scene``.

        Raises:
            ServerError: `no-such-script`.
        """
        answers = {
            "observe": self._observe,
            "production": self._production,
            "scene": self._scene,
        }
        if name not in answers:
            raise ServerError(f"there is no script {name!r}", code="no-such-script")
        return answers[name]()

    def advance(self, ticks: int) -> None:
        """Let game time pass."""
        self._open_world()["tick"] += ticks

    def save(self) -> bytes:
        """The world as bytes."""
        return json.dumps(self._open_world(), sort_keys=True).encode()

    def restore(self, saved: bytes) -> None:
        """Go back to a saved world."""
        self._world = json.loads(saved)

    def state_hash(self) -> str:
        """Hex digest of the world."""
        return hashlib.sha256(self.save()).hexdigest()

    def close(self) -> None:
        """Forget the world."""
        self._world = None

    def _open_world(self) -> dict[str, Any]:
        if self._world is None:
            raise ServerError("there is no world; reset first", code="not-reset")
        return self._world

    def _made(self) -> int:
        return self.tick * self._plates_per_minute // TICKS_PER_MINUTE

    def _position(self, agent: int) -> dict[str, float]:
        world = self._open_world()
        text = f"{world['seed']}:{agent}:{world['tick']}"
        digest = hashlib.sha256(text.encode()).digest()
        return {
            "x": float(digest[0] % _GREATEST_OFFSET_TILES),
            "y": float(digest[1] % _GREATEST_OFFSET_TILES),
        }

    def _production(self) -> dict[str, object]:
        return {
            "tick": self.tick,
            "produced": {"iron-plate": self._made()} if self._made() else [],
            "consumed": {"iron-ore": self._made()} if self._made() else [],
            "harvested": [],
            "crafted": [],
        }

    def _observe(self) -> dict[str, object]:
        world = self._open_world()
        return {
            "tick": self.tick,
            "speed": 1,
            "score": 3.0 * self._made(),
            "agents": [
                {"inventory": world["inventory"], "position": self._position(agent)}
                for agent in range(world["agents"])
            ],
            "entities": [
                {
                    "name": "wooden-chest",
                    "position": {"x": 2.5, "y": 0.5},
                    "inventory": {"iron-plate": self._made()},
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
                        "research_unit_energy": 600,
                        "prerequisites": [],
                        "ingredients": {"automation-science-pack": 1},
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
        agents = range(self._open_world()["agents"])
        return {
            "tick": self.tick,
            "entities": [
                {"name": "wooden-chest", "type": "container", "x": 2.5, "y": 0.5}
            ],
            "characters": [
                {"name": f"agent_{agent}", **self._position(agent)} for agent in agents
            ],
        }
