"""The works at the lake: steam power, laboratories, machines, and what they make."""

import math
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final, cast

from fle_marl.evaluation.rocket_run.bank import Bank, Smelter, item_parts
from fle_marl.evaluation.rocket_run.base import Base
from fle_marl.evaluation.rocket_run.player import Player
from fle_marl.lua.types import (
    BuildingBox,
    Direction,
    Entity,
    EntityGroup,
    PipeGroup,
    Position,
    Prototype,
    Recipe,
    Resource,
    prototype_by_name,
)

__all__ = ["Works"]

_BOILER_COAL: Final = 50
_CHEST_COAL: Final = 200
_AWAY_TILES: Final = 12
"""From the pump to the boiler and from there to the engine: room for all of them."""
_POWER_TILES: Final = 26
"""From one pump to the next along the shore."""
_BATCH_CRAFTS: Final = 800
"""Most that is made at once, so that it finds room in an inventory of 80 stacks."""
_HAND_SECONDS: Final = 20.0
"""What takes no longer is crafted by hand and not in machines."""
_BELOW: Final = 20
"""Ends of undergrounds that are carried for a line: more than one takes."""
_MOST_TRIES: Final = 50
_RAW: Final = frozenset(
    {
        Prototype.IronPlate,
        Prototype.CopperPlate,
        Prototype.Coal,
        Prototype.Stone,
    }
)
"""What rounds to the cells bring."""


@dataclass(slots=True)
class Works:
    """What stands at the lake.

    Attributes:
        base: the rest.
        bank: assembling machines.
        smelter: furnaces for steel and bricks.
        coal_chests: feed the boilers.
        plants: machines with pipes, by what they make.
        engines: steam engines, connected to each other.
        labs: laboratories.
    """

    base: Base
    bank: Bank
    smelter: Smelter
    coal_chests: list[Entity] = field(default_factory=list)
    plants: dict[Prototype, Bank] = field(default_factory=dict)
    engines: list[Entity] = field(default_factory=list)
    labs: list[Entity] = field(default_factory=list)

    @classmethod
    def at(cls, base: Base) -> "Works":
        """Works of which nothing stands yet."""
        return cls(base, Bank(base.player), Smelter(base.player))

    @property
    def player(self) -> Player:
        """Who builds and serves them."""
        return self.base.player

    # --- building

    def add_power(self) -> None:
        """A steam engine, and what it needs, at the lake."""
        engine = self.power_unit(self._shore, Position(0, 0))
        if self.engines:
            self.lay(Prototype.SmallElectricPole, self.engines[0], engine)
        self.engines.append(engine)
        self.player.reach("steam power")

    def power_unit(self, shore: Callable[[], Position], home: Position) -> Entity:
        """An offshore pump, a boiler with a chest of coal, and a steam engine.

        Args:
            shore: walks to where the pump is to stand.
            home: they stand between the shore and there.

        Returns:
            The engine.
        """
        player = self.player
        for item in (
            Prototype.SteamEngine,
            Prototype.Boiler,
            Prototype.OffshorePump,
            Prototype.BurnerInserter,
            Prototype.WoodenChest,
        ):
            self.make(item, 1)
        self.make(Prototype.Coal, 2 * _BOILER_COAL)
        water = shore()
        pump = player.place_entity(Prototype.OffshorePump, position=water)
        boiler = self.place_towards(home, Prototype.Boiler, pump, BuildingBox(9, 9))
        self._add_coal_chest(boiler)
        self.lay(Prototype.Pipe, pump, boiler)
        engine = self.place_towards(
            home, Prototype.SteamEngine, boiler, BuildingBox(7, 9)
        )
        self.lay(Prototype.Pipe, boiler, engine)
        return engine

    def _add_coal_chest(self, boiler: Entity) -> None:
        """A chest behind a boiler, and an inserter that feeds the boiler from it."""
        player, place = self.player, boiler.position
        inserter = player.place_entity(
            Prototype.BurnerInserter, Direction.UP, Position(place.x, place.y + 1.5)
        )
        player.give(Prototype.Coal, inserter, 2)
        chest = player.place_entity(
            Prototype.WoodenChest, Direction.UP, Position(place.x, place.y + 2.5)
        )
        player.give(Prototype.Coal, chest, _BOILER_COAL)
        self.coal_chests.append(chest)

    def _shore(self) -> Position:
        """Walk to where the next pump is to stand, clear of those before it."""
        player, lake = self.player, self.base.lake
        if not self.engines:
            player.go(lake)
            return lake
        # along the shore, on the side where no machines stand
        far = max(abs(lake.x), abs(lake.y), 1.0)
        shift = _POWER_TILES * len(self.engines)
        side = 1.0 if lake.y < 0 else -1.0
        player.go(
            Position(
                lake.x + side * shift * abs(lake.y) / far,
                lake.y - abs(shift * lake.x) / far * (1.0 if lake.y > 0 else -1.0),
            )
        )
        shore = cast(Position, player.nearest(Resource.Water))
        player.go(shore)
        return shore

    def place_towards(
        self, home: Position, kind: Prototype, other: Entity, box: BuildingBox
    ) -> Entity:
        """Make and place something on free ground between another and a place."""
        self.make(kind, 1)
        player, here = self.player, other.position
        dx, dy = home.x - here.x, home.y - here.y
        far = max(abs(dx), abs(dy), 1.0)
        wanted = Position(
            here.x + _AWAY_TILES * dx / far, here.y + _AWAY_TILES * dy / far
        )
        player.go(wanted)
        ground = player.nearest_buildable(kind, box, wanted)
        player.go(ground.center)
        return cast(Entity, player.place_entity(kind, Direction.UP, ground.center))

    def add(self, kind: Prototype) -> Entity:
        """Make and place a machine near the engines, and connect it to power."""
        self.make(kind, 1)
        machine = self._place(kind)
        self.lay(Prototype.SmallElectricPole, self.engines[0], machine)
        return machine

    def _place(self, kind: Prototype) -> Entity:
        player, engine = self.player, self.engines[0].position
        player.go(engine)
        ground = player.nearest_buildable(
            kind,
            BuildingBox(width=5, height=5),
            Position(engine.x + _AWAY_TILES, engine.y),
        )
        player.go(ground.center)
        machine = player.place_entity(kind, Direction.UP, ground.center)
        player.reach(f"first {kind.value[0]}")
        return cast(Entity, machine)

    def lay(
        self,
        kind: Prototype,
        source: Entity | Position | PipeGroup,
        target: Entity | Position,
        below: Prototype | None = None,
    ) -> EntityGroup:
        """Make as many pipes or poles as it takes to connect two places, and do so.

        Args:
            kind: what to lay.
            source: where it begins.
            target: where it ends.
            below: what passes below other things, if that is allowed.

        Returns:
            What was laid, and what it is part of.
        """
        kinds = {kind} if below is None else {kind, below}
        counts = self.player.connect_entities(
            source, target, connection_type=kinds, dry_run=True
        )
        self.make(kind, counts["number_of_entities_required"])
        if below is not None:
            self.make(below, _BELOW)
        laid = self.player.connect_entities(source, target, connection_type=kinds)
        return cast(EntityGroup, laid)

    def add_lab(self) -> None:
        """One more laboratory."""
        self.labs.append(self.add(Prototype.Lab))

    def add_machine(self) -> None:
        """One more assembling machine for the bank."""
        self.bank.machines.append(self.add(Prototype.AssemblingMachine1))

    def add_furnace(self) -> None:
        """One more furnace for steel and bricks."""
        self.make(Prototype.StoneFurnace, 1)
        self.smelter.furnaces.append(self._place(Prototype.StoneFurnace))

    # --- making

    def make(self, item: Prototype, quantity: int) -> None:
        """Have so many of an item, whatever that takes."""
        player = self.player
        for _ in range(_MOST_TRIES):
            missing = quantity - player.has(item)
            if missing < 1:
                return
            if item in _RAW:
                self.base.fetch({item: quantity})
            elif item is Prototype.Wood:
                player.mine(Resource.Wood, missing)
            else:
                self._make_batch(item, missing)
        raise RuntimeError(f"{quantity} {item.value[0]} could not be made")

    def _make_batch(self, item: Prototype, missing: int) -> None:
        player = self.player
        recipe: Recipe = player.get_prototype_recipe(item)
        [product] = recipe.products
        crafts = min(math.ceil(missing / product.count), _BATCH_CRAFTS)
        bank = self.plants.get(item, self.bank)
        by_hand = (
            bank is self.bank
            and recipe.category == "crafting"
            and (crafts * recipe.energy <= _HAND_SECONDS or not bank.can_make(recipe))
        )
        if recipe.category == "smelting":
            crafts = min(crafts, self.smelter.largest_batch(recipe))
        elif not by_hand:
            crafts = min(crafts, bank.largest_batch(recipe))
        self._bring_ingredients(recipe, crafts)
        if recipe.category == "smelting":
            self.make(Prototype.Coal, self.smelter.coal_needed())
            self._bring_ingredients(recipe, crafts)
            self.smelter.make(recipe, crafts)
        elif by_hand:
            player.craft_item(item, int(crafts * product.count))
        else:
            self.refuel()
            self._bring_ingredients(recipe, crafts)
            bank.make(recipe, crafts)

    def _bring_ingredients(self, recipe: Recipe, crafts: int) -> None:
        """Make ingredients until all are there: one may use up another."""
        needed = {
            prototype_by_name[part.name]: int(part.count * crafts)
            for part in item_parts(recipe)
        }
        raw = {item: n for item, n in needed.items() if item in _RAW}
        for _ in range(_MOST_TRIES):
            missing = [i for i, n in needed.items() if self.player.has(i) < n]
            if not missing:
                return
            for item in missing:
                if item not in raw:
                    self.make(item, needed[item])
            self.base.fetch(raw)
        raise RuntimeError(f"ingredients of {recipe.name} use each other up")

    def refuel(self) -> None:
        """Fill up the chests of coal when they run low."""
        player = self.player
        for chest in self.coal_chests:
            held = player.inspect_inventory(chest)[Prototype.Coal]
            if held > _CHEST_COAL / 2:
                continue
            self.base.fetch({Prototype.Coal: _CHEST_COAL})
            player.go(chest.position)
            player.give(Prototype.Coal, chest, _CHEST_COAL - held)
