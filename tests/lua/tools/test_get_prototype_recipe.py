"""Looking recipes up."""

import pytest

from fle_marl.errors import ToolError
from fle_marl.lua.types import Ingredient, Product, Prototype, RecipeName
from fle_marl.prototypes import load
from fle_marl.testing.driver import Driver


def test_a_recipe_of_items(agent: Driver) -> None:
    recipe = agent.get_prototype_recipe(Prototype.ElectronicCircuit)
    assert recipe.name == "electronic-circuit"
    assert recipe.ingredients == [
        Ingredient("iron-plate", 1, "item"),
        Ingredient("copper-cable", 3, "item"),
    ]
    assert recipe.products == [Product("electronic-circuit", 1, "item")]
    assert (recipe.energy, recipe.category, recipe.enabled) == (0.5, "crafting", True)


def test_a_recipe_of_fluids(agent: Driver) -> None:
    recipe = agent.get_prototype_recipe(RecipeName.LightOilCracking)
    assert {part.type for part in recipe.ingredients + recipe.products} == {"fluid"}
    assert recipe.category == "chemistry"


def test_products_by_chance(agent: Driver) -> None:
    recipe = agent.get_prototype_recipe(RecipeName.UraniumProcessing)
    chances = {part.name: part.probability for part in recipe.products}
    assert chances == {"uranium-235": 0.007, "uranium-238": 0.993}


@pytest.mark.parametrize("name", [member.value for member in RecipeName])
def test_every_named_recipe_is_there(agent: Driver, name: str) -> None:
    recipe = agent.get_prototype_recipe(name)
    known = load().recipes[name]
    assert [part.name for part in recipe.products] == [p.name for p in known.products]


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        (Prototype.PetroleumGas, "basic-oil-processing"),
        (Prototype.IronOre, "nothing makes it"),
        ("no-such-thing", "nothing makes it"),
    ],
)
def test_refuses_with_what_makes_it(
    agent: Driver, asked: Prototype | str, told: str
) -> None:
    with pytest.raises(ToolError, match=told) as caught:
        agent.get_prototype_recipe(asked)
    assert caught.value.code == "no-such-recipe"


@pytest.mark.parametrize("name", ["\\", '\\") error("x") --', "]]", "a\nb", "{}", ""])
def test_any_text_is_only_a_name(agent: Driver, name: str) -> None:
    with pytest.raises(ToolError) as refused:
        agent.get_prototype_recipe(name)
    assert refused.value.code == "no-such-recipe"
    assert refused.value.details["recipe"] == name
