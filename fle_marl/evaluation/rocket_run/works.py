"""The works at the lake: steam power, laboratories, machines, and what they make."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, cast

from fle_marl.evaluation.rocket_run.bank import Bank, Smelter, item_parts
from fle_marl.evaluation.rocket_run.base import Base
from fle_marl.evaluation.rocket_run.mines import build_electric_cell, parts_of_cell
from fle_marl.evaluation.rocket_run.player import Item, Player, item_named
from fle_marl.evaluation.rocket_run.power import SteamPower, parts_of_row
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
)

__all__ = ["Works"]

_AWAY_TILES: Final = 24
"""From the engines to the machines."""
_OILS: Final = frozenset({"light-oil", "lubricant"})
_PLASTIC: Final = 200
"""Plastic that is made to use gas up."""
_FLUID_CRAFTS: Final = 10
"""Crafts that a plant is filled for whose fluid goes into pipes."""
_PITCH: Final = 4
"""From one machine to the next: there is a way between."""
_BATCH_CRAFTS: Final = 800
"""Most that is made at once, so that it finds room in an inventory of 80 stacks."""
_HAND_SECONDS: Final = 20.0
"""What takes no longer is crafted by hand and not in machines."""
_BELOW: Final = 20
"""Ends of undergrounds that are carried for a line: more than one takes."""
_MOST_TRIES: Final = 50
_BY_HAND: Final[dict[Item, Resource]] = {
    Prototype.Wood: Resource.Wood,
    Prototype.IronOre: Resource.IronOre,
}
"""What is dug by hand."""


@dataclass(slots=True)
class Works:
    """What stands at the lake.

    Attributes:
        base: the rest.
        bank: assembling machines.
        smelter: furnaces for steel and bricks.
        power: boilers and steam engines.
        plants: machines with pipes, by what they make.
        labs: laboratories.
        chest_coal: what a boiler's chest is filled up to.
    """

    base: Base
    bank: Bank
    smelter: Smelter
    power: SteamPower
    plants: dict[Item, Bank] = field(default_factory=dict)
    labs: list[Entity] = field(default_factory=list)
    chest_coal: int = 200

    @classmethod
    def at(cls, base: Base) -> "Works":
        """Works of which nothing stands yet."""
        return cls(
            base, Bank(base.player), Smelter(base.player), SteamPower(base.player)
        )

    @property
    def player(self) -> Player:
        """Who builds and serves them."""
        return self.base.player

    # --- building

    def add_power(self, boilers: int, shore: Position | None = None) -> Entity:
        """A row of boilers with two steam engines each.

        Args:
            boilers: how many.
            shore: elsewhere than at the lake, and for a network of its own.

        Returns:
            One of the engines.
        """
        connected = [] if shore else self.power.engines[:1]
        self.make_all(parts_of_row(boilers))
        self.make(Prototype.Coal, 2 * boilers)
        pump, water_in = self.power.add_row(boilers, shore or self.base.lake)
        self.lay(Prototype.Pipe, pump, water_in)
        engine = self.power.engines[-1]
        for other in connected:
            self.lay(Prototype.SmallElectricPole, other, engine)
        self.refuel()
        self.player.reach("steam power")
        return engine

    def add_mine(self, product: Prototype) -> None:
        """An electric cell, connected to power."""
        player = self.player
        furnace = Prototype.StoneFurnace
        if player.get_prototype_recipe(Prototype.SteelFurnace).enabled:
            furnace = Prototype.SteelFurnace
        self.make_all(parts_of_cell(product, furnace))
        sites = self.base.sites_for(product)
        cell = build_electric_cell(player, product, sites, furnace)
        if cell is None:
            raise RuntimeError(
                f"the patch has no room for a cell of {product.value[0]}"
            )
        self.lay(Prototype.SmallElectricPole, self.power.engines[0], cell.drill)
        self.base.cells[product].append(cell)

    def add(self, kind: Prototype, count: int = 1) -> list[Entity]:
        """Make and place machines side by side near the engines, with power."""
        self.make(kind, count)
        player, engine = self.player, self.power.engines[0].position
        side = math.ceil(math.sqrt(count))
        player.go(engine)
        ground = player.nearest_buildable(
            kind,
            BuildingBox(width=_PITCH * side + 1, height=_PITCH * side + 1),
            Position(engine.x + _AWAY_TILES, engine.y),
        )
        machines: list[Entity] = []
        for place in range(count):
            middle = Position(
                ground.left_top.x + 2.5 + _PITCH * (place % side),
                ground.left_top.y + 2.5 + _PITCH * (place // side),
            )
            player.go(middle)
            machines.append(player.place_entity(kind, Direction.UP, middle))
            player.reach(f"first {kind.value[0]}")
        if kind is not Prototype.StoneFurnace:
            for machine in machines:
                self.lay(Prototype.SmallElectricPole, self.power.engines[0], machine)
        return machines

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
        wanted: dict[Item, int] = {kind: counts["number_of_entities_required"]}
        if below is not None:
            wanted[below] = _BELOW
        self.make_all(wanted)
        laid = self.player.connect_entities(source, target, connection_type=kinds)
        return cast(EntityGroup, laid)

    def upgrade_machines(self, count: int) -> None:
        """Replace the bank by so many faster machines."""
        old, kind = self.bank.machines, Prototype.AssemblingMachine2
        self.bank = Bank(self.player, self.add(kind, count))
        for machine in old:
            self.player.go(machine.position)
            self.player.pickup_entity(machine)

    # --- making

    def make(self, item: Item, quantity: int) -> None:
        """Have so many of an item, whatever that takes."""
        player = self.player
        for _ in range(_MOST_TRIES):
            missing = quantity - player.has(item)
            if missing < 1:
                return
            if item in _BY_HAND:
                player.mine(_BY_HAND[item], missing)
            elif self.base.gives(item):
                self.base.fetch({cast(Prototype, item): quantity})
            else:
                self._make_batch(item, missing)
        raise RuntimeError(f"{quantity} {item} could not be made")

    def _make_batch(self, item: Item, missing: int) -> None:
        player = self.player
        bank = self.plants.get(item, self.bank)
        recipe: Recipe = player.get_prototype_recipe(bank.only or item)
        [product] = recipe.products
        crafts = min(math.ceil(missing / product.count), _BATCH_CRAFTS)
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
            self._feed_fluids(recipe)
            self._bring_ingredients(recipe, crafts)
            bank.make(recipe, crafts, lambda: self._keep_fluids(recipe))

    def _feed_fluids(self, recipe: Recipe) -> None:
        """Fill the plants whose fluids a recipe takes with what these are made of."""
        for fluid in recipe.ingredients:
            plants = self.plants.get(item_named(fluid.name))
            if fluid.type != "fluid" or plants is None:
                continue
            source: Recipe = self.player.get_prototype_recipe(plants.only)
            parts = {
                item_named(part.name): int(part.count * _FLUID_CRAFTS)
                for part in item_parts(source)
            }
            machines = plants.machines
            self.make_all({item: n * len(machines) for item, n in parts.items()})
            for machine in machines:
                self.player.go(machine.position)
                for item, count in parts.items():
                    self.player.top_up(item, machine, count)

    def _keep_fluids(self, recipe: Recipe) -> None:
        """Have more of the fluids that machines wait for."""
        self.refuel()
        self._feed_fluids(recipe)
        if any(part.name in _OILS for part in recipe.ingredients):
            # refineries stand still while there is no room for their gas
            gone = self.player.has(Prototype.PlasticBar) + _PLASTIC
            self.make(Prototype.PlasticBar, gone)

    def _bring_ingredients(self, recipe: Recipe, crafts: int) -> None:
        self.make_all(
            {
                item_named(part.name): int(part.count * crafts)
                for part in item_parts(recipe)
            }
        )

    def make_all(self, needed: Mapping[Item, int]) -> None:
        """Make several items until all are there: one may use up another."""
        raw = {
            cast(Prototype, item): n
            for item, n in needed.items()
            if self.base.gives(item)
        }
        for _ in range(_MOST_TRIES):
            missing = [i for i, n in needed.items() if self.player.has(i) < n]
            if not missing:
                return
            for item in missing:
                if item not in raw:
                    self.make(item, needed[item])
            self.base.fetch(raw)
        raise RuntimeError(f"{needed} use each other up")

    def refuel(self) -> None:
        """Fill up the chests of coal when they run low."""
        player, full = self.player, self.chest_coal
        for chest in self.power.chests:
            held = player.inspect_inventory(chest)[Prototype.Coal]
            if held > full / 2:
                continue
            self.base.fetch({Prototype.Coal: full})
            player.go(chest.position)
            player.give(Prototype.Coal, chest, full - held)
