"""Where task files are and how they are read, without checking what they say.

Kept apart from the models, because registering environments needs only the names and
must not cost the import of a validation library.
"""

import json
from collections.abc import Iterator
from pathlib import Path

from fle_marl.errors import TaskError

__all__ = ["definition_files", "definitions_root", "peek_task_keys", "start_file"]

_PACKAGE = Path(__file__).resolve().parents[1]
_STARTS = "starts"


def definitions_root() -> Path:
    """The folder of task files: in the installed package, else in the checkout.

    Raises:
        TaskError: `no-task-definitions`; it is in neither place.
    """
    for root in (_PACKAGE / "task_definitions", _PACKAGE.parent / "task_definitions"):
        if root.is_dir():
            return root
    raise TaskError(
        f"there is no folder task_definitions in {_PACKAGE} nor beside it",
        code="no-task-definitions",
    )


def definition_files(root: Path) -> list[Path]:
    """Every ``<family>/<task>.json`` below a root, in the order of their names."""
    return [
        path for path in sorted(root.glob("*/*.json")) if path.parent.name != _STARTS
    ]


def start_file(root: Path, name: str) -> Path:
    """Where a named start is kept; ``lab-play`` is in ``starts/lab_play.json``."""
    return root / _STARTS / f"{name.replace('-', '_')}.json"


def peek_task_keys(root: Path) -> Iterator[tuple[str, Path]]:
    """Key and file of each task file that can be read; the others are passed over."""
    for path in definition_files(root):
        try:
            key = json.loads(path.read_bytes())["config"]["task_key"]
        except (OSError, ValueError, KeyError, TypeError):
            continue
        if isinstance(key, str):
            yield key, path
