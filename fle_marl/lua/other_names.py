"""Names that programs written for the Factorio Learning Environment call tools by."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

__all__ = ["AllTools", "with_other_names"]

_OTHER_NAMES: Final[Mapping[str, str]] = {"get_messages": "read_messages"}
_ALL_TOOLS: Final = "game"
"""Its manuals sometimes call a tool as ``game.sleep(10)``."""


class AllTools:
    """All tools as attributes; it takes no others.

    Args:
        tools: functions by name.
    """

    __slots__ = ("__tools",)

    def __init__(self, tools: Mapping[str, object]) -> None:
        self.__tools = MappingProxyType(dict(tools))

    def __getattr__(self, name: str) -> object:
        try:
            return self.__tools[name]
        except KeyError:
            raise AttributeError(f"there is no tool {name!r}", name=name) from None

    def __dir__(self) -> list[str]:
        return list(self.__tools)

    def __repr__(self) -> str:
        return "all tools"


def with_other_names(tools: Mapping[str, object]) -> dict[str, object]:
    """The tools by their own names and by those that FLE's programs use besides.

    Args:
        tools: functions by name; those that are not there have no other names.
    """
    named = dict(tools)
    for other, name in _OTHER_NAMES.items():
        if name in tools:
            named[other] = tools[name]
    return {**named, _ALL_TOOLS: AllTools(named)}
