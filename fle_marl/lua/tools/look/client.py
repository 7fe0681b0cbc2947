"""The `look` tool as agents call it."""

from collections.abc import Iterator
from typing import Any, Final, cast

from fle_marl.lua.client import Door, tool

__all__ = ["look"]

_SHOWN: Final = 8
"""How many things of a kind are told one by one."""


@tool
def look(call: Door, radius: int = 20) -> str:
    """Tell what is around, in a few lines.

    Args:
        radius: tiles, from 1 to 50.

    Returns:
        Lines to print: where you are, ore, trees and rocks, water, what is built and
        how it is doing, what lies on the ground, other agents.

    Raises:
        ToolError: `bad-argument`.
    """
    return "\n".join(_lines(cast(dict[str, Any], call("look", {"radius": radius}))))


def _lines(seen: dict[str, Any]) -> Iterator[str]:
    yield f"you are at {_place(seen['position'])}, and see {seen['radius']:g} tiles"
    for each in seen["resources"]:
        yield f"{each['name']}: {_count(each)}, {each['amount']:g} left"
    for each in seen["nature"]:
        yield f"{each['name']}: {_count(each)}"
    for each in seen["built"]:
        yield f"{each['name']} x{each['count']}: " + _listed(each)
    for each in seen["ground"]:
        yield f"on the ground: {each['name']} x{each['amount']:g}, {_nearest(each)}"
    for each in seen["agents"]:
        yield f"{each['name']} at {_place(each['position'])}"


def _count(each: dict[str, Any]) -> str:
    return f"{each['count']}, {_nearest(each)}"


def _nearest(each: dict[str, Any]) -> str:
    return f"nearest at {_place(each['nearest'])}"


def _listed(each: dict[str, Any]) -> str:
    shown = [
        " ".join(filter(None, (_place(entity["position"]), entity.get("status"))))
        for entity in each["entities"][:_SHOWN]
    ]
    more = each["count"] - len(shown)
    return ", ".join(shown) + (f" and {more} more" if more else "")


def _place(position: dict[str, float]) -> str:
    return f"({position['x']:g}, {position['y']:g})"
