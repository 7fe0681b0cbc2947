"""The manual in its two forms: everything, and what fits into a small prompt."""

from typing import Final

from fle_marl.agents.manual.rules import rules
from fle_marl.agents.manual.vocabulary import constant_lines, type_lines, type_stubs
from fle_marl.lua.tool_pages import ToolPage, load_tool_pages

__all__ = ["full_manual", "short_manual"]

_ANY_TOOL_RAISES: Final = "bad-argument"
"""Told once in the rules, as the arguments of all tools are checked."""


def full_manual() -> str:
    """Everything that an agent can use: rules, types with fields, each tool's page."""
    pages = load_tool_pages().values()
    return _manual(
        types=f"```python\n{type_stubs()}\n```",
        tools="\n\n".join(f"##{page.text.strip()}" for page in pages),
    )


def short_manual() -> str:
    """The rules, types in a line each, and of tools how to call them and what it costs.

    At most 8,000 tokens, by `most_tokens`.
    """
    pages = load_tool_pages().values()
    head = "Tools take no game time where no cost is named. Codes of errors come last."
    return _manual(
        types=type_lines(),
        tools="\n".join([f"{head}\n", *(f"* {_tool_line(page)}" for page in pages)]),
    )


def _manual(*, types: str, tools: str) -> str:
    parts = [
        "# Manual",
        "## Rules",
        rules().strip(),
        "## Types",
        types,
        "Other names:",
        constant_lines(),
        "## Tools",
        tools,
    ]
    return "\n\n".join(parts) + "\n"


def _tool_line(page: ToolPage) -> str:
    line = f"`{page.signature}` {page.purpose}"
    if not page.is_free:
        line += f" Cost: {page.cost}."
    codes = [code for code in page.errors if code != _ANY_TOOL_RAISES]
    return line + (f" [{', '.join(codes)}]" if codes else "")
