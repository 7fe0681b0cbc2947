"""The first phase: from empty hands to cells of burner drills and stone furnaces."""

from typing import Final

from fle_marl.evaluation.rocket_run.base import Base
from fle_marl.lua.types import Direction, Prototype, Resource

__all__ = ["bare_hands", "first_cells"]

_DRILL_PLATES: Final = 9
"""Iron plates in a burner drill: three gear wheels and three plates."""
_CELL_STONE: Final = 10
"""Stone in a burner drill's furnace and in the furnace beside it."""
_WOOD: Final = 8
"""Wood for chests."""

_GROWTH: Final = (
    (Prototype.Stone, 1),
    (Prototype.Coal, 1),
    (Prototype.IronPlate, 2),
    (Prototype.Coal, 2),
    (Prototype.IronPlate, 4),
    (Prototype.CopperPlate, 2),
    (Prototype.Coal, 3),
    (Prototype.IronPlate, 6),
)
"""Products, and how many cells of each there are to be, one after the other."""


def bare_hands(base: Base) -> None:
    """Dig and smelt by hand what the first drill is made of, and set it to work."""
    player = base.player
    player.mine(Resource.Wood, _WOOD)
    player.reach("first wood")
    player.mine(Resource.Stone, _CELL_STONE)
    player.mine(Resource.Coal, 20)
    player.mine(Resource.IronOre, _DRILL_PLATES)
    player.craft_up_to(Prototype.StoneFurnace, 2)
    furnace = player.place_entity(
        Prototype.StoneFurnace,
        Direction.UP,
        player.move_to(player.nearest(Resource.IronOre)),
        exact=False,
    )
    player.give(Prototype.Coal, furnace, 2)
    player.give(Prototype.IronOre, furnace, _DRILL_PLATES)
    while player.has(Prototype.IronPlate) < _DRILL_PLATES:
        player.wait(5)
        if player.take(Prototype.IronPlate, furnace):
            player.reach("first iron-plate")
    player.pickup_entity(furnace)
    base.add_cell(Prototype.IronPlate)
    player.reach("first drill")


def first_cells(base: Base) -> None:
    """Let each cell pay for the next, up to a small works."""
    for product, wanted in _GROWTH:
        while len(base.cells[product]) < wanted:
            base.fetch(
                {Prototype.IronPlate: _DRILL_PLATES, Prototype.Stone: _CELL_STONE}
            )
            if base.player.has(Prototype.Wood) < 2:
                base.player.mine(Resource.Wood, _WOOD)
            base.add_cell(product)
    base.player.reach("first cells")
