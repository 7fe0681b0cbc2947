"""The base as it grows: where things are, its cells, and rounds to serve them."""

import math
from dataclasses import dataclass, field

from fle_marl.evaluation.rocket_run.cells import (
    RESOURCE_OF,
    BurnerCell,
    build_burner_cell,
    middle,
)
from fle_marl.evaluation.rocket_run.player import Player
from fle_marl.lua.types import Position, Prototype, Resource

__all__ = ["Base"]

_ROUND_SECONDS = 60.0
"""Waiting when a round brought too little."""
_MOST_ROUNDS = 200
_HAND_COAL = 10
"""Coal that is dug by hand when drills brought less."""


@dataclass(slots=True)
class Base:
    """All that was built.

    Attributes:
        player: who built it.
        patches: middles of the starting patches, by product.
        cells: by product.
        lake: the shore that is nearest to where the run begins.
    """

    player: Player
    patches: dict[Prototype, Position] = field(default_factory=dict)
    cells: dict[Prototype, list[BurnerCell]] = field(default_factory=dict)
    lake: Position = field(default_factory=lambda: Position(0, 0))

    def survey(self) -> None:
        """Find the starting patches and the lake."""
        self.lake = self.player.nearest(Resource.Water)
        for product, resource in RESOURCE_OF.items():
            near = self.player.nearest(resource)
            patch = self.player.get_resource_patch(resource, near)
            self.patches[product] = middle(patch)
            self.cells[product] = []

    def add_cell(self, product: Prototype) -> None:
        """Craft what a cell is made of, and build it."""
        player = self.player
        store = Prototype.StoneFurnace
        if product in (Prototype.Coal, Prototype.Stone):
            store = Prototype.WoodenChest
        player.craft_up_to(Prototype.BurnerMiningDrill, 1)
        player.craft_up_to(store, 1)
        cell = build_burner_cell(player, product, self.patches[product], store)
        self.cells[product].append(cell)

    def collect(self, product: Prototype) -> int:
        """Serve all cells of a product; how many were taken."""
        taken = 0
        for place, cell in enumerate(self.cells[product]):
            taken += cell.serve(self.player)
            if cell.is_exhausted(self.player):
                ore = self.patches[product]
                self.cells[product][place] = cell.move(self.player, ore)
        return taken

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
            got = sum(self.collect(p) for p in missing if p is not Prototype.Coal)
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
        cells = sum(len(self.cells[p]) for p in missing if p is not Prototype.Coal)
        needed = max(15 * cells, missing.get(Prototype.Coal, 0))
        player = self.player
        if player.has(Prototype.Coal) >= needed:
            return
        self.collect(Prototype.Coal)
        if player.has(Prototype.Coal) < _HAND_COAL:
            player.mine(Resource.Coal, _HAND_COAL)
