"""Reading the tables that ``scripts/extract_prototypes.py`` made; nothing else does."""

import json
from pathlib import Path
from typing import Any, Final

__all__ = ["FACTORIO_VERSION", "read_table"]

FACTORIO_VERSION: Final = "1.1.110"

_FOLDER: Final = Path(__file__).parent / "data" / FACTORIO_VERSION


def read_table(name: str) -> dict[str, dict[str, Any]]:
    """Parse a table anew, so that the caller may take it apart.

    Args:
        name: of the file, without its ending, such as ``"items"``.

    Returns:
        Name of the prototype -> its properties.
    """
    table: dict[str, dict[str, Any]] = json.loads(
        (_FOLDER / f"{name}.json").read_bytes()
    )
    return table
