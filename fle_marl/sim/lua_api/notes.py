"""What scripts set and only scripts read: nothing in a tick depends on it.

A note is a plain value under what it is about (a force, an entity), its number and the
member's name. Notes are saved with the game. Members that are nothing but a note are
declared with `remember`.
"""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from fle_marl.sim.lua_api.lua_class import LuaClass

if TYPE_CHECKING:
    from fle_marl.sim.lua_api.runtime import LuaApi

__all__ = [
    "ABOUT_DRAWING",
    "ABOUT_ENTITY",
    "ABOUT_FORCE",
    "ABOUT_GAME",
    "ABOUT_RECIPE",
    "ABOUT_SURFACE",
    "Notes",
    "remember",
]

ABOUT_DRAWING: Final = "drawing"
ABOUT_ENTITY: Final = "entity"
ABOUT_FORCE: Final = "force"
ABOUT_GAME: Final = "game"
ABOUT_RECIPE: Final = "recipe"
ABOUT_SURFACE: Final = "surface"


class Notes:
    """All notes of one Lua state."""

    def __init__(self) -> None:
        # by what they are about: things come and go in great numbers
        self._values: dict[tuple[str, int], dict[str, Any]] = {}

    def get(self, about: str, number: int, name: str, default: object = None) -> Any:  # noqa: ANN401 - plain data
        """A note, or the default."""
        return self._values.get((about, number), {}).get(name, default)

    def put(self, about: str, number: int, name: str, value: object) -> None:
        """Make a note of plain data; None takes it back."""
        if value is None:
            self._values.get((about, number), {}).pop(name, None)
        else:
            self._values.setdefault((about, number), {})[name] = value

    def named(self, about: str, name: str) -> dict[int, Any]:
        """All notes of one name, by number, in order."""
        return {
            number: notes[name]
            for (kind, number), notes in sorted(self._values.items(), key=_place)
            if kind == about and name in notes
        }

    def forget(self, about: str, number: int) -> None:
        """Take back all notes about something."""
        self._values.pop((about, number), None)

    def saved(self, is_kept: Callable[[str, int], bool]) -> list[list[object]]:
        """All notes as plain lists, in order.

        Args:
            is_kept: whether what a note is about still is.
        """
        return [
            [*key, name, notes[name]]
            for key, notes in sorted(self._values.items(), key=_place)
            for name in sorted(notes)
            if is_kept(*key)
        ]

    def load(self, saved: list[list[Any]]) -> None:
        """Take what `saved` gave."""
        self._values = {}
        for about, number, name, value in saved:
            self.put(str(about), int(number), str(name), value)


def _place(entry: tuple[tuple[str, int], object]) -> tuple[str, int]:
    return entry[0]


def remember(
    lua_class: LuaClass,
    about: str,
    name: str,
    *,
    default: object,
    read: Callable[[object, str], object] = lambda value, _name: value,
) -> None:
    """Declare an attribute that scripts write and read, and that changes nothing.

    Args:
        lua_class: whose objects are numbers here.
        about: what the objects are, ``ABOUT_...``.
        name: the attribute's.
        default: its value until a script writes another.
        read: checks a script's value, by value and name, beyond its type.
    """
    lua_class.getters[name] = partial(_get, about=about, name=name, default=default)
    lua_class.setters[name] = partial(_set, about=about, name=name, read=read)


def _get(
    api: "LuaApi", number: int, *, about: str, name: str, default: object
) -> object:
    value = api.notes.get(about, number, name, default)
    return api.table(value) if isinstance(value, dict | list) else value


def _set(
    api: "LuaApi",
    number: int,
    value: object,
    *,
    about: str,
    name: str,
    read: Callable[[object, str], object],
) -> None:
    api.notes.put(about, number, name, read(value, name))
