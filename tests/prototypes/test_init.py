"""The tables are complete."""

import pytest

from fle_marl.prototypes import load

PROTOTYPES = load()


@pytest.mark.parametrize(
    ("table", "count"),
    [
        ("items", 235),
        ("fluids", 9),
        ("recipes", 212),
        ("technologies", 192),
        ("tiles", 52),
        ("entities", 254),
        ("defines", 46),
    ],
)
def test_table_is_complete(table: str, count: int) -> None:
    assert len(getattr(PROTOTYPES, table)) == count


@pytest.mark.parametrize(
    ("kind", "count"),
    [
        ("fuel-category", 2),
        ("item-group", 10),
        ("item-subgroup", 85),
        ("recipe-category", 9),
        ("resource-category", 2),
        ("virtual-signal", 52),
    ],
)
def test_constants_are_complete(kind: str, count: int) -> None:
    assert len(PROTOTYPES.constants[kind]) == count


def test_overload_constants_of_the_game() -> None:
    constants = PROTOTYPES.utility_constants
    assert constants["dynamic_recipe_overload_factor"] == 1.166
    assert constants["minimum_recipe_overload_multiplier"] == 2
    assert constants["maximum_recipe_overload_multiplier"] == 100
