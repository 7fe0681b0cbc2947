"""How a class of the game's Lua API is declared in Python."""

from collections.abc import Callable
from functools import cached_property
from inspect import Parameter, signature
from math import inf
from typing import Any, TypeVar

__all__ = ["LuaClass", "LuaValue"]

LuaValue = Any
"""A value of Lua as lupa hands it over: a number, a string, a table, an object."""

Member = TypeVar("Member", bound=Callable[..., Any])


class LuaClass:
    """The members of one class, each a Python function of the API and the object.

    A getter is ``f(api, self)``, a setter ``f(api, self, value)``, a method
    ``f(api, self, *arguments)``. ``self`` is what the Lua object holds in ``__self``.

    Args:
        name: the game's, such as ``LuaEntity``.
        parents: classes whose members it has too.
        is_constant: whether what getters give of an object never changes, as of
            prototypes; numbers, texts and flags are asked for once, then remembered.

    Attributes:
        kept: getters that are asked once, since what they give never changes; of a
            class with a single object.
        places: getters that give x and y, tiles, or None: scripts see a MapPosition.
        read_together: getters of entities that `entity_columns` knows as well.
        gives: members whose values are what objects of a class hold, with the class:
            Lua makes the objects, which Python would have to ask it for.
        parts: methods that `entity_parts` knows as well, with the largest number that
            they take.
        gives_lists: the same for getters whose values are tables of lists of such.
    """

    def __init__(
        self, name: str, *parents: "LuaClass", is_constant: bool = False
    ) -> None:
        self.name = name
        self.is_constant = is_constant
        self.getters: dict[str, Callable[..., Any]] = {}
        self.setters: dict[str, Callable[..., Any]] = {}
        self.methods: dict[str, Callable[..., Any]] = {}
        self.operators: dict[str, Callable[..., Any]] = {}
        self.kept: set[str] = set()
        self.places: set[str] = set()
        self.read_together: set[str] = set()
        self.gives: dict[str, str] = {}
        self.gives_lists: dict[str, str] = {}
        self.parts: dict[str, int] = {}
        for parent in parents:
            self.getters |= parent.getters
            self.setters |= parent.setters
            self.methods |= parent.methods
            self.gives |= parent.gives
            self.gives_lists |= parent.gives_lists

    @cached_property
    def argument_counts(self) -> dict[str, tuple[int, float]]:
        """How many arguments each method takes, at least and at most."""
        return {name: _argument_counts(each) for name, each in self.methods.items()}

    @property
    def members(self) -> set[str]:
        """Names of everything that is implemented."""
        of_all = ("object_name", "help")
        return {*self.getters, *self.setters, *self.methods, *of_all}

    @cached_property
    def readable(self) -> frozenset[str]:
        """Names of the attributes that can be read, and of the methods."""
        return frozenset((*self.getters, *self.methods))

    def member(self, name: str) -> dict[str, Any]:
        """How an attribute is read or a method is called, for `lua/classes.lua`.

        Args:
            name: one of `readable`.
        """
        gives = self.gives.get(name)
        if name not in self.getters:
            least, most = self.argument_counts[name]
            return {
                "call": self.methods[name],
                "least": least,
                "most": most,
                "gives": gives,
                "largest_part": self.parts.get(name),
            }
        return {
            "call": self.getters[name],
            "gives": gives,
            "gives_lists": self.gives_lists.get(name),
            "is_constant": self.is_constant,
            "is_kept": name in self.kept,
            "is_place": name in self.places,
            "is_read_together": name in self.read_together,
        }

    def describe(self) -> str:
        """What ``help`` answers: the names of all members."""
        attributes = {*self.getters, "object_name"}
        parts = (
            (f"Help for {self.name}:\nMethods:", {*self.methods, "help"}),
            ("Attributes:", attributes),
        )
        return "\n".join(
            "\n".join([head, *(f"  {name}" for name in sorted(names))])
            for head, names in parts
        )

    def getter(self, name: str) -> Callable[[Member], Member]:
        """Declare how an attribute is read."""
        return self._declare(self.getters, name)

    def setter(self, name: str) -> Callable[[Member], Member]:
        """Declare how an attribute is written."""
        return self._declare(self.setters, name)

    def method(self, name: str) -> Callable[[Member], Member]:
        """Declare a method."""
        return self._declare(self.methods, name)

    def operator(self, name: str) -> Callable[[Member], Member]:
        """Declare ``index``, ``newindex``, ``len``, ``call`` or ``pairs``.

        ``index`` gives ``(value, found)``; ``newindex`` gives whether it took the key.
        """
        return self._declare(self.operators, name)

    @staticmethod
    def _declare(
        table: dict[str, Callable[..., Any]], name: str
    ) -> Callable[[Member], Member]:
        def keep(function: Member) -> Member:
            table[name] = function
            return function

        return keep


def _argument_counts(method: Callable[..., Any]) -> tuple[int, float]:
    _api, _self, *parameters = (
        each
        for each in signature(method).parameters.values()
        # those that a declaration has fixed already
        if each.kind is not Parameter.KEYWORD_ONLY
    )
    if any(each.kind is Parameter.VAR_POSITIONAL for each in parameters):
        most = inf
    else:
        most = len(parameters)
    required = [
        each
        for each in parameters
        if each.default is Parameter.empty and each.kind is not Parameter.VAR_POSITIONAL
    ]
    return len(required), most
