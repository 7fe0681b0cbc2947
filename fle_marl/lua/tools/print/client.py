"""The `print` tool as agents call it."""

from typing import cast

from fle_marl.lua.client import Door, tool

__all__ = ["print"]


@tool
def print(call: Door, *args: object) -> str:
    """Write to your output, which you read after the program.

    Args:
        args: what to write, one after the other.

    Returns:
        The text.
    """
    text = "\t".join(str(part) for part in args)
    return cast(str, call("print", {"text": text}))
