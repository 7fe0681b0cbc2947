"""Oil: wells, a refinery, and chemical plants that coal is brought to."""

from dataclasses import dataclass
from typing import Final, cast

from fle_marl.evaluation.rocket_run.bank import Bank
from fle_marl.evaluation.rocket_run.works import Works
from fle_marl.lua.types import (
    BuildingBox,
    Direction,
    Entity,
    EntityGroup,
    Position,
    Prototype,
    RecipeName,
    Resource,
)

__all__ = ["build_oil"]

_WELLS: Final = 6
_PLANTS: Final = (Prototype.PlasticBar, Prototype.PlasticBar, Prototype.Sulfur)
_ROOM: Final = BuildingBox(13, 13)
"""Around each machine, so that pipes find their way."""
_TILES_AWAY: Final = 24
"""From the field to the refinery, towards the water."""


@dataclass(slots=True)
class _Site:
    """What is common to all machines of the field."""

    works: Works
    engine: Entity
    middle: Position

    def place(self, kind: Prototype) -> Entity:
        """Make and place a machine with room around it, and connect it to power."""
        works, player = self.works, self.works.player
        works.make(kind, 1)
        player.go(self.middle)
        ground = player.nearest_buildable(kind, _ROOM, self.middle)
        player.go(ground.center)
        machine = player.place_entity(kind, Direction.UP, ground.center)
        works.lay(Prototype.SmallElectricPole, self.engine, machine)
        player.reach(f"first {kind.value[0]}")
        return cast(Entity, machine)

    def pipe(self, source: Entity, target: Entity) -> EntityGroup:
        """Lay pipes, below things where there is no other way."""
        return self.works.lay(Prototype.Pipe, source, target, Prototype.UndergroundPipe)


def build_oil(works: Works) -> None:
    """What plastic is made with, at the nearest field."""
    player = works.player
    _carry_parts(works)
    field = _find_field(works)
    player.go(field)
    shore = cast(Position, player.nearest(Resource.Water))
    middle = _between(field, shore)
    engine = works.power_unit(lambda: cast(Position, player.move_to(shore)), middle)
    player.reach("power at the oil field")
    player.go(shore)
    pump = player.place_entity(Prototype.OffshorePump, position=shore)
    site = _Site(works, engine, middle)
    refinery = site.place(Prototype.OilRefinery)
    refinery = player.set_entity_recipe(refinery, RecipeName.BasicOilProcessing)
    for _ in range(_WELLS):
        _add_well(site, field, refinery)
    player.reach("oil")
    for product in _PLANTS:
        plant = site.place(Prototype.ChemicalPlant)
        plant = player.set_entity_recipe(plant, product)
        site.pipe(refinery, plant)
        if product is Prototype.Sulfur:
            site.pipe(pump, plant)
        bank = works.plants.setdefault(product, Bank(player, only=product))
        bank.machines.append(plant)
    for product in dict.fromkeys(_PLANTS):
        works.make(product, 10)
        player.reach(f"first {product.value[0]}")


def _carry_parts(works: Works) -> None:
    """Make what is built at the field before going there."""
    for item, count in (
        (Prototype.PumpJack, _WELLS),
        (Prototype.OilRefinery, 1),
        (Prototype.ChemicalPlant, len(_PLANTS)),
        (Prototype.UndergroundPipe, 30),
        (Prototype.Pipe, 300),
        (Prototype.SmallElectricPole, 60),
        (Prototype.OffshorePump, 2),
        (Prototype.SteamEngine, 1),
        (Prototype.Boiler, 1),
        (Prototype.Coal, 300),
    ):
        works.make(item, count)


def _find_field(works: Works) -> Position:
    """The nearest well, looked for from the middle of the map."""
    works.player.go(Position(0, 0))
    return cast(Position, works.player.nearest(Resource.CrudeOil))


def _between(field: Position, shore: Position) -> Position:
    dx, dy = shore.x - field.x, shore.y - field.y
    far = max((dx * dx + dy * dy) ** 0.5, 1.0)
    return Position(field.x + _TILES_AWAY * dx / far, field.y + _TILES_AWAY * dy / far)


def _add_well(site: _Site, field: Position, refinery: Entity) -> None:
    """A pumpjack on the free well that is nearest, and pipes to the refinery."""
    works, player = site.works, site.works.player
    works.make(Prototype.PumpJack, 1)
    player.go(field)
    ground = player.nearest_buildable(Prototype.PumpJack, BuildingBox(3, 3), field)
    player.go(ground.center)
    jack = player.place_entity(Prototype.PumpJack, Direction.UP, ground.center)
    works.lay(Prototype.SmallElectricPole, site.engine, jack)
    site.pipe(jack, refinery)
    player.reach("first pumpjack")
