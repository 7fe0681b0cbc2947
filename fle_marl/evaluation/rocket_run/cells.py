"""Cells: a few machines that make one thing, filled and emptied by hand on rounds."""

from dataclasses import dataclass
from typing import Final

from fle_marl.evaluation.rocket_run.player import Player
from fle_marl.lua.types import (
    BuildingBox,
    Direction,
    Entity,
    EntityStatus,
    Position,
    Prototype,
    Resource,
)

__all__ = ["RESOURCE_OF", "BurnerCell", "build_burner_cell"]

_GAP_TILES: Final = 1
"""Free ground beside each cell, so that there is a way between them."""
_DRILL_COAL: Final = 20
"""A burner drill takes 0.15 coal for an ore: enough for more than a furnace holds."""
_FURNACE_COAL: Final = 10
"""A stone furnace takes 0.072 coal for a plate."""


@dataclass(slots=True)
class BurnerCell:
    """A burner drill that drops what it mines into a furnace or a chest.

    Attributes:
        product: what is taken out of it.
        drill: the drill.
        store: the furnace or chest that it drops into.
    """

    product: Prototype
    drill: Entity
    store: Entity

    @property
    def coal(self) -> int:
        """Coal that a visit may take."""
        return _FURNACE_COAL + _DRILL_COAL

    def serve(self, player: Player, most: int) -> int:
        """Go there, take up to so many, and fill up the fuel; how many were taken."""
        player.go(self.drill.position)
        taken = player.take(self.product, self.store, most)
        self.refuel(player)
        return taken

    def is_exhausted(self, player: Player) -> bool:
        """Whether no ore is left under the drill."""
        drill = player.get_entity(Prototype.BurnerMiningDrill, self.drill.position)
        return bool(drill.status is EntityStatus.NO_MINABLE_RESOURCES)

    def move(self, player: Player, ore: Position) -> "BurnerCell":
        """Take the cell up and build it where there is ore."""
        kind = self.store.prototype
        assert kind is not None
        self.take_up(player)
        return build_burner_cell(player, self.product, ore, kind)

    def take_up(self, player: Player) -> None:
        """Take everything of it, and what is in it."""
        player.go(self.drill.position)
        player.pickup_entity(self.drill)
        player.pickup_entity(self.store)

    def refuel(self, player: Player) -> None:
        """Bring drill and furnace to their usual amounts of coal."""
        player.top_up(Prototype.Coal, self.drill, _DRILL_COAL)
        if self.store.type == "furnace":
            player.top_up(Prototype.Coal, self.store, _FURNACE_COAL)


def build_burner_cell(
    player: Player, product: Prototype, ore: Position, store: Prototype
) -> BurnerCell:
    """Build a cell from a drill and a furnace or chest that are carried.

    Args:
        player: carries them, and perhaps coal.
        product: what the cell gives.
        ore: the middle of the patch.
        store: what the drill drops into.
    """
    player.go(ore)
    ground = player.nearest_buildable(
        Prototype.BurnerMiningDrill,
        BuildingBox(width=2 + _GAP_TILES, height=4 + _GAP_TILES),
        ore,
    )
    left, top = ground.left_top.x, ground.left_top.y
    player.go(ground.center)
    drill = player.place_entity(
        Prototype.BurnerMiningDrill, Direction.DOWN, Position(left + 1, top + 1)
    )
    # a chest takes the tile that the drill drops on
    place = Position(left + 1, top + 3)
    if store is not Prototype.StoneFurnace:
        place = drill.drop_position
    cell = BurnerCell(product, drill, player.place_entity(store, Direction.UP, place))
    cell.refuel(player)
    return cell


RESOURCE_OF: Final = {
    Prototype.IronPlate: Resource.IronOre,
    Prototype.CopperPlate: Resource.CopperOre,
    Prototype.Coal: Resource.Coal,
    Prototype.Stone: Resource.Stone,
    Prototype.SteelPlate: Resource.IronOre,
    Prototype.StoneBrick: Resource.Stone,
}
"""What a cell of a product stands on."""
