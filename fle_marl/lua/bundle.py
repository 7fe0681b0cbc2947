"""Which Lua files a server needs, in which order, and their checksum."""

import hashlib
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Final

__all__ = ["admin_names", "checksum", "modules", "tool_names"]

_FOLDER: Final = Path(__file__).parent


@lru_cache(maxsize=1)
def modules() -> Mapping[str, str]:
    """Source of every Lua module by the name that ``require`` takes.

    ``runtime.<file>``, ``state.<file>``, ``tools.<tool>.server`` and ``admin.<file>``,
    sorted by name.
    """
    sources = {
        f"{folder}.{path.stem}": path
        for folder in ("admin", "runtime", "state")
        for path in (_FOLDER / folder).glob("*.lua")
    }
    for path in (_FOLDER / "tools").glob("*/server.lua"):
        sources[f"tools.{path.parent.name}.server"] = path
    return {name: sources[name].read_text(encoding="utf-8") for name in sorted(sources)}


def tool_names() -> tuple[str, ...]:
    """Names of all tools that have a server side."""
    return tuple(name.split(".")[1] for name in modules() if name.startswith("tools."))


def admin_names() -> tuple[str, ...]:
    """Names of all administration scripts."""
    return tuple(name.split(".")[1] for name in modules() if name.startswith("admin."))


def checksum() -> str:
    """Hex digest of the whole bundle: two servers with the same run the same Lua."""
    digest = hashlib.blake2b(digest_size=16)
    for name, source in modules().items():
        digest.update(f"{name}\0{len(source)}\0".encode())
        digest.update(source.encode())
    return digest.hexdigest()
