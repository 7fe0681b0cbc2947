"""What the tools' folders tell in words: each tool's `agent.md`, and its parts."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from fle_marl.lua.client import TOOLS_FOLDER, load_tools

__all__ = ["FREE", "ToolPage", "load_tool_pages"]

FREE: Final = "none"
"""The cost of a tool that takes no game time."""

_SIGNATURE: Final = re.compile(r"```python\n(.*?)\n```", flags=re.DOTALL)
_COST: Final = re.compile(r"^Cost: (.*)\.$", flags=re.MULTILINE)
_ERRORS: Final = re.compile(r"^\| error \|.*\n\|[-|]*\|\n((?:\|.*\n)*)", re.MULTILINE)
_ERROR: Final = re.compile(r"^\| `([a-z-]+)` \| (.*) \|$", flags=re.MULTILINE)


@dataclass(frozen=True, slots=True)
class ToolPage:
    """The manual of one tool.

    Attributes:
        name: of the tool.
        signature: how it is called, as Python writes it.
        purpose: what it is for, in one sentence.
        cost: game time that it takes, in words; `FREE` if it takes none.
        errors: what each error code means, in the page's order.
        text: the whole page, Markdown.
    """

    name: str
    signature: str
    purpose: str
    cost: str
    errors: Mapping[str, str]
    text: str

    @property
    def is_free(self) -> bool:
        """Whether the tool takes no game time."""
        return self.cost == FREE


def load_tool_pages(folder: Path = TOOLS_FOLDER) -> Mapping[str, ToolPage]:
    """Read the pages of all tools in a folder.

    Args:
        folder: where to look; by default the tools that come with the package.

    Returns:
        Pages by name, in alphabetical order.

    Raises:
        TypeError: a `client.py` does not hold a tool of its folder's name.
        ValueError: an `agent.md` shows no signature or no cost.
    """
    return {
        name: _read_page(folder / name / "agent.md", name, tool.doc)
        for name, tool in load_tools(folder).items()
    }


def _read_page(path: Path, name: str, doc: str) -> ToolPage:
    text = path.read_text(encoding="utf-8")
    errors = _ERRORS.search(text)
    return ToolPage(
        name=name,
        signature=_part(_SIGNATURE, text, path, "signature in a block of Python"),
        purpose=doc.partition("\n")[0],
        cost=_part(_COST, text, path, "line 'Cost: ... .'"),
        errors=dict(_ERROR.findall(errors[1])) if errors else {},
        text=text,
    )


def _part(pattern: re.Pattern[str], text: str, path: Path, what: str) -> str:
    found = pattern.search(text)
    if found is None:
        raise ValueError(f"{path} has no {what}")
    return found[1]
