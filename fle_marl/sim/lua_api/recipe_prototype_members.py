"""Members of LuaRecipePrototype and LuaRecipe beyond those that systems need."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from fle_marl.prototypes import FluidPrototype, ItemPrototype, RecipePrototype, load
from fle_marl.sim.lua_api.localised import (
    declare_localised,
    localised_recipe,
    main_product,
)
from fle_marl.sim.lua_api.lua_class import LuaClass, LuaValue
from fle_marl.sim.lua_api.lua_group import group_object
from fle_marl.sim.lua_api.notes import ABOUT_RECIPE
from fle_marl.sim.lua_api.product_tables import product_table

if TYPE_CHECKING:
    from fle_marl.sim.lua_api.runtime import LuaApi

__all__ = [
    "SHOWN_DEFAULTS",
    "declare_for_prototypes",
    "declare_for_recipes",
    "subgroup_name",
]

_UNKNOWN_SUBGROUP: Final = "other"
"""Source: prototype API, PrototypeBase.subgroup."""
_SAME: Final = {
    "allow_inserter_overload": "allow_inserter_overload",
    "allow_intermediates": "allow_intermediates",
    "emissions_multiplier": "emissions_multiplier",
    "hidden_from_flow_stats": "hide_from_stats",
    "hidden_from_player_crafting": "hide_from_player_crafting",
    "overload_multiplier": "overload_multiplier",
    "request_paste_multiplier": "requester_paste_multiplier",
    "unlock_results": "unlock_results",
}
"""Attribute of the prototype by member."""
SHOWN_DEFAULTS: Final = {
    "always_show_made_in": False,
    "always_show_products": False,
    "show_amount_in_title": True,
}
"""What only players see, by default: the data leaves it out. Source: prototype API,
RecipePrototype."""


def _of(api: "LuaApi", number: int) -> RecipePrototype:
    return api.prototypes.recipes.by_id(number)


def _product_prototype(
    recipe: RecipePrototype,
) -> ItemPrototype | FluidPrototype | None:
    product = main_product(recipe)
    if product is None:
        return None
    if product.type == "fluid":
        return load().fluids[product.name]
    return load().items[product.name]


def _main_product(api: "LuaApi", number: int) -> LuaValue:
    product = main_product(_of(api, number))
    return None if product is None else api.table(product_table(product))


def _order(api: "LuaApi", number: int) -> str:
    own = _of(api, number).order
    product = _product_prototype(_of(api, number))
    return own or ("" if product is None else product.order)


def subgroup_name(recipe: RecipePrototype) -> str:
    """Its subgroup: its own, or that of what it makes."""
    own = recipe.subgroup
    product = _product_prototype(recipe)
    return own or (_UNKNOWN_SUBGROUP if product is None else product.subgroup)


def _group(api: "LuaApi", number: int) -> LuaValue:
    return group_object(api, subgroup_name(_of(api, number)), is_subgroup=False)


def _subgroup(api: "LuaApi", number: int) -> LuaValue:
    return group_object(api, subgroup_name(_of(api, number)), is_subgroup=True)


def _attribute(name: str) -> Callable[["LuaApi", int], LuaValue]:
    def get(api: "LuaApi", number: int) -> LuaValue:
        return getattr(_of(api, number), name)

    return get


def _constant(value: object) -> Callable[["LuaApi", int], LuaValue]:
    def get(_api: "LuaApi", _number: int) -> LuaValue:
        return value

    return get


def _declare_shared(recipe: LuaClass) -> None:
    declare_localised(
        recipe, lambda api, number, part: localised_recipe(api, _of(api, number), part)
    )
    recipe.getters |= {"order": _order, "group": _group, "subgroup": _subgroup}


def declare_for_prototypes(recipe: LuaClass) -> None:
    """Add the members of this topic to LuaRecipePrototype."""
    _declare_shared(recipe)
    recipe.getters["main_product"] = _main_product
    for member, name in _SAME.items():
        recipe.getters[member] = _attribute(name)
    for member, value in SHOWN_DEFAULTS.items():
        recipe.getters[member] = _constant(value)


# --- LuaRecipe


def _hidden_from_flow_stats(api: "LuaApi", number: int) -> bool:
    default = _of(api, number).hide_from_stats
    note = api.notes.get(ABOUT_RECIPE, number, "hidden_from_flow_stats", default)
    return bool(note)


def _set_hidden_from_flow_stats(api: "LuaApi", number: int, is_hidden: bool) -> None:
    # only players' screens leave it out
    api.notes.put(ABOUT_RECIPE, number, "hidden_from_flow_stats", is_hidden)


def _reload(_api: "LuaApi", _number: int) -> None:
    # recipes do not change while a world is open
    return None


def declare_for_recipes(recipe: LuaClass) -> None:
    """Add the members of this topic to LuaRecipe."""
    _declare_shared(recipe)
    recipe.getters["hidden_from_flow_stats"] = _hidden_from_flow_stats
    recipe.setters["hidden_from_flow_stats"] = _set_hidden_from_flow_stats
    recipe.methods["reload"] = _reload
