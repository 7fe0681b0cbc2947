"""What machines and hands make from what, and the recipes that have no product name."""

from dataclasses import dataclass, field
from enum import Enum

from fle_marl.lua.types.names import SuggestingEnumMeta

__all__ = ["Ingredient", "Product", "Recipe", "RecipeName"]


@dataclass
class Ingredient:
    """What a recipe takes.

    Attributes:
        name: of the item or fluid.
        count: how many items, or how much fluid; whole amounts are ints, so that they
            are shown and used as counts.
        type: ``"item"`` or ``"fluid"``.
    """

    name: str
    count: float = 1
    type: str | None = None

    def __post_init__(self) -> None:
        if type(self.count) is float and self.count.is_integer():
            self.count = int(self.count)


@dataclass
class Product(Ingredient):
    """What a recipe gives.

    Attributes:
        probability: how often it is given, 0 to 1.
    """

    probability: float = 1.0


@dataclass
class Recipe:
    """How something is made.

    Attributes:
        name: of the recipe.
        ingredients: what one craft takes.
        products: what one craft gives.
        energy: seconds that one craft takes at crafting speed 1.
        category: which machines can make it.
        enabled: whether the force has researched it.
    """

    name: str | None = None
    ingredients: list[Ingredient] = field(default_factory=list)
    products: list[Product] = field(default_factory=list)
    energy: float = 0.0
    category: str | None = None
    enabled: bool = False


class RecipeName(Enum, metaclass=SuggestingEnumMeta):
    """Recipes that are not called like what they make."""

    BasicOilProcessing = "basic-oil-processing"
    AdvancedOilProcessing = "advanced-oil-processing"
    CoalLiquefaction = "coal-liquefaction"
    HeavyOilCracking = "heavy-oil-cracking"
    LightOilCracking = "light-oil-cracking"
    SulfuricAcid = "sulfuric-acid"
    SolidFuelFromHeavyOil = "solid-fuel-from-heavy-oil"
    SolidFuelFromLightOil = "solid-fuel-from-light-oil"
    SolidFuelFromPetroleumGas = "solid-fuel-from-petroleum-gas"
    NuclearFuelReprocessing = "nuclear-fuel-reprocessing"
    UraniumProcessing = "uranium-processing"

    FillCrudeOilBarrel = "fill-crude-oil-barrel"
    FillHeavyOilBarrel = "fill-heavy-oil-barrel"
    FillLightOilBarrel = "fill-light-oil-barrel"
    FillLubricantBarrel = "fill-lubricant-barrel"
    FillPetroleumGasBarrel = "fill-petroleum-gas-barrel"
    FillSulfuricAcidBarrel = "fill-sulfuric-acid-barrel"
    FillWaterBarrel = "fill-water-barrel"

    EmptyCrudeOilBarrel = "empty-crude-oil-barrel"
    EmptyHeavyOilBarrel = "empty-heavy-oil-barrel"
    EmptyLightOilBarrel = "empty-light-oil-barrel"
    EmptyLubricantBarrel = "empty-lubricant-barrel"
    EmptyPetroleumGasBarrel = "empty-petroleum-gas-barrel"
    EmptySulfuricAcidBarrel = "empty-sulfuric-acid-barrel"
    EmptyWaterBarrel = "empty-water-barrel"
