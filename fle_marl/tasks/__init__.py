"""Tasks: what a team is asked to do, where it starts, and when it has succeeded.

A task is one JSON file under ``task_definitions/`` in FLE's format, with a few optional
keys of our own. This room reads and checks the files and judges measurements; it never
touches a world.
"""

from fle_marl.tasks.definition import TaskDefinition
from fle_marl.tasks.load import LoadedTasks, TaskProblem, get_task, load_tasks
from fle_marl.tasks.verification import Condition, Production, Verification

__all__ = [
    "Condition",
    "LoadedTasks",
    "Production",
    "TaskDefinition",
    "TaskProblem",
    "Verification",
    "get_task",
    "load_tasks",
]
