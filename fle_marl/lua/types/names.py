"""What an item, recipe or resource is called in the game, however a program says it."""

from difflib import get_close_matches
from enum import Enum, EnumMeta
from typing import Any

__all__ = ["SuggestingEnumMeta", "game_name"]


class SuggestingEnumMeta(EnumMeta):
    """Makes an unknown member's AttributeError name the members that come closest."""

    def __getattr__(cls, name: str) -> Any:  # noqa: ANN401 - enum members are of any type
        if name.startswith("_"):
            raise AttributeError(name)
        if name in cls._member_map_:  # Python 3.11 finds members only through here
            return cls._member_map_[name]
        close = get_close_matches(name, cls._member_map_, n=3, cutoff=0.6)
        hint = f". Did you mean: {', '.join(close)}?" if close else ""
        raise AttributeError(f"{cls.__name__!r} has no attribute {name!r}{hint}")


def game_name(key: object) -> str:
    """The game's kebab-case name of a thing.

    Args:
        key: the name itself, a `Prototype`, `Resource`, `RecipeName` or `Technology`,
            or the ``(name, class)`` pair that is a `Prototype`'s value.

    Raises:
        TypeError: nothing in the game is called by such a value.
    """
    value = key.value if isinstance(key, Enum) else key
    if isinstance(value, tuple) and value:
        value = value[0]
    if not isinstance(value, str):
        raise TypeError(f"expected a Prototype or the name of an item, not {key!r}")
    return value
