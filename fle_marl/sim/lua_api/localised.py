"""Localised strings: names of texts of the game, which itself is not here.

Source: runtime API, LocalisedString; the locale sections of the game. An item that
builds an entity bears that one's name, and a recipe that of its main or only product;
what else names are put together from is not documented, and a choice.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from fle_marl.prototypes import (
    EntityPrototype,
    ItemPrototype,
    Product,
    RecipePrototype,
    TilePrototype,
)
from fle_marl.sim.lua_api.lua_class import LuaClass, LuaValue

if TYPE_CHECKING:
    from fle_marl.sim.lua_api.runtime import LuaApi

__all__ = [
    "NAME",
    "declare_localised",
    "localised",
    "localised_item",
    "localised_placed",
    "localised_recipe",
    "main_product",
]

NAME: Final = "name"
DESCRIPTION: Final = "description"


def localised(api: "LuaApi", section: str, part: str, name: str) -> LuaValue:
    """A LocalisedString.

    Args:
        api: for the table.
        section: such as ``"entity"``.
        part: ``NAME`` or ``DESCRIPTION``.
        name: of the prototype.
    """
    return api.table([f"{section}-{part}.{name}"])


def localised_item(api: "LuaApi", item: ItemPrototype, part: str) -> LuaValue:
    """That of an item."""
    if item.place_result is not None:
        return localised(api, "entity", part, item.place_result)
    return localised(api, "item", part, item.name)


def localised_placed(
    api: "LuaApi", prototype: EntityPrototype | TilePrototype, part: str
) -> LuaValue:
    """That of an entity or a tile."""
    section = "entity" if isinstance(prototype, EntityPrototype) else "tile"
    return localised(api, section, part, prototype.name)


def main_product(recipe: RecipePrototype) -> Product | None:
    """The product that a recipe is named after, if any.

    Source: prototype API, RecipePrototype.main_product; without it the only product.
    """
    if recipe.main_product is not None:
        named = [each for each in recipe.products if each.name == recipe.main_product]
        return named[0] if named else None
    return recipe.products[0] if len(recipe.products) == 1 else None


def localised_recipe(api: "LuaApi", recipe: RecipePrototype, part: str) -> LuaValue:
    """That of a recipe."""
    product = main_product(recipe)
    if product is None:
        return localised(api, "recipe", part, recipe.name)
    if product.type == "fluid":
        return localised(api, "fluid", part, product.name)
    return localised_item(api, api.prototypes.items[product.name], part)


def declare_localised(
    lua_class: LuaClass, of: Callable[["LuaApi", int, str], LuaValue]
) -> None:
    """Declare ``localised_name`` and ``localised_description``.

    Args:
        lua_class: whose objects are numbers here.
        of: the string, by API, object and part.
    """
    for part in (NAME, DESCRIPTION):
        lua_class.getters[f"localised_{part}"] = _getter(of, part)


def _getter(
    of: Callable[["LuaApi", int, str], LuaValue], part: str
) -> Callable[["LuaApi", int], LuaValue]:
    def get(api: "LuaApi", number: int) -> LuaValue:
        return of(api, number, part)

    return get
