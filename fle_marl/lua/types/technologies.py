"""The technologies that agents can name."""

from collections.abc import Mapping
from enum import Enum
from types import MappingProxyType
from typing import Final

from fle_marl.lua.types.names import SuggestingEnumMeta

__all__ = ["Technology", "technology_by_name"]


class Technology(Enum, metaclass=SuggestingEnumMeta):
    """A technology by the name that agents use for it; its value is the game's name.

    The members are those of version 0.3.0 of the Factorio Learning Environment. A few
    of their values (such as ``"grenades"``) name nothing in Factorio 1.1, and tools say
    so when they are used.
    """

    # making things
    Automation = "automation"
    Automation2 = "automation-2"
    Automation3 = "automation-3"
    SteelProcessing = "steel-processing"
    AdvancedMaterialProcessing = "advanced-material-processing"
    AdvancedMaterialProcessing2 = "advanced-material-processing-2"
    Electronics = "electronics"
    AdvancedElectronics = "advanced-electronics"
    AdvancedElectronics2 = "advanced-electronics-2"
    ElectricEngineering = "electric-engine"
    Robotics = "robotics"
    ResearchSpeed = "research-speed"

    # moving things
    Logistics = "logistics"
    Logistics2 = "logistics-2"
    Logistics3 = "logistics-3"
    FastInserter = "fast-inserter"
    StackInserter = "stack-inserter"
    StackInserterCapacity1 = "stack-inserter-capacity-bonus-1"
    StackInserterCapacity2 = "stack-inserter-capacity-bonus-2"
    RailwayTransportation = "railway"
    CharacterInventorySlots = "character-inventory-slots"
    Landfill = "landfill"

    # power
    ElectricEnergy = "electric-energy-distribution-1"
    ElectricEnergy2 = "electric-energy-distribution-2"
    SolarEnergy = "solar-energy"
    BatteryTechnology = "battery"
    NuclearPower = "nuclear-power"

    # oil and chemistry
    StorageTanks = "fluid-handling"
    BarrelFilling = "barrel-filling"
    OilProcessing = "oil-processing"
    AdvancedOilProcessing = "advanced-oil-processing"
    Lubricant = "lubricant"
    SulfurProcessing = "sulfur-processing"
    Plastics = "plastics"

    # modules
    ProductivityModule = "productivity-module"
    ProductivityModule2 = "productivity-module-2"
    ProductivityModule3 = "productivity-module-3"

    # science packs
    LogisticsSciencePack = "logistic-science-pack"
    MilitarySciencePack = "military-science-pack"
    ChemicalSciencePack = "chemical-science-pack"
    ProductionSciencePack = "production-science-pack"

    # armour and arms
    MilitaryScience = "military"
    Grenades = "grenades"
    ModularArmor = "modular-armor"
    PowerArmor = "power-armor"
    PowerArmor2 = "power-armor-mk2"
    NightVision = "night-vision-equipment"
    EnergyShield = "energy-shields"
    EnergyShield2 = "energy-shields-mk2-equipment"

    # space
    RocketFuel = "rocket-fuel"
    RocketControl = "rocket-control-unit"
    LowDensityStructure = "low-density-structure"
    RocketSiloTechnology = "rocket-silo"
    SpaceScience = "space-science-pack"

    def __repr__(self) -> str:
        return f"Technology.{self.name}"


technology_by_name: Final[Mapping[str, Technology]] = MappingProxyType(
    {member.value: member for member in Technology}
)
"""Technologies by their values."""
