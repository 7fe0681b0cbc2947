"""The kinds of entities that move, make and keep items, one class for each."""

from dataclasses import dataclass, field

from fle_marl.lua.types.entity import (
    BurnerType,
    Electric,
    Entity,
    FluidHandler,
    MultiFluidHandler,
    StaticEntity,
    record_type,
)
from fle_marl.lua.types.inventory import Inventory
from fle_marl.lua.types.positions import Position
from fle_marl.lua.types.recipes import Ingredient, Recipe

__all__ = [
    "AdvancedAssemblingMachine",
    "Ammo",
    "AssemblingMachine",
    "BurnerInserter",
    "BurnerMiningDrill",
    "ChemicalPlant",
    "Chest",
    "ElectricFurnace",
    "ElectricMiningDrill",
    "FilterInserter",
    "Filtered",
    "Furnace",
    "GunTurret",
    "Inserter",
    "Lab",
    "MiningDrill",
    "OilRefinery",
    "PumpJack",
    "Rail",
    "Rocket",
    "RocketSilo",
    "Splitter",
    "TransportBelt",
    "UndergroundBelt",
]


@record_type
class TransportBelt(Entity):
    """A belt that moves items. Two are the same belt when they lie in the same place.

    Attributes:
        input_position: the tile that items come from.
        output_position: the tile that items go to.
        inventory: items on the ``"left"`` and the ``"right"`` lane.
        is_terminus: nothing takes its items on.
        is_source: no belt feeds it.
    """

    input_position: Position
    output_position: Position
    inventory: dict[str, Inventory] = field(
        default_factory=lambda: {"left": Inventory(), "right": Inventory()}
    )
    is_terminus: bool = False
    is_source: bool = False

    def __repr__(self) -> str:
        return (
            f"{type(self).__name__}(position={self.position!r}, "
            f"direction={self.direction!r})"
        )

    def __eq__(self, other: object) -> bool:
        return isinstance(other, TransportBelt) and self._place() == other._place()

    def __hash__(self) -> int:
        return hash(self._place())

    def _place(self) -> tuple[float, float]:
        return (self.position.x, self.position.y)


@record_type
class UndergroundBelt(TransportBelt):
    """One end of an underground stretch of belt.

    Attributes:
        is_input: items go underground here.
        connected_to: unit number of the other end; None when there is none.
    """

    is_input: bool = True
    connected_to: int | None = None


@record_type
class Splitter(Entity):
    """A machine that joins and divides two belts.

    Attributes:
        input_positions: tiles that items come from.
        output_positions: tiles that items go to.
        inventory: items on each lane.
    """

    input_positions: list[Position] = field(default_factory=list)
    output_positions: list[Position] = field(default_factory=list)
    inventory: list[Inventory] = field(default_factory=list)


@record_type
class Inserter(StaticEntity, Electric):
    """An arm that moves items from one entity to another; it needs electricity.

    Attributes:
        drop_position: where it puts items.
        pickup_position: where it takes items.
    """

    drop_position: Position
    pickup_position: Position | None = None


@record_type
class BurnerInserter(Inserter, BurnerType):
    """An inserter that burns fuel."""


@record_type
class Filtered:
    """Only moves certain items.

    Attributes:
        filter: name of the item; None lets everything pass.
    """

    filter: str | None = None


@record_type
class FilterInserter(Inserter, Filtered):
    """An inserter that only moves the item of its filter."""


@record_type
class MiningDrill(StaticEntity):
    """A machine that mines what lies under it.

    Attributes:
        drop_position: where it puts what it mines.
        resources: what lies under it and how much.
    """

    drop_position: Position
    resources: list[Ingredient] = field(default_factory=list)


@record_type
class BurnerMiningDrill(MiningDrill, BurnerType):
    """A mining drill that burns fuel."""


@record_type
class ElectricMiningDrill(MiningDrill, Electric):
    """A mining drill that needs electricity."""


@record_type
class PumpJack(MiningDrill, FluidHandler, Electric):
    """A pump that brings up crude oil; it needs electricity and stands on a well."""


@record_type
class Furnace(Entity, BurnerType):
    """A furnace that burns fuel.

    Attributes:
        furnace_source: what waits to be smelted.
        furnace_result: what has been smelted.
    """

    furnace_source: Inventory = field(default_factory=Inventory)
    furnace_result: Inventory = field(default_factory=Inventory)


@record_type
class ElectricFurnace(Entity, Electric):
    """A furnace that needs electricity.

    Attributes:
        furnace_source: what waits to be smelted.
        furnace_result: what has been smelted.
    """

    furnace_source: Inventory = field(default_factory=Inventory)
    furnace_result: Inventory = field(default_factory=Inventory)


@record_type
class AssemblingMachine(StaticEntity, Electric):
    """A machine that makes items by the recipe that it is set to.

    Attributes:
        recipe: what it makes; None until it is set.
        assembling_machine_input: ingredients inside.
        assembling_machine_output: products inside.
        assembling_machine_modules: modules inside.
    """

    recipe: Recipe | None = None
    assembling_machine_input: Inventory = field(default_factory=Inventory)
    assembling_machine_output: Inventory = field(default_factory=Inventory)
    assembling_machine_modules: Inventory = field(default_factory=Inventory)


@record_type
class AdvancedAssemblingMachine(FluidHandler, AssemblingMachine):
    """An assembling machine that also takes a fluid; its pipes depend on its recipe."""


@record_type
class ChemicalPlant(MultiFluidHandler, AssemblingMachine):
    """A machine for recipes with fluids; its connections depend on its recipe."""


@record_type
class OilRefinery(MultiFluidHandler, AssemblingMachine):
    """A machine that refines crude oil; its connections depend on its recipe."""


@record_type
class Chest(Entity):
    """A chest.

    Attributes:
        inventory: what lies inside.
    """

    inventory: Inventory = field(default_factory=Inventory)


@record_type
class Lab(Entity, Electric):
    """A laboratory.

    Attributes:
        lab_input: science packs inside.
        lab_modules: modules inside.
        research: name of the technology that it works on.
    """

    lab_input: Inventory = field(default_factory=Inventory)
    lab_modules: Inventory = field(default_factory=Inventory)
    research: str | None = None


@record_type
class RocketSilo(StaticEntity, Electric):
    """A silo that builds and launches rockets.

    Attributes:
        rocket_parts: parts of the present rocket that are done.
        rocket_inventory: what the rocket carries.
        rocket_progress: how far the present rocket is, in percent.
        launch_count: rockets launched so far.
    """

    rocket_parts: int = 0
    rocket_inventory: Inventory = field(default_factory=Inventory)
    rocket_progress: float = 0.0
    launch_count: int = 0


@record_type
class Rocket(Entity):
    """A rocket in its silo.

    Attributes:
        payload: what it carries.
        launch_progress: how far the launch is, in percent.
    """

    payload: Inventory | None = None
    launch_progress: float = 0.0


@record_type
class GunTurret(StaticEntity):
    """A turret that shoots with magazines.

    Attributes:
        turret_ammo: magazines inside.
        kills: enemies that it has killed.
    """

    turret_ammo: Inventory = field(default_factory=Inventory)
    kills: int = 0


@record_type
class Rail(Entity):
    """A piece of railway."""


@dataclass
class Ammo:
    """A kind of magazine.

    Attributes:
        name: of the item.
        magazine_size: shots in one.
        reload_time: ticks that it takes to load the next.
    """

    name: str
    magazine_size: int = 0
    reload_time: float = 0.0
