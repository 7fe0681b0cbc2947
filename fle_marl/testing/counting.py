"""Whether every item of a world is accounted for, wherever it is."""

from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from fle_marl.lua.wire import ToolReply
from fle_marl.prototypes import (
    EntityPrototype,
    PrototypeTable,
    TilePrototype,
    load,
)
from fle_marl.servers.embedded import EmbeddedServer
from fle_marl.sim.actions.build import entity_contents
from fle_marl.sim.components import TABLE_INDEX
from fle_marl.sim.world import World

__all__ = ["CountedServer", "count_items"]

_Placeable = PrototypeTable[EntityPrototype] | PrototypeTable[TilePrototype]

_ENTITY: Final = TABLE_INDEX["entity"]
_CRAFTING_MACHINE: Final = TABLE_INDEX["crafting_machine"]
_EMPTY_TYPES: Final = frozenset({"cliff", "fish", "resource", "simple-entity", "tree"})
"""What grows and lies in nature holds no items: what it gives is made by mining it."""


def count_items(world: World) -> Counter[str]:
    """How many of each item there are.

    In inventories, in hands, on belts and on the ground, in crafts that go on, by hand
    and in machines, and what is built or laid as a floor by an item.
    """
    # free rows are chained by negative numbers
    numbers = np.maximum(world.entity["prototype"][: world.count[_ENTITY]], 0)
    rows = np.flatnonzero(_may_hold_items()[numbers])
    held: Counter[int] = Counter()
    for row in rows.tolist():
        held.update(entity_contents(world, row))
    found = Counter({_item_name(item): count for item, count in held.items()})
    found += _placed(load().entities, numbers)
    for layer in ("tile", "hidden_tile"):
        found += _placed(load().tiles, world.tables[layer])
    return +found


@cache
def _may_hold_items() -> NDArray[np.bool_]:
    """By number of entity prototype."""
    prototypes = load().entities.values()
    mask = np.zeros(1 + max(each.id for each in prototypes), np.bool_)
    for each in prototypes:
        mask[each.id] = each.type not in _EMPTY_TYPES
    return mask


def _placed(prototypes: _Placeable, numbers: NDArray[Any]) -> Counter[str]:
    """Items by which entities or tiles with these prototypes were placed."""
    found: Counter[str] = Counter()
    counts = np.bincount(numbers.ravel())
    counts[0] = 0
    for number in np.flatnonzero(counts).tolist():
        for maker in prototypes.by_id(number).items_to_place_this[:1]:
            found[maker.name] += maker.count * int(counts[number])
    return found


def _held_by_crafts(world: World) -> Counter[str]:
    """What machines have taken for the crafts that go on."""
    machines = world.tables["crafting_machine"][: world.count[_CRAFTING_MACHINE]]
    at_work = machines["recipe"][machines["is_crafting"] & (machines["entity"] > 0)]
    held: Counter[str] = Counter()
    for recipe in at_work.tolist():
        for each in load().recipes.by_id(recipe).ingredients:
            if each.type == "item":
                held[each.name] += int(each.amount)
    return held


def _item_name(item: int) -> str:
    return load().items.by_id(item).name


class CountedServer(EmbeddedServer):
    """An embedded server that knows what its machines' crafts have given back.

    The statistics count ingredients as consumed when a craft begins. When it is broken
    off, by another recipe or as the machine is taken up, they come back, and the
    statistics keep them as consumed. No time passes in a call, so no craft begins or
    ends: what crafts hold less after it has been given back.
    """

    def __init__(self) -> None:
        super().__init__()
        self._given_back: Counter[str] = Counter()

    def balance(self) -> dict[str, float]:
        """How many of each item there are, less what came into the world and was used.

        The same before and after whatever agents and machines do.
        """
        world = self.world
        balance: Counter[str] = Counter(count_items(world))
        balance.subtract(_held_by_crafts(world))
        balance.subtract(self._given_back)
        flow = world.tables["item_flow"]
        change = flow["consumed"] - flow["produced"]
        totals: dict[str, float] = dict(balance)
        for item in np.flatnonzero(change).tolist():
            name = _item_name(item)
            totals[name] = totals.get(name, 0) + float(change[item])
        return {name: total for name, total in totals.items() if total}

    def restore(self, saved: bytes) -> None:
        """Go back to a saved world, with nothing given back yet."""
        super().restore(saved)
        self._given_back = Counter()

    def call(self, tool: str, agent: int, arguments: Mapping[str, object]) -> ToolReply:
        """Begin a tool call; see `GameServer.call`."""
        with self._noting_crafts():
            return super().call(tool, agent, arguments)

    def resume(self, agent: int) -> ToolReply:
        """Go on with a pending call; see `GameServer.resume`."""
        with self._noting_crafts():
            return super().resume(agent)

    def cancel(self, agent: int) -> None:
        """Drop a pending call; see `GameServer.cancel`."""
        with self._noting_crafts():
            super().cancel(agent)

    @contextmanager
    def _noting_crafts(self) -> Iterator[None]:
        before = _held_by_crafts(self.world)
        try:
            yield
        finally:
            before.subtract(_held_by_crafts(self.world))
            self._given_back.update(before)
