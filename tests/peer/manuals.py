"""The examples of FLE's manuals, read from the installed package.

`documentation.toml` says what each needs and what comes of it.
"""

import re
import tomllib
from pathlib import Path

import fle.env.tools

TOOLS = Path(fle.env.tools.__file__).parent / "agent"
BLOCK = re.compile(r"^```python[^\n]*\n(.*?)^```", re.MULTILINE | re.DOTALL)
TABLE = tomllib.loads(
    Path(__file__).with_name("documentation.toml").read_text(encoding="utf-8")
)
EXAMPLES = TABLE["example"]


def manual(tool: str) -> Path:
    """The manual of a tool, or that of all tools."""
    return (TOOLS / tool if tool else TOOLS.parent) / "agent.md"


def blocks(tool: str) -> list[str]:
    """All blocks of code in a manual."""
    return BLOCK.findall(manual(tool).read_text(encoding="utf-8"))


def name_of(example: dict) -> str:
    """A name for a parametrized test."""
    return f"{example['of'] or 'all'}-{example['number']}"


def preparations(example: dict) -> list[str]:
    """The programs that are run before an example."""
    return [
        *(TABLE["scenes"][name] for name in example.get("scenes", ())),
        example.get("before", ""),
    ]


def programs(example: dict) -> list[str]:
    """An example as it is published, and the program that follows it."""
    return [blocks(example["of"])[example["number"]], example.get("after", "")]


def for_our_tools(example: dict) -> dict:
    """The same as it is run on our tools: what `ours` says goes before the rest."""
    changed = example | example.get("ours", {})
    if not changed.get("fails"):
        changed.pop("fails", None)
    return changed
