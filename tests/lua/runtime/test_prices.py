"""What things are worth, by the rule of the game's production score."""

import math

import pytest

from fle_marl.servers.embedded import EmbeddedServer

SMELTING_SECONDS = 3.2


@pytest.fixture
def prices(server: EmbeddedServer) -> dict[str, float]:
    return dict(server.lua.require("runtime.prices")["list"]().items())


def worth(cost: float, ingredients: int, seconds: float) -> float:
    return cost * 2 ** (ingredients - 1) + math.log(seconds + 1) * math.sqrt(cost)


def test_what_the_ground_gives_has_a_fixed_price(prices: dict[str, float]) -> None:
    given = {"iron-ore": 3.1, "copper-ore": 3.6, "crude-oil": 0.2, "wood": 3.2}
    assert {name: prices[name] for name in given} == given


def test_products_cost_what_they_take(prices: dict[str, float]) -> None:
    iron = worth(3.1, 1, SMELTING_SECONDS)
    copper = worth(3.6, 1, SMELTING_SECONDS)
    gear = worth(2 * iron, 1, 0.5)
    assert prices["iron-plate"] == pytest.approx(iron)
    assert prices["iron-gear-wheel"] == pytest.approx(gear)
    assert prices["automation-science-pack"] == pytest.approx(
        worth(copper + gear, 2, 5)
    )


def test_a_craft_of_several_shares_its_price(prices: dict[str, float]) -> None:
    # one plate and half a second give two cables
    copper = prices["copper-plate"]
    assert prices["copper-cable"] == pytest.approx(worth(copper / 2, 1, 0.25))


def test_the_cheapest_recipe_counts(prices: dict[str, float]) -> None:
    # solid fuel is made of each of the three oils
    recipes = {"light-oil": 10, "petroleum-gas": 20, "heavy-oil": 20}
    cheapest = min(worth(prices[oil] * n, 1, 2) for oil, n in recipes.items())
    assert prices["solid-fuel"] == pytest.approx(cheapest)


def test_what_only_comes_from_a_rocket_has_a_price(prices: dict[str, float]) -> None:
    cost = prices["rocket-part"] * 100 / 1000 + prices["satellite"] / 1000
    assert prices["space-science-pack"] == pytest.approx(worth(cost, 2, 3 / 1000))


@pytest.mark.parametrize("name", ["crude-oil-barrel", "used-up-uranium-fuel-cell"])
def test_what_only_turns_back_has_none(prices: dict[str, float], name: str) -> None:
    assert name not in prices


def test_all_prices_are_positive(prices: dict[str, float]) -> None:
    assert min(prices.values()) > 0
    assert len(prices) > 200


def test_the_list_is_made_once(server: EmbeddedServer) -> None:
    assert server.lua.execute(
        'local prices = require("runtime.prices") return prices.list() == prices.list()'
    )
