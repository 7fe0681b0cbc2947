"""Tasks: what a team is asked to do, where it starts, and when it has succeeded.

A task is one JSON file under ``task_definitions/`` in FLE's format, with a few optional
keys of our own. This room reads and checks the files and judges measurements; it never
touches a world. Names are imported when first used, because finding the files
(`tasks.files`) must stay cheap.
"""

import importlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
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

_HOMES = {
    "Condition": "verification",
    "LoadedTasks": "load",
    "Production": "verification",
    "TaskDefinition": "definition",
    "TaskProblem": "load",
    "Verification": "verification",
    "get_task": "load",
    "load_tasks": "load",
}


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(importlib.import_module(f"{__name__}.{_HOMES[name]}"), name)
