"""Finding, reading and checking task files.

A file that cannot be used is reported by name with every reason, and the others load
all the same.
"""

import difflib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from pydantic import ValidationError

from fle_marl.errors import TaskError
from fle_marl.tasks.definition import TaskDefinition, define_task, start_name
from fle_marl.tasks.file_format import TASK_FILE, StartFile, TaskFile
from fle_marl.tasks.files import definition_files, definitions_root, start_file
from fle_marl.tasks.names import check_names
from fle_marl.tasks.reasons import describe_errors, did_you_mean

__all__ = ["LoadedTasks", "TaskProblem", "get_task", "load_task", "load_tasks"]


@dataclass(frozen=True, slots=True)
class TaskProblem:
    """Why a file is not among the tasks.

    Attributes:
        path: the file.
        reason: everything that is wrong with it, in one line.
    """

    path: Path
    reason: str

    def __str__(self) -> str:
        return f"{self.path.parent.name}/{self.path.name}: {self.reason}"


class LoadedTasks(NamedTuple):
    """What a folder of task files holds.

    Attributes:
        tasks: every usable task by its key, in the order of the files.
        problems: every file that could not be used.
    """

    tasks: Mapping[str, TaskDefinition]
    problems: tuple[TaskProblem, ...]


def load_tasks(root: Path | None = None) -> LoadedTasks:
    """Read every task file below a folder.

    Args:
        root: the folder; the package's own when None, which is read once.

    Raises:
        TaskError: `no-task-definitions`; the package has no such folder.
    """
    return _load_own() if root is None else _load_folder(root)


def get_task(name: str, root: Path | None = None) -> TaskDefinition:
    """Find one task.

    Args:
        name: a task's key or one of its aliases, or the path of a ``.json`` file.
        root: the folder to look in; the package's own when None.

    Raises:
        TaskError: `no-such-task`; `bad-task` where the file is there and is broken.
    """
    if name.endswith(".json"):
        return load_task(Path(name), root)
    tasks, problems = load_tasks(root)
    for task in tasks.values():
        if name == task.key or name in task.aliases:
            return task
    for problem in problems:
        if problem.path.stem == name:
            raise TaskError(f"task {name!r} cannot be used: {problem}")
    raise TaskError(
        f"there is no task {name!r}{did_you_mean(name, tasks)} "
        f"({len(tasks)} tasks are in {root or definitions_root()})",
        code="no-such-task",
        details={"task": name, "close": difflib.get_close_matches(name, tasks)},
    )


def load_task(path: Path, root: Path | None = None) -> TaskDefinition:
    """Read one task file.

    Args:
        path: the file.
        root: the folder whose ``starts`` it may name; the package's own when None.

    Raises:
        TaskError: `no-such-task` where there is no such file; `bad-task`, with
            everything that is wrong with it.
    """
    if not path.is_file():
        raise TaskError(f"there is no task file {str(path)!r}", code="no-such-task")
    file = _read_task_file(path)
    start = _read_start_file(start_file(root or definitions_root(), start_name(file)))
    check_names(file.config, start)
    return define_task(file, start, path)


@lru_cache(maxsize=1)
def _load_own() -> LoadedTasks:
    return _load_folder(definitions_root())


def _load_folder(root: Path) -> LoadedTasks:
    tasks: dict[str, TaskDefinition] = {}
    problems: list[TaskProblem] = []
    owners: dict[str, Path] = {}
    for path in definition_files(root):
        try:
            task = load_task(path, root)
            _check_unowned(task, owners)
        except TaskError as error:
            problems.append(TaskProblem(path, error.message))
            continue
        tasks[task.key] = task
        owners.update(dict.fromkeys((task.key, *task.aliases), path))
    return LoadedTasks(MappingProxyType(tasks), tuple(problems))


def _check_unowned(task: TaskDefinition, owners: Mapping[str, Path]) -> None:
    for name in (task.key, *task.aliases):
        if name in owners:
            raise TaskError(
                f"the name {name!r} is already taken by {owners[name].name}; "
                "each key and alias may be used once"
            )


def _read_task_file(path: Path) -> TaskFile:
    try:
        return TASK_FILE.validate_json(_read(path))
    except ValidationError as error:
        raise TaskError(describe_errors(error, None)) from error


def _read_start_file(path: Path) -> StartFile:
    if not path.is_file():
        name = path.stem.replace("_", "-")
        known = [p.stem.replace("_", "-") for p in sorted(path.parent.glob("*.json"))]
        raise TaskError(
            f"config.start: there is no start {name!r}{did_you_mean(name, known)} "
            f"(there are: {', '.join(known) or 'none'})"
        )
    try:
        return StartFile.model_validate_json(_read(path))
    except ValidationError as error:
        reasons = describe_errors(error, StartFile)
        raise TaskError(f"its start {path.name} is broken: {reasons}") from error


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise TaskError(f"{path.name} cannot be read: {error}") from error
