"""Runs reference factories as their tasks do, and says what they make."""

from collections.abc import Sequence
from typing import Final

from fle_marl.envs.world_view import read_production
from fle_marl.evaluation.reference.building import build
from fle_marl.evaluation.reference.format import Placed
from fle_marl.servers.embedded import EmbeddedServer
from fle_marl.tasks import TaskDefinition, Verification

__all__ = ["SEED", "judge", "start"]

SEED: Final = 1
"""Of the map that the factories are drawn for; edges of patches depend on it."""


def start(task: TaskDefinition, entities: Sequence[Placed]) -> EmbeddedServer:
    """A server with the task's map and the entities on it."""
    server = EmbeddedServer()
    server.reset(task.scenario, agents=1, seed=SEED)
    build(server.world, entities)
    return server


def judge(
    task: TaskDefinition, entities: Sequence[Placed], steps: int
) -> list[Verification]:
    """What the task says after each of so many steps in which nobody does anything.

    Each step is the task's settling time and its hold-out, in which is counted.
    """
    server = start(task, entities)
    condition = task.condition
    verdicts = []
    for _ in range(steps):
        server.advance(condition.settle_ticks)
        before = read_production(server)
        server.advance(condition.holdout_ticks)
        verdicts.append(condition.verify(before, read_production(server)))
    server.close()
    return verdicts
