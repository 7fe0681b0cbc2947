"""A bank of machines that make anything: each is filled by hand, set, and emptied.

Nothing has to be laid between machines that way, and one bank makes everything that the
run needs. What holds it up is walking, and that costs only game time.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

from fle_marl.evaluation.rocket_run.player import Item, Player, item_named
from fle_marl.lua.types import Entity, Ingredient, Prototype, Recipe, RecipeName
from fle_marl.prototypes import load

__all__ = ["Bank", "Smelter", "item_parts"]

_MOST_ROUNDS: Final = 400
_SHORTEST_WAIT_SECONDS: Final = 2.0
_SPEEDS: Final = {
    name: float(str(load().entities[name].properties["crafting_speed"]))
    for name in (
        "assembling-machine-1",
        "assembling-machine-2",
        "chemical-plant",
    )
}
_FURNACE_COAL: Final = 10
_CRAFTS_OF_FLUIDS: Final = 20
"""Crafts of a machine between two visits when it takes nothing but fluids."""


def _stack(name: str) -> int:
    return load().items[name].stack_size


def item_parts(recipe: Recipe) -> list[Ingredient]:
    """What of a recipe is brought by hand."""
    return [part for part in recipe.ingredients if part.type != "fluid"]


@dataclass(slots=True)
class Bank:
    """Assembling machines that stand near each other.

    Attributes:
        player: serves them.
        machines: all of one kind.
        only: what they are set to for good, when fluids come to them by pipes; None for
            machines that make anything of items.
    """

    player: Player
    machines: list[Entity] = field(default_factory=list)
    only: Item | RecipeName | None = None

    def can_make(self, recipe: Recipe) -> bool:
        """Whether there are machines, and they are able to make this."""
        return (
            bool(self.machines)
            and recipe.category in ("crafting", "basic-crafting", "advanced-crafting")
            and all(part.count <= _stack(part.name) for part in item_parts(recipe))
        )

    def largest_batch(self, recipe: Recipe) -> int:
        """Crafts that all machines do with what fits into them at once."""
        each = min(
            (int(_stack(part.name) // part.count) for part in item_parts(recipe)),
            default=_CRAFTS_OF_FLUIDS,
        )
        return len(self.machines) * max(each, 1)

    def make(self, recipe: Recipe, crafts: int, keep_going: Callable[[], None]) -> None:
        """Make a batch, the ingredients of which are carried.

        Args:
            recipe: of one product.
            crafts: not more than `largest_batch`.
            keep_going: is called when the machines take longer than they should.
        """
        player = self.player
        [product] = recipe.products
        item = item_named(product.name)
        wanted = player.has(item) + int(product.count * crafts)
        used = [m for m in self._shares(crafts) if m[1]]
        for machine, share in used:
            player.go(machine.position)
            if self.only is None:
                player.set_entity_recipe(machine, item)
            for part in item_parts(recipe):
                player.give(item_named(part.name), machine, int(part.count * share))
        seconds = used[0][1] * recipe.energy / _SPEEDS[self.machines[0].name]
        for _ in range(_MOST_ROUNDS):
            player.wait(max(seconds, _SHORTEST_WAIT_SECONDS))
            for machine, _share in used:
                player.go(machine.position)
                player.take(item, machine)
            if player.has(item) >= wanted:
                return
            seconds = 10
            keep_going()
        raise RuntimeError(f"the machines stand still at {item}")

    def _shares(self, crafts: int) -> list[tuple[Entity, int]]:
        count = len(self.machines)
        return [
            (machine, crafts // count + (place < crafts % count))
            for place, machine in enumerate(self.machines)
        ]


@dataclass(slots=True)
class Smelter:
    """Stone furnaces for what is smelted of what is carried: steel and bricks.

    Attributes:
        player: serves them.
        furnaces: they stand near each other.
    """

    player: Player
    furnaces: list[Entity] = field(default_factory=list)

    def largest_batch(self, recipe: Recipe) -> int:
        """Crafts that all furnaces do with what fits into them at once."""
        [part] = recipe.ingredients
        return len(self.furnaces) * int(_stack(part.name) // part.count)

    def make(self, recipe: Recipe, crafts: int) -> None:
        """Smelt a batch, the ingredients and coal for which are carried."""
        player = self.player
        [part], [product] = recipe.ingredients, recipe.products
        item = item_named(product.name)
        wanted = player.has(item) + int(product.count * crafts)
        each = math.ceil(crafts / len(self.furnaces))
        left = crafts
        for furnace in self.furnaces:
            share = min(each, left)
            if share:
                self._fill(furnace, item_named(part.name), int(part.count * share))
            left -= share
        for _ in range(_MOST_ROUNDS):
            player.wait(each * recipe.energy)
            for furnace in self.furnaces:
                player.go(furnace.position)
                player.take(item, furnace)
            if player.has(item) >= wanted:
                return
            each = 1
        raise RuntimeError(f"the furnaces stand still at {item}")

    def coal_needed(self) -> int:
        """Coal that a batch may take."""
        return _FURNACE_COAL * len(self.furnaces)

    def _fill(self, furnace: Entity, item: Item, count: int) -> None:
        player = self.player
        player.go(furnace.position)
        held = player.inspect_inventory(furnace)[Prototype.Coal]
        player.give(Prototype.Coal, furnace, max(_FURNACE_COAL - held, 0))
        player.give(item, furnace, count)
