"""A tool that gives back what it gets."""

from fle_marl.lua.client import Door, tool


@tool
def echo(call: Door, value: object = None) -> object:
    """Give back a value."""
    answer = call("echo", {"value": value})
    assert isinstance(answer, dict)
    return answer["value"]
