"""Ingredients and products."""

import pytest

from fle_marl.lua.types import Ingredient, Product, decode


@pytest.mark.parametrize("kind", [Ingredient, Product])
@pytest.mark.parametrize(
    ("count", "shown"), [(2.0, "2"), (3, "3"), (0.5, "0.5"), (-1.0, "-1")]
)
def test_whole_amounts_are_shown_as_counts(kind, count, shown):
    part = decode(kind, {"name": "water", "count": count})
    assert str(part.count) == shown
    assert part == kind("water", count)
