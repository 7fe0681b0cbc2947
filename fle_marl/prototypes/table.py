"""A table of prototypes, by name and by number."""

import difflib
from collections.abc import Iterable, Iterator, Mapping
from typing import Generic, Protocol, TypeVar, overload

from fle_marl.errors import PrototypeError

__all__ = ["Prototype", "PrototypeTable"]


class Prototype(Protocol):
    """What every prototype has."""

    @property
    def id(self) -> int:
        """Number within its table, from 1 in the order of the names."""
        ...

    @property
    def name(self) -> str:
        """The game's name, unique within its table."""
        ...


P = TypeVar("P", bound=Prototype)
D = TypeVar("D")


class PrototypeTable(Mapping[str, P], Generic[P]):
    """All prototypes of one kind, in the order of their names.

    Numbers run from 1 to ``len(table)`` and are the same in every process, so they may
    stand in arrays and saved worlds; 0 stands for none.

    Attributes:
        kind: what the prototypes are, such as ``"item"``; error codes are made of it.
    """

    def __init__(self, kind: str, prototypes: Iterable[P]) -> None:
        self.kind = kind
        self._by_name = {prototype.name: prototype for prototype in prototypes}
        self._by_id = tuple(self._by_name.values())

    def __getitem__(self, name: str) -> P:
        """The prototype of a name.

        Raises:
            PrototypeError: code ``no-such-<kind>``; the message names similar ones.
        """
        try:
            return self._by_name[name]
        except KeyError:
            raise self._missing(name) from None

    def by_id(self, number: int) -> P:
        """The prototype of a number.

        Raises:
            PrototypeError: code ``no-such-<kind>``; also for 0, which is none.
        """
        if not 1 <= number <= len(self._by_id):
            raise PrototypeError(
                f"there is no {self.kind} number {number!r}; numbers are 1 to "
                f"{len(self._by_id)}, and 0 stands for none",
                code=f"no-such-{self.kind}",
                details={"id": number, "largest": len(self._by_id)},
            )
        return self._by_id[number - 1]

    @overload
    def get(self, name: str, default: None = None, /) -> P | None: ...
    @overload
    def get(self, name: str, default: P, /) -> P: ...
    @overload
    def get(self, name: str, default: D, /) -> P | D: ...
    def get(self, name: str, default: P | D | None = None, /) -> P | D | None:
        """The prototype of a name, or the default."""
        return self._by_name.get(name, default)

    def __contains__(self, name: object) -> bool:
        return name in self._by_name

    def __iter__(self) -> Iterator[str]:
        return iter(self._by_name)

    def __len__(self) -> int:
        return len(self._by_id)

    def __repr__(self) -> str:
        return f"<PrototypeTable of {len(self)} x {self.kind}>"

    def _missing(self, name: str) -> PrototypeError:
        similar = difflib.get_close_matches(str(name), self._by_name, n=3)
        hint = f"; did you mean {', '.join(map(repr, similar))}?" if similar else ""
        return PrototypeError(
            f"there is no {self.kind} {name!r}{hint}",
            code=f"no-such-{self.kind}",
            details={"name": str(name), "similar": similar},
        )
