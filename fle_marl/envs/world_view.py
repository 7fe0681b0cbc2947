"""What a server shows of its world, read from plain data and checked once.

The server's side are two administration scripts. Both take no arguments, answer for the
whole world at the present tick, and change nothing.

``admin("observe", {})``::

    {
      "tick": 7200,                     ticks since the reset
      "speed": 1,                       game.speed
      "score": 1234.5,                  production score of the agents' force
      "agents": [                       one for each agent, in their order
        {"inventory": {"coal": 500, ...},
         "position": {"x": 0.5, "y": -3.5},   or where it died
         "ticks_to_respawn": 420}, ...],      only while it is dead
      "entities": [{...}, ...],         what the force has built, by unit number; each
                                        a record as `lua.types.decode_entity` takes it
      "research": {
        "technologies": [
          {"name": "automation", "researched": true, "enabled": true, "level": 1,
           "research_unit_count": 10},
          ...],                         in the order of their names; the rest of them is
                                        known from the prototypes
        "current_research": "automation",   or null
        "research_progress": 0.25,      of the current research, 0 to 1
        "research_queue": ["automation", ...],
        "progress": {"logistics": 0.5}},    saved progress of others, 0 to 1
      "production": {...}               what admin("production", {}) answers
    }

``admin("production", {})``::

    {
      "tick": 7200,
      "produced": {"iron-plate": 12, "crude-oil": 250.5, ...},
      "consumed": {...},
      "harvested": {...},               the part of produced that was mined by hand
      "crafted": {...}                  the part of produced that was crafted by hand
    }

All amounts are cumulative since the reset, items and fluids in one mapping; what is 0
may be left out. An empty table may come as an empty list, as Lua cannot tell them
apart.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from fle_marl.errors import ServerError
from fle_marl.lua.types import decode_entity
from fle_marl.prototypes import load
from fle_marl.servers.base import GameServer
from fle_marl.tasks import Production
from fle_marl.units import TICKS_PER_SECOND

__all__ = ["CharacterView", "WorldView", "look_at_world", "read_production"]


@dataclass(frozen=True, slots=True)
class CharacterView:
    """One agent's character.

    Attributes:
        inventory: counts by item.
        x: tiles, east.
        y: tiles, south.
        ticks_to_respawn: until it comes back; None while it lives.
    """

    inventory: Mapping[str, int]
    x: float
    y: float
    ticks_to_respawn: int | None = None


@dataclass(frozen=True, slots=True)
class WorldView:
    """What all agents may see of the world at one tick.

    Attributes:
        tick: ticks since the reset.
        speed: the game's speed, 1 is real time.
        score: production score of the agents' force.
        characters: one for each agent, in their order.
        entities: what the force has built, each as agents' programs print it.
        research: plain data, as the module's docstring shows it.
        production: the force's statistics since the reset.
    """

    tick: int
    speed: float
    score: float
    characters: tuple[CharacterView, ...]
    entities: tuple[str, ...]
    research: Mapping[str, Any]
    production: Production


def look_at_world(server: GameServer, num_agents: int) -> WorldView:
    """Ask a server for everything that observations are made of.

    Raises:
        ServerError: `bad-observation`; the answer does not have the agreed form.
    """
    data = server.admin("observe", {})
    try:
        view = _read(data)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise ServerError(
            f"the server's observation cannot be read: {error!r}",
            code="bad-observation",
            details={"answer": str(data)[:2000]},
        ) from error
    if len(view.characters) != num_agents:
        raise ServerError(
            f"the server shows {len(view.characters)} characters and there are "
            f"{num_agents} agents",
            code="bad-observation",
        )
    return view


def read_production(server: GameServer) -> Production:
    """Ask a server for the force's production statistics.

    Raises:
        ServerError: `bad-production`; the answer does not have the agreed form.
    """
    return Production.from_plain(server.admin("production", {}))


def _read(data: Any) -> WorldView:  # noqa: ANN401 - unchecked data from a server
    return WorldView(
        tick=int(data["tick"]),
        speed=float(data.get("speed", 1)),
        score=float(data["score"]),
        characters=tuple(_read_character(agent) for agent in data["agents"]),
        entities=tuple(str(decode_entity(record)) for record in data["entities"]),
        research=_read_research(data["research"]),
        production=Production.from_plain(data["production"]),
    )


def _read_character(data: Any) -> CharacterView:  # noqa: ANN401
    inventory = {str(k): int(v) for k, v in _mapping(data["inventory"]).items() if v}
    position = data["position"]
    ticks = data.get("ticks_to_respawn")
    return CharacterView(
        inventory,
        float(position["x"]),
        float(position["y"]),
        None if ticks is None else int(ticks),
    )


def _read_research(data: Any) -> dict[str, Any]:  # noqa: ANN401
    return {
        "technologies": [
            {**technology, **_fixed_of_technologies()[technology["name"]]}
            for technology in data["technologies"]
        ],
        "current_research": data.get("current_research"),
        "research_progress": float(data.get("research_progress") or 0),
        "research_queue": list(data.get("research_queue") or ()),
        "progress": _mapping(data.get("progress")),
    }


@cache
def _fixed_of_technologies() -> Mapping[str, Mapping[str, Any]]:
    """What never changes of each technology by its name, as the game's Lua tells it."""
    return {
        technology.name: {
            "research_unit_energy": technology.unit_time_seconds * TICKS_PER_SECOND,
            "prerequisites": sorted(technology.prerequisites),
            "ingredients": {
                part.name: int(part.amount) for part in technology.ingredients
            },
        }
        for technology in load().technologies.values()
    }


def _mapping(data: Any) -> dict[str, Any]:  # noqa: ANN401
    return dict(data) if data else {}
