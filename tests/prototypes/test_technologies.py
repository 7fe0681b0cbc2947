"""Technologies fit the other tables and can be researched."""

from dataclasses import replace

import pytest

from fle_marl.prototypes import INFINITE_LEVEL, load

PROTOTYPES = load()
ITEMS = PROTOTYPES.items
RECIPES = PROTOTYPES.recipes
TECHNOLOGIES = PROTOTYPES.technologies


@pytest.mark.parametrize("name", TECHNOLOGIES)
def test_technology_fits_the_other_tables(name: str) -> None:
    technology = TECHNOLOGIES[name]
    assert all(each in TECHNOLOGIES for each in technology.prerequisites)
    assert all(each.name in ITEMS for each in technology.ingredients)
    assert (technology.unit_count is None) != (technology.unit_count_formula is None)
    assert technology.unit_time_seconds > 0
    assert technology.level <= technology.max_level
    for effect in technology.effects:
        assert effect["type"] != "unlock-recipe" or effect["recipe"] in RECIPES


def test_technologies_can_be_researched_in_some_order() -> None:
    known: set[str] = set()
    while len(known) < len(TECHNOLOGIES):
        reachable = {
            technology.name
            for technology in TECHNOLOGIES.values()
            if known.issuperset(technology.prerequisites)
        }
        assert reachable > known
        known = reachable


def test_every_technology_level_follows_the_one_before() -> None:
    speed = [TECHNOLOGIES[f"mining-productivity-{n}"] for n in range(1, 5)]
    assert [each.level for each in speed] == [1, 2, 3, 4]
    assert speed[3].prerequisites[0] == "mining-productivity-3"
    assert speed[3].max_level == INFINITE_LEVEL
    assert speed[3].unit_count_formula == "2500*(L - 3)"
    assert speed[2].max_level == 3


@pytest.mark.parametrize(
    ("name", "level", "units"),
    [
        ("automation", 1, 10),
        ("mining-productivity-4", 6, 7500),  # 2500*(L - 3)
        ("worker-robots-speed-6", 8, 4000),  # 2^(L-6)*1000
        ("follower-robot-count-7", 9, 1200),  # 100(L-6)+900
        ("artillery-shell-range-1", 1, 2000),  # 2^L*1000
        ("artillery-shell-speed-1", 3, 10_000),  # 1000+3^(L-1)*1000
    ],
)
def test_units_of_levels(name: str, level: int, units: int) -> None:
    assert TECHNOLOGIES[name].unit_count_of_level(level) == units


def test_formulas_are_nothing_but_sums_of_levels() -> None:
    endless = TECHNOLOGIES["mining-productivity-4"]
    for formula in ("2*M", "abs(L)", "L/2", "'2'"):
        wrong = replace(endless, unit_count_formula=formula)
        with pytest.raises(ValueError, match="formula of a technology"):
            wrong.unit_count_of_level(5)
