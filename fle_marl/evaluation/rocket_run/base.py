"""The base as it grows: where things are, its cells, and rounds to serve them."""

import math
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from fle_marl.evaluation.rocket_run.cells import (
    RESOURCE_OF,
    BurnerCell,
    build_burner_cell,
)
from fle_marl.evaluation.rocket_run.mines import (
    ElectricCell,
    height_of_cell,
    sites_of_cells,
)
from fle_marl.evaluation.rocket_run.player import Item, Player
from fle_marl.lua.types import BoundingBox, Position, Prototype, Resource

__all__ = ["Base"]

_ROUND_SECONDS = 60.0
"""Waiting when a round brought too little."""
_MOST_ROUNDS = 200
_SPARE = 100
"""What is taken beyond what is needed now: the next need comes soon."""
_VISITS = 4
"""Visits to cells between two to the coal."""
_RAW = frozenset(
    {
        Prototype.IronPlate,
        Prototype.CopperPlate,
        Prototype.Coal,
        Prototype.Stone,
    }
)
"""What cells bring from the beginning."""
_HAND_COAL = 10
"""Coal that is dug by hand when drills brought less."""


@dataclass(slots=True)
class Base:
    """All that was built.

    Attributes:
        player: who built it.
        patches: the starting patches, by product.
        sites: where electric cells may still be tried, by product.
        cells: by product.
        lake: the shore that is nearest to where the run begins.
    """

    player: Player
    patches: dict[Prototype, BoundingBox] = field(default_factory=dict)
    sites: dict[Prototype, list[Position]] = field(default_factory=dict)
    cells: dict[Prototype, list[BurnerCell | ElectricCell]] = field(
        default_factory=dict
    )
    lake: Position = field(default_factory=lambda: Position(0, 0))
    _visits: Counter[Prototype] = field(default_factory=Counter)

    def survey(self) -> None:
        """Find the starting patches and the lake."""
        self.lake = self.player.nearest(Resource.Water)
        for product, resource in RESOURCE_OF.items():
            near = self.player.nearest(resource)
            patch = self.player.get_resource_patch(resource, near)
            self.patches[product] = patch.bounding_box
            self.cells[product] = []
            self.sites[product] = sites_of_cells(product, patch.bounding_box)

    def add_cell(self, product: Prototype) -> None:
        """Craft what a cell is made of, and build it."""
        player = self.player
        store = Prototype.StoneFurnace
        if product in (Prototype.Coal, Prototype.Stone):
            store = Prototype.WoodenChest
        player.craft_up_to(Prototype.BurnerMiningDrill, 1)
        player.craft_up_to(store, 1)
        ore = self.patches[product].center
        cell = build_burner_cell(player, product, ore, store)
        self.cells[product].append(cell)

    def gives(self, item: Item) -> bool:
        """Whether rounds to cells bring an item."""
        return item in _RAW or bool(
            isinstance(item, Prototype) and self.cells.get(item)
        )

    def collect(self, product: Prototype, wanted: int) -> int:
        """Serve cells in turn until so many are carried; how many were taken."""
        player, cells = self.player, self.cells[product]
        taken = 0
        for _ in range(len(cells)):
            missing = wanted - player.has(product)
            if missing < 1 or not cells:
                break
            place = self._visits[product] % len(cells)
            self._visits[product] += 1
            got = cells[place].serve(player, missing + _SPARE)
            taken += got
            if got < missing and cells[place].is_exhausted(player):
                self._move(product, place)
        return taken

    def take_up_burner_cells(self) -> None:
        """Make room on the patches, where there are electric cells."""
        for product, cells in self.cells.items():
            if not any(isinstance(cell, ElectricCell) for cell in cells):
                continue
            for cell in cells:
                if isinstance(cell, BurnerCell):
                    cell.take_up(self.player)
            self.cells[product] = [c for c in cells if isinstance(c, ElectricCell)]
            self.sites[product] = sites_of_cells(product, self.patches[product])

    def _move(self, product: Prototype, place: int) -> None:
        """Move a cell that has used up its ore, or do without it on a full patch."""
        cell = self.cells[product][place]
        moved: BurnerCell | ElectricCell | None
        if isinstance(cell, ElectricCell):
            moved = cell.move(self.player, self.sites_for(product))
        else:
            moved = cell.move(self.player, self.patches[product].center)
        if moved is None:
            del self.cells[product][place]
        else:
            self.cells[product][place] = moved

    def sites_for(self, product: Prototype) -> Iterator[Position]:
        """Where a cell may go: its own sites, which are taken off as they are tried.

        After them come those of others on the same patch, and then what lies between.
        """
        patch = self.patches[product]
        while self.sites[product]:
            yield self.sites[product].pop(0)
        for other in self.sites:
            if self.patches[other] == patch:
                yield from list(self.sites[other])
        for shift in range(1, height_of_cell(product)):
            yield from sites_of_cells(product, patch, shift)

    def fetch(self, wanted: dict[Prototype, int]) -> None:
        """Make rounds until so many of each product are carried.

        Coal is fetched first: the other cells are refuelled on the way.
        """
        player = self.player
        for _ in range(_MOST_ROUNDS):
            missing = {p: n for p, n in wanted.items() if player.has(p) < n}
            if not missing:
                return
            self._fetch_coal(missing)
            self._fetch_stone_by_hand(missing)
            got = sum(
                self.collect(p, n)
                for p, n in missing.items()
                if p is not Prototype.Coal
            )
            for product in missing:
                if product is not Prototype.Coal and player.has(product):
                    player.reach(f"first {product.value[0]}")
            if got < math.ceil(sum(missing.values()) / 2):
                player.wait(_ROUND_SECONDS)
        raise RuntimeError(f"{wanted} could not be fetched: {player.contents()}")

    def _fetch_stone_by_hand(self, missing: dict[Prototype, int]) -> None:
        stone = missing.get(Prototype.Stone, 0) - self.player.has(Prototype.Stone)
        if stone > 0 and not self.cells[Prototype.Stone]:
            self.player.mine(Resource.Stone, stone)

    def _fetch_coal(self, missing: dict[Prototype, int]) -> None:
        """Have enough coal for a round to the cells of what is missing."""
        visits = sum(
            sum(cell.coal for cell in self.cells[p][:_VISITS])
            for p in missing
            if p is not Prototype.Coal
        )
        needed = max(visits, missing.get(Prototype.Coal, 0))
        player = self.player
        if player.has(Prototype.Coal) >= needed:
            return
        self.collect(Prototype.Coal, needed)
        if player.has(Prototype.Coal) < _HAND_COAL:
            player.mine(Resource.Coal, _HAND_COAL)
