"""Builds ``record`` observations: FLE's fields, from what a server shows of its world.

Everything here returns data that the spaces of `spaces.record_space` contain, whatever
agents print, send or name their functions: texts are brought into the charset and to
their greatest length visibly (`text.fit_text`), and numbers are arrays of the spaces'
dtypes.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from fle_marl.envs.spaces import (
    GREATEST_NUMBER,
    LONG_TEXT_LENGTH,
    MAP_IMAGE_LENGTH,
    RAW_TEXT_LENGTH,
    SHORT_TEXT_LENGTH,
    STATE_BOUND,
)
from fle_marl.envs.text import fit_text
from fle_marl.envs.world_view import CharacterView, WorldView
from fle_marl.messaging.message import Message
from fle_marl.prototypes import load
from fle_marl.tasks import Production, TaskDefinition, Verification
from fle_marl.units import ticks_to_seconds

__all__ = [
    "AgentReport",
    "build_agent_fields",
    "build_state",
    "build_world_fields",
    "state_size",
]

_WORLD_NUMBERS: Final = 3
_AGENT_NUMBERS: Final = 3


@dataclass(frozen=True, slots=True)
class AgentReport:
    """What one agent is told beside the state of the world.

    Attributes:
        index: its number, from 0.
        raw_text: output of its last program and what the task says to it.
        messages: those that reached it since its last action, in order.
        functions: those that it has defined, each with ``name``, ``signature``,
            ``docstring`` and ``source``.
        flows: what the force made and used in the last step.
        verification: the task's last judgement.
        map_image: base64 of a PNG, or empty.
    """

    index: int
    raw_text: str
    messages: Sequence[Message]
    functions: Sequence[Mapping[str, str]]
    flows: Production
    verification: Verification
    map_image: str


def build_world_fields(world: WorldView, agents: Sequence[str]) -> dict[str, Any]:
    """The fields that all agents see alike; made once for each look at the world."""
    return {
        "entities": tuple(fit_text(text, LONG_TEXT_LENGTH) for text in world.entities),
        "research": _research(world.research),
        "game_info": {
            "tick": _count(world.tick),
            "time": _amount(ticks_to_seconds(world.tick)),
            "speed": _amount(world.speed),
        },
        "score": _number(world.score),
        "character_positions": tuple(
            {
                "agent": _name(agent),
                "x": _number(character.x),
                "y": _number(character.y),
            }
            for agent, character in zip(agents, world.characters, strict=True)
        ),
    }


def build_agent_fields(
    character: CharacterView, report: AgentReport, task: TaskDefinition
) -> dict[str, Any]:
    """The fields that are one agent's own.

    Together with those of `build_world_fields` they are an observation inside
    `spaces.record_space`.
    """
    return {
        "raw_text": fit_text(_told(character, report), RAW_TEXT_LENGTH),
        "map_image": fit_text(report.map_image, MAP_IMAGE_LENGTH),
        "inventory": tuple(
            {"type": _name(item), "quantity": _count(count)}
            for item, count in sorted(character.inventory.items())
        ),
        "flows": _flows(report.flows),
        "task_verification": _verification(report.verification),
        "messages": tuple(_message(message) for message in report.messages),
        "serialized_functions": tuple(
            {
                "name": _name(function["name"]),
                **{
                    part: fit_text(function[part], LONG_TEXT_LENGTH)
                    for part in ("signature", "docstring", "source")
                },
            }
            for function in report.functions
        ),
        "task_info": {
            "goal_description": fit_text(task.briefing(), LONG_TEXT_LENGTH),
            "agent_instructions": fit_text(
                task.instructions(report.index), LONG_TEXT_LENGTH
            ),
            "task_key": _name(task.key),
            "trajectory_length": _count(task.trajectory_length),
        },
    }


def _told(character: CharacterView, report: AgentReport) -> str:
    """What an agent's program printed, and first whether its character is dead."""
    ticks = character.ticks_to_respawn
    if ticks is None:
        return report.raw_text
    seconds = ticks_to_seconds(ticks)
    return (
        f"Your character is dead. A new one comes in {ticks} ticks ({seconds:g} s), "
        f"with nothing in its inventory.\n{report.raw_text}"
    )


def state_size(num_agents: int) -> int:
    """Length of the global state of a world with so many agents."""
    return _WORLD_NUMBERS + _AGENT_NUMBERS * num_agents + len(_measured_names())


def build_state(world: WorldView) -> NDArray[np.float32]:
    """The world as flat numbers, for training with a central critic.

    Returns:
        float32[state_size]: tick, production score, number of entities; then for each
        agent its position x and y in tiles and how many items it carries; then what
        has been produced since the reset of every item and every fluid, in the order
        of the prototype tables.
    """
    numbers = [float(world.tick), world.score, float(len(world.entities))]
    for character in world.characters:
        numbers += [character.x, character.y, float(sum(character.inventory.values()))]
    produced = world.production.produced
    numbers += [produced.get(name, 0.0) for name in _measured_names()]
    return np.clip(numbers, -STATE_BOUND, STATE_BOUND).astype(np.float32)


@lru_cache(maxsize=1)
def _measured_names() -> tuple[str, ...]:
    prototypes = load()
    return (*prototypes.items, *prototypes.fluids)


def _research(research: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "technologies": tuple(_technology(row) for row in research["technologies"]),
        "current_research": _name(research["current_research"] or "None"),
        "research_progress": _share(research["research_progress"]),
        "research_queue": tuple(_name(name) for name in research["research_queue"]),
        "progress": tuple(
            {"name": _name(name), "value": _amount(value)}
            for name, value in sorted(research["progress"].items())
        ),
    }


def _technology(row: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "name": _name(row["name"]),
        "researched": np.int64(bool(row["researched"])),
        "enabled": np.int64(bool(row["enabled"])),
        "level": _count(row["level"]),
        "research_unit_count": _count(row["research_unit_count"]),
        "research_unit_energy": _number(row["research_unit_energy"]),
        "prerequisites": _names(tuple(row["prerequisites"])),
        "ingredients": tuple(
            {"item": _name(item), "amount": _count(amount)}
            for item, amount in sorted(row["ingredients"].items())
        ),
    }


@lru_cache(maxsize=1024)
def _names(names: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(_name(name) for name in names)


def _flows(flows: Production) -> dict[str, Any]:
    by_hand = {name: flows.by_hand(name) for name in {*flows.harvested, *flows.crafted}}
    return {
        "input": _amounts(flows.consumed, "rate"),
        "output": _amounts(flows.produced, "rate"),
        "crafted": _amounts(flows.crafted, "amount"),
        "harvested": _amounts(flows.harvested, "amount"),
        "static_items": _amounts(by_hand, "value"),
    }


def _amounts(amounts: Mapping[str, float], key: str) -> tuple[dict[str, Any], ...]:
    return tuple(
        {"type": _name(name), key: _amount(amount)}
        for name, amount in sorted(amounts.items())
    )


def _verification(verification: Verification) -> dict[str, Any]:
    return {
        "success": np.int64(verification.success),
        "meta": tuple(
            {
                "key": _name(key),
                "value": fit_text(json.dumps(value), LONG_TEXT_LENGTH),
            }
            for key, value in verification.meta.items()
        ),
    }


def _message(message: Message) -> dict[str, Any]:
    return {
        "sender": _name(message.sender),
        "recipient": _name(message.recipient or ""),
        "content": fit_text(message.text, LONG_TEXT_LENGTH),
        "timestamp": _amount(ticks_to_seconds(message.tick)),
    }


def _name(text: str) -> str:
    return fit_text(text, SHORT_TEXT_LENGTH)


def _count(value: float) -> NDArray[np.int64]:
    return np.array(_clip(int(value), 0, int(GREATEST_NUMBER)), dtype=np.int64)


def _amount(value: float) -> NDArray[np.float64]:
    return np.array(_clip(value, 0.0, GREATEST_NUMBER), dtype=np.float64)


def _share(value: float) -> NDArray[np.float64]:
    return np.array(_clip(value, 0.0, 1.0), dtype=np.float64)


def _number(value: float) -> NDArray[np.float64]:
    return np.array(_clip(value, -GREATEST_NUMBER, GREATEST_NUMBER), dtype=np.float64)


def _clip(value: float, least: float, greatest: float) -> float:
    return min(max(value, least), greatest)
