"""Counts of items, asked for by prototype or by name."""

from collections.abc import ItemsView, Iterator, KeysView, Mapping, ValuesView

from fle_marl.lua.types.names import game_name

__all__ = ["Inventory"]


class Inventory:
    """How many of which items something holds.

    Items that are not there count 0. Keys may be given as a `Prototype` or as the
    item's name; the inventory itself always speaks of names.

    Args:
        contents: counts by item.
        **counts: more of them, for items whose names are Python names.
    """

    def __init__(
        self, contents: Mapping[object, int] | None = None, /, **counts: int
    ) -> None:
        self._counts: dict[str, int] = {}
        for key, count in (contents or {}).items():
            self[key] = count
        for key, count in counts.items():
            self[key] = count

    def __getitem__(self, key: object) -> int:
        return self._counts.get(game_name(key), 0)

    def __setitem__(self, key: object, count: int) -> None:
        name = game_name(key)
        if count:
            self._counts[name] = count
        else:
            self._counts.pop(name, None)

    def get(self, key: object, default: int = 0) -> int:
        """How many of an item there are, or `default` when there are none."""
        return self._counts.get(game_name(key), default)

    def __contains__(self, key: object) -> bool:
        return game_name(key) in self._counts

    def __iter__(self) -> Iterator[str]:
        return iter(self._counts)

    def __len__(self) -> int:
        return len(self._counts)

    def items(self) -> ItemsView[str, int]:
        """Pairs of item name and count, of the items that are there."""
        return self._counts.items()

    def keys(self) -> KeysView[str]:
        """Names of the items that are there."""
        return self._counts.keys()

    def values(self) -> ValuesView[int]:
        """Counts of the items that are there."""
        return self._counts.values()

    def __add__(self, other: "Inventory") -> "Inventory":
        if not isinstance(other, Inventory):
            return NotImplemented
        total = Inventory(dict(self.items()))
        for name, count in other.items():
            total[name] += count
        return total

    def __eq__(self, other: object) -> bool:
        if isinstance(other, Inventory):
            return self._counts == other._counts
        if isinstance(other, Mapping):
            return self._counts == dict(other)
        return NotImplemented

    __hash__ = None  # type: ignore[assignment]  # inventories change

    def __repr__(self) -> str:
        return f"Inventory({self._counts})"
