"""Mines: cells of an electric drill, furnaces behind each other, and a chest."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from fle_marl.evaluation.rocket_run.player import Item, Player
from fle_marl.lua.types import (
    BoundingBox,
    Direction,
    Entity,
    EntityStatus,
    Position,
    Prototype,
)

__all__ = [
    "ElectricCell",
    "build_electric_cell",
    "height_of_cell",
    "parts_of_cell",
    "sites_of_cells",
]

_FURNACES: Final = {
    Prototype.IronPlate: 1,
    Prototype.CopperPlate: 1,
    Prototype.StoneBrick: 1,
    Prototype.SteelPlate: 2,
}
"""Furnaces that the ore goes through; without one it goes from the drill to a chest."""
_FURNACE_COAL: Final = 40
"""Lasts half an hour in any furnace."""
_WIDTH: Final = 4
"""The drill, and a way beside it."""
_DRILL_TILES: Final = 3
_FURNACE_TILES: Final = 3
"""A furnace and the inserter behind it."""
_CHEST_TILES: Final = 1


def parts_of_cell(product: Prototype, furnace: Prototype) -> dict[Item, int]:
    """What a cell is built of.

    Args:
        product: what it gives.
        furnace: the kind of its furnaces.
    """
    count = _FURNACES.get(product, 0)
    return {
        Prototype.ElectricMiningDrill: 1,
        Prototype.WoodenChest: 1,
        Prototype.SmallElectricPole: count + 1,
        furnace: count,
        Prototype.Inserter: count,
    }


@dataclass(slots=True)
class ElectricCell:
    """A drill, what its ore goes through, and a chest at the end.

    Attributes:
        product: what is taken out of it.
        drill: the drill.
        furnaces: in the order of the ore.
        inserters: one behind each furnace.
        poles: electric poles along it.
        chest: where the product ends.
        corner: left top of its ground.
        facing: where the ore goes, down or up.
    """

    product: Prototype
    drill: Entity
    furnaces: list[Entity]
    inserters: list[Entity]
    poles: list[Entity]
    chest: Entity
    corner: Position
    facing: Direction

    @property
    def coal(self) -> int:
        """Coal that a visit may take."""
        return _FURNACE_COAL * len(self.furnaces)

    def serve(self, player: Player, most: int) -> int:
        """Go there, take up to so many, and fill up the fuel; how many were taken."""
        player.go(self.chest.position)
        taken = player.take(self.product, self.chest, most)
        self.refuel(player)
        return taken

    def refuel(self, player: Player) -> None:
        """Bring the furnaces to their usual amounts of coal."""
        for furnace in self.furnaces:
            player.top_up(Prototype.Coal, furnace, _FURNACE_COAL)

    def is_exhausted(self, player: Player) -> bool:
        """Whether no ore is left under the drill."""
        drill = player.get_entity(Prototype.ElectricMiningDrill, self.drill.position)
        return bool(drill.status is EntityStatus.NO_MINABLE_RESOURCES)

    def move(self, player: Player, sites: Iterator[Position]) -> "ElectricCell | None":
        """Take the cell up, and build it where there is ore.

        First the other way round on the same ground: that mines what lay below the
        furnaces. Then at the next site (`build_electric_cell`), if there is one.
        """
        kind = next((furnace.prototype for furnace in self.furnaces), None)
        player.go(self.chest.position)
        for part in self._parts():
            player.go(part.position)
            player.pickup_entity(part)
        furnace = kind or Prototype.StoneFurnace
        if self.facing is Direction.DOWN:
            parts = _layout(self.product, self.corner, furnace, Direction.UP)
            if _is_free(player, parts, Direction.UP):
                return _place(player, self.product, self.corner, furnace, Direction.UP)
        return build_electric_cell(player, self.product, sites, furnace)

    def _parts(self) -> Iterator[Entity]:
        yield self.drill
        yield from self.furnaces
        yield from self.inserters
        yield from self.poles
        yield self.chest


def sites_of_cells(
    product: Prototype, patch: BoundingBox, shift: int = 0
) -> list[Position]:
    """Left top corners of cells side by side on a patch, those in its middle first.

    Args:
        product: what cells give.
        patch: the ore's bounds.
        shift: rows of tiles that all of them are lower.
    """
    height = height_of_cell(product)
    corner, end = patch.left_top, patch.right_bottom
    sites = [
        Position(x, y)
        for y in range(int(corner.y) + shift, int(end.y) - 1, height)
        for x in range(int(corner.x), int(end.x) - 1, _WIDTH)
    ]

    def away(site: Position) -> float:
        middle = patch.center
        return abs(site.x + 1.5 - middle.x) + abs(site.y + 1.5 - middle.y)

    return sorted(sites, key=away)


def build_electric_cell(
    player: Player, product: Prototype, sites: Iterator[Position], furnace: Prototype
) -> ElectricCell | None:
    """Build a cell of parts that are carried (`parts_of_cell`).

    Args:
        player: carries them, and perhaps coal.
        product: what the cell gives.
        sites: where to try it.
        furnace: the kind of its furnaces.

    Returns:
        The cell; None when no site has room and ore.
    """
    for corner in sites:
        parts = _layout(product, corner, furnace, Direction.DOWN)
        if _is_free(player, parts, Direction.DOWN):
            return _place(player, product, corner, furnace, Direction.DOWN)
    return None


_Parts = list[tuple[Prototype, Position]]


def _is_free(player: Player, parts: _Parts, facing: Direction) -> bool:
    player.go(parts[len(parts) // 2][1])
    return all(player.can_place_entity(kind, facing, place) for kind, place in parts)


def _place(
    player: Player,
    product: Prototype,
    corner: Position,
    furnace: Prototype,
    facing: Direction,
) -> ElectricCell:
    placed: dict[Prototype, list[Entity]] = {}
    for kind, place in _layout(product, corner, furnace, facing):
        player.go(place)
        # inserters face away from what they take from
        entity = player.place_entity(kind, facing, place)
        placed.setdefault(kind, []).append(entity)
    cell = ElectricCell(
        product,
        drill=placed[Prototype.ElectricMiningDrill][0],
        furnaces=placed.get(furnace, []),
        inserters=placed.get(Prototype.Inserter, []),
        poles=placed[Prototype.SmallElectricPole],
        chest=placed[Prototype.WoodenChest][0],
        corner=corner,
        facing=facing,
    )
    cell.refuel(player)
    return cell


def _layout(
    product: Prototype, corner: Position, furnace: Prototype, facing: Direction
) -> _Parts:
    """What stands where in a cell, the drill first."""
    left, end = corner.x, float(_DRILL_TILES)
    rows = [
        (Prototype.ElectricMiningDrill, 1.5, 1.5),
        (Prototype.SmallElectricPole, 0.5, end + 0.5),
    ]
    for _ in range(_FURNACES.get(product, 0)):
        rows += [(furnace, 2, end + 1), (Prototype.Inserter, 1.5, end + 2.5)]
        end += _FURNACE_TILES
        rows.append((Prototype.SmallElectricPole, 0.5, end - 0.5))
    rows.append((Prototype.WoodenChest, 1.5, end + 0.5))
    height = height_of_cell(product)
    return [
        (
            kind,
            Position(
                left + x,
                corner.y + (y if facing is Direction.DOWN else height - y),
            ),
        )
        for kind, x, y in rows
    ]


def height_of_cell(product: Prototype) -> int:
    """Rows of tiles that a cell takes."""
    return _CHEST_TILES + _DRILL_TILES + _FURNACE_TILES * _FURNACES.get(product, 0)
