#!/usr/bin/env python3
"""Write docs/tools.md: the agents' tools in a table.

Usage::

    python scripts/write_tools_page.py
"""

from pathlib import Path

from fle_marl.lua.tool_pages import ToolPage, load_tool_pages

PAGE = Path(__file__).parents[1] / "docs/tools.md"
HEAD = """\
# The agents' tools

<!-- Written by scripts/write_tools_page.py; do not edit. -->

What agents' programs can do in the world, the same on all servers. Each tool has a page
of its own, with its parameters, its errors and an example; all pages together, with the
types and the rules, are what `fle-marl manual` prints for a language model's prompt
(`fle-marl manual --short`: at most 8,000 tokens).

A call costs game time, of which 60 ticks are a second ([time.md](time.md) shows how
agents share it). A tool that refuses raises `ToolError` with one of its codes. Besides
those, every tool raises `bad-argument` for a value that its signature does not allow.
"""


def page() -> str:
    """The whole page."""
    rows = [_row(tool) for tool in load_tool_pages().values()]
    head = "| tool | how it is called | what it does | cost | errors |"
    return "\n".join([HEAD, head, "|---|---|---|---|---|", *rows, ""])


def _row(tool: ToolPage) -> str:
    cells = [
        f"[{tool.name}](../fle_marl/lua/tools/{tool.name}/agent.md)",
        f"`{tool.signature}`",
        tool.purpose,
        tool.cost,
        ", ".join(f"`{code}`" for code in tool.errors),
    ]
    return f"| {' | '.join(_escaped(cell) for cell in cells)} |"


def _escaped(cell: str) -> str:
    return cell.replace("|", r"\|")


def main() -> None:
    """Write the page."""
    PAGE.write_text(page(), encoding="utf-8")
    print(f"{PAGE}: {len(load_tool_pages())} tools")


if __name__ == "__main__":
    main()
