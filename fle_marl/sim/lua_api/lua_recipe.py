"""LuaRecipe of the player force and LuaRecipePrototype; both hold the number."""

from typing import TYPE_CHECKING, Final

from fle_marl.prototypes import Ingredient
from fle_marl.sim.lua_api.lua_class import LuaClass, LuaValue
from fle_marl.sim.lua_api.product_tables import product_table
from fle_marl.sim.lua_api.recipe_prototype_members import (
    declare_for_prototypes,
    declare_for_recipes,
)

if TYPE_CHECKING:
    from fle_marl.sim.lua_api.runtime import LuaApi

__all__ = ["LUA_RECIPE", "LUA_RECIPE_PROTOTYPE"]

LUA_RECIPE_PROTOTYPE: Final = LuaClass("LuaRecipePrototype", is_constant=True)
declare_for_prototypes(LUA_RECIPE_PROTOTYPE)


@LUA_RECIPE_PROTOTYPE.getter("name")
def _name(api: "LuaApi", number: int) -> str:
    return api.prototypes.recipes.by_id(number).name


@LUA_RECIPE_PROTOTYPE.getter("category")
def _category(api: "LuaApi", number: int) -> str:
    return api.prototypes.recipes.by_id(number).category


@LUA_RECIPE_PROTOTYPE.getter("energy")
def _energy(api: "LuaApi", number: int) -> float:
    return api.prototypes.recipes.by_id(number).energy_required


@LUA_RECIPE_PROTOTYPE.getter("ingredients")
def _ingredients(api: "LuaApi", number: int) -> LuaValue:
    recipe = api.prototypes.recipes.by_id(number)
    return api.table([_ingredient_table(part) for part in recipe.ingredients])


def _ingredient_table(part: Ingredient) -> dict[str, object]:
    table: dict[str, object] = {
        "type": part.type,
        "name": part.name,
        "amount": part.amount,
    }
    if part.catalyst_amount:
        table["catalyst_amount"] = part.catalyst_amount
    return table


@LUA_RECIPE_PROTOTYPE.getter("products")
def _products(api: "LuaApi", number: int) -> LuaValue:
    recipe = api.prototypes.recipes.by_id(number)
    return api.table([product_table(part) for part in recipe.products])


@LUA_RECIPE_PROTOTYPE.getter("hidden")
def _hidden(api: "LuaApi", number: int) -> bool:
    return api.prototypes.recipes.by_id(number).hidden


@LUA_RECIPE_PROTOTYPE.getter("allow_decomposition")
def _allow_decomposition(api: "LuaApi", number: int) -> bool:
    return api.prototypes.recipes.by_id(number).allow_decomposition


@LUA_RECIPE_PROTOTYPE.getter("allow_as_intermediate")
def _allow_as_intermediate(api: "LuaApi", number: int) -> bool:
    return api.prototypes.recipes.by_id(number).allow_as_intermediate


@LUA_RECIPE_PROTOTYPE.getter("valid")
def _valid(_api: "LuaApi", _number: int) -> bool:
    return True


@LUA_RECIPE_PROTOTYPE.getter("enabled")
def _enabled_at_start(api: "LuaApi", number: int) -> bool:
    return api.prototypes.recipes.by_id(number).enabled


LUA_RECIPE: Final = LuaClass("LuaRecipe")
declare_for_recipes(LUA_RECIPE)
for _shared in ("name", "category", "energy", "ingredients", "products", "hidden"):
    LUA_RECIPE.getters[_shared] = LUA_RECIPE_PROTOTYPE.getters[_shared]
LUA_RECIPE.getters["valid"] = _valid


@LUA_RECIPE.getter("enabled")
def _enabled(api: "LuaApi", number: int) -> bool:
    return bool(api.world.tables["force_recipe"]["enabled"][number])


@LUA_RECIPE.setter("enabled")
def _set_enabled(api: "LuaApi", number: int, enabled: bool) -> None:
    api.world.tables["force_recipe"]["enabled"][number] = enabled


@LUA_RECIPE.getter("prototype")
def _prototype(api: "LuaApi", number: int) -> LuaValue:
    return api.object("LuaRecipePrototype", number)


@LUA_RECIPE.getter("force")
def _force(api: "LuaApi", _number: int) -> LuaValue:
    return api.object("LuaForce", 1)
