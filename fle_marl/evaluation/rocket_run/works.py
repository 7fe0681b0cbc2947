"""The works at the lake: steam power, laboratories, and assembling machines."""

from dataclasses import dataclass, field
from typing import Final

from fle_marl.evaluation.rocket_run.base import Base
from fle_marl.lua.types import (
    BuildingBox,
    Direction,
    Entity,
    Position,
    Prototype,
    Resource,
)

__all__ = ["Works", "build_power"]

_BOILER_COAL: Final = 20
_PIPES: Final = 40
_AWAY_TILES: Final = 12
"""From the pump to the boiler and from there to the engine: room for all of them."""


@dataclass(slots=True)
class Works:
    """What stands at the lake.

    Attributes:
        base: the rest.
        boiler: takes coal.
        engine: the steam engine.
        pole: the last pole; machines are connected to it.
        labs: laboratories.
        machines: assembling machines by what they make.
    """

    base: Base
    boiler: Entity
    engine: Entity
    labs: list[Entity] = field(default_factory=list)
    machines: dict[Prototype, list[Entity]] = field(default_factory=dict)

    def add(self, kind: Prototype, poles: int = 12) -> Entity:
        """Craft and place a machine near the engine, and connect it to power."""
        base, player = self.base, self.base.player
        base.craft(kind, 1)
        base.craft(Prototype.SmallElectricPole, poles)
        player.go(self.engine.position)
        ground = player.nearest_buildable(
            kind,
            BuildingBox(width=5, height=5),
            Position(self.engine.position.x + _AWAY_TILES, self.engine.position.y),
        )
        player.go(ground.center)
        machine = player.place_entity(kind, Direction.UP, ground.center)
        player.connect_entities(
            self.engine, machine, connection_type=Prototype.SmallElectricPole
        )
        if kind is Prototype.Lab:
            self.labs.append(machine)
        player.reach(f"first {kind.value[0]}")
        return machine

    def add_assembler(self, product: Prototype) -> Entity:
        """Build an assembling machine and set what it makes."""
        machine = self.add(Prototype.AssemblingMachine1)
        machine = self.base.player.set_entity_recipe(machine, product)
        self.machines.setdefault(product, []).append(machine)
        return machine

    def make(self, item: Prototype, quantity: int) -> None:
        """Have so many: by hand, from what the rounds and the machines bring."""
        self.base.craft(item, quantity)

    def refuel(self) -> None:
        """Fill up the boiler."""
        player = self.base.player
        if player.has(Prototype.Coal) < _BOILER_COAL:
            self.base.fetch({Prototype.Coal: 2 * _BOILER_COAL})
        player.go(self.boiler.position)
        held = player.inspect_inventory(self.boiler)[Prototype.Coal]
        if held < _BOILER_COAL:
            player.give(Prototype.Coal, self.boiler, _BOILER_COAL - held)


def build_power(base: Base) -> Works:
    """An offshore pump, a boiler and a steam engine at the lake."""
    player = base.player
    base.craft(Prototype.OffshorePump, 1)
    base.craft(Prototype.Boiler, 1)
    base.craft(Prototype.SteamEngine, 1)
    base.craft(Prototype.Pipe, _PIPES)
    base.fetch({Prototype.Coal: 2 * _BOILER_COAL})
    water = player.nearest(Resource.Water)
    player.go(water)
    pump = player.place_entity(Prototype.OffshorePump, position=water)
    boiler = _place_near(base, Prototype.Boiler, pump, BuildingBox(width=7, height=6))
    player.give(Prototype.Coal, boiler, _BOILER_COAL)
    player.connect_entities(pump, boiler, connection_type=Prototype.Pipe)
    engine = _place_near(
        base, Prototype.SteamEngine, boiler, BuildingBox(width=7, height=9)
    )
    player.connect_entities(boiler, engine, connection_type=Prototype.Pipe)
    player.reach("steam power")
    return Works(base, boiler, engine)


def _place_near(
    base: Base, kind: Prototype, other: Entity, box: BuildingBox
) -> Entity:
    """Place something on free ground on the side of another that is towards home."""
    player = base.player
    here = other.position
    home = max(abs(here.x), abs(here.y), 1.0)
    wanted = Position(
        here.x - _AWAY_TILES * here.x / home, here.y - _AWAY_TILES * here.y / home
    )
    ground = player.nearest_buildable(kind, box, wanted)
    player.go(ground.center)
    return player.place_entity(kind, Direction.UP, ground.center)
