"""Factorio's prototypes as frozen tables: what the game's rules are about.

All numbers come from the game's own data through ``scripts/extract_prototypes.py``;
code never contains any::

    from fle_marl.prototypes import load

    prototypes = load()
    prototypes.items["coal"].fuel_value_joules
    prototypes.entities["transport-belt"].number("speed")
"""

from collections.abc import Mapping
from functools import cached_property, lru_cache
from typing import Any

from fle_marl.prototypes.data_files import FACTORIO_VERSION, read_table
from fle_marl.prototypes.entities import EntityPrototype, load_entities
from fle_marl.prototypes.fluids import FluidPrototype, load_fluids
from fle_marl.prototypes.items import ItemPrototype, PlaceAsTile, load_items
from fle_marl.prototypes.products import ItemCount, Minable, Product
from fle_marl.prototypes.recipes import Ingredient, RecipePrototype, load_recipes
from fle_marl.prototypes.table import PrototypeTable
from fle_marl.prototypes.technologies import (
    INFINITE_LEVEL,
    TechnologyPrototype,
    load_technologies,
)
from fle_marl.prototypes.tiles import TilePrototype, load_tiles

__all__ = [
    "FACTORIO_VERSION",
    "INFINITE_LEVEL",
    "EntityPrototype",
    "FluidPrototype",
    "Ingredient",
    "ItemCount",
    "ItemPrototype",
    "Minable",
    "PlaceAsTile",
    "Product",
    "PrototypeTable",
    "Prototypes",
    "RecipePrototype",
    "TechnologyPrototype",
    "TilePrototype",
    "load",
]


class Prototypes:
    """All tables of one version of the game, each read when it is first used."""

    @cached_property
    def items(self) -> PrototypeTable[ItemPrototype]:
        """Items of all kinds."""
        return load_items(self.constants["item-subgroup"])

    @cached_property
    def fluids(self) -> PrototypeTable[FluidPrototype]:
        """Fluids."""
        return load_fluids()

    @cached_property
    def recipes(self) -> PrototypeTable[RecipePrototype]:
        """Recipes of normal difficulty."""
        return load_recipes()

    @cached_property
    def entities(self) -> PrototypeTable[EntityPrototype]:
        """Entities of all kinds, resources among them."""
        return load_entities(self.items)

    @cached_property
    def technologies(self) -> PrototypeTable[TechnologyPrototype]:
        """Technologies."""
        return load_technologies()

    @cached_property
    def tiles(self) -> PrototypeTable[TilePrototype]:
        """Tiles."""
        return load_tiles(self.items)

    @cached_property
    def constants(self) -> Mapping[str, Mapping[str, Mapping[str, Any]]]:
        """Small prototypes, raw: kind -> name -> properties.

        Kinds are those of the game's ``data.raw``: ``fuel-category``,
        ``recipe-category``, ``resource-category``, ``item-group``, ``item-subgroup``,
        ``utility-constants``, ``map-settings``, ``autoplace-control`` and more.
        """
        return read_table("constants")

    @cached_property
    def utility_constants(self) -> Mapping[str, Any]:
        """The game's constants, such as ``dynamic_recipe_overload_factor``."""
        return self.constants["utility-constants"]["default"]

    @cached_property
    def defines(self) -> Mapping[str, Mapping[str, Any]]:
        """All of the game's numeric ``defines``: group -> name -> number or group."""
        return read_table("defines")


@lru_cache(maxsize=1)
def load() -> Prototypes:
    """The prototypes of Factorio 1.1.110; the same object each time."""
    return Prototypes()
