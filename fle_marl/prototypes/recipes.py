"""Recipes of normal difficulty."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final, Literal

from fle_marl.prototypes.data_files import read_table
from fle_marl.prototypes.products import Product, read_products
from fle_marl.prototypes.table import PrototypeTable

__all__ = ["Ingredient", "RecipePrototype", "load_recipes"]

_DEFAULTS: Final[Mapping[str, Any]] = {
    "category": "crafting",
    "energy_required": 0.5,
    "enabled": True,
    "hidden": False,
    "hide_from_player_crafting": False,
    "hide_from_stats": False,
    "allow_as_intermediate": True,
    "allow_intermediates": True,
    "allow_decomposition": True,
    "allow_inserter_overload": True,
    "overload_multiplier": 0,
    "emissions_multiplier": 1.0,
    "requester_paste_multiplier": 30,
    "unlock_results": True,
    "subgroup": None,
    "order": "",
}
"""What the engine takes for what a recipe leaves out.

Source: RecipePrototype and RecipeData of the prototype API.
"""


@dataclass(frozen=True, slots=True)
class Ingredient:
    """What one craft uses up.

    Attributes:
        type: whether the name is that of an item or of a fluid.
        name: of the item or fluid.
        amount: items or units of fluid.
        catalyst_amount: part of the amount that comes back as a product.
        temperature: that a fluid must have, degrees; None for any.
        minimum_temperature: of a fluid, degrees; None for no limit.
        maximum_temperature: of a fluid, degrees; None for no limit.
        fluidbox_index: which fluid box it comes from, from 1; 0 is any that fits.

    Source: ItemIngredientPrototype and FluidIngredientPrototype of the prototype API.
    """

    type: Literal["item", "fluid"]
    name: str
    amount: float
    catalyst_amount: float = 0
    temperature: float | None = None
    minimum_temperature: float | None = None
    maximum_temperature: float | None = None
    fluidbox_index: int = 0


@dataclass(frozen=True, slots=True, eq=False)
class RecipePrototype:
    """A recipe.

    Attributes:
        id: number within the table, from 1.
        name: the game's name.
        category: crafting category; machines list those that they can do.
        energy_required: seconds that one craft takes at crafting speed 1.
        enabled: whether it can be used before any research.
        ingredients: what one craft uses up, in the game's order.
        products: what one craft yields, in the game's order.
        main_product: name of the product that the recipe stands for; None if it has
            several and names none, or says that it has none.
        overload_multiplier: crafts whose ingredients inserters load; 0 for the rule
            that depends on the time of a craft.
        allow_inserter_overload: whether stack inserters may load beyond that.
        hidden: whether players do not see it.
        hide_from_player_crafting: whether players do not see it for crafting by hand.
        hide_from_stats: whether statistics leave it out.
        allow_as_intermediate: whether crafting by hand may use it on the way.
        allow_intermediates: whether crafting it by hand may craft its ingredients.
        allow_decomposition: whether totals of raw materials look through it.
        emissions_multiplier: of the machine's pollution.
        requester_paste_multiplier: crafts' worth of ingredients that pasting it to a
            requester chest asks for.
        unlock_results: whether unlocking it makes its products known.
        subgroup: item subgroup; None for that of the main product.
        order: where it stands in its subgroup; empty for that of the main product.
        properties: everything else, under the game's names; ``expensive`` is the recipe
            of expensive difficulty where it differs.
    """

    id: int
    name: str
    category: str
    energy_required: float
    enabled: bool
    ingredients: tuple[Ingredient, ...]
    products: tuple[Product, ...]
    main_product: str | None
    overload_multiplier: int
    allow_inserter_overload: bool
    hidden: bool
    hide_from_player_crafting: bool
    hide_from_stats: bool
    allow_as_intermediate: bool
    allow_intermediates: bool
    allow_decomposition: bool
    emissions_multiplier: float
    requester_paste_multiplier: int
    unlock_results: bool
    subgroup: str | None
    order: str
    properties: Mapping[str, object]


def load_recipes() -> PrototypeTable[RecipePrototype]:
    """Read the recipes."""
    return PrototypeTable("recipe", _read_recipes())


def _read_recipes() -> Iterator[RecipePrototype]:
    for number, (name, row) in enumerate(read_table("recipes").items(), start=1):
        _recognise_catalysts(row["ingredients"], row["products"])
        products = read_products(row.pop("products"))
        yield RecipePrototype(
            id=number,
            name=name,
            ingredients=tuple(Ingredient(**each) for each in row.pop("ingredients")),
            products=products,
            main_product=_main_product(row.pop("main_product", None), products),
            **{key: row.pop(key, default) for key, default in _DEFAULTS.items()},
            properties=row,
        )


def _recognise_catalysts(
    ingredients: list[dict[str, Any]], products: list[dict[str, Any]]
) -> None:
    """Give ingredients that come back as products their catalyst amounts, in place.

    Source: changelog 0.17.75, "calculates catalyst from ingredients and products
    automatically if not manually defined"; how much, from kovarex, whose productivity
    bonus is only on what it yields beyond its ingredients.
    """
    used = {(part["type"], part["name"]): part for part in ingredients}
    for product in products:
        ingredient = used.get((product["type"], product["name"]))
        if ingredient is not None:
            yielded = product.get("amount", product.get("amount_min", 0))
            both = min(ingredient["amount"], yielded)
            ingredient.setdefault("catalyst_amount", both)
            product.setdefault("catalyst_amount", both)


def _main_product(given: str | None, products: tuple[Product, ...]) -> str | None:
    """The product that a recipe stands for; an empty name says that there is none."""
    if given is None and len(products) == 1:
        return products[0].name
    return given or None
