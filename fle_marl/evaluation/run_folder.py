"""The folder that a run leaves behind: trajectory, result and a picture."""

import json
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import Any, Final, Self

import numpy as np
from numpy.typing import NDArray

__all__ = [
    "PICTURE",
    "RESULT",
    "TRAJECTORY",
    "TrajectoryWriter",
    "make_run_folder",
    "write_picture",
    "write_result",
]

TRAJECTORY: Final = "trajectory.jsonl"
RESULT: Final = "result.json"
PICTURE: Final = "factory.png"


def make_run_folder(task_key: str, seed: int, root: Path) -> Path:
    """Make a new folder ``<task>-<seed>-<n>`` with the first n that is free, from 1."""
    root.mkdir(parents=True, exist_ok=True)
    number = 1
    while True:
        folder = root / f"{task_key}-{seed}-{number}"
        try:
            folder.mkdir()
        except FileExistsError:
            number += 1
        else:
            return folder


class TrajectoryWriter:
    """Appends one JSON object a line: one for each step and agent.

    Every line is on disk before the next step begins, so an interrupted run keeps
    what it had.

    Args:
        path: of the file; one that is there is overwritten.
    """

    def __init__(self, path: Path) -> None:
        # what UTF-8 cannot write becomes an escape, which in JSON means the same
        self._file = path.open("w", encoding="utf-8", errors="backslashreplace")

    def write(self, record: Mapping[str, Any]) -> None:
        """Append a record of plain data."""
        self._file.write(json.dumps(record, ensure_ascii=False) + "\n")
        self._file.flush()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._file.close()


def write_result(folder: Path, result: Mapping[str, Any]) -> None:
    """Write what a run came to."""
    text = json.dumps(result, indent=2, ensure_ascii=False)
    (folder / RESULT).write_text(text + "\n", encoding="utf-8")


def write_picture(folder: Path, picture: NDArray[np.uint8]) -> None:
    """Write the factory's picture.

    Args:
        folder: of the run.
        picture: uint8[height, width, 3].
    """
    from PIL import Image

    Image.fromarray(picture).save(folder / PICTURE)
