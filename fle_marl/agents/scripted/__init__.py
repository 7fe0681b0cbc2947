"""A team of two that follows a script: one mines and feeds, one smelts and connects.

They use nothing but the agents' tools, each in programs of its own, and know of each
other's work only by messages. What they build is in `programs`, who does what when in
`plans`.
"""

from collections.abc import Mapping, Sequence

from fle_marl.agents.scripted.plans import PLANS
from fle_marl.agents.scripted.script import ScriptedAgent
from fle_marl.errors import TaskError
from fle_marl.tasks import TaskDefinition

__all__ = ["ScriptedAgent", "team"]


def team(task: TaskDefinition, agents: Sequence[str]) -> Mapping[str, ScriptedAgent]:
    """Make the scripted agents for a task.

    Args:
        task: what they play; the team knows a few tasks.
        agents: two names, the miner's and the smelter's.

    Raises:
        TaskError: `no-script`, the team does not know the task; `wrong-team-size`, it
            is not asked for two agents.
    """
    plan = PLANS.get(task.key)
    if plan is None:
        raise TaskError(
            f"the scripted team has no script for {task.key!r}; it plays "
            f"{', '.join(sorted(PLANS))}",
            code="no-script",
            details={"task": task.key, "tasks": sorted(PLANS)},
        )
    if len(agents) != len(plan):
        raise TaskError(
            f"the scripted team is made of {len(plan)} agents, not {len(agents)}",
            code="wrong-team-size",
            details={"agents": len(agents), "needed": len(plan)},
        )
    return {
        name: ScriptedAgent(stages) for name, stages in zip(agents, plan, strict=True)
    }
