"""Everything that agents can name: items, buildings, fluids and groups of entities."""

from collections.abc import Mapping
from enum import Enum
from types import MappingProxyType
from typing import Final

from fle_marl.lua.types import entities as kinds
from fle_marl.lua.types import groups, networks
from fle_marl.lua.types.entity import Entity
from fle_marl.lua.types.names import SuggestingEnumMeta
from fle_marl.lua.types.tile_sizes import TILE_SIZES

__all__ = ["Prototype", "prototype_by_name"]


class Prototype(Enum, metaclass=SuggestingEnumMeta):
    """A thing of the game by the name that agents use for it.

    The value is a pair: the game's own name, and the class of the record that tools
    give for such an entity (None for what cannot be placed). The members are those of
    version 0.3.0 of the Factorio Learning Environment, so that programs written for it
    run; a few of them (`ExpressInserter`, `CoalLiquifaction`) name nothing in
    Factorio 1.1, and tools say so when they are used.

    Attributes:
        prototype_name: the game's own name.
        entity_class: class of the record of such an entity; None if it has none.
    """

    # belts
    TransportBelt = ("transport-belt", kinds.TransportBelt)
    FastTransportBelt = ("fast-transport-belt", kinds.TransportBelt)
    ExpressTransportBelt = ("express-transport-belt", kinds.TransportBelt)
    UndergroundBelt = ("underground-belt", kinds.UndergroundBelt)
    FastUndergroundBelt = ("fast-underground-belt", kinds.UndergroundBelt)
    ExpressUndergroundBelt = ("express-underground-belt", kinds.UndergroundBelt)
    Splitter = ("splitter", kinds.Splitter)
    FastSplitter = ("fast-splitter", kinds.Splitter)
    ExpressSplitter = ("express-splitter", kinds.Splitter)
    Rail = ("rail", kinds.Rail)

    # inserters
    BurnerInserter = ("burner-inserter", kinds.BurnerInserter)
    Inserter = ("inserter", kinds.Inserter)
    LongHandedInserter = ("long-handed-inserter", kinds.Inserter)
    FastInserter = ("fast-inserter", kinds.Inserter)
    ExpressInserter = ("express-inserter", kinds.Inserter)
    StackInserter = ("stack-inserter", kinds.Inserter)
    FilterInserter = ("filter-inserter", kinds.FilterInserter)
    StackFilterInserter = ("stack-filter-inserter", kinds.FilterInserter)

    # chests and tanks
    WoodenChest = ("wooden-chest", kinds.Chest)
    IronChest = ("iron-chest", kinds.Chest)
    SteelChest = ("steel-chest", kinds.Chest)
    StorageTank = ("storage-tank", networks.StorageTank)

    # mining
    BurnerMiningDrill = ("burner-mining-drill", kinds.BurnerMiningDrill)
    ElectricMiningDrill = ("electric-mining-drill", kinds.ElectricMiningDrill)
    PumpJack = ("pumpjack", kinds.PumpJack)

    # making things
    StoneFurnace = ("stone-furnace", kinds.Furnace)
    SteelFurnace = ("steel-furnace", kinds.Furnace)
    ElectricFurnace = ("electric-furnace", kinds.ElectricFurnace)
    AssemblingMachine1 = ("assembling-machine-1", kinds.AssemblingMachine)
    AssemblingMachine2 = ("assembling-machine-2", kinds.AdvancedAssemblingMachine)
    AssemblingMachine3 = ("assembling-machine-3", kinds.AdvancedAssemblingMachine)
    Centrifuge = ("centrifuge", kinds.AssemblingMachine)
    ChemicalPlant = ("chemical-plant", kinds.ChemicalPlant)
    OilRefinery = ("oil-refinery", kinds.OilRefinery)
    Lab = ("lab", kinds.Lab)
    RocketSilo = ("rocket-silo", kinds.RocketSilo)
    Rocket = ("rocket", kinds.Rocket)

    # pipes and pumps
    Pipe = ("pipe", networks.Pipe)
    UndergroundPipe = ("pipe-to-ground", networks.Pipe)
    HeatPipe = ("heat-pipe", networks.Pipe)
    OffshorePump = ("offshore-pump", networks.OffshorePump)
    Pump = ("pump", networks.Pump)

    # power
    Boiler = ("boiler", networks.Boiler)
    HeatExchanger = ("heat-exchanger", networks.HeatExchanger)
    SteamEngine = ("steam-engine", networks.Generator)
    SolarPanel = ("solar-panel", networks.SolarPanel)
    Accumulator = ("accumulator", networks.Accumulator)
    NuclearReactor = ("nuclear-reactor", networks.Reactor)
    SmallElectricPole = ("small-electric-pole", networks.ElectricityPole)
    MediumElectricPole = ("medium-electric-pole", networks.ElectricityPole)
    BigElectricPole = ("big-electric-pole", networks.ElectricityPole)
    SmallLamp = ("small-lamp", Entity)
    Radar = ("radar", Entity)

    # defence
    StoneWall = ("stone-wall", Entity)
    Gate = ("gate", Entity)
    GunTurret = ("gun-turret", kinds.GunTurret)
    FirearmMagazine = ("firearm-magazine", kinds.Ammo)
    PiercingRoundsMagazine = ("piercing-rounds-magazine", kinds.Ammo)
    Grenade = ("grenade", None)

    # raw materials
    Wood = ("wood", None)
    Coal = ("coal", None)
    Stone = ("stone", None)
    IronOre = ("iron-ore", None)
    CopperOre = ("copper-ore", None)
    UraniumOre = ("uranium-ore", None)
    Uranium235 = ("uranium-235", None)
    Uranium238 = ("uranium-238", None)

    # intermediate products
    IronPlate = ("iron-plate", None)
    CopperPlate = ("copper-plate", None)
    SteelPlate = ("steel-plate", None)
    StoneBrick = ("stone-brick", None)
    Concrete = ("concrete", None)
    IronStick = ("iron-stick", None)
    IronGearWheel = ("iron-gear-wheel", Entity)
    CopperCable = ("copper-cable", None)
    ElectronicCircuit = ("electronic-circuit", None)
    AdvancedCircuit = ("advanced-circuit", None)
    ProcessingUnit = ("processing-unit", None)
    EngineUnit = ("engine-unit", None)
    ElectricEngineUnit = ("electric-engine-unit", None)
    FlyingRobotFrame = ("flying-robot-frame", None)
    Battery = ("battery", None)
    Sulfur = ("sulfur", None)
    PlasticBar = ("plastic-bar", None)
    EmptyBarrel = ("empty-barrel", None)
    SolidFuel = ("solid-fuel", None)
    RocketFuel = ("rocket-fuel", None)
    UraniumFuelCell = ("uranium-fuel-cell", None)
    LowDensityStructure = ("low-density-structure", None)
    RocketControlUnit = ("rocket-control-unit", None)
    RocketPart = ("rocket-part", None)
    Satellite = ("satellite", None)
    ProductivityModule = ("productivity-module", None)
    ProductivityModule2 = ("productivity-module-2", None)
    ProductivityModule3 = ("productivity-module-3", None)

    # science packs
    AutomationSciencePack = ("automation-science-pack", None)
    LogisticsSciencePack = ("logistic-science-pack", None)
    MilitarySciencePack = ("military-science-pack", None)
    ChemicalSciencePack = ("chemical-science-pack", None)
    ProductionSciencePack = ("production-science-pack", None)
    UtilitySciencePack = ("utility-science-pack", None)
    SpaceSciencePack = ("space-science-pack", None)

    # fluids, and recipes that agents name among the prototypes
    PetroleumGas = ("petroleum-gas", None)
    LightOil = ("light-oil", None)
    HeavyOil = ("heavy-oil", None)
    Lubricant = ("lubricant", None)
    SulfuricAcid = ("sulfuric-acid", None)
    AdvancedOilProcessing = ("advanced-oil-processing", None)
    CoalLiquifaction = ("coal-liquifaction", None)

    # groups
    BeltGroup = ("belt-group", groups.BeltGroup)
    PipeGroup = ("pipe-group", groups.PipeGroup)
    ElectricityGroup = ("electricity-group", groups.ElectricityGroup)

    def __init__(self, prototype_name: str, entity_class: type | None) -> None:
        self.prototype_name = prototype_name
        self.entity_class = entity_class

    def __repr__(self) -> str:
        return f"Prototype.{self.name}"

    @property
    def WIDTH(self) -> int:  # noqa: N802 - the name that agents' programs use
        """Tiles from west to east when it faces north."""
        return self._tile_size()[0]

    @property
    def HEIGHT(self) -> int:  # noqa: N802 - the name that agents' programs use
        """Tiles from north to south when it faces north."""
        return self._tile_size()[1]

    def _tile_size(self) -> tuple[int, int]:
        size = TILE_SIZES.get(self.prototype_name)
        if size is None:
            raise AttributeError(
                f"{self!r} cannot be placed and has no WIDTH or HEIGHT"
            )
        return size


prototype_by_name: Final[Mapping[str, Prototype]] = MappingProxyType(
    {member.prototype_name: member for member in Prototype}
)
"""Prototypes by the game's own names."""
