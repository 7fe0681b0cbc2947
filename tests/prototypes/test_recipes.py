"""Recipes fit the other tables and have the defaults of the engine."""

import pytest

from fle_marl.prototypes import load

PROTOTYPES = load()
RECIPES = PROTOTYPES.recipes
KNOWN = {"item": PROTOTYPES.items, "fluid": PROTOTYPES.fluids}


@pytest.mark.parametrize("name", RECIPES)
def test_recipe_fits_the_other_tables(name: str) -> None:
    recipe = RECIPES[name]
    assert recipe.category in PROTOTYPES.constants["recipe-category"]
    assert recipe.energy_required > 0
    for part in recipe.ingredients + recipe.products:
        assert part.name in KNOWN[part.type], part
        assert 0 <= part.catalyst_amount <= part.amount
    for product in recipe.products:
        assert product.expected_amount > 0
    product_names = [product.name for product in recipe.products]
    assert recipe.main_product is None or recipe.main_product in product_names


def test_recipe_that_says_little_has_the_defaults_of_the_engine() -> None:
    gear = RECIPES["iron-gear-wheel"]
    assert (gear.category, gear.energy_required) == ("crafting", 0.5)
    assert gear.main_product == "iron-gear-wheel"
    assert gear.enabled
    assert gear.allow_inserter_overload
    assert gear.overload_multiplier == 0
    assert not gear.hidden


def test_recipe_is_that_of_normal_difficulty() -> None:
    circuit = RECIPES["electronic-circuit"]
    amounts = {each.name: each.amount for each in circuit.ingredients}
    assert amounts == {"iron-plate": 1, "copper-cable": 3}
    expensive = circuit.properties["expensive"]
    assert {"type": "item", "name": "copper-cable", "amount": 8} in expensive[
        "ingredients"
    ]


def test_recipe_of_many_products_has_a_main_product_only_if_it_says_so() -> None:
    assert RECIPES["basic-oil-processing"].main_product is None
    assert RECIPES["uranium-processing"].main_product is None
    assert [each.probability for each in RECIPES["uranium-processing"].products] == [
        0.007,
        0.993,
    ]


@pytest.mark.parametrize(
    ("recipe", "catalysts"),
    [
        # recognised by the engine
        ("coal-liquefaction", {"heavy-oil": 25}),
        ("kovarex-enrichment-process", {"uranium-235": 40, "uranium-238": 2}),
        # stated by the prototype
        ("fill-water-barrel", {"water": 50, "empty-barrel": 1}),
        ("iron-gear-wheel", {}),
    ],
)
def test_recipe_has_catalysts(recipe: str, catalysts: dict[str, int]) -> None:
    ingredients = RECIPES[recipe].ingredients
    assert {
        part.name: part.catalyst_amount for part in ingredients if part.catalyst_amount
    } == catalysts


def test_recipe_names_its_fluid_boxes() -> None:
    oil = RECIPES["basic-oil-processing"]
    assert oil.ingredients[0].fluidbox_index == 2
    assert oil.products[0].fluidbox_index == 3
